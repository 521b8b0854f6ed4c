/**
 * Match weights. A pair's weight is the prior and one number for each comparison, log2(m/u); at levels where the value
 * agreed on is known, u is that value's own frequency. Being a sum it explains itself.
 */
import { comparatorsOf, type Comparator, type Way } from './compare.ts'
import { dateLevel } from './dates.ts'
import { othersBy, shareIn } from './frequency.ts'
import { guardsOf } from './guard.ts'
import { fromHomeOf, oneFact } from './household.ts'
import type { Field, Kind, Model, Thresholds } from './model.ts'
import { nameBound } from './name-bound.ts'
import { postcodeLevel } from './places.ts'
import { reachOf, type Reach } from './reach.ts'
import { mayBeOneEdit } from './sign.ts'
import type { Table } from './table.ts'

export type Step = { readonly comparison: string; readonly level: string; readonly weight: number }

export type Scorer = {
  /** Of a block's rows, which may come to a weight with one of them: in a crowd and without a text, far quicker than `weight`. Made ready for each call. */
  readonly reach: () => Reach
  /** The match weight of two rows, given where they begin in `cells`; quits with -Infinity once `least` is out of reach. */
  readonly weight: (cells: Int32Array, a: number, b: number, least: number) => number
  /** The steps from the prior to the weight; their sum is the weight. A guard that held is a step of its own. */
  readonly explain: (a: number, b: number) => Step[]
  /** The level of every comparison, by name. */
  readonly levels: (a: number, b: number) => Map<string, string>
}

/** Sums are made in another order to see what is still possible, which may move their last digit. */
const slack = 1e-9

/**
 * A model made ready for a table. Look-up and re-link use this one function, so they cannot differ. What costs nothing is
 * compared first; texts only where the pair can still reach `least` with the best that is left, which few can.
 */
export const scorerOf = (model: Model, table: Table): Scorer => {
  const others = othersBy(model.prior, table)
  const comparators = comparatorsOf(model.fields, model.comparisons, table, model.frequencies, others)
  const parts = comparators.map((comparator) => weighed(comparator, model))
  const guards = guardsOf(model, comparators, table)
  const count = comparators.length
  const level = comparators.map((each) => each.level)
  const share = comparators.map((each) => each.share)
  const unequal = comparators.map(({ quick }) => quick.unequal)
  const base = parts.map((each) => each.base)
  const bonus = parts.map((each) => each.bonus)
  // All levels of all comparisons in one array each, and where a comparison's own begin.
  const bases = Float64Array.from(base.flatMap((levels) => [...levels]))
  const bonuses = Float64Array.from(bonus.flatMap((levels) => [...levels]))
  const first = Int32Array.from(base, (_, c) => base.slice(0, c).reduce((sum, levels) => sum + levels.length, 0))
  const places = placesAmong(comparators, model.fields)
  const isPlace = Uint8Array.from(places, Number)
  const fromHome = fromHomeOf(model, comparators, places)
  const slot = Int32Array.from(comparators, ({ quick }) => quick.slot)
  const top = Int32Array.from(base, (levels) => levels.length - 1)
  const way = Uint8Array.from(comparators, ({ quick }) => ways.indexOf(quick.way))
  // The best a text can come to when it is not the same.
  const else_ = Float64Array.from(base, (levels) => Math.max(...levels.slice(1, -1)))
  // Of two addresses with other numbers in them; the first levels of an address.
  const otherNumber = Float64Array.from(base, (levels) => Math.max(levels[1]!, levels[2] ?? -Infinity))
  const shareSlot = Int32Array.from(comparators, ({ quick }) => quick.at)
  const shares = comparators.map(({ quick }) => quick.shares)
  const isWeighed = Uint8Array.from(
    comparators.flatMap(({ levels, weighed }) => levels.map((_, g) => Number(weighed.includes(g)))),
  )
  // The name stands last; everything before it is a field by itself.
  const singles = count - Number(way[count - 1] === aName)
  const nameShares = comparators[singles]?.quick.names
  // The most that any names are worth: rare ones that are the same.
  const rarest = nameShares
    ? Object.values(nameShares)
        .flatMap(({ list }) => [...list])
        .reduce((all, share) => Math.min(all, share), 0)
    : 0
  const nameMost = singles < count ? Math.max(...base[singles]!) - rarest : 0
  const found = new Int32Array(count)
  const step = new Float64Array(count)
  // How common the value agreed on is, where that counts.
  const own = new Float64Array(count)
  const stepAt = (c: number, cells: Int32Array, a: number, b: number, g: number): number => {
    const at = first[c]! + g
    own[c] = 0
    if (isWeighed[at] === 0) return bases[at]!
    const known = c < singles && g === top[c] ? shares[c] : undefined
    own[c] = known === undefined ? share[c]!(cells, a, b, g) : shareIn(known, cells[a + shareSlot[c]!]!)
    return bonuses[at] === 0 ? bases[at]! : bases[at]! + (bonuses[at]! - own[c]!)
  }
  /** What the steps come to. Of all that tells the place only the strongest counts. */
  const sumOf = (): number => {
    let sum = model.prior
    let place = 0
    for (let c = 0; c < count; c++) {
      if (isPlace[c] === 1) {
        const both = oneFact(place, step[c]!)
        sum += both - place
        place = both
      } else sum += step[c]!
    }
    return sum
  }

  /** The most that two equal values are worth: as rare ones as there are. */
  const mostOf = (c: number): number => {
    const rarest = shares[c]?.list.reduce((least, share) => Math.min(least, share), 0) ?? 0
    return bonus[c]![top[c]!] === 0 ? base[c]![top[c]!]! : base[c]![top[c]!]! + bonus[c]![top[c]!]! - rarest
  }

  const reach = (): Reach =>
    reachOf(
      model.prior + slack,
      comparators.slice(0, singles).map(({ quick }, c) => ({
        way: quick.way,
        slot: quick.slot,
        isPlace: places[c]!,
        step: (rows, a, b, level) => stepAt(c, rows, a, b, level),
        ofSame: (rows, a) => stepAt(c, rows, a, a, level[c]!(rows, a, a)),
        most: mostOf(c),
        base: base[c]!,
        bonus: bonus[c]!,
        unequal: else_[c]!,
        otherNumber: otherNumber[c]!,
      })),
      nameShares && nameBound(base[singles]!, bonus[singles]!, nameShares, table),
      table.width,
    )

  const weight = (cells: Int32Array, a: number, b: number, least: number): number => {
    // Numbers first, then names, then texts, each only while the pair can still reach `least`. The sum is made on the way,
    // in the order of `sumOf`.
    let open = 0
    let sum = model.prior
    let place = 0
    for (let c = 0; c < singles; c++) {
      const x = cells[a + slot[c]!]!
      const y = cells[b + slot[c]!]!
      let g = 0
      if (x !== 0 && y !== 0) {
        const how = way[c]!
        if (how === aDate) g = dateLevel(x, y)
        else if (how === aPostcode) g = postcodeLevel(x, y)
        else if (x === y) g = top[c]!
        else if (how === signedNumber && !mayBeOneEdit(cells[a + slot[c]! + 1]!, cells[b + slot[c]! + 1]!)) g = 1
        else if (how < signedAddress) g = unequal[c]!(x, y)
        else {
          g = -1
          open++
        }
      }
      found[c] = g
      const one = g < 0 ? else_[c]! : stepAt(c, cells, a, b, g)
      step[c] = one
      if (isPlace[c] === 1) {
        const both = oneFact(place, one)
        sum += both - place
        place = both
      } else sum += one
    }
    if (singles < count) {
      if (sum + nameMost < least - slack) return -Infinity
      const g = level[singles]!(cells, a, b)
      found[singles] = g
      step[singles] = stepAt(singles, cells, a, b, g)
      sum += step[singles]!
    }
    if (open > 0) {
      if (sum < least - slack) return -Infinity
      for (let c = 0; c < singles; c++) {
        if (found[c]! >= 0) continue
        const g = level[c]!(cells, a, b)
        found[c] = g
        step[c] = stepAt(c, cells, a, b, g)
      }
      sum = sumOf()
    }
    // What a home takes away is never less than nothing, so a pair that is out of reach without it stays so.
    return sum < least ? -Infinity : guards.cap(cells, a, b, found, sum + fromHome(found, own))
  }

  return {
    reach,
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
          if (!places[c]) return { comparison: name, level: levels[g]!, weight: base[c]![g]! + own }
          const before = place
          place = oneFact(before, base[c]![g]! + own)
          return { comparison: name, level: levels[g]!, weight: place - before }
        }),
      ]
      if (model.household !== undefined)
        steps.push({
          comparison: 'household',
          level: 'may be two people of one home',
          weight: fromHome(found, own),
        })
      const sum = steps.reduce((all, step) => all + step.weight, 0)
      const reason = guards.reason(table.cells, x, y, found, sum)
      return reason === undefined ? steps : [...steps, { comparison: 'guard', level: reason, weight: total - sum }]
    },
  }
}

const ways: readonly Way[] = ['number', 'date', 'postcode', 'signed number', 'signed address', 'text', 'name']
const [aDate, aPostcode, signedNumber, signedAddress, aName] = [1, 2, 3, 4, 6]

/** Postcode, address and property number are one fact written three times. */
export const placesAmong = (comparators: readonly Comparator[], fields: readonly Field[]): boolean[] => {
  const places = new Set(fields.filter(({ kind }) => placeKinds.includes(kind)).map(({ name }) => name))
  return comparators.map((comparator) => places.has(comparator.fields[0]!))
}
const placeKinds: readonly Kind[] = ['postcode', 'address', 'uprn']

/** The weights of a comparison by level, and what term frequency puts in u's place. */
const weighed = ({ name, levels, weighed }: Comparator, model: Model) => {
  const known = model.comparisons.find((comparison) => comparison.name === name)!.levels
  const base = Float64Array.from(levels, (_, g) => (g === 0 ? 0 : Math.log2(known[g - 1]!.m / known[g - 1]!.u)))
  const bonus = Float64Array.from(levels, (_, g) => (weighed.includes(g) ? Math.log2(known[g - 1]!.u) : 0))
  return { base, bonus }
}

/** Which band a weight falls in. None of them merges anything. */
export const bandOf = (weight: number, { strong, look }: Thresholds): 'strong' | 'look' | 'below' =>
  weight >= strong ? 'strong' : weight >= look ? 'look' : 'below'
