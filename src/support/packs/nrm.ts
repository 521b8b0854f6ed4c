import { z } from 'zod'
import shipped from '../../../content/packs/nrm.json' with { type: 'json' }
import { frameOn } from '../../subjects/index.ts'
import type { Question, Said } from '../writing/index.ts'

export const sources = ['account', 'reference', 'birthday', 'identity'] as const
export type Source = (typeof sources)[number]

const asks = z.strictObject({
  name: z.string(),
  kind: z.enum(['words', 'one', 'several', 'date']),
  label: z.string(),
  hint: z.string().optional(),
  codes: z.record(z.string(), z.string()).optional(),
  /** Asked only where each of these answers is one of those. */
  when: z.record(z.string(), z.array(z.string())).optional(),
  /** What is known already and may begin the answer. */
  fill: z.enum(sources).optional(),
  /** Fields of an assessment that say something of it. */
  about: z.array(z.string()).optional(),
  needed: z.boolean().default(false),
  /** A line or two, and how many at most. */
  short: z.boolean().default(false),
  lines: z.int().optional(),
  /** Where somebody else may read or hear it, it has to be safe. */
  safe: z.boolean().default(false),
  /** Also told where somebody did not agree to be referred; `named` only if they work with the police. */
  dtn: z.boolean().default(false),
  named: z.boolean().default(false),
})
export type Asks = z.output<typeof asks>

const file = z
  .strictObject({
    version: z.int(),
    form: z.string(),
    source: z.string(),
    checked: z.boolean(),
    mostCharacters: z.int(),
    files: z.strictObject({ most: z.int(), megabytes: z.int(), types: z.array(z.string()) }),
    // Nobody has confirmed these words yet, so no page shows them as law.
    law: z.array(z.strictObject({ code: z.string(), text: z.string(), gk: z.literal(true) })),
    clocks: z.strictObject({ reasonableGrounds: z.string(), recovery: z.string() }),
    nearlyEighteenMonths: z.int(),
    parts: z.array(
      z.strictObject({
        part: z.string(),
        title: z.string(),
        intro: z.string().optional(),
        only: z.literal('dtn').optional(),
        asks: z.array(asks),
      }),
    ),
  })
  .parse(shipped)

export const { clocks, files, form, mostCharacters, nearlyEighteenMonths } = file
export type Part = (typeof file.parts)[number]
export const everyQuestion: readonly Asks[] = file.parts.flatMap((part) => part.asks)

/**
 * A child, or anybody who may be one, is referred whether or not they agree. An adult who agrees is referred; one who does
 * not is told of without their name; one who was not asked is asked first.
 */
export type Route = 'child' | 'adult' | 'duty to notify' | 'ask first'
export const routeOf = (adultFrom: string | null, today: string, consent: 'given' | 'refused' | undefined): Route => {
  if (frameOn(adultFrom, today) !== 'adult') return 'child'
  return consent === 'given' ? 'adult' : consent === 'refused' ? 'duty to notify' : 'ask first'
}

/** So near the birthday that they are asked before it whether they stay in the mechanism and want support. */
export const isNearlyEighteen = (adultFrom: string | null, today: string): boolean => {
  if (adultFrom === null || adultFrom <= today) return false
  const from = new Date(`${adultFrom}T12:00:00Z`)
  from.setUTCMonth(from.getUTCMonth() - nearlyEighteenMonths)
  return from.toISOString().slice(0, 10) <= today
}

export type Answers = ReadonlyMap<string, string>
const chosen = (answers: Answers, name: string): string[] => (answers.get(name) ?? '').split('\n').filter(Boolean)

const isAsked = (one: Asks, route: Route, answers: Answers): boolean => {
  const named = one.named && chosen(answers, 'cooperate').includes('yes')
  if (route === 'duty to notify' && !one.dtn && !named) return false
  return Object.entries(one.when ?? {}).every(([name, codes]) =>
    chosen(answers, name).some((code) => codes.includes(code)),
  )
}

/** The parts with the questions that are asked by this route after these answers; a part with none is left out. */
export const partsFor = (route: Route, answers: Answers): Part[] =>
  file.parts
    .filter(({ only }) => !only || route === 'duty to notify')
    .map((part) => ({ ...part, asks: part.asks.filter((one) => isAsked(one, route, answers)) }))
    .filter((part) => part.asks.length > 0)

export const questionOf = ({ name, kind, codes, short, lines }: Asks): Question => ({
  name,
  kind,
  ...(short && { rows: lines === undefined ? 2 : Math.min(lines, 4) }),
  ...(codes && { codes: Object.keys(codes) }),
})
export const saidOf = ({ label, hint, codes }: Asks): Said => ({
  label,
  ...(hint && { hint }),
  ...(codes && { codes }),
})

/** What is wrong with an answer as the form of the Home Office takes it: it is kept all the same, and shortened by a person. */
export const tooMuch = (
  { lines }: Asks,
  words: string,
): { most: number; has: number; of: 'characters' | 'lines' } | undefined => {
  if (words.length > mostCharacters) return { most: mostCharacters, has: words.length, of: 'characters' }
  const said = words.split('\n').filter((line) => line.trim()).length
  return lines !== undefined && said > lines ? { most: lines, has: said, of: 'lines' } : undefined
}

export const whats = [
  'sent',
  'duty to notify sent',
  'reasonable grounds',
  'conclusive grounds',
  'reconsideration asked',
  'reconsidered',
  'withdrawn',
] as const
export type What = (typeof whats)[number]
export const outcomes = ['positive', 'negative', 'suspended'] as const
export type Outcome = (typeof outcomes)[number]
/** What is a decision, and so has an outcome. */
export const isDecision = (what: What): boolean =>
  what === 'reasonable grounds' || what === 'conclusive grounds' || what === 'reconsidered'

export type Pack = {
  id: string
  subject_id: string
  agency_id: string
  adult_from: string | null
  started_by: string
  started_at: Date
  data_class: 'D6'
  handling: 0 | 1 | 2
}
export type Consent = {
  id: string
  about: 'referral' | 'at 18'
  answer: 'given' | 'refused'
  wants_support: 'yes' | 'no' | 'not known' | null
  words: string
  asked_on: string
  entered_by: string
  entered_at: Date
}
export type Became = {
  id: string
  what: What
  outcome: Outcome | null
  on_date: string
  reference: string
  words: string
}
export type Prefill = { field: string; source: Source; source_at: Date }

/** The latest thing that they said to being referred, or to staying in it. */
export const consentTo = (consents: readonly Consent[], about: Consent['about']): Consent | undefined =>
  consents.filter((one) => one.about === about).at(-1)

/** Whether there is a conclusive decision: then nothing waits for a birthday. */
export const isConcluded = (became: readonly Became[]): boolean =>
  became.some(({ what }) => what === 'conclusive grounds' || what === 'withdrawn')
