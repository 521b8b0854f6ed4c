import { z } from 'zod'
import { localDate, NotFound } from '../../platform/index.ts'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  fill,
  Form,
  keptPage,
  page,
  Radios,
  readForm,
  redirect,
  Textarea,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../web/index.ts'
import { amendEntry } from '../amend-entry.ts'
import { chronologyOf, type Entry } from '../chronology.ts'
import { aboutPerson, enter, type Through } from '../gate.ts'
import { pinEntry, unpinEntry, weighEntry } from '../mark-entry.ts'
import { restrictedIn } from '../notice-look.ts'
import { significances } from '../subject.ts'
import { Chronology } from './chronology.tsx'
import { day } from './said.tsx'
import { besideEntries } from './what-happened.tsx'

const most = 20_000

/** One entry, with what can be done beside it: kept in view, weighed, put right. */
export const entryPage: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return at.answer
  return view(ask, at, await entryAt(ask, at))
}

export const sendEntry: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return keptPage(ask, 409, ask.w.subjects.add.ended)
  const entry = await entryAt(ask, at)
  const words = ask.w.subjects.entry
  const long = fill(words.long, { most: most.toLocaleString('en-GB') })
  const schema = z.discriminatedUnion('act', [
    z.strictObject({ act: z.literal('pin') }),
    z.strictObject({ act: z.literal('unpin') }),
    z.strictObject({ act: z.literal('weigh'), significance: z.enum(significances, words.significanceMissing) }),
    z.strictObject({
      act: z.literal('amend'),
      words: z.string(words.wordsMissing).regex(/\S/, words.wordsMissing).max(most, long),
    }),
  ])
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, at, entry, read.errors)
  const { value } = read
  const { tx, house } = ask
  const { worker, subject, now } = at
  if (value.act === 'pin') await pinEntry(tx, worker, subject.id, entry, now)
  if (value.act === 'unpin') await unpinEntry(tx, worker, subject.id, entry, now)
  if (value.act === 'weigh') await weighEntry(tx, worker, subject.id, entry, value.significance, now)
  if (value.act === 'amend') await amendEntry(tx, house.keys, worker, { entry, subject }, value.words, now)
  return redirect(`/people/${subject.id}/chronology`)
}

/** @throws {NotFound} for what the viewer may not see, and what does not exist */
const entryAt = async (ask: Ask, at: Through): Promise<Entry> => {
  const only = ask.params['entry']!
  const [entry] = await chronologyOf(ask.tx, ask.house.keys, at.worker.partnership, at.subject.id, { only })
  if (!entry) throw new NotFound()
  return entry
}

const view = async (ask: Ask, at: Through, entry: Entry, errors: readonly FieldError[] = []) => {
  const words = ask.w.subjects.entry
  const told = await besideEntries(ask, at, [entry])
  const title = fill(words.title, { day: day(localDate(entry.happened_at, ask.place.zone)) })
  const about = aboutPerson(at)
  const restricted = restrictedIn([entry], at.worker, at.ties)
  return page({
    title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    about: {
      ...about,
      detail: { ...about.detail, handling: String(entry.handling), ...(restricted && { restricted }) },
    },
    body: (
      <>
        <BackLink href={ask.href(`/people/${at.subject.id}/chronology`)}>{ask.w.subjects.person.chronology}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{title}</Title>
        <Chronology ask={ask} at={at} {...told} />
        <Act ask={ask} act={entry.pinned ? 'unpin' : 'pin'} title={words.pinTitle} hint={words.pinHint}>
          <Button classes="govuk-button--secondary">{entry.pinned ? words.unpin : words.pin}</Button>
        </Act>
        <Act ask={ask} act="weigh" title={words.weighTitle} hint={words.weighHint}>
          <Radios
            name="significance"
            fieldset={{ legend: { text: words.weighLegend, classes: 'govuk-visually-hidden' } }}
            value={typed(ask.form, 'significance') || entry.significance}
            errorMessage={errorFor(errors, 'significance')}
            items={significances.map((value) => ({ value, text: ask.w.subjects.significances[value] }))}
          />
          <Button classes="govuk-button--secondary">{words.weigh}</Button>
        </Act>
        <Amend ask={ask} at={at} entry={entry} errors={errors} agency={told.agencies.get(entry.agency_id) ?? ''} />
      </>
    ),
  })
}

const Act = (props: { ask: Ask; act: string; title: string; hint: string; children: preact.ComponentChildren }) => (
  <section>
    <h2 class="govuk-heading-m">{props.title}</h2>
    <p class="govuk-body">{props.hint}</p>
    <Form ask={props.ask} once>
      <input type="hidden" name="act" value={props.act} />
      {props.children}
    </Form>
  </section>
)

/** Only the agency that wrote it puts it right; whoever else knows better writes an entry of their own. */
const Amend = (props: { ask: Ask; at: Through; entry: Entry; errors: readonly FieldError[]; agency: string }) => {
  const { ask, at, entry, errors, agency } = props
  const words = ask.w.subjects.entry
  if (entry.amends_id !== null) return null
  if (entry.agency_id !== at.worker.agency)
    return (
      <>
        <h2 class="govuk-heading-m">{words.amendTitle}</h2>
        <p class="govuk-body">{fill(words.amendTheirs, { agency })}</p>
      </>
    )
  return (
    <Act ask={ask} act="amend" title={words.amendTitle} hint={words.amendHint}>
      <Textarea
        name="words"
        label={words.amendWords}
        rows={5}
        value={typed(ask.form, 'words')}
        errorMessage={errorFor(errors, 'words')}
      />
      <Button preventDoubleClick>{words.amend}</Button>
    </Act>
  )
}
