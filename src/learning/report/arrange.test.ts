import { expect, test } from 'vitest'
import { moved, type Move } from './arrange.ts'

const points = [
  { id: 'a', below: ['a1', 'a2'] },
  { id: 'b', below: [] },
  { id: 'c', below: ['c1'] },
]
const after = (id: string, move: Move): string =>
  moved(points, id, move)
    .map((one) => `${one.id}(${one.below.join()})`)
    .join(' ')

test('a point moves among its own, and the ends stay where they are', () => {
  expect(after('b', 'up')).toBe('b() a(a1,a2) c(c1)')
  expect(after('a2', 'up')).toBe('a(a2,a1) b() c(c1)')
  expect(after('a', 'up')).toBe('a(a1,a2) b() c(c1)')
  expect(after('c', 'down')).toBe('a(a1,a2) b() c(c1)')
})

test('a point goes in below the one above, with its own, and out to stand after the one it hung below', () => {
  expect(after('c', 'in')).toBe('a(a1,a2) b(c,c1)')
  expect(after('a1', 'out')).toBe('a(a2) a1() b() c(c1)')
  expect(after('a', 'in')).toBe('a(a1,a2) b() c(c1)')
  expect(after('x', 'out')).toBe('a(a1,a2) b() c(c1)')
})
