import { NotFound } from '../../../platform/index.ts'
import { aboutPerson, enter, homeOf } from '../../../subjects/index.ts'
import { mayPlan } from '../../plan/may.ts'
import { oneTextOf } from '../../writing/index.ts'
import { asks, assessmentWritten, documentOf } from '../writes.ts'
import { saidOf } from './assessment.tsx'

/**
 * Where two people wrote the same answer about a context at once, a person makes one text of them here.
 * @throws {NotFound} for what is not asked, and for whoever only may look
 */
export const { show: oneTextPage, send: sendOneText } = oneTextOf(async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return at
  const question = asks.find(({ name }) => name === ask.params['answer'])
  if (!question || !mayPlan(at)) throw new NotFound()
  return {
    kind: 'one',
    worker: at.worker,
    now: at.now,
    document: documentOf(at.subject),
    question,
    said: saidOf(ask, question.name),
    back: `${homeOf(at.subject)}/assessment`,
    backText: ask.w.contexts.assessment.title,
    event: assessmentWritten,
    about: aboutPerson(at),
  }
})
