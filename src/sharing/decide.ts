import type { Register, Rule } from './register.ts'

export const dataClasses = ['D0', 'D1', 'D2', 'D3', 'D4', 'D5', 'D6', 'D7', 'D8', 'D9'] as const
export type DataClass = (typeof dataClasses)[number]
/** The legal frame of a subject on the day; 'unknown' where no birthday is known, or for a place or a group. */
export type AgeFrame = 'child' | 'adult' | 'unknown'
/** 0 open under the agreement, 1 the circle only, 2 named people only (sealed). */
export type Handling = 0 | 1 | 2
/** How close the viewer is to the subject now: 0 not at all, 1 their agency is involved, 2 they are, 3 they lead. */
export type Closeness = 0 | 1 | 2 | 3

export type Action = 'view' | 'list' | 'search' | 'count' | 'feed' | 'export' | 'bulk' | 'unseal'

/** Who asks, as far as a decision needs it. `active` is false for a stale session or a sign-in without both factors. */
export type Asker = {
  active: boolean
  agency: string
  stated?: { purpose: string; basis: string; condition: string; until: Date }
}
/** What is asked for: one row, by the five things that every row of a subject carries. */
export type Resource = { supplier: string; dataClass: DataClass; age: AgeFrame; handling: Handling }
/** What holds between the two at this moment. */
export type Context = {
  register: Register
  now: Date
  /** Viewer is the subject, a relative, or has declared that they are too close. */
  conflict: boolean
  /** Viewer is named for this sealed row. */
  named: boolean
  closeness: Closeness
  /** A break-glass of this viewer for this subject runs now. */
  brokenGlass: boolean
  secondApprover: boolean
}

export const refusals = [
  'NOT_SIGNED_IN_ENOUGH',
  'CONFLICT',
  'SEALED',
  'NO_PURPOSE',
  'BARRED',
  'NO_CLAUSE',
  'BASIS',
  'CLASS',
  'AGE',
  'HANDLING',
  'RELATIONSHIP',
  'FOUR_EYES',
] as const
export type Refusal = (typeof refusals)[number]

export type Decided =
  | { effect: 'allow'; clause: Rule; obligations: readonly string[]; duty: Rule | undefined; alert: boolean }
  /** `clause` is the bar, or the first clause that came nearest; there is none where no clause speaks of the two. */
  | { effect: 'deny'; reason: Refusal; clause: Rule | undefined }

/**
 * May this viewer do this to that row, and why. Pure and total: no I/O, no exceptions, default deny, denials win, one
 * reason for every refusal. The database says the same through `guard_by_agreement`; a test holds the two together.
 * @returns the clause that permits with what it obliges to, or the one reason against
 */
export const decide = (asker: Asker, action: Action, resource: Resource, context: Context): Decided => {
  if (!asker.active) return no('NOT_SIGNED_IN_ENOUGH')
  if (context.conflict) return no('CONFLICT')
  if (resource.handling === 2 && !context.named) return no('SEALED')
  const { stated } = asker
  const now = context.now.getTime()
  if (!stated || stated.purpose === '' || stated.basis === '' || !(stated.until.getTime() > now))
    return no('NO_PURPOSE')
  const bound = context.register.between(asker.agency, stated.purpose, resource.supplier)
  for (const bar of bound.bars)
    if (isLive(bar, now) && bars(bar.rule, resource)) return { effect: 'deny', reason: 'BARRED', clause: bar.rule }
  return among(bound.permits, stated, action, resource, context, now)
}

const no = (reason: Refusal): Decided => ({ effect: 'deny', reason, clause: undefined })

const isLive = (bound: { from: number; to: number }, now: number): boolean => bound.from <= now && now < bound.to

const fitsAge = (rule: Rule, age: AgeFrame): boolean => rule.age === 'any' || rule.age === age

const bars = (rule: Rule, resource: Resource): boolean =>
  resource.handling >= rule.handling && fitsAge(rule, resource.age) && rule.classes.has(resource.dataClass)

/** How far a clause comes along the order of questions; `steps.length` is all the way. */
const steps = ['BASIS', 'CLASS', 'AGE', 'HANDLING', 'RELATIONSHIP'] as const

const reach = (rule: Rule, stated: NonNullable<Asker['stated']>, resource: Resource, closeness: Closeness): number => {
  if (!rule.bases.has(stated.basis)) return 0
  if (rule.conditions.size > 0 && !rule.conditions.has(stated.condition)) return 0
  if (!rule.classes.has(resource.dataClass)) return 1
  if (!fitsAge(rule, resource.age)) return 2
  if (resource.handling > rule.handling) return 3
  return closeness >= needFor(rule, resource.handling) ? steps.length : 4
}

/** What of a relationship a clause needs for a row: what only the circle may see always needs somebody of the circle. */
export const needFor = (rule: Rule, handling: Handling): Closeness => (handling === 1 && rule.need < 2 ? 2 : rule.need)

const among = (
  permits: Register['permits'],
  stated: NonNullable<Asker['stated']>,
  action: Action,
  resource: Resource,
  context: Context,
  now: number,
): Decided => {
  const closeness = context.brokenGlass ? 3 : context.closeness
  let nearest: Rule | undefined
  let furthest = -1
  let duty: Rule | undefined
  for (const bound of permits) {
    if (!isLive(bound, now)) continue
    const reached = reach(bound.rule, stated, resource, closeness)
    if (reached > furthest) {
      furthest = reached
      nearest = bound.rule
    }
    if (reached === steps.length && bound.rule.effect === 'duty') duty ??= bound.rule
  }
  if (!nearest) return no('NO_CLAUSE')
  if (furthest < steps.length) return { effect: 'deny', reason: steps[furthest]!, clause: nearest }
  if (!context.secondApprover && needsTwo(action)) return { effect: 'deny', reason: 'FOUR_EYES', clause: nearest }
  // Opened by break-glass alone: it would not have been open without it.
  const alert = context.brokenGlass && context.closeness < needFor(nearest, resource.handling)
  return { effect: 'allow', clause: nearest, obligations: nearest.obligations, duty, alert }
}

const needsTwo = (action: Action): boolean => action === 'export' || action === 'bulk' || action === 'unseal'
