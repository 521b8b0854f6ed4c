/** Which blocking rules to use: proposed from the kinds of fields, and kept while their counted cost is worth it. */
import { blocksOf, type Blocks } from './blocking.ts'
import type { BlockingRule, Field, Kind } from './model.ts'
import { isNameKind, type Table } from './table.ts'

/** Rules worth trying for these fields, best first. */
export const proposeRules = (fields: readonly Field[]): BlockingRule[] => {
  const of = (...kinds: Kind[]): string[] => fields.filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name)
  const whole = of('full name').length > 0
  const given = whole || of('given name').length > 0 ? ['given'] : []
  const family = whole || of('family name').length > 0 ? ['family'] : []
  const both = given.length > 0 && family.length > 0
  const dates = of('date')
  const postcodes = of('postcode')
  const own = of('nhs number', 'identifier', 'e-mail', 'phone', 'uprn')
  const texts = of('text', 'address')
  const codes = of('code')
  const places = [...postcodes, ...of('address', 'uprn', 'text')]
  // Of people with names and births the rules above find nearly all; words would cost much and find little more.
  const words = both && dates.length > 0 ? [] : texts
  return [
    ...own.map((field) => [field]),
    ...(both ? [['names']] : []),
    ...dates.flatMap((date) => [
      ...family.map((name) => [name, date]),
      ...given.map((name) => [`${name}:variant`, date]),
    ]),
    ...places.flatMap((place) => [
      ...given.map((name) => [`${name}:variant`, place]),
      ...family.map((name) => [name, place]),
    ]),
    ...dates.flatMap((date) => postcodes.map((postcode) => [date, `${postcode}:district`])),
    ...(both ? dates.map((date) => ['given:prefix2', 'family:prefix3', `${date}:year`]) : []),
    ...(both ? dates.map((date) => ['given:initial', 'family:skeleton', `${date}:year`]) : []),
    ...(both ? postcodes.map((postcode) => ['given:prefix3', 'family:prefix4', `${postcode}:area`]) : []),
    ...(both ? postcodes.map((postcode) => ['given:initial', 'family:skeleton', `${postcode}:district`]) : []),
    // Files without postcodes or dates, or of things that are no people: words, and whatever pairs with them.
    ...words.map((text) => [text]),
    ...words.flatMap((text) => [...given, ...family].map((name) => [name, `${text}:word`])),
    ...words.map((text) => [`${text}:prefix6`]),
    ...words.map((text) => [`${text}:word`]),
    ...words.flatMap((text) => dates.map((date) => [`${text}:prefix3`, date])),
    ...codes.flatMap((code) => [...given, ...family, ...dates].map((name) => [code, name])),
    ...(both
      ? [
          ['given:prefix3', 'family:prefix3'],
          ['given:initial', 'family:skeleton'],
          ['given:variant', 'family:initial'],
        ]
      : []),
    // A date alone is three quarters of all pairs in a large file, for a thousandth of recall: the budget decides.
    ...dates.map((date) => [date]),
    ...postcodes.map((postcode) => [postcode]),
    ...family.map((name) => [name]),
    ...given.map((name) => [name]),
    ...codes.flatMap((code, i) => codes.slice(i + 1).map((other) => [code, other])),
  ]
}

export type Plan = {
  readonly kept: readonly Blocks[]
  /** Every rule that was weighed, its pairs, and whether it runs. */
  readonly costs: readonly { readonly rule: BlockingRule; readonly pairs: number; readonly runs: boolean }[]
}

/** How many pairs to look at: for all rules together, and for one. */
export type Budget = { readonly all: number; readonly one: number }

/** In a small file nearly every pair may be looked at; in a large one some tens for each record. */
export const usualBudget = (records: number): Budget => ({ all: 40 * records + 4e6, one: 14 * records + 2e6 })

/** Counts every rule in turn and keeps those that the budget bears. */
export const planBlocking = (
  rules: readonly BlockingRule[],
  fields: readonly Field[],
  table: Table,
  budget: Budget,
): Plan =>
  chosen(
    rules.map((rule) => blocksOf(rule, fields, table, budget.one)),
    budget,
  )

/** Of rules that have been counted, those that the budget bears, the best first. */
export const chosen = (counted: readonly Blocks[], budget: Budget): Plan => {
  const kept: Blocks[] = []
  let total = 0
  const costs = counted.map((blocks) => {
    const runs = blocks.pairs > 0 && blocks.pairs <= budget.one && total + blocks.pairs <= budget.all
    if (runs) {
      total += blocks.pairs
      kept.push(blocks)
    }
    return { rule: blocks.rule, pairs: blocks.pairs, runs }
  })
  return { kept, costs }
}

/**
 * Rules that agree on one comparison each, to learn the others in. Names, births and a person's own numbers go before what a
 * household shares: among people at one address most pairs are of a family, and EM would take the family for the person.
 */
export const trainingRules = (
  comparisons: readonly { readonly name: string; readonly fields: readonly string[] }[],
  fields: readonly Field[],
): { readonly personal: readonly TrainingRule[]; readonly others: readonly TrainingRule[] } => {
  const all = comparisons.map(({ name, fields: [first] }) => {
    const { kind } = fields.find((each) => each.name === first)!
    return { comparison: name, rule: isNameKind(kind) ? namesRule(fields) : [first!], kind }
  })
  const isPersonal = ({ kind }: { readonly kind: Kind }): boolean => isNameKind(kind) || ofOnePerson.has(kind)
  return { personal: all.filter(isPersonal), others: all.filter((each) => !isPersonal(each)) }
}
export type TrainingRule = { readonly comparison: string; readonly rule: BlockingRule }

const ofOnePerson: ReadonlySet<Kind> = new Set(['date', 'nhs number', 'identifier'])

const namesRule = (fields: readonly Field[]): BlockingRule => {
  const has = (kind: Kind): boolean => fields.some((field) => field.kind === kind)
  if (has('full name') || (has('given name') && has('family name'))) return ['names']
  return [has('family name') ? 'family' : 'given']
}
