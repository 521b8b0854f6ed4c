import type { ComponentChildren } from 'preact'
import { noticesFor, type JoinNotice } from '../../../joining/index.ts'
import { agencyNames } from '../../../partnership/index.ts'
import { NotFound, type Viewer } from '../../../platform/index.ts'
import { BackLink, fill, Form, page, type Answer, type Ask, type Handler } from '../../../web/index.ts'
import { isId } from '../../../platform/index.ts'
import { standingOf, type ReporterMessage, type Standing } from '../../reporter-queries.ts'
import { callerOf, isCaller, type Caller } from './enter.tsx'

/** What became of it: how far it has come, what was written to them, and what they may still say. */
export const open: Handler = async (ask): Promise<Answer> => {
  const caller = await callerOf(ask)
  if (!isCaller(caller)) return caller
  const { viewer, concern, base, cookies } = caller
  if (viewer.kind === 'staff' && !(isId(concern) && (await isOwn(ask, concern)))) throw new NotFound()
  const standing = await standingOf(ask.tx, ask.house.keys, viewer, concern, ask.house.now())
  if (!standing) throw new NotFound()
  const w = ask.w.receipt.open
  const staff = viewer.kind === 'staff'
  const notices = staff ? await toldOf(ask, viewer, concern) : []
  return page({
    title: w.title,
    frame: staff ? 'staff' : 'journey',
    script: 'report',
    cookies,
    about: { kind: 'concern', id: concern },
    body: (
      <div class="trellis-report">
        {staff && <BackLink href="/sent">{w.allSent}</BackLink>}
        <h1 class="govuk-heading-l">{w.title}</h1>
        <Progress ask={ask} standing={standing} />
        <Told ask={ask} notices={notices} />
        <Questions ask={ask} standing={standing} base={base} />
        <Words ask={ask} standing={standing} />
        <section class="trellis-screen-only">
          <h2 class="govuk-heading-m">{w.canTitle}</h2>
          <ul class="govuk-list trellis-receipt__can">
            <li>
              <a class="govuk-link" href={ask.href(`${base}/more`)}>
                {w.more}
              </a>
            </li>
            <li>{notHeardLine(ask, standing, base)}</li>
          </ul>
        </section>
        <Said ask={ask} standing={standing} />
        {!staff && (
          <Form ask={ask} action="/receipt/finish">
            <button class="govuk-button trellis-screen-only">{w.finish}</button>
            <p class="govuk-hint trellis-screen-only">{w.finishHint}</p>
          </Form>
        )}
      </div>
    ),
  })
}

/** A front door worker sees every concern, but this page is for what they sent themself. */
const isOwn = async (ask: Ask, concern: string): Promise<boolean> => {
  const { viewer, tx } = ask
  if (viewer.kind !== 'staff') return false
  const row = await tx
    .selectFrom('concern')
    .select('id')
    .where('partnership_id', '=', viewer.partnership)
    .where('id', '=', concern)
    .where('entered_by', '=', viewer.staff)
    .executeTakeFirst()
  return row !== undefined
}
export const ownOrNotFound = async (ask: Ask, { viewer, concern }: Caller): Promise<void> => {
  if (viewer.kind === 'staff' && !(isId(concern) && (await isOwn(ask, concern)))) throw new NotFound()
}

type Shown = { ask: Ask; standing: Standing }

const Progress = ({ ask, standing }: Shown) => {
  const w = ask.w.receipt.open
  const { received_at, lookedAt, decided, waiting } = standing
  const steps: [string, Date | undefined, ComponentChildren?][] = [
    [w.received, received_at],
    [w.lookedAt, lookedAt],
    [w.decided, decided?.at],
  ]
  return (
    <>
      <ol class="trellis-progress">
        {steps.map(([text, at]) => (
          <li class={at ? 'trellis-progress__step trellis-progress__step--done' : 'trellis-progress__step'}>
            <strong>{text}</strong>
            <span class="trellis-progress__when">{at ? momentIn(ask, at) : w.notYet}</span>
          </li>
        ))}
      </ol>
      {decided && (
        <section class="govuk-inset-text">
          <h2 class="govuk-heading-s">{w.told}</h2>
          <p class="govuk-body trellis-words" dir="auto">
            {decided.told}
          </p>
        </section>
      )}
      {waiting && (
        <p class="govuk-body">
          {fill(w.waiting, { step: waiting.step })}{' '}
          {waiting.due && fill(w.waitingUntil, { when: momentIn(ask, waiting.due) })}
        </p>
      )}
    </>
  )
}

/** Of whom the agreement let this agency hear: the other agency by name, and never what it knows. */
const toldOf = async (ask: Ask, viewer: Viewer, concern: string) => {
  const notices = await noticesFor(ask.tx, viewer, concern)
  const names = await agencyNames(
    ask.tx,
    notices.map(({ agency }) => agency),
  )
  return notices.map((notice) => ({ ...notice, name: names.get(notice.agency) ?? '' }))
}

const Told = ({ ask, notices }: { ask: Ask; notices: (JoinNotice & { name: string })[] }) => {
  if (notices.length === 0) return null
  const words = ask.w.joining.told
  return (
    <section class="govuk-inset-text">
      <h2 class="govuk-heading-m">{words.title}</h2>
      {notices.map(({ kind, name, told_at, cite }) => (
        <>
          <p class="govuk-body">
            <strong>{fill(words[kind], { agency: name })}</strong>
          </p>
          <p class="govuk-hint">{fill(words.by, { when: momentIn(ask, told_at), cite })}</p>
        </>
      ))}
      <p class="govuk-body">
        {words.next}{' '}
        <a class="govuk-link" href={ask.href('/partners')}>
          {words.partners}
        </a>
      </p>
    </section>
  )
}

const isAnswered = (standing: Standing, { id }: ReporterMessage) =>
  standing.messages.some(({ kind, answers_id }) => kind === 'answer' && answers_id === id)

/** Questions wait at the top until they are answered. */
const Questions = ({ ask, standing, base }: Shown & { base: string }) => {
  const open = standing.messages.filter((message) => message.kind === 'question' && !isAnswered(standing, message))
  if (open.length === 0) return null
  const w = ask.w.receipt.open
  return (
    <section>
      <h2 class="govuk-heading-m">{w.questions}</h2>
      {open.map((message) => (
        <div class="govuk-inset-text">
          <p class="govuk-body trellis-words" dir="auto">
            {message.words}
          </p>
          <a
            class="govuk-button trellis-screen-only govuk-!-margin-bottom-0"
            role="button"
            draggable={false}
            href={ask.href(`${base}/answer/${message.id}`)}
          >
            {w.answer}
          </a>
        </div>
      ))}
    </section>
  )
}

/** Everything written to and fro. Staff have no names here: the front door answers as one. */
const Words = ({ ask, standing }: Shown) => {
  const w = ask.w.receipt.open
  const { messages, decided } = standing
  const shown = messages.filter(
    (message) =>
      !(message.kind === 'question' && !isAnswered(standing, message)) &&
      !(message.kind === 'news' && message.words === decided?.told),
  )
  if (shown.length === 0) return null
  return (
    <section>
      <h2 class="govuk-heading-m">{w.messages}</h2>
      <ol class="trellis-said">
        {shown.map((message) => (
          <li class={`trellis-said__one trellis-said__one--${message.direction === 'to reporter' ? 'theirs' : 'ours'}`}>
            <p class="trellis-said__who">
              {message.direction === 'to reporter' ? w.frontDoor : w.you}
              {message.kind === 'not heard' && ` – ${w.saidNotHeard}`}{' '}
              <time dateTime={message.sent_at.toISOString()}>{momentIn(ask, message.sent_at)}</time>
            </p>
            <p class="govuk-body trellis-words" dir="auto">
              {message.words}
            </p>
          </li>
        ))}
      </ol>
    </section>
  )
}

const Said = ({ ask, standing }: Shown) => {
  const w = ask.w.receipt.open
  const lines: [string, string][] = [
    [w.saidWorry, standing.worry],
    [w.saidWhere, standing.place],
    [w.saidWhen, standing.happened],
    [w.saidFiles, standing.files.join('\n')],
  ]
  return (
    <section>
      <h2 class="govuk-heading-m">{w.said}</h2>
      <p class="govuk-body">
        {fill(w.saidOn, { when: momentIn(ask, standing.received_at) })}{' '}
        {w.channels[standing.channel as keyof typeof w.channels]}
      </p>
      <dl class="trellis-report__answers">
        {lines
          .filter(([, value]) => value !== '')
          .map(([key, value]) => (
            <>
              <dt>{key}</dt>
              <dd class="trellis-words" dir="auto">
                {value}
              </dd>
            </>
          ))}
      </dl>
      <p class="govuk-body">
        {w.reference} <bdi dir="ltr">{standing.reference}</bdi>
      </p>
    </section>
  )
}

const notHeardLine = (ask: Ask, { waiting, stepsTaken }: Standing, base: string) => {
  const w = ask.w.receipt.open
  if (waiting) return w.notHeardWaiting
  if (stepsTaken >= 3) return w.notHeardOver
  return (
    <a class="govuk-link" href={ask.href(`${base}/not-heard`)}>
      {stepsTaken ? w.notHeardStill : w.notHeard}
    </a>
  )
}

export const momentIn = ({ lang, place }: Pick<Ask, 'lang' | 'place'>, at: Date): string =>
  new Intl.DateTimeFormat(lang.code === 'en' ? 'en-GB' : lang.code, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: place.zone,
  }).format(at)
