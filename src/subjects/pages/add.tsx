import { z } from 'zod'
import { codesOf, labelOf, type Code, type DataClass } from '../../sharing/index.ts'
import {
  BackLink,
  Button,
  Checkboxes,
  dateBoxes,
  DateBoxes,
  errorFor,
  Errors,
  fill,
  Form,
  Input,
  keptPage,
  needDate,
  page,
  Radios,
  readForm,
  redirect,
  Select,
  Textarea,
  ticked,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../web/index.ts'
import { addEntry } from '../add-entry.ts'
import { aboutPerson, enter, type Through } from '../gate.ts'
import { readsWhenNamed, theCircle, type MayBeNamed } from '../may-be-named.ts'
import { entryClasses, entryKinds, knownFrom } from '../subject.ts'

const most = 20_000

export const addPage: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  return at.kind === 'answer' ? at.answer : view(ask, at)
}

export const sendAdd: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  // The purpose ended while they wrote: nothing of it is lost, and it can be sent again once it is stated anew.
  if (at.kind === 'answer') return keptPage(ask, 409, ask.w.subjects.add.ended)
  const words = ask.w.subjects.add
  const circle = await circleFor(ask, at)
  const schema = z
    .strictObject({
      kind: z.enum(entryKinds, words.kindMissing),
      words: z
        .string(words.wordsMissing)
        .regex(/\S/, words.wordsMissing)
        .max(most, fill(words.long, { most: most.toLocaleString('en-GB') })),
      ...dateBoxes(ask, 'happened_on'),
      source: z
        .string()
        .max(300, fill(words.long, { most: 300 }))
        .default(''),
      known_from: z.enum(['', ...knownFrom]).default(''),
      class: z.enum(entryClasses, words.classMissing),
      handling: z.enum(['0', '1', '2'], words.handlingMissing),
      named: z.preprocess(
        (value) => [value ?? []].flat(),
        z.array(z.string().refine((id) => circle.some((one) => one.id === id), words.namedMissing)).max(200),
      ),
    })
    .transform((value, ctx) => {
      const happened_on = needDate(ask, value, 'happened_on', { today: at.today, missing: words.whenWrong, ctx })
      return { ...value, happened_on }
    })
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, at, read.errors)
  const unread = sealedForNobody(ask, at, read.value, circle)
  if (unread) return view(ask, at, [unread])
  const { kind, words: said, source, class: data_class, handling, happened_on, named } = read.value
  await addEntry(
    ask.tx,
    ask.house.keys,
    at.worker,
    at.subject,
    {
      kind,
      words: said,
      source,
      data_class,
      handling: Number(handling) as 0 | 1 | 2,
      // A day without an hour stands at noon, so that it is the same day in summer and in winter.
      happened_at: happened_on === at.today ? at.now : new Date(`${happened_on}T12:00:00Z`),
    },
    { at: at.now, named },
  )
  return redirect(`/people/${at.subject.id}?done=added`)
}

/** Who is involved by name is for those who are themselves; a colleague asks for it on its own page, with a reason. */
const circleFor = async (ask: Ask, at: Through): Promise<MayBeNamed[]> =>
  at.ties.closeness >= 2 ? theCircle(ask, at) : []

/** A sealed entry that the agreement would not let its writer, or somebody it names, read by its class: said before it is written. */
const sealedForNobody = (
  ask: Ask,
  at: Through,
  said: { class: DataClass; handling: string; named: readonly string[] },
  circle: readonly MayBeNamed[],
): FieldError | undefined => {
  if (said.handling !== '2') return undefined
  const words = ask.w.subjects.add
  const { agency } = at.worker
  const kind = { supplier: agency, dataClass: said.class }
  if (!readsWhenNamed(at, { agency, closeness: at.ties.closeness }, kind))
    return { field: 'handling', text: words.sealedShut }
  const shut = circle.find((one) => said.named.includes(one.id) && !readsWhenNamed(at, one, kind))
  return shut && { field: 'named', text: fill(words.namedShut, { name: shut.text }) }
}

const view = async (ask: Ask, at: Through, errors: readonly FieldError[] = []) => {
  const words = ask.w.subjects.add
  const codes: readonly Code[] = await codesOf(ask.tx, ask.place.id)
  const circle = await circleFor(ask, at)
  return page({
    title: words.title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    about: aboutPerson(at),
    body: (
      <>
        <BackLink href={ask.href(`/people/${at.subject.id}`)}>{ask.w.common.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{words.title}</Title>
        <Form ask={ask} once>
          <Select
            name="kind"
            label={words.kind}
            errorMessage={errorFor(errors, 'kind')}
            value={typed(ask.form, 'kind')}
            items={[
              { value: '', text: '' },
              ...entryKinds.map((kind) => ({ value: kind, text: ask.w.subjects.entryKinds[kind] })),
            ]}
          />
          <Textarea
            name="words"
            label={words.words}
            rows={8}
            value={typed(ask.form, 'words')}
            errorMessage={errorFor(errors, 'words')}
          />
          <DateBoxes ask={ask} name="happened_on" legend={words.when} form={ask.form} errors={errors} />
          <Input
            name="source"
            label={words.source}
            hint={words.sourceHint}
            value={typed(ask.form, 'source')}
            errorMessage={errorFor(errors, 'source')}
          />
          <Select
            name="known_from"
            label={words.knownFrom}
            value={typed(ask.form, 'known_from')}
            items={[
              { value: '', text: words.knownFromAny },
              ...knownFrom.map((value) => ({ value, text: ask.w.subjects.knownFrom[value] })),
            ]}
          />
          <Radios
            name="class"
            fieldset={{ legend: { text: words.class, classes: 'govuk-fieldset__legend--m' } }}
            errorMessage={errorFor(errors, 'class')}
            value={typed(ask.form, 'class')}
            items={entryClasses.map((code) => ({ value: code, text: labelOf(codes, 'class', code) }))}
          />
          <Radios
            name="handling"
            fieldset={{ legend: { text: words.handling, classes: 'govuk-fieldset__legend--m' } }}
            errorMessage={errorFor(errors, 'handling')}
            value={typed(ask.form, 'handling')}
            items={(['0', '1', '2'] as const).map((value) => ({
              value,
              text: ask.w.subjects.handlings[value],
              hint: words.handlingHints[value],
              conditional: value === '2' && circle.length > 0 && (
                <Checkboxes
                  name="named"
                  idPrefix="named"
                  fieldset={{ legend: { text: words.named, classes: 'govuk-fieldset__legend--s' } }}
                  hint={words.namedHint}
                  values={ticked(ask.form, 'named')}
                  errorMessage={errorFor(errors, 'named')}
                  items={circle.map(({ id, text }) => ({ value: id, text }))}
                />
              ),
            }))}
          />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}
