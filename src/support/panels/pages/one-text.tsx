import { NotFound } from '../../../platform/index.ts'
import { namesFor } from '../../../staff/index.ts'
import { aboutMeeting, atMeeting, mayKeep, type AtMeeting } from '../../../subjects/index.ts'
import {
  BackLink,
  Errors,
  keptPage,
  page,
  redirect,
  Title,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { Both, hintsIn, readSent, readWritten, textOf, write, Writes } from '../../writing/index.ts'
import { documentOf, minuteQuestions, minutesWritten } from '../minutes.ts'
import { byOf, questionOf } from './minutes-writing.tsx'

/** Where two people wrote the same part of the minutes at once, a person makes one text of them here. */
export const oneTextPage: Handler = async (ask) => {
  const there = await atMeeting(ask)
  return there.kind === 'answer' ? there.answer : view(ask, there)
}

export const sendOneText: Handler = async (ask) => {
  const there = await atMeeting(ask)
  if (there.kind === 'answer') return keptPage(ask, 409, ask.w.subjects.add.ended)
  const { at, meeting, base } = there
  const question = questionIn(ask, there)
  const { sitting, typed, wrong } = readSent(ask, [question])
  const blank = typed.some(({ words }) => words.trim() === '')
  const errors = blank ? [{ field: question.name, text: ask.w.panels.minutes.oneBlank }] : wrong
  if (errors.length) return view(ask, there, errors)
  const sat = { sitting, typed, event: minutesWritten, at: at.now }
  await write(ask.tx, ask.house.keys, at.worker, documentOf(meeting, at.subject), sat)
  return redirect(`${base}/minutes?done=one`)
}

/** @throws {NotFound} for what minutes do not ask, and for whoever does not keep them */
const questionIn = (ask: Ask, { at, meeting }: AtMeeting) => {
  const found = minuteQuestions.find(({ name }) => name === ask.params['answer'])
  if (!found || !mayKeep(at.worker, meeting)) throw new NotFound()
  return found
}

const view = async (ask: Ask, there: AtMeeting, errors: readonly FieldError[] = []) => {
  const { at, meeting, base } = there
  const question = questionIn(ask, there)
  const words = ask.w.panels.minutes
  const { partnership } = at.worker
  const standing = await readWritten(ask.tx, ask.house.keys, partnership, meeting.id, { fields: [question.name] })
  const names = await namesFor(
    ask.tx,
    standing.map(({ written_by }) => written_by),
  )
  const together = textOf(standing)
  return page({
    title: words.oneTitle,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    about: aboutMeeting(there),
    body: (
      <>
        <BackLink href={ask.href(`${base}/minutes`)}>{words.title}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title caption={questionOf(ask, question.name).label}>{words.oneTitle}</Title>
        <Both texts={standing.map((one) => ({ id: one.id, by: byOf(ask, names, one), words: one.words }))} />
        <Writes
          ask={{ ...ask, form: { [question.name]: together, ...ask.form } }}
          asked={[
            {
              question,
              said: { ...questionOf(ask, question.name), label: words.oneLabel },
              read: standing.map(({ version }) => version),
              hints: hintsIn(together),
            },
          ]}
          errors={errors}
          one={words.oneButton}
        />
      </>
    ),
  })
}
