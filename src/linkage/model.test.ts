import { describe, expect, test } from 'vitest'
import {
  freeze,
  link,
  probability,
  readModel,
  scorerOf,
  tableBuilder,
  type Field,
  type Linked,
  type Table,
} from './index.ts'

const fields: Field[] = [
  { name: 'first', kind: 'given name' },
  { name: 'last', kind: 'family name' },
  { name: 'born', kind: 'date' },
  { name: 'postcode', kind: 'postcode' },
]

/** A few hundred people, each written down twice with a slip now and then. Which is which is known by order. */
const written = (): string[][] => {
  const rows: string[][] = []
  const firsts = 'Mary Peter Aisha Piotr Grace Wei Susan Omar Lucy Ben'.split(' ')
  const lasts = 'Jones Okafor Khan Nowak Chan Smith Taylor Hughes Patel Walsh Mistry'.split(' ')
  for (let i = 0; i < 300; i++) {
    const [first, last] = [firsts[i % 10]!, lasts[(i * 7) % 11]!]
    const born = `19${60 + (i % 37)}-0${1 + (i % 9)}-1${(i * 3) % 10}`
    const postcode = `LS${1 + (i % 17)} ${i % 7}A${'ABDEFG'[i % 6]}`
    rows.push([first, last, born, postcode])
    rows.push([first, i % 9 === 0 ? `${last}e` : last, i % 11 === 0 ? '' : born, i % 5 === 0 ? 'M1 1AA' : postcode])
  }
  return rows
}

const small = (): Table => {
  const builder = tableBuilder(fields)
  for (const row of values) builder.add(row)
  return builder.build()
}

const finished = (table: Table, options = {}): Linked => {
  const run = link(fields, table, options)
  let step = run.next()
  while (!step.done) step = run.next()
  return step.value
}

const values = written()
const table = small()
const linked = finished(table)
const { model } = linked

describe('a model learned without labels', () => {
  test('finds the pairs, and says how it came to be', () => {
    const right = linked.edges.a.filter(
      (a, e) => linked.edges.weight[e]! > 0 && linked.edges.b[e] === a + 1 && a % 2 === 0,
    )
    expect(right.length).toBeGreaterThan(280)
    expect(model.notes.join(' ')).toContain('Estimated without labels from 600 records')
  })

  test('is JSON that reads back, and gives the same weights to the last digit', () => {
    const again = readModel(JSON.parse(JSON.stringify(model)))
    expect(again.wrong).toBeUndefined()
    const [one, other] = [scorerOf(model, table), scorerOf(again.model!, table)]
    for (let a = 0; a < 40; a++)
      expect(other.weight(table.cells, 0, a * table.width, -Infinity)).toBe(
        one.weight(table.cells, 0, a * table.width, -Infinity),
      )
    expect([...finished(table, { model: again.model! }).clusters.of]).toEqual([...linked.clusters.of])
  })

  test('explains every weight as a sum, the same from both sides', () => {
    const scorer = scorerOf(model, table)
    for (let a = 0; a < 30; a++)
      for (let b = a + 1; b < 30; b++) {
        const [x, y] = [a * table.width, b * table.width]
        const weight = scorer.weight(table.cells, x, y, -Infinity)
        expect(scorer.explain(a, b).reduce((sum, step) => sum + step.weight, 0)).toBeCloseTo(weight, 9)
        expect(scorer.weight(table.cells, y, x, -Infinity)).toBeCloseTo(weight, 9)
        // Giving up early never drops a pair that would have come to this weight.
        expect(scorer.weight(table.cells, x, y, weight - 1e-6)).toBe(weight)
        expect(probability(weight)).toBeGreaterThanOrEqual(0)
      }
  })

  test('frozen, gives a pair the same weight alone as among all others', () => {
    const frozen = readModel(JSON.parse(JSON.stringify(freeze(model, table)))).model!
    const all = scorerOf(frozen, table)
    for (const [a, b] of [
      [0, 1],
      [2, 3],
      [4, 8],
      [10, 21],
      [0, 220],
    ] as const) {
      const builder = tableBuilder(fields)
      for (const record of [a, b]) builder.add(values[record]!)
      const two = builder.build()
      const alone = scorerOf(frozen, two).weight(two.cells, 0, two.width, -Infinity)
      expect(alone).toBeCloseTo(all.weight(table.cells, a * table.width, b * table.width, -Infinity), 9)
    }
  })

  test('what is missing counts neither for nor against', () => {
    const builder = tableBuilder(fields)
    builder.add(['Mary', 'Jones', '', ''])
    builder.add(['Mary', 'Jones', '1961-02-11', 'LS1 1AA'])
    const two = builder.build()
    const missing = scorerOf(model, two)
      .explain(0, 1)
      .filter(({ level }) => level === 'missing')
    expect(missing.map(({ comparison, weight }) => [comparison, weight])).toEqual([
      ['postcode', 0],
      ['born', 0],
    ])
  })
})

describe('a model that does not fit', () => {
  const broken = (from: string, to: string): readonly string[] =>
    readModel(JSON.parse(JSON.stringify(model).replace(from, to))).wrong ?? []

  test('says which field, and all that is wrong', () => {
    expect(readModel('model').wrong).toEqual(['model: must be an object.'])
    expect(readModel({}).wrong!.map((each) => each.split(':')[0])).toEqual([
      'format',
      'fields',
      'comparisons',
      'blocking',
      'prior',
      'thresholds',
      'notes',
    ])
  })

  test('names the level, the kind, the rule or the threshold', () => {
    expect(broken('"kind":"date"', '"kind":"data"')[0]).toMatch(/^fields\[2\]\.kind: must be one of: given name/)
    expect(broken('"m":0.', '"m":-1.')[0]).toMatch(/^comparisons\[0\]\.levels\[\d\]\.m: must be more than 0/)
    expect(broken('["names"]', '["nose"]')).toEqual(['blocking[0]: there is no field "nose".'])
    expect(broken('"link":0', '"link":99')).toEqual(['thresholds: look must not be above link, nor link above strong.'])
    expect(broken('"notes":', '"frequencies":{"born":{"least":1,"shares":{}}},"notes":')).toEqual([
      'frequencies.born.least: must be log2 of a share, so not above 0.',
    ])
    expect(broken('"notes":', '"household":{"prior":0,"levels":{}},"notes":')[0]).toMatch(
      /^household\.levels\.\w+: must be a list/,
    )
    expect(broken('"prior":', '"before":')[0]).toMatch(/^prior: must be a number/)
  })
})
