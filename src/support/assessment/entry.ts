import { fill, type Words } from '../../web/index.ts'
import { answerInWords, standingByField, textOf, type Said, type Written } from '../writing/index.ts'
import type { Purpose } from './assessment.ts'

/** What the chronology says of one that is finished. */
export const finishedEntry = (w: Words, purpose: Purpose, written: readonly Written[]): string => {
  const { entry, questions } = w.assessment
  const texts = standingByField(written)
  const said = (name: string): string => textOf(texts.get(name))
  const code = (name: keyof typeof questions): string => (questions[name] as Said).codes?.[said(name)] ?? ''
  return fill(entry[purpose], {
    next: said('next_step'),
    level: code('level'),
    confidence: code('confidence').toLowerCase(),
    capacity: code('capacity'),
    day: answerInWords({ name: 'review_on', kind: 'date' }, questions.review_on, said('review_on')),
  })
}
