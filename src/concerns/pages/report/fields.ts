import { z } from 'zod'
import { fill, type Ask, type Words } from '../../../web/index.ts'
import { longest } from '../../concern.ts'
import { readPostcode } from '../../postcode.ts'

/*
 * The pieces that the pages' schemas are made of. Each says what is wrong in the reader's language.
 */
type In = Pick<Ask, 'w' | 'lang'>
const wrong = (w: Words) => w.report.wrong

/** Words, as typed. Nothing is trimmed: what somebody wrote is kept byte for byte. */
export const words = ({ w, lang }: In, most = longest) =>
  z
    .string({ error: wrong(w).broken })
    .max(most, fill(wrong(w).long, { most: most.toLocaleString(lang.code) }))
    .refine((text) => text.isWellFormed(), wrong(w).broken)
    .default('')

/** One of several, or none: every question may be skipped. */
export const choice = <const T extends readonly string[]>({ w }: In, values: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), z.enum(values, { error: wrong(w).choice }).optional())

/** Any number of ticked boxes. */
export const choices = ({ w }: In, values: readonly string[]) =>
  z.preprocess(
    (value) => (value === undefined ? [] : [value].flat()),
    z.array(z.string()).refine((all) => all.every((one) => values.includes(one)), wrong(w).choice),
  )

export const postcode = (asker: In) =>
  words(asker, 20).transform((said, ctx) => {
    if (said.trim() === '') return null
    const read = readPostcode(said)
    if (read) return read
    ctx.addIssue(wrong(asker.w).postcode)
    return z.NEVER
  })

export const number = ({ w }: In, least: number, most: number) =>
  z.preprocess(
    (value) => (value === '' || value === undefined ? undefined : Number(value)),
    z
      .number({ error: wrong(w).broken })
      .min(least, wrong(w).broken)
      .max(most, wrong(w).broken)
      .optional(),
  )

/** The three boxes of a date: `name-day`, `name-month`, `name-year`. */
export const dateBoxes = <N extends string>(asker: In, name: N) => {
  const box = words(asker, 20)
  return { [`${name}-day`]: box, [`${name}-month`]: box, [`${name}-year`]: box } as Record<
    `${N}-day` | `${N}-month` | `${N}-year`,
    typeof box
  >
}

/**
 * The date in those boxes as YYYY-MM-DD, null when all are empty.
 * @param today no later than that day, also YYYY-MM-DD
 */
export const readDate = (
  { w }: In,
  value: Record<string, unknown>,
  name: string,
  today: string,
  ctx: z.RefinementCtx,
): string | null => {
  const [day, month, year] = ['day', 'month', 'year'].map((part) => String(value[`${name}-${part}`] ?? '').trim())
  if (!day && !month && !year) return null
  const whole = /^\d{1,2}$/.test(day!) && /^\d{1,2}$/.test(month!) && /^\d{4}$/.test(year!)
  const date = `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`
  const said =
    !whole || !z.iso.date().safeParse(date).success ? wrong(w).date : date > today ? wrong(w).future : undefined
  if (said) ctx.addIssue({ code: 'custom', message: said, path: [`${name}-day`] })
  return said ? null : date
}

/** The boxes filled from a date, to show it again. */
export const dateShown = (name: string, date: string | null | undefined): Record<string, string> => {
  const [year, month, day] = (date ?? '').split('-')
  return date
    ? { [`${name}-day`]: String(Number(day)), [`${name}-month`]: String(Number(month)), [`${name}-year`]: year! }
    : {}
}
