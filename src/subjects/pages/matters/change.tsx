import { z } from 'zod'
import { NotFound } from '../../../platform/index.ts'
import {
  Button,
  errorFor,
  fill,
  Form,
  Input,
  keptPage,
  readForm,
  redirect,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { enter, type Through } from '../../gate.ts'
import { changeRelationship } from '../../relationships/keep.ts'
import { isOver, type With } from '../../relationships/relationship.ts'
import { whoMatters, type Tie } from '../../relationships/who-matters.ts'
import { formPage } from '../voice/frame.tsx'
import { familyIn } from './add.tsx'
import { FamilyFields, HowFields, KindField } from './tie-fields.tsx'
import { nameBox, saidIn, saidSchema, together } from './tie-schema.ts'

/** Says something else of a tie; what was said before stays. */
export const changeTiePage: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  return at.kind === 'answer' ? at.answer : view(ask, at, await tieAt(ask, at))
}

export const sendChangeTie: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return keptPage(ask, 409, ask.w.subjects.add.ended)
  const words = ask.w.matters.form
  const found = await tieAt(ask, at)
  const isNamed = found.tie.staff_id === null && found.tie.other_subject_id === null
  const schema = z
    .strictObject({
      was: z.string().max(100).default(''),
      name: nameBox(ask),
      ...saidSchema(
        ask,
        at,
        found.through.map(({ tie_id }) => tie_id),
      ),
    })
    .superRefine((said, ctx) => {
      together(ask, said, ctx)
      if (isNamed && said.name === '') ctx.addIssue({ code: 'custom', message: words.nameMissing, path: ['name'] })
    })
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, at, found, read.errors)
  const changed = [{ field: 'kind', text: words.changed }]
  if (read.value.was !== found.tie.id) return view(ask, at, found, changed)
  const said = saidIn(read.value)
  // Through somebody whom this viewer may not see: the form could not offer them, and does not take them away.
  const isOffered = found.through.some(({ tie_id }) => tie_id === found.tie.through_id)
  const through = said.through ?? (isOffered ? null : found.tie.through_id)
  const change = { was: found.tie, who: whomOf(found.tie, read.value.name), said: { ...said, through } }
  const done = await changeRelationship(ask.tx, ask.house.keys, at.worker, at.subject, change, at.now)
  if (done === 'changed meanwhile') return view(ask, at, found, changed)
  return redirect(`/people/${at.subject.id}/who-matters?done=changed`)
}

const whomOf = ({ staff_id, other_subject_id }: Tie, name: string): With =>
  staff_id ? { staff: staff_id } : other_subject_id ? { other: other_subject_id } : { name }

/** The tie that stands, and those of the family through whom it may be. @throws {NotFound} */
export const tieAt = async (ask: Ask, at: Through): Promise<{ tie: Tie; through: Tie[] }> => {
  const all = await whoMatters(ask, at)
  const tie = all.find(({ tie_id }) => tie_id === ask.params['tie'])
  if (!tie || isOver(tie)) throw new NotFound()
  return { tie, through: familyIn(all).filter((one) => one !== tie) }
}

/** What stands now, as somebody would have typed it. */
const asTyped = (tie: Tie): Record<string, string> => ({
  name: tie.name,
  kind: tie.kind,
  effect: tie.effect,
  words: tie.words,
  strength: tie.strength,
  contact: tie.contact,
  lives_with: tie.lives_with ? 'yes' : 'no',
  since_year: String(tie.since_year ?? ''),
  continuity: tie.continuity,
  continuity_why: tie.continuity_why,
  said_by: tie.said_by,
  gender: tie.gender,
  born_year: String(tie.born_year ?? ''),
  has_died: tie.has_died ? 'yes' : 'no',
  died_year: String(tie.died_year ?? ''),
  through: tie.through_id ?? '',
  handling: String(tie.handling),
})

const view = (
  ask: Ask,
  at: Through,
  { tie, through }: { tie: Tie; through: Tie[] },
  errors: readonly FieldError[] = [],
) => {
  const words = ask.w.matters.form
  const form = errors.length > 0 ? ask.form : asTyped(tie)
  const fields = { ask, form, errors }
  return formPage(ask, at, {
    title: fill(words.changeTitle, { name: tie.called }),
    back: `/people/${at.subject.id}/who-matters`,
    errors,
    children: (
      <Form ask={ask} once>
        <input type="hidden" name="was" value={tie.id} />
        {tie.staff_id === null && tie.other_subject_id === null && (
          <Input
            name="name"
            label={{ text: words.name, classes: 'govuk-label--s' }}
            value={typed(form, 'name')}
            errorMessage={errorFor(errors, 'name')}
            autocomplete="off"
          />
        )}
        <KindField {...fields} />
        <HowFields {...fields} />
        <FamilyFields {...fields} through={through} />
        <Button preventDoubleClick>{words.button}</Button>
      </Form>
    ),
  })
}
