import { z } from 'zod'
import { fill, readForm, ticked, typed, type Ask, type FieldError } from '../../web/index.ts'
import { plainLines, type Typed } from './written.ts'

/** One thing that a form asks. Whatever its kind, its answer is kept as a text: codes by line, a date as day/month/year. */
export type Question = {
  name: string
  kind: 'words' | 'one' | 'several' | 'date'
  codes?: readonly string[]
  /** How tall its box is. */
  rows?: number
}

export const most_written = 20_000

export type Sent = {
  sitting: string
  /** `keep`: sent by itself while somebody types. */
  does: 'keep' | 'go on' | 'later'
  typed: Typed[]
  wrong: FieldError[]
}

/**
 * What a form that `Writes` drew sent back. A question that was not on the page is not among it; a text that is too long
 * is told of in `wrong`, and the others are there all the same.
 * @throws {BadRequest} for a field that the page never asked for
 */
export const readSent = (ask: Ask, questions: readonly Question[]): Sent => {
  const { wrong: says } = ask.w.writing
  const sent = readForm(
    z.strictObject({
      sitting: z.uuid(),
      do: z.enum(['keep', 'go on', 'later']).default('go on'),
      ...Object.fromEntries(questions.flatMap((one) => boxesOf(one).map((box) => [box, box_sent]))),
      ...Object.fromEntries(questions.map(({ name }) => [`v-${name}`, versions_sent])),
    }),
    ask.form,
  )
  if (!sent.ok) return { sitting: '', does: 'later', typed: [], wrong: [{ field: 'writing', text: says.broken }] }
  const asked = questions.filter(({ name }) => typeof ask.form[`v-${name}`] === 'string')
  const isLong = ({ name }: Question) => answerSent(ask.form, { name, kind: 'words' }).length > most_written
  const long = asked.filter((one) => one.kind === 'words' && isLong(one))
  return {
    sitting: String(sent.value['sitting']),
    does: sent.value['do'] as Sent['does'],
    typed: asked
      .filter((one) => !long.includes(one))
      .map((one) => ({ field: one.name, words: answerSent(ask.form, one), read: readOf(ask.form, one.name) })),
    wrong: long.map(({ name }) => ({
      field: name,
      text: fill(says.long, { most: most_written.toLocaleString('en-GB') }),
    })),
  }
}

const box_sent = z.union([z.string(), z.array(z.string())]).optional()
const versions_sent = z
  .string()
  .regex(/^(?:\d{1,9}(?: \d{1,9}){0,50})?$/)
  .optional()
const parts = ['day', 'month', 'year'] as const
const boxesOf = ({ name, kind }: Question): string[] =>
  kind === 'date' ? parts.map((part) => `${name}-${part}`) : [name]

const readOf = (form: Ask['form'], name: string): number[] =>
  typed(form, `v-${name}`).split(' ').filter(Boolean).map(Number)

const answerSent = (form: Ask['form'], { name, kind, codes = [] }: Question): string => {
  if (kind === 'words') return plainLines(typed(form, name))
  if (kind === 'date') {
    const said = parts.map((part) => typed(form, `${name}-${part}`).trim().slice(0, 20))
    return said.some(Boolean) ? said.join('/') : ''
  }
  const chosen = ticked(form, name)
  return codes.filter((code) => chosen.includes(code)).join('\n')
}

/** An answer as the boxes of a form hold it. */
export const boxesFilled = ({ name, kind }: Question, words: string): Record<string, string | string[]> => {
  if (kind === 'several') return { [name]: words.split('\n').filter(Boolean) }
  if (kind !== 'date') return { [name]: words }
  const said = words.split('/')
  return Object.fromEntries(parts.map((part, i) => [`${name}-${part}`, said[i] ?? '']))
}

/** The day that an answer of that kind names, as YYYY-MM-DD; undefined where it is none. */
export const dayIn = (words: string): string | undefined => {
  const [day = '', month = '', year = ''] = words.split('/')
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return /^\d{4}$/.test(year) && z.iso.date().safeParse(date).success ? date : undefined
}

export type Said = { label: string; hint?: string; codes?: Readonly<Record<string, string>> }

/** An answer as people read it. */
export const answerInWords = ({ kind }: Question, said: Said, words: string): string => {
  if (kind === 'words') return words
  if (kind === 'date') {
    const day = dayIn(words)
    const long = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
    return day ? long.format(new Date(`${day}T12:00:00Z`)) : words
  }
  return words
    .split('\n')
    .filter(Boolean)
    .map((code) => said.codes?.[code] ?? code)
    .join('\n')
}
