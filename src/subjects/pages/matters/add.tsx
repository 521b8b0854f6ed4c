import { z } from 'zod'
import {
  Button,
  errorFor,
  Form,
  Input,
  keptPage,
  Radios,
  readForm,
  redirect,
  Select,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { enter, type Through } from '../../gate.ts'
import { theCircle } from '../../may-be-named.ts'
import { addRelationship } from '../../relationships/keep.ts'
import { familyTieOf, isOver, type With } from '../../relationships/relationship.ts'
import { recordCalled } from '../../relationships/record-called.ts'
import { whoMatters, type Tie } from '../../relationships/who-matters.ts'
import { formPage } from '../voice/frame.tsx'
import { FamilyFields, HowFields, KindField } from './tie-fields.tsx'
import { nameBox, saidIn, saidSchema, together } from './tie-schema.ts'

/** Somebody who matters to the person: by name, a worker of theirs, or somebody with a record of their own. */
export const addTiePage: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  return at.kind === 'answer' ? at.answer : view(ask, at, await gather(ask, at))
}

export const sendAddTie: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return keptPage(ask, 409, ask.w.subjects.add.ended)
  const words = ask.w.matters.form
  const offered = await gather(ask, at)
  const other = await recordCalled(ask.tx, at.worker.partnership, typed(ask.form, 'reference'))
  const schema = z
    .strictObject({
      who: z.enum(['name', 'staff', 'other'], words.whoMissing),
      name: nameBox(ask),
      staff: z.string().max(100).default(''),
      reference: nameBox(ask),
      ...saidSchema(
        ask,
        at,
        offered.through.map(({ tie_id }) => tie_id),
      ),
    })
    .superRefine((said, ctx) => {
      together(ask, said, ctx)
      const wrong = (path: string, message: string) => ctx.addIssue({ code: 'custom', message, path: [path] })
      if (said.who === 'name' && said.name === '') wrong('name', words.nameMissing)
      if (said.who === 'staff' && !offered.workers.some(({ id }) => id === said.staff))
        wrong('staff', words.staffMissing)
      if (said.who === 'other' && (!other || other === at.subject.id)) wrong('reference', words.referenceMissing)
    })
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, at, offered, read.errors)
  const { who, name, staff } = read.value
  const whom: With = who === 'name' ? { name } : who === 'staff' ? { staff } : { other: other! }
  await addRelationship(ask.tx, ask.house.keys, at.worker, at.subject, whom, saidIn(read.value), at.now)
  return redirect(`/people/${at.subject.id}/who-matters?done=added`)
}

type Offered = { workers: { id: string; text: string }[]; through: Tie[] }

const gather = async (ask: Ask, at: Through): Promise<Offered> => ({
  workers: [{ id: at.worker.staff, text: ask.w.matters.form.yourself }, ...(await theCircle(ask, at))],
  through: familyIn(await whoMatters(ask, at)),
})

/** Those of the family through whom others may be. */
export const familyIn = (ties: readonly Tie[]): Tie[] =>
  ties.filter((one) => !isOver(one) && familyTieOf(one.kind) !== null)

const view = (ask: Ask, at: Through, { workers, through }: Offered, errors: readonly FieldError[] = []) => {
  const words = ask.w.matters.form
  const fields = { ask, form: ask.form, errors }
  const box = (name: 'name' | 'reference', label: string, hint: string) => (
    <Input
      name={name}
      label={label}
      hint={hint}
      value={typed(ask.form, name)}
      errorMessage={errorFor(errors, name)}
      autocomplete="off"
    />
  )
  return formPage(ask, at, {
    title: words.title,
    back: `/people/${at.subject.id}/who-matters`,
    errors,
    children: (
      <Form ask={ask} once>
        <Radios
          name="who"
          fieldset={{ legend: { text: words.who, classes: 'govuk-fieldset__legend--s' } }}
          value={typed(ask.form, 'who')}
          errorMessage={errorFor(errors, 'who')}
          items={[
            { value: 'name', text: words.whos.name, conditional: box('name', words.name, words.nameHint) },
            {
              value: 'staff',
              text: words.whos.staff,
              conditional: (
                <Select
                  name="staff"
                  label={words.staff}
                  value={typed(ask.form, 'staff')}
                  errorMessage={errorFor(errors, 'staff')}
                  items={[{ value: '', text: '' }, ...workers.map(({ id, text }) => ({ value: id, text }))]}
                />
              ),
            },
            {
              value: 'other',
              text: words.whos.other,
              conditional: box('reference', words.reference, words.referenceHint),
            },
          ]}
        />
        <KindField {...fields} />
        <HowFields {...fields} />
        <FamilyFields {...fields} through={through} />
        <Button preventDoubleClick>{words.button}</Button>
      </Form>
    ),
  })
}
