import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareNames, nameLevels } from './compare-names.ts'
import { newDictionary } from './dictionary.ts'
import { isMonotone, learn, monotone } from './em.ts'
import { cluster, tableBuilder, type Edges, type Field } from './index.ts'

const person: Field[] = [
  { name: 'first', kind: 'given name' },
  { name: 'last', kind: 'family name' },
]

const namesAre = (a: string, b: string) => {
  const builder = tableBuilder([{ name: 'name', kind: 'full name' }])
  builder.add([a])
  builder.add([b])
  const table = builder.build()
  return nameLevels[compareNames(table).level(table.cells, 0, table.width)]
}

test('names are the same, swapped, usual forms, slips, or no more than family', () => {
  expect(namesAre('Mary Jones', 'JONES, Mary')).toBe('same')
  expect(namesAre('Mary Jones', 'Jones Mary')).toBe('given and family name swapped')
  expect(namesAre('Bill Jones', 'William Jones')).toBe('usual forms of the same name')
  expect(namesAre('Mohammed Hussain', 'Muhammad Hussein')).toBe('usual forms of the same name')
  expect(namesAre('Mary Smith-Jones', 'Mary Jones')).toBe('usual forms of the same name')
  expect(namesAre('Mary Smith-Jones', 'Mary Smithjones')).toBe('usual forms of the same name')
  expect(namesAre('Katherin Jones', 'Katherina Jonse')).toBe('both close: a slip of the pen')
  expect(namesAre('Anne Mary Jones', 'Mary Jones')).toBe('both close: a slip of the pen')
  expect(namesAre('M Jones', 'Mary Jones')).toBe('family name the same, given name an initial or missing')
  expect(namesAre('Mary Jones', 'Peter Jones')).toBe('family name the same, given name different')
  expect(namesAre('Mary Jones', 'Mary Okafor')).toBe('given name the same, family name different')
  expect(namesAre('Mary Jones', 'Piotr Nowak')).toBe('different')
  expect(namesAre('', 'Piotr Nowak')).toBe('missing')
})

test('names compare the same from both sides', () => {
  const word = fc.string({ unit: fc.constantFrom(...'abemnorst'), maxLength: 7 })
  fc.assert(
    fc.property(fc.tuple(word, word), fc.tuple(word, word), (a, b) => {
      const builder = tableBuilder(person)
      builder.add(a)
      builder.add(b)
      const { cells, width, ...rest } = builder.build()
      const { level } = compareNames({ cells, width, ...rest })
      expect(level(cells, 0, width)).toBe(level(cells, width, 0))
    }),
  )
})

describe('Jaro–Winkler', () => {
  test('gives the published values', () => {
    const names = newDictionary()
    const of = (a: string, b: string) => names.similarity(names.intern(a), names.intern(b))
    expect(of('martha', 'marhta')).toBeCloseTo(0.9611, 4)
    expect(of('dwayne', 'duane')).toBeCloseTo(0.84, 4)
    expect(of('dixon', 'dicksonx')).toBeCloseTo(0.8133, 4)
    expect(of('abc', 'xyz')).toBe(0)
  })

  test('is never above its bound, so that the quick way loses nothing', () => {
    const text = fc.string({ unit: fc.constantFrom(...'abcdeélλ '), minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(text, text, fc.double({ min: 0.7, max: 1, noNaN: true }), (a, b, floor) => {
        const names = newDictionary()
        const [x, y] = [names.intern(a), names.intern(b)]
        const full = names.similarity(x, y)
        expect(names.similarityFrom(floor, x, y)).toBe(full >= floor ? full : 0)
        expect(names.isOneEdit(x, y)).toBe(names.isOneEdit(y, x))
      }),
    )
  })

  test('one edit is a letter more, less, other or exchanged', () => {
    const names = newDictionary()
    const is = (a: string, b: string) => names.isOneEdit(names.intern(a), names.intern(b))
    expect([is('jon', 'john'), is('jon', 'jan'), is('jon', 'jno'), is('jon', 'jon'), is('jon', 'jxy')]).toEqual([
      true,
      true,
      true,
      false,
      false,
    ])
  })
})

describe('EM', () => {
  test('finds the m that made the patterns, and the share of matches', () => {
    const m = [0, 0.05, 0.15, 0.8]
    const u = [0, 0.9, 0.09, 0.01]
    const three = [1, 2, 3]
    const share = 0.3
    const patterns = three.flatMap((a) =>
      three.flatMap((b) =>
        three.map((c) => ({
          levels: [a, b, c],
          count: 1e6 * (share * m[a]! * m[b]! * m[c]! + (1 - share) * u[a]! * u[b]! * u[c]!),
        })),
      ),
    )
    for (const free of [true, false]) {
      const found = learn(patterns, [u, u, u], [true, true, true], free)
      expect(Math.abs(found.matches - share)).toBeLessThan(0.01)
      for (const levels of found.m) levels.forEach((value, g) => expect(Math.abs(value - m[g]!)).toBeLessThan(0.01))
    }
  })

  test('levels out of order are given one weight, and nothing else moves', () => {
    const share = fc.double({ min: 0.001, max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.array(fc.tuple(share, share), { minLength: 2, maxLength: 8 }), (pairs) => {
        const [m, u] = [
          [0, ...pairs.map(([x]) => x)],
          [0, ...pairs.map(([, y]) => y)],
        ]
        const mended = monotone(m, u)
        expect(isMonotone(mended, u)).toBe(true)
        expect(mended.reduce((a, b) => a + b)).toBeCloseTo(
          m.reduce((a, b) => a + b),
          9,
        )
        if (isMonotone(m, u)) mended.forEach((value, g) => expect(value).toBeCloseTo(m[g]!, 9))
      }),
    )
  })
})

const edges = (...list: [number, number, number][]): Edges => ({
  a: Int32Array.from(list, ([a]) => a),
  b: Int32Array.from(list, ([, b]) => b),
  weight: Float32Array.from(list, ([, , weight]) => weight),
})

describe('clusters', () => {
  test('a chain does not join those who are not alike', () => {
    const weight = (a: number, b: number) => (Math.abs(a - b) === 1 ? 5 : -20)
    const { of } = cluster(3, edges([0, 1, 6], [1, 2, 5]), { link: 0, floor: 0, weight })
    expect([...of]).toEqual([0, 0, 2])
  })

  test('a "not the same" holds for the whole clusters it stands between, a "same" before any weight', () => {
    const weight = () => 20
    const all = edges([0, 1, 9], [2, 3, 9], [1, 2, 8])
    expect([...cluster(4, all, { link: 0, floor: 0, weight, notSame: [[0, 3]] }).of]).toEqual([0, 0, 2, 2])
    expect([...cluster(4, edges(), { link: 0, floor: 0, weight, same: [[1, 3]] }).of]).toEqual([0, 1, 2, 1])
  })

  test('no decision is ever crossed, whatever the pairs and their order', () => {
    const record = fc.integer({ min: 0, max: 11 })
    const pair = fc.tuple(record, record).filter(([a, b]) => a !== b)
    fc.assert(
      fc.property(fc.array(fc.tuple(pair, fc.integer({ min: 0, max: 20 }))), fc.array(pair), (list, notSame) => {
        const found = edges(...list.map(([[a, b], w]): [number, number, number] => [a, b, w]))
        const { of } = cluster(12, found, { link: 0, floor: 0, weight: () => 10, notSame })
        for (const [a, b] of notSame) expect(of[a]).not.toBe(of[b])
      }),
    )
  })
})
