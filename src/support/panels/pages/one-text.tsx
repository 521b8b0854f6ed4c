import { NotFound } from '../../../platform/index.ts'
import { aboutMeeting, atMeeting, mayKeep } from '../../../subjects/index.ts'
import { oneTextOf } from '../../writing/index.ts'
import { documentOf, minuteQuestions, minutesWritten } from '../minutes.ts'
import { questionOf } from './minutes-writing.tsx'

/**
 * Where two people wrote the same part of the minutes at once, a person makes one text of them here.
 * @throws {NotFound} for what minutes do not ask, and for whoever does not keep them
 */
export const { show: oneTextPage, send: sendOneText } = oneTextOf(async (ask) => {
  const there = await atMeeting(ask)
  if (there.kind === 'answer') return there
  const { at, meeting, base } = there
  const question = minuteQuestions.find(({ name }) => name === ask.params['answer'])
  if (!question || !mayKeep(at.worker, meeting)) throw new NotFound()
  return {
    kind: 'one',
    worker: at.worker,
    now: at.now,
    document: documentOf(meeting, at.subject),
    question,
    said: questionOf(ask, question.name),
    back: `${base}/minutes`,
    backText: ask.w.panels.minutes.title,
    event: minutesWritten,
    about: aboutMeeting(there),
  }
})
