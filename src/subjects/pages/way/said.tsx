import { z } from 'zod'
import { AlreadyDone, NotFound, type StaffViewer } from '../../../platform/index.ts'
import {
  BackLink,
  Button,
  errorFor,
  fill,
  Form,
  keptPage,
  NotificationBanner,
  page,
  readForm,
  redirect,
  Tag,
  Textarea,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import type { Through } from '../../gate.ts'
import { enter } from '../../gate.ts'
import { answerMessage, messagesOf, messagesToAnswer, type OwnMessage } from '../../own/messages.ts'
import { counted, when } from '../said.tsx'
import { formPage, needWords } from '../voice/frame.tsx'

/** What people said from their own page and waits for this worker. By reference: names are behind each one's gate. */
export const saidToYouPage: Handler = async (ask) => {
  const now = ask.house.now()
  const all = await messagesToAnswer(ask.tx, ask.viewer as StaffViewer, now)
  const words = ask.w.own.said
  return page({
    title: words.title,
    frame: 'staff',
    body: (
      <>
        <BackLink href={ask.href('/people')}>{ask.w.subjects.person.back}</BackLink>
        <Title>{words.title}</Title>
        <p class="govuk-body">{all.length === 0 ? words.none : words.intro}</p>
        <ul class="trellis-rows">
          {all.map(({ id, subject_id, reference, kind, due_at, passed_to, escalated_at }) => (
            <li class="trellis-row">
              <div>
                <a class="govuk-link" href={ask.href(`/people/${subject_id}/said/${id}`)}>
                  {reference}
                </a>
                <span class="trellis-row__more">
                  {fill(words.row, { kind: words.kinds[kind], when: when(ask, due_at) })}
                </span>
                {passed_to && escalated_at && (
                  <span class="trellis-row__more">
                    {fill(words.passed, { agency: passed_to, when: when(ask, escalated_at) })}
                  </span>
                )}
              </div>
              {due_at < now && (
                <div class="trellis-row__tags">
                  <Tag classes="govuk-tag--red">{words.late}</Tag>
                </div>
              )}
            </li>
          ))}
        </ul>
      </>
    ),
  })
}

/** Said on the first pages of a worker's day, so that nobody has to look for it. */
export const waitingMessages = (ask: Ask, worker: StaffViewer) => messagesToAnswer(ask.tx, worker, ask.house.now())
export const MessagesBanner = (props: { ask: Ask; waiting: Awaited<ReturnType<typeof waitingMessages>> }) => {
  const { ask, waiting } = props
  if (waiting.length === 0) return null
  const words = ask.w.own.said
  const people = new Set(waiting.map(({ subject_id }) => subject_id)).size
  const unsafe = waiting.filter(({ kind }) => kind === 'not safe').length
  const late = waiting.filter(({ escalated_at }) => escalated_at).length
  return (
    <NotificationBanner title={words.title} titleId="said-to-you">
      <a class="govuk-notification-banner__link" href={ask.href('/people/said')}>
        {[
          counted(words.banner, people),
          unsafe > 0 && fill(words.bannerUnsafe, { count: unsafe }),
          late > 0 && fill(words.bannerLate, { count: late }),
        ]
          .filter(Boolean)
          .join('; ')}
      </a>
    </NotificationBanner>
  )
}

export const messagePage: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  return at.kind === 'answer' ? at.answer : view(ask, at, await messageAt(ask, at))
}

export const sendMessageAnswer: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return keptPage(ask, 409, ask.w.subjects.add.ended)
  const message = await messageAt(ask, at)
  if (message.answered_at) throw new AlreadyDone()
  const read = readForm(z.strictObject({ words: needWords(ask, ask.w.own.said.answer.missing) }), ask.form)
  if (!read.ok) return view(ask, at, message, read.errors)
  const answer = { subject: at.subject.id, message: message.id, words: read.value.words }
  await answerMessage(ask.tx, ask.house.keys, at.worker, answer, at.now)
  return redirect('/people/said')
}

/** For whoever is in the circle, and a manager whose list it stands on. @throws {NotFound} */
const messageAt = async (ask: Ask, at: Through): Promise<OwnMessage> => {
  const theirs = await messagesToAnswer(ask.tx, at.worker, at.now)
  const all = await messagesOf(ask.tx, ask.house.keys, at.worker.partnership, at.subject.id)
  const found = all.find(({ id }) => id === ask.params['message'])
  if (!found || (at.ties.closeness < 2 && !theirs.some(({ id }) => id === found.id))) throw new NotFound()
  return found
}

const view = (ask: Ask, at: Through, message: OwnMessage, errors: readonly FieldError[] = []) => {
  const words = ask.w.own.said
  const quote = (said: string) => (
    <blockquote class="govuk-inset-text trellis-words" dir="auto">
      {said}
    </blockquote>
  )
  return formPage(ask, at, {
    title: words.kinds[message.kind],
    back: '/people/said',
    errors,
    children: (
      <>
        {message.words ? quote(message.words) : <p class="govuk-body">{words.noWords}</p>}
        <h2 class="govuk-heading-s">{words.reach}</h2>
        {message.reach ? quote(message.reach) : <p class="govuk-body">{words.noReach}</p>}
        {message.answered_at ? (
          <>
            <h2 class="govuk-heading-s">{fill(words.answered, { when: when(ask, message.answered_at) })}</h2>
            {quote(message.answer)}
          </>
        ) : (
          <Form ask={ask} once>
            <p class="govuk-body">
              {fill(words.row, { kind: words.kinds[message.kind], when: when(ask, message.due_at) })}
            </p>
            <Textarea
              name="words"
              label={{ text: words.answer.words, classes: 'govuk-label--s' }}
              hint={words.answer.hint}
              value={typed(ask.form, 'words')}
              errorMessage={errorFor(errors, 'words')}
            />
            <Button preventDoubleClick>{words.answer.button}</Button>
          </Form>
        )}
      </>
    ),
  })
}
