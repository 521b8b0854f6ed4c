import { dayInWords } from '../partnership/index.ts'
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
