import { beforeAll, describe, expect, test } from 'vitest'
import { columns, population } from '../../test/population.ts'
import { keysIn } from './blocking.ts'
import {
  freeze,
  keysOf,
  link,
  readModel,
  scorerOf,
  tableBuilder,
  type Field,
  type Kind,
  type Linked,
  type Model,
  type Table,
} from './index.ts'

const kinds: Kind[] = ['given name', 'middle name', 'family name', 'date', 'sex', 'postcode', 'address', 'phone']
const fields = columns.map((name, i): Field => ({ name, kind: kinds[i]! }))

const tableOf = (rows: readonly (readonly string[])[]): Table => {
  const builder = tableBuilder(fields)
  for (const row of rows) builder.add(row)
  return builder.build()
}
const linked = (table: Table, model?: Model): Linked => {
  const run = link(fields, table, model && { model })
  let step = run.next()
  while (!step.done) step = run.next()
  return step.value
}
const between = (a: number, b: number): string => `${Math.min(a, b)} ${Math.max(a, b)}`

describe('a day’s arrivals', () => {
  const rows = population(23, 3300).map(({ values }) => values)
  const known = 3000
  let model: Model
  let all: Table
  let batch: Linked
  beforeAll(() => {
    const before = tableOf(rows.slice(0, known))
    // As it is kept: written down and read back.
    const learned = freeze(linked(before).model, before)
    model = readModel(JSON.parse(JSON.stringify(learned))).model!
    all = tableOf(rows)
    batch = linked(all, model)
  })

  test('have the keys by themselves that they have among all others', () => {
    const columns = model.blocking.map((rule) => keysIn(all, rule, fields))
    for (let row = 0; row < rows.length; row += 37)
      expect([...keysOf(model, rows[row]!)]).toEqual(columns.map((keys) => keys[row]))
  })

  test('one at a time find the pairs that a batch finds, of the same weight', () => {
    const postings = new Map<string, number[]>()
    const found = new Map<string, number>()
    rows.forEach((values, row) => {
      const candidates = new Set<number>()
      keysOf(model, values).forEach((key, rule) => {
        if (key === 0) return
        const place = `${rule} ${key}`
        const there = postings.get(place)
        if (there === undefined) postings.set(place, [row])
        else {
          if (row >= known) for (const other of there) candidates.add(other)
          there.push(row)
        }
      })
      if (candidates.size === 0) return
      const others = [...candidates]
      const own = tableOf([values, ...others.map((other) => rows[other]!)])
      const { weight } = scorerOf(model, own)
      others.forEach((other, i) => {
        const weighs = weight(own.cells, 0, (i + 1) * own.width, model.thresholds.look)
        if (weighs >= model.thresholds.look) found.set(between(row, other), weighs)
      })
    })
    const scorer = scorerOf(model, all)
    const { a, b } = batch.edges
    const inBatch = [...a.keys()].filter((e) => b[e]! >= known)
    const both = inBatch.filter((e) => found.has(between(a[e]!, b[e]!)))
    expect(inBatch.length).toBeGreaterThan(300)
    expect(both.length / Math.max(inBatch.length, found.size)).toBeGreaterThanOrEqual(0.99)
    for (const e of both) {
      const alone = found.get(between(a[e]!, b[e]!))!
      const among = scorer.weight(all.cells, a[e]! * all.width, b[e]! * all.width, -Infinity)
      expect(Math.abs(alone - among)).toBeLessThan(1e-9)
    }
  })
})
