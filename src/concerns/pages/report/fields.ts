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
