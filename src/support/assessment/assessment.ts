import { z } from 'zod'
import shipped from '../../../content/assessment.json' with { type: 'json' }
import type { Question } from '../writing/index.ts'

/**
 * What it is for. A screening takes five minutes and gives no level; a capacity assessment is of one decision on one day,
 * never of the person.
 */
export const purposes = ['screening', 'assessment', 'capacity'] as const
export type Purpose = (typeof purposes)[number]

// What is counted of an assessment is a column of its own, so these codes are the database's too.
const levels = ['no current concern', 'emerging', 'significant', 'experiencing'] as const
export type Level = (typeof levels)[number]
const confidences = ['low', 'medium', 'high'] as const
export type Confidence = (typeof confidences)[number]
const capacities = ['able', 'not able', 'not known'] as const
export type Capacity = (typeof capacities)[number]

/** What is said of the law, and whether somebody has confirmed it: until then every page that says it says so too. */
const laws = ['capacity', 'high court', 'at 18'] as const
export type Law = (typeof laws)[number]

const law = z.array(z.enum(laws)).default([])
const file = z
  .strictObject({
    version: z.int(),
    /** The least age, in whole years, at which a decision's capacity is assessed under the Act. */
    capacityFrom: z.int(),
    law: z.array(z.strictObject({ code: z.enum(laws), source: z.string(), checked: z.boolean() })),
    lists: z.array(z.strictObject({ list: z.string(), source: z.string(), codes: z.array(z.string()).min(2) })),
    purposes: z.array(
      z.strictObject({
        purpose: z.enum(purposes),
        law,
        parts: z.array(z.string()).min(1),
        /** What it cannot be finished without. Everything else may stay open, and is shown as not answered. */
        needed: z.array(z.string()),
      }),
    ),
    parts: z.array(
      z.strictObject({
        part: z.string(),
        law,
        asks: z.array(
          z.strictObject({
            name: z.string(),
            kind: z.enum(['words', 'one', 'several', 'date']),
            list: z.string().optional(),
            /** An earlier assessment's answer begins the next one. What somebody judged never does. */
            fact: z.boolean().default(false),
          }),
        ),
      }),
    ),
  })
  .parse(shipped)

export const { capacityFrom } = file

export type Asks = Question & { fact: boolean }
export type Part = { part: string; law: readonly Law[]; asks: readonly Asks[] }

const codesOf = (list: string): string[] => {
  const found = file.lists.find((one) => one.list === list)
  if (!found) throw new Error(`content/assessment.json names the list ${list}, which it does not have`)
  return found.codes
}
z.tuple([z.array(z.enum(levels)), z.array(z.enum(confidences)), z.array(z.enum(capacities))]).parse(
  ['level', 'confidence', 'capacity'].map(codesOf),
)

const parts = new Map<string, Part>(
  file.parts.map((part) => [
    part.part,
    { ...part, asks: part.asks.map(({ list, ...one }) => ({ ...one, ...(list && { codes: codesOf(list) }) })) },
  ]),
)
const purposeCalled = (purpose: Purpose) => file.purposes.find((one) => one.purpose === purpose)!

export const partsOf = (purpose: Purpose): readonly Part[] =>
  purposeCalled(purpose).parts.map((name) => {
    const part = parts.get(name)
    if (!part) throw new Error(`content/assessment.json names the part ${name}, which it does not have`)
    return part
  })
export const neededFor = (purpose: Purpose): readonly string[] => purposeCalled(purpose).needed
export const asksOf = (purpose: Purpose): readonly Asks[] => partsOf(purpose).flatMap(({ asks }) => asks)
export const factsOf = (purpose: Purpose): string[] => asksOf(purpose).flatMap(({ name, fact }) => (fact ? [name] : []))

/** What a page about this says of the law that nobody has confirmed yet. */
export const unchecked = (codes: readonly Law[]): Law[] =>
  file.law.flatMap(({ code, checked }) => (!checked && codes.includes(code) ? [code] : []))
export const lawOf = (purpose: Purpose, part?: Part): Law[] =>
  unchecked([...purposeCalled(purpose).law, ...(part ?? { law: partsOf(purpose).flatMap((one) => one.law) }).law])
