import { describe, expect, test } from 'vitest'
import { columns, population } from '../../test/population.ts'
import { comparatorsOf } from './compare.ts'
import { alike, areSuch, formsOf } from './compare-names.ts'
import { othersBy } from './frequency.ts'
import { chance } from './hash.ts'
import { estimate, openTable, scorerOf, shareTable, tableBuilder, type Field, type Kind, type Table } from './index.ts'
import { fewestMatches, signsMayReach } from './likeness.ts'
import { newNameSets } from './name-sets.ts'
import { rangeScorer, rangesOf, relink, joined } from './relink.ts'
import { planBlocking, proposeRules } from './rules.ts'
import { peopleNames, personName } from './table.ts'

const kinds: Kind[] = ['given name', 'middle name', 'family name', 'date', 'sex', 'postcode', 'address', 'phone']
const fields = [
  ...columns.map((name, i): Field => ({ name, kind: kinds[i]! })),
  { name: 'email', kind: 'e-mail' as const },
  { name: 'nhs', kind: 'nhs number' as const },
  { name: 'job', kind: 'text' as const },
  { name: 'ward', kind: 'code' as const },
]
const draw = chance(4)
const among = (...words: string[]): string => words[Math.floor(draw() * words.length)]!
const rows = population(11, 2500).map(({ values }) => [
  ...values,
  among('', 'a.lee@one.org', 'a.lee@two.org', 'b.lee@one.org'),
  among('', '9434765919', '9434765870'),
  among('', 'taxi driver', 'driver of a taxi', 'nurse'),
  among('', 'north', 'south'),
])
const tableOf = (of: readonly (readonly string[])[]): Table => {
  const builder = tableBuilder(fields)
  for (const row of of) builder.add(row)
  return builder.build()
}
const table = tableOf(rows)
const plan = planBlocking(proposeRules(fields), fields, table, { all: 3e5, one: 1e5 })
const model = estimate(
  fields,
  plan.kept.map(({ rule }) => rule),
  table,
  1,
  { random: 1e5, training: 5e4 },
)

/** The weight without any haste: every level asked of its own comparison, term frequency in u's place, places once. */
const plainWeight = (a: number, b: number): number => {
  let [sum, place] = [model.prior, 0]
  for (const { name, level, share, weighed } of comparatorsOf(
    model.fields,
    model.comparisons,
    table,
    undefined,
    othersBy(model.prior, table),
  )) {
    const g = level(table.cells, a, b)
    const { m, u } = g === 0 ? { m: 1, u: 1 } : model.comparisons.find((each) => each.name === name)!.levels[g - 1]!
    const step = Math.log2(m / (weighed.includes(g) ? 2 ** share(table.cells, a, b, g) : u))
    if (name !== 'postcode' && name !== 'address') sum += step
    else place = place > 0 || step > 0 ? Math.max(place, step) : Math.min(place, step)
  }
  return sum + place
}

describe('the quick function', () => {
  const scorer = scorerOf(model, table)
  const reach = scorer.reach()
  const { thresholds } = model
  const width = table.width
  /** Pairs at random and pairs of a block, which are seldom alike otherwise. */
  const pairs = [
    ...Array.from({ length: 1500 }, () => [Math.floor(draw() * 2500), Math.floor(draw() * 2500)] as const),
    ...plan.kept.flatMap(({ order, starts }) =>
      Array.from(starts.subarray(0, 250), (at) => [order[at]!, order[at + 1]!] as const),
    ),
  ].filter(([a, b]) => a !== b)

  test('weighs every pair as the plain one does, or says that it cannot reach what is asked for', () => {
    let [reached, quit] = [0, 0]
    for (const [a, b] of pairs) {
      const steps = scorer.explain(a, b)
      // What a guard and a home take away are steps of their own.
      const taken = steps.filter(({ comparison }) => ['guard', 'household'].includes(comparison))
      const guard = taken.reduce((sum, { weight }) => sum + weight, 0)
      const whole = scorer.weight(table.cells, a * width, b * width, -Infinity)
      expect(Math.abs(whole - guard - plainWeight(a * width, b * width))).toBeLessThan(1e-9)
      expect(Math.abs(steps.reduce((sum, { weight }) => sum + weight, 0) - whole)).toBeLessThan(1e-9)
      for (const least of [thresholds.look, 0, thresholds.strong]) {
        const found = scorer.weight(table.cells, a * width, b * width, least)
        if (found === -Infinity) quit++
        else reached++
        expect(found === whole || (found === -Infinity && whole < least)).toBe(true)
        const rows = Int32Array.from([a, b].flatMap((row) => [...table.cells.subarray(row * width, (row + 1) * width)]))
        reach.begin(rows, 0, 2, least)
        if (whole >= least) expect(reach.from(0, new Int32Array(2))).toBe(1)
      }
    }
    expect(Math.min(reached, quit)).toBeGreaterThan(1000)
  })

  test('finds the levels that each comparison finds by itself', () => {
    const comparators = comparatorsOf(model.fields, model.comparisons, table)
    for (const [a, b] of pairs) {
      const levels = scorer.levels(a, b)
      const explained = new Map(scorer.explain(a, b).map(({ comparison, level }) => [comparison, level]))
      for (const { name, level, levels: names } of comparators) {
        expect(levels.get(name)).toBe(names[level(table.cells, a * width, b * width)])
        expect(explained.get(name)).toBe(levels.get(name))
      }
    }
  })
})

describe('a crowd of one birth', () => {
  // Of everybody the same date, so that nothing else brings two together.
  const born = fields.findIndex(({ kind }) => kind === 'date')
  const crowd = tableOf(rows.slice(0, 400).map((row) => row.with(born, '1990-05-10')))
  const { cells, width, size } = crowd

  test('is sieved without the loss of a pair that two rows by themselves could be', () => {
    const reach = scorerOf(model, crowd).reach()
    const into = new Int32Array(size)
    for (const least of [model.thresholds.look, 0, model.thresholds.strong]) {
      const alone = new Set<string>()
      for (let i = 0; i < size; i++)
        for (let j = i + 1; j < size; j++) {
          const two = [i, j].flatMap((row) => [...cells.subarray(row * width, (row + 1) * width)])
          reach.begin(Int32Array.from(two), 0, 2, least)
          if (reach.from(0, into) === 1) alone.add(`${i} ${j}`)
        }
      const together: string[] = []
      reach.begin(cells, 0, size, least)
      for (let i = 0; i + 1 < size; i++)
        together.push(...Array.from(into.subarray(0, reach.from(i, into)), (j) => `${i} ${j}`))
      expect(together).toEqual([...alone])
      expect(alone.size).toBeGreaterThan(30)
    }
  })

  test('is asked for few family names besides those that could be alike', () => {
    const names = crowd.dictionaries.get(peopleNames)!
    const { has } = formsOf(names)
    const [signs, fewest] = [names.signs(), fewestMatches(alike)]
    const families = Array.from({ length: size }, (_, row) => cells[row * width + crowd.names.family]!)
    const known = families.filter((name) => name !== 0)
    const sets = newNameSets()
    sets.begin(known.length)
    known.forEach((name, row) => sets.add(row, has[name]!, signs, name * 4))
    sets.close()
    const bits = new Int32Array((known.length + 31) >> 5)
    let [found, needed] = [0, 0]
    known.forEach((one, row) => {
      sets.from(row, has[one]!, signs, one * 4, bits)
      for (let j = row + 1; j < known.length; j++) {
        const other = known[j]!
        const isFound = ((bits[j >> 5]! >>> (j & 31)) & 1) === 1
        const isNeeded = areSuch(has[one]!, has[other]!) || signsMayReach(fewest, signs, one * 4, other * 4)
        if (isNeeded)
          expect([names.text(one), names.text(other), isFound]).toEqual([names.text(one), names.text(other), true])
        found += Number(isFound)
        needed += Number(isNeeded)
      }
    })
    expect(found).toBeLessThan(needed * 2)
  })
})

describe('ranges of blocks', () => {
  const run = relink(model, table, plan.kept, model.thresholds.look)
  let step = run.next()
  while (!step.done) step = run.next()
  const whole = step.value

  test('hold all pairs over the threshold that a rule brings together, each once, whoever scores them and in which order', () => {
    const ranges = rangesOf(plan.kept)
    expect(ranges.reduce((sum, { pairs }) => sum + pairs, 0)).toBe(plan.kept.reduce((sum, { pairs }) => sum + pairs, 0))
    // As another thread would: the table opened from shared memory, the ranges from the last to the first.
    const score = rangeScorer(model, openTable(structuredClone(shareTable(table))), plan.kept, model.thresholds.look)
    const parts = ranges.toReversed().map(score).toReversed()
    expect(joined(parts)).toEqual(whole)

    const { weight } = scorerOf(model, table)
    const found = new Set<string>()
    for (const { order, starts } of plan.kept)
      for (let block = 0; block + 1 < starts.length; block++)
        for (let i = starts[block]!; i < starts[block + 1]!; i++)
          for (let j = i + 1; j < starts[block + 1]!; j++) {
            const [a, b] = [order[i]!, order[j]!]
            if (weight(table.cells, a * table.width, b * table.width, -Infinity) >= model.thresholds.look)
              found.add(`${Math.min(a, b)} ${Math.max(a, b)}`)
          }
    const edges = Array.from(whole.a, (a, e) => `${a} ${whole.b[e]!}`)
    expect(edges.length).toBe(found.size)
    expect(new Set(edges)).toEqual(found)
  })

  test('an opened table reads what was shared, and a text that is new to it disturbs nobody', () => {
    const shared = shareTable(table)
    const opened = openTable(shared)
    for (const [name, dictionary] of table.dictionaries) {
      const other = opened.dictionaries.get(name)!
      expect(other.size()).toBe(dictionary.size())
      for (let id = 0; id < dictionary.size(); id += 7) expect(other.text(id)).toBe(dictionary.text(id))
    }
    const before = opened.dictionaries.get('phone')!
    const size = before.size()
    expect(before.intern('quite new')).toBe(size)
    expect(before.intern('quite new')).toBe(size)
    expect(openTable(shared).dictionaries.get('phone')!.size()).toBe(size)
  })
})

test('a name is read alike by itself and into a table, whichever columns hold it', () => {
  const columns: Kind[] = ['full name', 'given name', 'middle name', 'family name']
  const own = columns.map((kind): Field => ({ name: kind, kind }))
  const some = ['', 'Mary Ann Jones', 'Ali', 'Mr John-Paul', 'O’Neill, Peter James', 'x'.repeat(300)]
  for (let i = 0; i < 200; i++) {
    const values = columns.map(() => some[Math.floor(draw() * some.length)]!)
    const builder = tableBuilder(own)
    builder.add(values)
    const { cells, names, dictionaries } = builder.build()
    const text = (slot: number): string => dictionaries.get(peopleNames)!.text(cells[slot]!)
    const { given, middle, family } = personName(own, values)
    expect([text(names.given), text(names.middle), text(names.family)]).toEqual([given, middle, family])
  }
})
