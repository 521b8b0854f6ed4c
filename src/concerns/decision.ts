import { z } from 'zod'
import lists from '../../content/code-lists.json' with { type: 'json' }
import shippedRoutes from '../../content/routes.json' with { type: 'json' }
import { frames, longest, type DetailKind, type Frame } from './concern.ts'
import { findDetails, keyOf } from './detail.ts'

/** One way on from a concern. `no further action` is not among them: something is always offered. */
export type DecisionRoute = {
  code: string
  label: string
  frame: Frame | 'any'
  /** A parallel route goes alongside a main one, never instead of it. */
  kind: 'main' | 'parallel'
  description: string
  isStatutory: boolean
  needs: readonly string[]
  offer: string
  tellReporter: string
}
export const decisionRoutes = shippedRoutes as readonly DecisionRoute[]
export const routeOf = (code: string): DecisionRoute | undefined => decisionRoutes.find((route) => route.code === code)
export const routeLabel = (code: string): string => routeOf(code)?.label ?? code
export const mainRoutes = (frame: Frame): DecisionRoute[] =>
  decisionRoutes.filter((route) => route.kind === 'main' && (route.frame === frame || route.frame === 'any'))
export const parallelRoutes = (): DecisionRoute[] => decisionRoutes.filter(({ kind }) => kind === 'parallel')

const listed = (list: string) =>
  lists.filter((item) => item.list === list) as {
    code: string
    label: string
    meaning?: string
    question?: string
    prompt?: string
  }[]
export const needLabels = new Map(listed('route-need').map(({ code, label }) => [code, label]))
export const confidences = ['low', 'medium', 'high'] as const
export const confidenceMeanings = new Map(listed('confidence').map(({ code, meaning }) => [code, meaning ?? '']))
export const priorityMeanings = new Map(listed('brag-priority').map(({ code, meaning }) => [code, meaning ?? '']))

/** Care Act 2014 section 42(1), limb by limb, in the order of the Act. */
const limbCodes = { needs: 'a-needs', risk: 'b-abuse', protect: 'c-protect' } as const
export const limbs = ['needs', 'risk', 'protect'] as const
export type Limb = (typeof limbs)[number]
export const limbAnswers = ['yes', 'no', 'not yet known'] as const
export const limbWords = (limb: Limb) => listed('s42-limb').find(({ code }) => code === limbCodes[limb])!

/** Reasons that a main route asks for are the reason of the decision itself: nobody types them twice. */
const foldedNeeds = ['harm-reason', 'need-reason', 'exploitation-reason']
const structuralNeeds = ['s42-limbs', 'alternative-offer', 'main-route', 'look-again-date']

/** What the chosen routes ask, each once, that is not already asked of every decision. */
export const ownNeeds = (route: string, also: readonly string[]): string[] => {
  const all = [...(routeOf(route)?.needs ?? []), ...also.flatMap((code) => routeOf(code)?.needs ?? [])]
  return [...new Set(all)].filter((need) => !foldedNeeds.includes(need) && !structuralNeeds.includes(need))
}
/** How a route words the question why: 'Why the child may need services'. */
export const reasonAsked = (route: string): string | undefined => {
  const need = routeOf(route)?.needs.find((one) => foldedNeeds.includes(one))
  return need && needLabels.get(need)
}
export const asksToLookAgain = (route: string): boolean => routeOf(route)?.needs.includes('look-again-date') ?? false

const words = (empty: string) =>
  z
    .string()
    .trim()
    .min(1, empty)
    .max(longest, `Use ${longest.toLocaleString('en-GB')} characters or fewer`)
    .refine((text) => text.isWellFormed(), 'This text holds characters that are broken')
const limb = z.enum(limbAnswers).nullable()
const limbWhy = z.string().max(longest).nullable()

/** A whole decision, the same for the pages and the API. Names are the columns' own. */
export const decisionSchema = z.strictObject({
  frame: z.enum(frames, 'Select what the decision is about'),
  route: z.string().refine((code) => routeOf(code)?.kind === 'main', 'Select what happens now'),
  also: z
    .array(z.string().refine((code) => routeOf(code)?.kind === 'parallel', 'Select what else happens from the list'))
    .default([]),
  reason: words('Enter why you decided this'),
  unknowns: words('Enter what is not known. If nothing is, say how you know'),
  confidence: z.enum(confidences, 'Select how sure you are'),
  limb_needs: limb.default(null),
  limb_needs_why: limbWhy.default(null),
  limb_risk: limb.default(null),
  limb_risk_why: limbWhy.default(null),
  limb_protect: limb.default(null),
  limb_protect_why: limbWhy.default(null),
  offered: words('Enter what is offered, to whom and by whom'),
  told: words('Enter what the person who said it is told'),
  told_confirmed: z.boolean().default(false),
  look_again_on: z.iso.date('Enter the date it is looked at again').nullable().default(null),
  needs: z.array(z.strictObject({ need: z.string(), choice: z.string().nullable(), words: z.string() })).default([]),
})
export type Decision = z.infer<typeof decisionSchema>

export type LimbsMet = 'met' | 'not met' | 'not yet known'
/** Whether the test of section 42(1) is met: all three, or not; or one is still to be found out. */
export const limbsMet = (decision: Pick<Decision, 'limb_needs' | 'limb_risk' | 'limb_protect'>): LimbsMet => {
  const answers = [decision.limb_needs, decision.limb_risk, decision.limb_protect]
  if (answers.includes('no')) return 'not met'
  return answers.every((answer) => answer === 'yes') ? 'met' : 'not yet known'
}

/**
 * What in the words for the reporter would tell them about a person: names of people in the concern, and its phones,
 * plates, postcodes and accounts, as they stand in those words.
 */
export const nameInTold = (told: string, details: readonly { kind: DetailKind; said: string }[]): string[] => {
  const said = wordsOf(told)
  const names = details
    .filter(({ kind }) => kind === 'name' || kind === 'nickname')
    // Two letters may be a name too, but a title or a letter alone is not.
    .flatMap((detail) => wordsOf(detail.said).filter((word) => word.length > 1 && !titles.has(word)))
  const numbers = new Set(details.map(({ kind, said: one }) => `${kind} ${keyOf(kind, one)}`))
  const found = findDetails(told).filter((one) => numbers.has(`${one.kind} ${keyOf(one.kind, one.said)}`))
  const accounts = details.filter(
    ({ kind, said: one }) => kind === 'account' && one.length > 2 && told.toLowerCase().includes(one.toLowerCase()),
  )
  const shown = (word: string) =>
    told.match(new RegExp(`(?<![\\p{L}\\p{N}])${word}(?![\\p{L}\\p{N}])`, 'iu'))?.[0] ?? word
  return [
    ...new Set([
      ...names.filter((word) => said.includes(word)).map(shown),
      ...found.map((one) => one.said),
      ...accounts.map((one) => one.said),
    ]),
  ]
}

const titles = new Set(['mr', 'mrs', 'ms', 'miss', 'dr', 'the', 'and', 'of', 'from', 'aka', 'or'])
const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
