import { z } from 'zod'
import { agencyNames, contactPoints } from '../../../partnership/index.ts'
import { localDate, NotFound } from '../../../platform/index.ts'
import { Button, fill, Form, readForm, redirect, type Ask, type FieldError, type Handler } from '../../../web/index.ts'
import { dispute } from '../../dispute.ts'
import { messagesOf, sayMessage, type MessageKind } from '../../own/messages.ts'
import { writtenFor } from '../../own/written.ts'
import type { Entry } from '../../chronology.ts'
import { when } from '../said.tsx'
import { asThemself, Box, mayWords, needWords, ownPage, Quote, type AtOwn } from './at-own.tsx'

/** "I don't agree" with something that is written: it stands beside it, and its agency answers. */
export const disagreePage: Handler = async (ask) => {
  const at = await asThemself(ask)
  return at.kind === 'answer' ? at.answer : disagreeView(ask, await entryAt(ask, at))
}

export const sendDisagree: Handler = async (ask) => {
  const at = await asThemself(ask)
  if (at.kind === 'answer') return at.answer
  const entry = await entryAt(ask, at)
  const read = readForm(z.strictObject({ words: needWords(ask, ask.w.own.disagree.missing) }), ask.form)
  if (!read.ok) return disagreeView(ask, entry, read.errors)
  const said_on = localDate(at.now, ask.place.zone)
  const said = { said_by: 'person', words: read.value.words, said_on, at: at.now } as const
  await dispute(ask.tx, ask.house.keys, at.viewer, entry, at.viewer.subject, said)
  return redirect('/mine/open?done=disagree')
}

/** @throws {NotFound} for what is not on their page */
const entryAt = async (ask: Ask, { viewer }: AtOwn): Promise<Entry> => {
  const { entries } = await writtenFor(ask.tx, ask.house.keys, viewer)
  const found = entries.find(({ id }) => id === ask.params['entry'])
  if (!found) throw new NotFound()
  return found
}

const disagreeView = async (ask: Ask, entry: Entry, errors: readonly FieldError[] = []) => {
  const words = ask.w.own.disagree
  const agency = (await agencyNames(ask.tx, [entry.agency_id])).get(entry.agency_id) ?? ''
  return ownPage(ask, {
    title: words.title,
    errors,
    children: (
      <>
        <Quote>{entry.words}</Quote>
        <p class="govuk-body">{fill(words.intro, { agency })}</p>
        <Form ask={ask}>
          <Box ask={ask} name="words" label={words.words} errors={errors} />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}

const texts = { 'not safe': 'notSafe', 'please stop': 'pleaseStop' } as const

/** "I don't feel safe": whom to ring comes before everything. And "please stop". */
export const sayPage =
  (kind: MessageKind): Handler =>
  async (ask) => {
    const at = await asThemself(ask)
    return at.kind === 'answer' ? at.answer : sayView(ask, kind)
  }

export const sendSay =
  (kind: MessageKind): Handler =>
  async (ask) => {
    const at = await asThemself(ask)
    if (at.kind === 'answer') return at.answer
    const isStop = kind === 'please stop'
    const schema = z.strictObject({
      words: isStop ? needWords(ask, ask.w.own.pleaseStop.missing) : mayWords(ask),
      reach: mayWords(ask),
    })
    const read = readForm(schema, ask.form)
    if (!read.ok) return sayView(ask, kind, read.errors)
    await sayMessage(ask.tx, ask.house.keys, at.viewer, { kind, ...read.value }, at.now)
    return redirect('/mine/sent')
  }

/** What they said has arrived, by when somebody answers, and whom to ring who cannot wait. */
export const sentPage: Handler = async (ask) => {
  const at = await asThemself(ask)
  if (at.kind === 'answer') return at.answer
  const { partnership, subject } = at.viewer
  const [newest] = await messagesOf(ask.tx, ask.house.keys, partnership, subject)
  if (!newest) return redirect('/mine/open')
  const words = ask.w.own.sent
  return ownPage(ask, {
    title: words.title,
    children: (
      <>
        <p class="govuk-body">{fill(words.text, { when: when(ask, newest.due_at) })}</p>
        {newest.kind === 'not safe' && (
          <>
            <p class="govuk-body govuk-!-font-weight-bold">{ask.w.own.notSafe.danger}</p>
            <Sooner ask={ask} points={await openPoints(ask)} />
          </>
        )}
      </>
    ),
  })
}

const sayView = async (ask: Ask, kind: MessageKind, errors: readonly FieldError[] = []) => {
  const words = ask.w.own[texts[kind]]
  return ownPage(ask, {
    title: words.title,
    errors,
    children: (
      <>
        {kind === 'not safe' && (
          <>
            <p class="govuk-body govuk-!-font-weight-bold">{ask.w.own.notSafe.danger}</p>
            <Sooner ask={ask} points={await openPoints(ask)} />
          </>
        )}
        <p class="govuk-body">{words.intro}</p>
        <Form ask={ask}>
          <Box ask={ask} name="words" label={words.words} errors={errors} />
          <Box ask={ask} name="reach" label={words.reach} rows={2} errors={errors} />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}

const openPoints = async (ask: Ask) =>
  (await contactPoints(ask.tx, ask.place.id)).filter(({ audience, phone }) => audience !== 'professional' && phone)

const Sooner = ({ ask, points }: { ask: Ask; points: Awaited<ReturnType<typeof openPoints>> }) =>
  points.length === 0 ? null : (
    <>
      <p class="govuk-body">{ask.w.own.notSafe.sooner}</p>
      <ul class="govuk-list govuk-list--bullet">
        {points.map(({ label, phone, hours }) => (
          <li>
            {label}: <a href={`tel:${phone!.replace(/\s/g, '')}`}>{phone}</a>
            {hours && `. ${hours}`}
          </li>
        ))}
      </ul>
    </>
  )
