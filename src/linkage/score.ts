/**
 * Match weights. A pair's weight is the prior and one number for each comparison, log2(m/u); at levels where the value
 * agreed on is known, u is that value's own frequency. Being a sum it explains itself.
 */
import { comparatorsOf, type Comparator } from './compare.ts'
import { othersBy } from './frequency.ts'
import { guardsOf } from './guard.ts'
import { fromHomeOf, oneFact } from './household.ts'
import type { Field, Kind, Model, Thresholds } from './model.ts'
import type { Table } from './table.ts'

export type Step = { readonly comparison: string; readonly level: string; readonly weight: number }

export type Scorer = {
  /** The match weight of two rows, given where they begin in `cells`; quits with -Infinity once `least` is out of reach. */
  readonly weight: (cells: Int32Array, a: number, b: number, least: number) => number
  /** The steps from the prior to the weight; their sum is the weight. A guard that held is a step of its own. */
  readonly explain: (a: number, b: number) => Step[]
  /** The level of every comparison, by name. */
  readonly levels: (a: number, b: number) => Map<string, string>
}

/** A model made ready for a table. Look-up and re-link use this one function, so they cannot differ. */
export const scorerOf = (model: Model, table: Table): Scorer => {
  const comparators = comparatorsOf(
    model.fields,
    model.comparisons,
    table,
    model.frequencies,
    othersBy(model.prior, table),
  )
  const parts = comparators.map((comparator) => weighed(comparator, model))
  const guards = guardsOf(model, comparators, table)
  const count = comparators.length
  const level = comparators.map((each) => each.level)
  const share = comparators.map((each) => each.share)
  const base = parts.map((each) => each.base)
  const bonus = parts.map((each) => each.bonus)
  const isPlace = placesAmong(comparators, model.fields)
  const fromHome = fromHomeOf(model, comparators, isPlace)
  // What all later comparisons could add at most, so that quitting early loses no pair. A place may also lift what another took.
  const lowest = Math.max(0, ...parts.map(({ base }, c) => (isPlace[c] ? -Math.min(...base) : 0)))
  const most = parts.map(({ best }, c) => best + (isPlace[c] ? lowest : 0))
  const hope = parts.map((_, c) => most.slice(c + 1).reduce((sum, each) => sum + each, 0))
  const found = new Int32Array(count)

  const weight = (cells: Int32Array, a: number, b: number, least: number): number => {
    let sum = model.prior
    let place = 0
    for (let c = 0; c < count; c++) {
      const g = level[c]!(cells, a, b)
      found[c] = g
      let step = base[c]![g]!
      if (bonus[c]![g]! !== 0) step += bonus[c]![g]! - share[c]!(cells, a, b, g)
      if (isPlace[c]) {
        const both = oneFact(place, step)
        sum += both - place
        place = both
      } else sum += step
      if (sum + hope[c]! < least) return -Infinity
    }
    return guards.cap(cells, a, b, found, sum + fromHome(cells, a, b, found))
  }

  return {
    weight,
    levels: (a, b) =>
      new Map(
        comparators.map(({ name, levels }, c) => [
          name,
          levels[level[c]!(table.cells, a * table.width, b * table.width)]!,
        ]),
      ),
    explain: (a, b) => {
      const [x, y] = [a * table.width, b * table.width]
      const total = weight(table.cells, x, y, -Infinity)
      let place = 0
      const steps = [
        { comparison: 'prior', level: 'any two records', weight: model.prior },
        ...comparators.map(({ name, levels, share }, c) => {
          const g = found[c]!
          const own = bonus[c]![g] === 0 ? 0 : bonus[c]![g]! - share(table.cells, x, y, g)
          if (!isPlace[c]) return { comparison: name, level: levels[g]!, weight: base[c]![g]! + own }
          const before = place
          place = oneFact(before, base[c]![g]! + own)
          return { comparison: name, level: levels[g]!, weight: place - before }
        }),
      ]
      if (model.household !== undefined)
        steps.push({
          comparison: 'household',
          level: 'may be two people of one home',
          weight: fromHome(table.cells, x, y, found),
        })
      const sum = steps.reduce((all, step) => all + step.weight, 0)
      const reason = guards.reason(table.cells, x, y, found, sum)
      return reason === undefined ? steps : [...steps, { comparison: 'guard', level: reason, weight: total - sum }]
    },
  }
}

/** Postcode, address and property number are one fact written three times. */
export const placesAmong = (comparators: readonly Comparator[], fields: readonly Field[]): boolean[] => {
  const places = new Set(fields.filter(({ kind }) => placeKinds.includes(kind)).map(({ name }) => name))
  return comparators.map((comparator) => places.has(comparator.fields[0]!))
}
const placeKinds: readonly Kind[] = ['postcode', 'address', 'uprn']

/** The weights of a comparison by level, what term frequency puts in u's place, and the most it can come to. */
const weighed = ({ name, levels, weighed, rarest }: Comparator, model: Model) => {
  const known = model.comparisons.find((comparison) => comparison.name === name)!.levels
  const base = Float64Array.from(levels, (_, g) => (g === 0 ? 0 : Math.log2(known[g - 1]!.m / known[g - 1]!.u)))
  const bonus = Float64Array.from(levels, (_, g) => (weighed.includes(g) ? Math.log2(known[g - 1]!.u) : 0))
  const best = Math.max(...levels.map((_, g) => base[g]! + (bonus[g] === 0 ? 0 : bonus[g]! - rarest)))
  return { base, bonus, best: Math.max(0, best) }
}

/** Which band a weight falls in. None of them merges anything. */
export const bandOf = (weight: number, { strong, look }: Thresholds): 'strong' | 'look' | 'below' =>
  weight >= strong ? 'strong' : weight >= look ? 'look' : 'below'
