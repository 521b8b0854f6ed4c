import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nameClusters } from './index.ts'

const ages = new Map(['old', 'mid', 'new'].map((name, i) => [name, i]))
const named = (before: (string | undefined)[], clusters: number[]) => {
  let made = 0
  return nameClusters(
    before,
    Int32Array.from(clusters),
    (name) => ages.get(name) ?? 99,
    () => `made ${++made}`,
  )
}

test('a cluster keeps the name that most of its records had; what was new gets one', () => {
  expect(named(['old', 'old', undefined, undefined], [0, 0, 0, 3])).toEqual({
    of: ['old', 'old', 'old', 'made 1'],
    changes: [],
  })
})

test('two that are joined take the name with most records, of equals the oldest', () => {
  expect(named(['new', 'old'], [0, 0])).toEqual({
    of: ['old', 'old'],
    changes: [{ kind: 'joined', from: 'new', into: 'old', records: [0] }],
  })
  expect(named(['new', 'new', 'old'], [0, 0, 0]).of).toEqual(['new', 'new', 'new'])
})

test('a part that leaves is told as split when it is new, and as moved when it goes to another', () => {
  expect(named(['old', 'old', 'old'], [0, 0, 2]).changes).toEqual([
    { kind: 'split', from: 'old', into: 'made 1', records: [2] },
  ])
  expect(named(['old', 'old', 'old', 'mid', 'mid'], [0, 0, 3, 3, 3]).changes).toEqual([
    { kind: 'moved', from: 'old', into: 'mid', records: [2] },
  ])
})

test('every record that changes hands is told exactly once, and nothing else is', () => {
  const identity = fc.constantFrom('old', 'mid', 'new', undefined)
  fc.assert(
    fc.property(fc.array(fc.tuple(identity, fc.integer({ min: 0, max: 4 })), { maxLength: 14 }), (records) => {
      const before = records.map(([name]) => name)
      const { of, changes } = named(
        before,
        records.map(([, cluster]) => cluster),
      )
      const told = changes.flatMap(({ from, into, records: own }) => own.map((record) => `${record} ${from} ${into}`))
      const moved = before.flatMap((name, i) => (name === undefined || name === of[i] ? [] : [`${i} ${name} ${of[i]}`]))
      expect(told.sort()).toEqual(moved.sort())
      // One name is one cluster, and one cluster one name.
      expect(new Set(records.map(([, cluster], i) => `${cluster} ${of[i]}`)).size).toBe(new Set(of).size)
    }),
  )
})
