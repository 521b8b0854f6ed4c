import { expect, test } from 'vitest'
import { z } from 'zod'
import { readForm } from './read-form.ts'

const missing = (text: string) => z.string(text).regex(/\S/, text)
const dated = z
  .strictObject({
    name: missing('Enter a name'),
    'on-day': z.string().default(''),
    why: missing('Enter why'),
  })
  .transform((value, ctx) => {
    if (!value['on-day']) ctx.addIssue({ code: 'custom', message: 'Enter the day', path: ['on-day'] })
    return value
  })
const wrongIn = (schema: z.ZodType, form: Record<string, string>) => {
  const read = readForm(schema, form)
  return read.ok ? [] : read.errors.map(({ text }) => text)
}

test('what several boxes make is told with what is wrong in one, in the order of the fields', () => {
  expect(wrongIn(dated, {})).toEqual(['Enter a name', 'Enter the day', 'Enter why'])
  expect(wrongIn(dated, { name: 'Ash', why: 'Because' })).toEqual(['Enter the day'])
  expect(wrongIn(dated, { name: 'Ash', 'on-day': '3' })).toEqual(['Enter why'])
})

const answered = z
  .strictObject({
    answer: z.enum(['yes', 'no'], 'Select an answer'),
    why: z.string().default(''),
    who: z.string().default(''),
  })
  .superRefine(({ answer, why, who }, ctx) => {
    if (answer !== 'yes' && !why) ctx.addIssue({ code: 'custom', message: 'Enter why not', path: ['why'] })
    if (!who) ctx.addIssue({ code: 'custom', message: 'Enter who', path: ['who'] })
  })

test('of a choice that was not made, only what is wrong whichever is chosen is told', () => {
  expect(wrongIn(answered, {})).toEqual(['Select an answer', 'Enter who'])
  expect(wrongIn(answered, { answer: 'no' })).toEqual(['Enter why not', 'Enter who'])
})

test('a rule that cannot be asked without what is missing waits for it', () => {
  const several = z.strictObject({ some: z.array(z.string(), 'Select some'), day: z.string().default('') })
  const asked = several.transform(({ some, day }, ctx) => {
    if (some.length > 1 && !day) ctx.addIssue({ code: 'custom', message: 'Enter the day', path: ['day'] })
    return some
  })
  expect(wrongIn(asked, {})).toEqual(['Select some'])
})
