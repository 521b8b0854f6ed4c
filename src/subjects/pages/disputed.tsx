import { z } from 'zod'
import { agencyNames } from '../../partnership/index.ts'
import { AlreadyDone, localDate, NotFound } from '../../platform/index.ts'
import {
  BackLink,
  Button,
  dateBoxes,
  DateBoxes,
  errorFor,
  Errors,
  fill,
  Form,
  keptPage,
  needDate,
  page,
  Radios,
  readForm,
  redirect,
  Textarea,
  Title,
  typed,
  type Answer,
  type Ask,
  type FieldError,
  type Handler,
} from '../../web/index.ts'
import { answerDispute, dispute, disputesOf, saidBy, type Dispute } from '../dispute.ts'
import { enter, type Through } from '../gate.ts'
import { restrictedIn } from '../notice-look.ts'
import { chronologyOf, type Entry } from '../chronology.ts'
import { day } from './said.tsx'

const most = 10_000

type Here = { kind: 'here'; at: Through; entry: Entry; agency: string }

/** Through the gate to one entry that this viewer sees. @throws {NotFound} where they do not */
const entryAt = async (ask: Ask): Promise<Here | { kind: 'answer'; answer: Answer }> => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return at
  const entries = await chronologyOf(ask.tx, ask.house.keys, at.worker.partnership, at.subject.id, {
    only: ask.params['entry'] ?? '',
  })
  const entry = entries[0]
  if (!entry) throw new NotFound()
  const agencies = await agencyNames(ask.tx, [entry.agency_id])
  return { kind: 'here', at, entry, agency: agencies.get(entry.agency_id) ?? '' }
}

/** That a person does not agree with an entry, in their words. */
export const disputedPage: Handler = async (ask) => {
  const here = await entryAt(ask)
  return here.kind === 'answer' ? here.answer : sayView(ask, here)
}

export const sendDisputed: Handler = async (ask) => {
  const here = await entryAt(ask)
  if (here.kind === 'answer') return keptPage(ask, 409, ask.w.subjects.add.ended)
  const words = ask.w.rights.disputed
  const { at, entry } = here
  const schema = z
    .strictObject({
      words: wordsOf(words.wordsMissing, words.long),
      said_by: z.enum(saidBy, words.byMissing),
      ...dateBoxes(ask, 'said_on'),
    })
    .transform((value, ctx) => {
      const said_on = needDate(ask, value, 'said_on', { today: at.today, missing: words.onMissing, ctx })
      return { ...value, said_on }
    })
  const read = readForm(schema, ask.form)
  if (!read.ok) return sayView(ask, here, read.errors)
  const { said_on, said_by, words: said } = read.value
  await dispute(ask.tx, ask.house.keys, at.worker, entry, at.subject.id, {
    words: said,
    said_by,
    said_on,
    at: at.now,
  })
  return redirect(`/people/${at.subject.id}?done=disputed`)
}

const wordsOf = (missing: string, long: string) =>
  z
    .string(missing)
    .regex(/\S/, missing)
    .max(most, fill(long, { most: most.toLocaleString('en-GB') }))

const sayView = (ask: Ask, here: Here, errors: readonly FieldError[] = []) => {
  const words = ask.w.rights.disputed
  return shown(
    ask,
    here,
    words.title,
    errors,
    <Form ask={ask} once>
      <p class="govuk-body">{fill(words.intro, { agency: here.agency })}</p>
      <Textarea
        name="words"
        label={{ text: words.words, classes: 'govuk-label--s' }}
        hint={words.wordsHint}
        value={typed(ask.form, 'words')}
        errorMessage={errorFor(errors, 'words')}
      />
      <Radios
        name="said_by"
        fieldset={{ legend: { text: words.by, classes: 'govuk-fieldset__legend--s' } }}
        value={typed(ask.form, 'said_by')}
        errorMessage={errorFor(errors, 'said_by')}
        items={saidBy.map((value) => ({ value, text: words.saidBy[value] }))}
      />
      <DateBoxes ask={ask} name="said_on" legend={words.on} form={ask.form} errors={errors} />
      <Button preventDoubleClick>{words.button}</Button>
    </Form>,
  )
}

/** The answer of the agency whose entry it is. */
export const answerDisputePage: Handler = async (ask) => {
  const here = await entryAt(ask)
  return here.kind === 'answer' ? here.answer : answerView(ask, here, await openAt(ask, here))
}

export const sendAnswerDispute: Handler = async (ask) => {
  const here = await entryAt(ask)
  if (here.kind === 'answer') return keptPage(ask, 409, ask.w.subjects.add.ended)
  const words = ask.w.rights.disputed.answer
  const { long } = ask.w.rights.disputed
  const { at, entry } = here
  const open = await openAt(ask, here)
  const schema = z
    .strictObject({
      outcome: z.enum(['corrected', 'stands'], words.missing),
      correction: z
        .string()
        .max(most, fill(long, { most: most.toLocaleString('en-GB') }))
        .default(''),
      why: wordsOf(words.whyMissing, long),
    })
    .refine(({ outcome, correction }) => outcome === 'stands' || /\S/.test(correction), {
      path: ['correction'],
      message: words.correctionMissing,
    })
  const read = readForm(schema, ask.form)
  if (!read.ok) return answerView(ask, here, open, read.errors)
  const { outcome, correction, why } = read.value
  const about = { entry, subject: at.subject, dispute: open.id }
  const answer = { why, correction: outcome === 'corrected' ? correction : null, at: at.now }
  await answerDispute(ask.tx, ask.house.keys, at.worker, about, answer)
  return redirect(`/people/${at.subject.id}?done=dispute-answered`)
}

const openAt = async (ask: Ask, { at, entry }: Here): Promise<Dispute> => {
  const all = await disputesOf(ask.tx, ask.house.keys, at.worker.partnership, at.subject.id)
  const found = all.find(({ id, entry_id }) => id === ask.params['dispute'] && entry_id === entry.id)
  if (!found || entry.agency_id !== at.worker.agency) throw new NotFound()
  if (found.outcome) throw new AlreadyDone()
  return found
}

const answerView = (ask: Ask, here: Here, said: Dispute, errors: readonly FieldError[] = []) => {
  const { answer: words, saidBy: by } = ask.w.rights.disputed
  return shown(
    ask,
    here,
    words.title,
    errors,
    <>
      <h2 class="govuk-heading-s">{by[said.said_by]}</h2>
      <blockquote class="govuk-inset-text trellis-words" dir="auto">
        {said.words}
      </blockquote>
      <p class="govuk-body">{fill(words.due, { day: day(said.due_on) })}</p>
      <Form ask={ask} once>
        <Radios
          name="outcome"
          fieldset={{ legend: { text: words.outcome, classes: 'govuk-fieldset__legend--m' } }}
          value={typed(ask.form, 'outcome')}
          errorMessage={errorFor(errors, 'outcome')}
          items={[
            {
              value: 'corrected',
              text: words.corrected,
              conditional: (
                <Textarea
                  name="correction"
                  label={words.correction}
                  hint={words.correctionHint}
                  value={typed(ask.form, 'correction')}
                  errorMessage={errorFor(errors, 'correction')}
                />
              ),
            },
            { value: 'stands', text: words.stands },
          ]}
        />
        <Textarea
          name="why"
          label={{ text: words.why, classes: 'govuk-label--s' }}
          hint={words.whyHint}
          rows={4}
          value={typed(ask.form, 'why')}
          errorMessage={errorFor(errors, 'why')}
        />
        <Button preventDoubleClick>{words.button}</Button>
      </Form>
    </>,
  )
}

const shown = (
  ask: Ask,
  { at, entry, agency }: Here,
  title: string,
  errors: readonly FieldError[],
  rest: preact.JSX.Element,
) => {
  const restricted = restrictedIn([entry], at.worker, at.ties)
  const { purpose } = at.worker.stated
  return page({
    title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    about: {
      kind: 'person',
      id: at.subject.id,
      detail: { purpose, clause: at.cite, handling: String(entry.handling), ...(restricted && { restricted }) },
    },
    body: (
      <>
        <BackLink href={ask.href(`/people/${at.subject.id}`)}>{ask.w.common.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{title}</Title>
        <h2 class="govuk-heading-s">
          {fill(ask.w.rights.disputed.entry, {
            agency,
            day: day(localDate(entry.happened_at, ask.place.zone)),
          })}
        </h2>
        <blockquote class="govuk-inset-text trellis-words" dir="auto">
          {entry.words}
        </blockquote>
        {rest}
      </>
    ),
  })
}
