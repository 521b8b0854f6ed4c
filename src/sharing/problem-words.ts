import { fill, type Words } from '../web/index.ts'
import type { Problem } from './clause.ts'

/** The sentence for what is wrong with a clause. */
export const problemText = (words: Words['agreements'], { say, values }: Problem): string => {
  const list = values['list'] as keyof typeof words.lists | undefined
  return fill(words.problems[say], {
    ...values,
    ...(list && { list: words.lists[list] }),
    ...(values['day'] && { day: dayInWords(values['day']) }),
  })
}

/** '2026-04-29' as 29 April 2026. */
export const dayInWords = (day: string): string =>
  new Date(`${day}T12:00:00Z`).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
