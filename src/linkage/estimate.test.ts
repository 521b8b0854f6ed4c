import { expect, test } from 'vitest'
import { estimate } from './estimate.ts'
import { chance } from './hash.ts'
import type { Field } from './model.ts'
import { tableBuilder, type Table } from './table.ts'

const fields: Field[] = [
  { name: 'first', kind: 'given name' },
  { name: 'last', kind: 'family name' },
  { name: 'born', kind: 'date' },
  { name: 'sex', kind: 'sex' },
  { name: 'postcode', kind: 'postcode' },
  { name: 'phone', kind: 'phone' },
]

/** So many people of sixteen names, each written down twice. Half have moved between, and some birthdays are slips. */
const namesakes = (people: number, seed: number): Table => {
  const draw = chance(seed)
  const upTo = (n: number): number => Math.floor(draw() * n)
  const builder = tableBuilder(fields)
  const home = (): string =>
    `${['LS', 'M', 'BD', 'S'][upTo(4)]}${1 + upTo(20)} ${upTo(9)}${'ABDEFGHJ'[upTo(8)]}${'LNPQRSTU'[upTo(8)]}`
  const phone = (): string => `07700900${String(upTo(1000)).padStart(3, '0')}`
  const date = (): string => `${1940 + upTo(70)}-0${1 + upTo(9)}-${10 + upTo(18)}`
  for (let person = 0; person < people; person++) {
    const first = ['Mary', 'Peter', 'Aisha', 'Omar'][upTo(4)]!
    const sex = first === 'Mary' || first === 'Aisha' ? 'F' : 'M'
    const last = ['Jones', 'Okafor', 'Khan', 'Nowak'][upTo(4)]!
    const [born, where, called] = [date(), home(), phone()]
    builder.add([first, last, born, sex, where, called])
    builder.add([
      first,
      last,
      draw() < 0.1 ? date() : born,
      sex,
      draw() < 0.5 ? home() : where,
      draw() < 0.4 ? phone() : called,
    ])
  }
  return builder.build()
}

/** How often the records of one person agree on a field, as learned from so many namesakes. */
const agreesOn = (seed: number): Record<string, number> => {
  const { comparisons } = estimate(fields, [], namesakes(3000, seed), 1, { random: 2e5, training: Infinity })
  return Object.fromEntries(comparisons.map(({ name, levels }) => [name, levels.at(-1)!.m]))
}

test.each([1, 2, 3, 4, 5])('strangers of one name are not taken for one person, however many (seed %i)', (seed) => {
  const { born, phone, postcode } = agreesOn(seed)
  expect(born).toBeCloseTo(0.9, 1)
  expect(phone).toBeCloseTo(0.6, 1)
  expect(postcode).toBeCloseTo(0.5, 1)
})

test('what was learned among strangers, and does not settle, is left out, and the notes say so', () => {
  const few = fields.filter(({ kind }) => kind !== 'sex' && kind !== 'phone')
  const builder = tableBuilder(few)
  const draw = chance(7)
  const upTo = (n: number): number => Math.floor(draw() * n)
  const letters = 'BDFGHJKLMNPRSTVWZ'
  const name = (): string => [0, 1, 2].map(() => `${letters[upTo(letters.length)]}${'aeiou'[upTo(5)]}`).join('')
  const [first, last] = [12, 24].map((n) => Array.from({ length: n }, name)) as [string[], string[]]
  // Nobody's family name is written the same way twice, so where names agree nearly all are strangers.
  for (let person = 0; person < 3000; person++) {
    const [given, family] = [first[upTo(12)]!, last[upTo(24)]!]
    const born = `${1970 + upTo(41)}-${String(1 + upTo(12)).padStart(2, '0')}-${String(1 + upTo(28)).padStart(2, '0')}`
    const home = `DY${1 + upTo(14)} ${1 + upTo(9)}${'ABDEF'[upTo(5)]}${'ABDEF'[upTo(5)]}`
    builder.add([given, family, born, home])
    if (person % 3 === 0) builder.add([given, `${family}x`, born, home])
  }
  const { comparisons, notes } = estimate(few, [], builder.build(), 1, { random: 2e6, training: Infinity })
  expect(notes.join('\n')).toMatch(/500 rounds[^]*Not settled where name agrees: .* is left out/)
  const same = comparisons.map(({ name, levels }) => [name, levels.at(-1)!.m] as const)
  expect(Object.fromEntries(same)).toMatchObject({ postcode: expect.closeTo(1, 1), born: expect.closeTo(0.9, 1) })
})
