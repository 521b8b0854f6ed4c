import { expect, test } from 'vitest'
import { hideSmall, type Shown } from './small-numbers.ts'

test('a number below five is few, a second one is hidden where the total would give it away, nought stays nought', () => {
  expect(hideSmall([3, 12, 9, 0])).toEqual({ shown: ['few', 12, 'hidden', 0], total: 24 })
  expect(hideSmall([7, 12, 0])).toEqual({ shown: [7, 12, 0], total: 19 })
})

test('where hiding one more is not enough, the next is hidden too; where nothing is left, the total is', () => {
  expect(hideSmall([1, 5, 9, 30])).toEqual({ shown: ['few', 'hidden', 'hidden', 30], total: 45 })
  expect(hideSmall([1, 1, 0])).toEqual({ shown: ['few', 'few', 0], total: 'hidden' })
  expect(hideSmall([4, 4])).toEqual({ shown: ['few', 'few'], total: 'hidden' })
  expect(hideSmall([2])).toEqual({ shown: ['few'], total: 'hidden' })
})

test('whoever tries every table that fits what is shown finds each few possible as 1, 2, 3 and 4', () => {
  const values = [0, 1, 3, 4, 5, 6, 11]
  const tables = values.flatMap((a) => values.flatMap((b) => values.flatMap((c) => values.map((d) => [a, b, c, d]))))
  const given = tables.filter((counts) => {
    const { shown, total } = hideSmall(counts)
    return total !== 'hidden' && shown.some((one, i) => one === 'few' && possible(shown, Number(total), i).length < 4)
  })
  expect(given).toEqual([])
})

/** What the cell `at` may be, in all tables with these numbers shown and this total. */
const possible = (shown: readonly Shown[], total: number, at: number): number[] => {
  const rest = shown.filter((_, i) => i !== at)
  const sums = rest.reduce<Set<number>>(
    (before, one) => new Set([...before].flatMap((sum) => from(one, total).map((n) => sum + n))),
    new Set([0]),
  )
  return [1, 2, 3, 4].filter((n) => sums.has(total - n))
}
const from = (one: Shown, total: number): number[] => {
  if (typeof one === 'number') return [one]
  if (one === 'few') return [1, 2, 3, 4]
  return Array.from({ length: Math.max(0, total - 4) }, (_, i) => i + 5)
}
