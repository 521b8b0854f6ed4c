import { bandOf, scorerOf, tableBuilder, type Step } from '../linkage/index.ts'
import { businessModel, exactModel, neededFields, personModel } from './model.ts'
import { isPartOfPlate } from './plates.ts'
import type { Name, Person, Standard, Thing } from './standard.ts'
import { stepsOfBusiness } from './weigh-business.ts'

export type Weighed = {
  weight: number
  band: 'strong' | 'look' | 'below'
  version: string
  /** Why. Explaining takes longer than weighing, and of most pairs nobody asks. */
  steps: () => Step[]
}

/**
 * How much speaks for each of these being the same as the first, and why: the one way in which pairs are weighed, in
 * the moment and at night. Somebody with several names is compared by each, and the best counts.
 */
export const weigh = (one: Standard, others: readonly Standard[]): Weighed[] =>
  one.kind === 'person'
    ? weighPeople(one, others as readonly Person[])
    : others.map((other) => weighThings(one, other as Thing))

const weighPeople = (one: Person, others: readonly Person[]): Weighed[] => {
  const { model, version } = personModel()
  const builder = tableBuilder(model.fields)
  const order = model.fields.map(({ name }) => neededFields.indexOf(name as (typeof neededFields)[number]))
  const rowsOf = (person: Person, shared: string): number[] =>
    namesOf(person).map((name) => {
      const values = valuesOf(person, name, shared)
      return builder.add(order.map((at) => values[at] ?? ''))
    })
  // Most of the others share the same with them, or nothing, and are compared with the same rows.
  const ours = new Map<string, number[]>()
  const rows = others.map((other) => {
    const shared = sharedWith(one, other)
    if (!ours.has(shared)) ours.set(shared, rowsOf(one, shared))
    return [...combined(ours.get(shared)!, rowsOf(other, shared))]
  })
  const table = builder.build()
  const { weight, explain } = scorerOf(model, table)
  return rows.map((pairs) => {
    let best = { rows: pairs[0]!, weight: -Infinity }
    for (const [a, b] of pairs) {
      const found = weight(table.cells, a * table.width, b * table.width, -Infinity)
      if (found > best.weight) best = { rows: [a, b], weight: found }
    }
    return {
      weight: best.weight,
      band: bandOf(best.weight, model.thresholds),
      version,
      // Missing values and what adds nothing are no step of an explanation.
      steps: () => explain(...best.rows).filter(({ level }) => level !== 'missing'),
    }
  })
}

const nobody: Name = { given: '', middle: '', family: '' }
const namesOf = ({ names }: Person): readonly Name[] => (names.length > 0 ? names : [nobody])

function* combined<A, B>(left: readonly A[], right: readonly B[]): Generator<[A, B]> {
  for (const a of left) for (const b of right) yield [a, b]
}

const valuesOf = (person: Person, name: Name, shared: string): string[] => [
  name.given,
  name.middle,
  name.family,
  person.born,
  person.sex,
  person.postcode,
  person.address,
  person.phone,
  person.nhs,
  person.school,
  shared,
]

/** One thing that was named with both. Of a phone that both are said to own that is no second fact. */
export const sharedWith = (one: Person, other: Person): string => {
  const own = one.phone !== '' && one.phone === other.phone ? `phone ${one.phone}` : ''
  const theirs = new Set([...other.with, ...(other.phone ? [`phone ${other.phone}`] : [])])
  const mine = [...one.with, ...(one.phone ? [`phone ${one.phone}`] : [])]
  return mine.find((thing) => theirs.has(thing) && thing !== own) ?? ''
}

const weighThings = (one: Thing, other: Thing): Weighed => {
  if (one.kind === 'business' && other.kind === 'business') {
    const steps = stepsOfBusiness(one, other)
    const weight = steps.reduce((sum, step) => sum + step.weight, 0)
    return {
      weight,
      band: bandOf(weight, businessModel.thresholds),
      version: businessModel.version,
      steps: () => steps,
    }
  }
  const step = stepOf(one, other)
  const weight = step?.weight ?? -Infinity
  return {
    weight,
    band: bandOf(weight, { ...exactModel.thresholds, link: 0 }),
    version: exactModel.version,
    steps: () => (step ? [step] : []),
  }
}

const stepOf = (one: Thing, other: Thing): Step | undefined => {
  const { plate, phone, account, place } = exactModel.weights
  const step = <L extends string>(comparison: string, weights: Record<L, number>, level: L): Step => ({
    comparison,
    level,
    weight: weights[level],
  })
  if (one.kind === 'vehicle' && other.kind === 'vehicle') {
    const same = one.plate === other.plate
    if (isPartOfPlate(one.plate) || isPartOfPlate(other.plate)) return step('plate', plate, 'part of a plate')
    return step('plate', plate, same ? 'same' : 'same but for characters read for one another')
  }
  if (one.kind === 'phone' && other.kind === 'phone')
    return one.phone === other.phone ? step('phone', phone, 'same') : undefined
  if (one.kind === 'account' && other.kind === 'account') {
    if (one.handle !== other.handle) return undefined
    if (one.platform === other.platform && one.platform !== '') return step('account', account, 'same')
    const unsaid = one.platform === '' || other.platform === ''
    return step('account', account, unsaid ? 'same name, platform not said' : 'same name on another platform')
  }
  if (one.kind !== 'place' || other.kind !== 'place') return undefined
  if (one.uprn !== '' && one.uprn === other.uprn) return step('place', place, 'same property')
  if (one.postcode !== other.postcode) return undefined
  if (one.address === '' || other.address === '') return step('place', place, 'same postcode')
  if (one.address === other.address) return step('place', place, 'same address')
  const numbers = numbersOf(one.address)
  const isAlike = numbers !== '' && numbers === numbersOf(other.address)
  return step('place', place, isAlike ? 'same numbers, otherwise written' : 'same postcode, another address')
}

/** Of house and flat, in any order. A postcode is seldom more than one street: within it they nearly tell a home. */
const numbersOf = (address: string): string => (address.match(/(?:flat )?\S*\d\S*/g) ?? []).sort().join(', ')
