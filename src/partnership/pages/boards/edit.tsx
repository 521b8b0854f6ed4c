import { z } from 'zod'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  Form,
  Input,
  Radios,
  readForm,
  redirect,
  Select,
  Textarea,
  Title,
  typed,
  type Answer,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { addBody, bodyKinds, changeBody, type BodyFacts } from '../../body.ts'
import { listBodies, type ListedBody } from '../../directory.ts'
import { section, todayAt } from '../section.tsx'
import { findBody } from './show.tsx'

export const newBoardPage: Handler = async (ask) => view(ask, undefined, await all(ask), {})

export const sendNewBoard: Handler = async (ask) => {
  const bodies = await all(ask)
  const facts = read(ask, bodies)
  if (Array.isArray(facts)) return view(ask, undefined, bodies, ask.form, facts)
  return redirect(`/boards/${await addBody(ask.tx, ask.viewer, facts)}?done=added`)
}

export const editBoardPage: Handler = async (ask) => {
  const { body, bodies } = await findBody(ask)
  const { name, kind, parent_id, statutory_basis, note } = body
  return view(ask, body, bodies, {
    name,
    kind,
    parent: parent_id ?? '',
    basis: statutory_basis ?? '',
    note: note ?? '',
  })
}

export const sendEditBoard: Handler = async (ask) => {
  const { body, bodies } = await findBody(ask)
  const facts = read(ask, bodies)
  if (Array.isArray(facts)) return view(ask, body, bodies, ask.form, facts)
  if ((await changeBody(ask.tx, ask.viewer, body.id, facts)) === 'inside itself')
    return view(ask, body, bodies, ask.form, [{ field: 'parent', text: ask.w.partnership.boardEdit.parentInside }])
  return redirect(`/boards/${body.id}?done=changed`)
}

const all = (ask: Ask) => listBodies(ask.tx, ask.place.id, todayAt(ask))

const read = (ask: Ask, bodies: readonly ListedBody[]): BodyFacts | FieldError[] => {
  const words = ask.w.partnership.boardEdit
  const schema = z.strictObject({
    name: z.string(words.nameMissing).trim().min(1, words.nameMissing).max(200, words.nameLong),
    kind: z.enum(bodyKinds, words.kindMissing),
    parent: z
      .string()
      .refine((id) => id === '' || bodies.some((body) => body.id === id), words.parentUnknown)
      .default(''),
    basis: z.string().trim().max(300, words.basisLong).default(''),
    note: z.string().trim().max(500, words.noteLong).default(''),
  })
  const given = readForm(schema, ask.form)
  if (!given.ok) return given.errors
  const { name, kind, parent, basis, note } = given.value
  return { name, kind, parent: parent || null, statutoryBasis: basis || null, note: note || null }
}

const view = (
  ask: Ask,
  body: ListedBody | undefined,
  bodies: readonly ListedBody[],
  form: Ask['form'],
  errors: readonly FieldError[] = [],
): Answer => {
  const { boardEdit: words, bodyKinds: names } = ask.w.partnership
  const title = body ? words.title : words.newTitle
  const parents = bodies.filter(({ id }) => id !== body?.id)
  const content = (
    <>
      <BackLink href={ask.href(body ? `/boards/${body.id}` : '/boards')}>{ask.w.common.back}</BackLink>
      <Errors ask={ask} errors={errors} />
      <Title caption={body?.name}>{title}</Title>
      <Form ask={ask}>
        <Input name="name" label={words.name} value={typed(form, 'name')} errorMessage={errorFor(errors, 'name')} />
        <Radios
          name="kind"
          fieldset={{ legend: { text: words.kind, classes: 'govuk-fieldset__legend--s' } }}
          value={typed(form, 'kind')}
          errorMessage={errorFor(errors, 'kind')}
          items={bodyKinds.map((value) => ({ value, text: names[value] }))}
        />
        <Select
          name="parent"
          label={words.parent}
          value={typed(form, 'parent')}
          errorMessage={errorFor(errors, 'parent')}
          items={[{ value: '', text: words.parentNone }, ...parents.map(({ id, name }) => ({ value: id, text: name }))]}
        />
        <Input
          name="basis"
          label={words.basis}
          hint={words.basisHint}
          value={typed(form, 'basis')}
          errorMessage={errorFor(errors, 'basis')}
        />
        <Textarea
          name="note"
          label={words.note}
          rows={3}
          value={typed(form, 'note')}
          errorMessage={errorFor(errors, 'note')}
        />
        <Button preventDoubleClick>{ask.w.common.save}</Button>
      </Form>
    </>
  )
  return { ...section(ask, '/boards', title, content), status: errors.length ? 422 : 200 }
}
