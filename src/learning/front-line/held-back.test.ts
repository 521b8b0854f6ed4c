import { expect, test } from 'vitest'
import { fewest, groupsOf, heldBack, type Told } from './held-back.ts'

test('what is large enough is told, what is small is from one to seven, and what would give it away is a span', () => {
  const spans = (...counts: number[]) => heldBack(counts).map(({ least, most }) => [least, most])
  expect(spans(28, 12, 0, 9)).toEqual([[28, 28], [12, 12], [0, 0], [9, 9]]) // prettier-ignore
  expect(spans(28, 2, 0, 20)).toEqual([[28, 28], [1, 7], [0, 0], [15, 21]]) // prettier-ignore
  expect(spans(28, 12, 2, 0)).toEqual([[8, 33], [8, 33], [1, 7], [0, 0]]) // prettier-ignore
  // How many there are is known from the other questions, so here nothing can be told at all.
  expect(spans(9, 3, 0, 0)).toEqual([[0, 12], [0, 12], [0, 12], [0, 12]]) // prettier-ignore
})

test('whoever knows the whole and the rule, and tries every table of up to 32 people, finds no small number', () => {
  const isSmall = (n: number): boolean => n > 0 && n < fewest
  /** The same is seen of all tables in one list. */
  const alike = new Map<string, { told: Told[]; tables: number[][] }>()
  for (const table of tablesUpTo(32)) {
    const told = heldBack(table)
    if (table.some((n, i) => n < told[i]!.least || n > told[i]!.most)) throw new Error(`${table} is not in its spans`)
    const seen = JSON.stringify([sum(table), told])
    const same = alike.get(seen) ?? { told, tables: [] }
    same.tables.push(table)
    alike.set(seen, same)
  }
  const foundBySubtraction: number[][] = []
  const foundByTheRule: number[][] = []
  for (const { told, tables } of alike.values())
    for (const i of [0, 1, 2, 3]) {
      const small = tables.find((table) => isSmall(table[i]!))
      if (!small) continue
      const others = told.filter((_, j) => j !== i)
      const rest = sum(small) - (told[i]!.least === 0 ? 0 : fewest - 1)
      // As small as one and as large as seven: the others may leave both.
      if (sum(others.map(({ most }) => most)) < sum(small) - 1 || sum(others.map(({ least }) => least)) > rest)
        foundBySubtraction.push(small)
      if (new Set(tables.map((table) => table[i])).size < 2) foundByTheRule.push(small)
    }
  expect(foundBySubtraction).toEqual([])
  expect(foundByTheRule).toEqual([])
  expect(alike.size).toBeGreaterThan(1000)
})

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)

function* tablesUpTo(most: number): Generator<number[]> {
  for (let a = 0; a <= most; a++)
    for (let b = 0; a + b <= most; b++)
      for (let c = 0; a + b + c <= most; c++)
        for (let d = Math.max(0, fewest - a - b - c); a + b + c + d <= most; d++) yield [a, b, c, d]
}

test('the front line stands alone, and levels above with too few people stand together, from the top down', () => {
  const levels = (...counts: number[]) => ['a', 'b', 'c', 'd'].map((code, i) => ({ code, count: counts[i]! }))
  expect(groupsOf(levels(30, 20, 9, 8))).toEqual([['a'], ['b'], ['c'], ['d']])
  expect(groupsOf(levels(30, 5, 4, 3))).toEqual([['a'], ['b', 'c', 'd']])
  expect(groupsOf(levels(30, 3, 0, 9))).toEqual([['a'], ['b', 'd']])
  // Nothing is told of the three, nor of the six.
  expect(groupsOf(levels(3, 20, 9, 9))).toEqual([['b'], ['c'], ['d']])
  expect(groupsOf(levels(30, 3, 2, 1))).toEqual([['a']])
})
