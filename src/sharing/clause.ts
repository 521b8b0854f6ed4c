import { agencyKinds } from '../partnership/index.ts'
import { choicesOf, labelOf, type Code, type List } from './codes.ts'
import type { AgeFrame, DataClass, Handling } from './decide.ts'
import type { clauseAges, effects } from './file.ts'
import { isAmong, type AgencyRow, type relationships } from './register.ts'

/** A clause as it is written down, before any agency is looked up. */
export type ClauseFacts = {
  effect: (typeof effects)[number]
  title: string
  plain: string
  suppliers: string[]
  recipients: string[]
  purposes: string[]
  bases: string[]
  conditions: string[]
  gateways: string[]
  classes: string[]
  relationship: (typeof relationships)[number]
  age: (typeof clauseAges)[number]
  handling: Handling
  obligations: string[]
}
/** A bar that holds, with how people cite it. */
export type StandingBar = ClauseFacts & { cite: string }
/** What a clause is held against: who there is, what the lists say today, which bars stand. */
export type Ground = {
  agencies: readonly AgencyRow[]
  codes: readonly Code[]
  today: string
  bars: readonly StandingBar[]
}

/** What is wrong with a clause: a field, and which sentence says so with what in it. */
export type Problem = { field: keyof ClauseFacts; say: ProblemKind; values: Record<string, string> }
export type ProblemKind =
  | 'titleMissing'
  | 'suppliersMissing'
  | 'recipientsMissing'
  | 'purposesMissing'
  | 'classesMissing'
  | 'noBasis'
  | 'noCondition'
  | 'unknown'
  | 'ended'
  | 'noAgency'
  | 'noKind'
  | 'selfReceives'
  | 'barred'

/** Everything that stops a clause from standing in an agreement. Empty when it may. Pure. */
export const problemsOf = (clause: ClauseFacts, ground: Ground): Problem[] => [
  ...missing(clause),
  ...strangers(clause, ground),
  ...codeProblems(clause, ground),
  ...(clause.effect === 'bar' ? [] : [...lawful(clause, ground), ...barred(clause, ground)]),
]

const problem = (field: keyof ClauseFacts, say: ProblemKind, values: Record<string, string> = {}): Problem => ({
  field,
  say,
  values,
})

const missing = (clause: ClauseFacts): Problem[] =>
  (['title', 'suppliers', 'recipients', 'purposes', 'classes'] as const).flatMap((field) =>
    clause[field].length === 0 ? [problem(field, `${field}Missing`)] : [],
  )

const sectors = ['statutory', 'voluntary', 'business', 'community']

const strangers = (clause: ClauseFacts, { agencies }: Ground): Problem[] => {
  const kinds = new Set([...agencyKinds().keys(), ...agencies.map(({ kind }) => kind)])
  return (['suppliers', 'recipients'] as const).flatMap((field) =>
    clause[field].flatMap((token) => {
      const [sort, code = ''] = token.split(':')
      if (token === 'any' || (token === 'self' && field === 'suppliers')) return []
      if (token === 'self') return [problem(field, 'selfReceives')]
      if (sort === 'agency')
        return agencies.some((one) => one.code === code) ? [] : [problem(field, 'noAgency', { code })]
      if (sort === 'kind' && kinds.has(code)) return []
      return sort === 'sector' && sectors.includes(code) ? [] : [problem(field, 'noKind', { code: code || token })]
    }),
  )
}

const listed: readonly (readonly [keyof ClauseFacts & `${string}s`, List])[] = [
  ['purposes', 'purpose'],
  ['bases', 'basis'],
  ['conditions', 'condition'],
  ['gateways', 'gateway'],
  ['classes', 'class'],
  ['obligations', 'obligation'],
]

const codeProblems = (clause: ClauseFacts, { codes, today }: Ground): Problem[] =>
  listed.flatMap(([field, list]) => {
    const choices = new Set(choicesOf(codes, list, today).map(({ code }) => code))
    return (clause[field] as string[]).flatMap((code) => {
      if (choices.has(code)) return []
      const ended = codes.findLast((one) => one.list === list && one.code === code)
      if (!ended) return [problem(field, 'unknown', { code, list })]
      return [problem(field, 'ended', { label: ended.label, day: ended.valid_to! })]
    })
  })

const special = ['D5', 'D6']

const lawful = (clause: ClauseFacts, { codes }: Ground): Problem[] => {
  const without = clause.conditions.length === 0 ? clause.classes.filter((code) => special.includes(code)) : []
  return [
    ...(clause.bases.length === 0 ? [problem('bases', 'noBasis')] : []),
    ...without.slice(0, 1).map((code) => problem('conditions', 'noCondition', classNamed(codes, code))),
  ]
}

const classNamed = (codes: readonly Code[], code: string) => ({
  code,
  class: `${code} ${labelOf(codes, 'class', code)}`,
})

/** A class that bars shut for every agency the clause speaks of: letting it through would say what is not so. */
const barred = (clause: ClauseFacts, ground: Ground): Problem[] =>
  clause.classes.flatMap((code) => {
    const by = barOver(clause, code as DataClass, ground)
    return by
      ? [problem('classes', 'barred', { ...classNamed(ground.codes, code), bar: by.cite, title: by.title })]
      : []
  })

const barOver = (clause: ClauseFacts, code: DataClass, { agencies, bars }: Ground): StandingBar | undefined => {
  const standing = bars.filter((bar) => bar.classes.includes(code))
  if (standing.length === 0) return undefined
  let first: StandingBar | undefined
  for (const recipient of agencies.filter((agency) => isAmong(clause.recipients, agency)))
    for (const supplier of agencies.filter((agency) => isAmong(clause.suppliers, agency, recipient)))
      for (const purpose of clause.purposes)
        for (const age of agesOf(clause))
          for (let handling = 0; handling <= clause.handling; handling++) {
            const bar = standing.find(
              (one) =>
                one.handling <= handling &&
                (one.age === 'any' || one.age === age) &&
                one.purposes.includes(purpose) &&
                isAmong(one.recipients, recipient) &&
                isAmong(one.suppliers, supplier, recipient),
            )
            if (!bar) return undefined
            first ??= bar
          }
  return first
}

const ages: readonly AgeFrame[] = ['child', 'adult', 'unknown']
const agesOf = ({ age }: ClauseFacts): AgeFrame[] => ages.filter((one) => age === 'any' || age === one)
