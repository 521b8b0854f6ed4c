import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { readableJson, readableText, readableTexts, storableText } from './stored-text.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse()
})
afterAll(() => house.close())

const mark = '\uF8FF'
const awkward = [
  '\u0000',
  mark,
  `${mark}0`,
  `a\u0000${mark}\u0000b`,
  `${mark}1`,
  `${mark}2`,
  '\uFEFF',
  '\uFEFFfirst',
  `a\uFEFF`,
  `${mark}${mark}0`,
  '',
  '💚\u2028‮',
  '\\u0000',
]

test('any text comes back as it went in', () => {
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.oneof(
          fc.constantFrom('\u0000', mark, '\uFEFF', '0', '1', '2'),
          fc.string({ unit: 'binary', maxLength: 1 }),
        ),
      }),
      (text) => {
        const stored = storableText(text) as string
        expect(stored).not.toContain('\u0000')
        expect(readableText(stored)).toBe(text)
      },
    ),
  )
})

test('two texts that differ are stored as two that differ', () => {
  const stored = awkward.map((text) => storableText(text))
  expect(new Set(stored).size).toBe(awkward.length)
})

test('what is no text is left alone', () => {
  const bytes = Buffer.from([0, 1])
  expect(storableText(bytes)).toBe(bytes)
  expect([storableText(null), storableText(7), storableText(undefined)]).toEqual([null, 7, undefined])
})

test('inside JSON and arrays texts come back too', () => {
  const stored = JSON.stringify({ [`${mark}0`]: [storableText('a\u0000b'), 1, null] })
  expect(readableJson(stored)).toEqual({ [`${mark}0`]: ['a\u0000b', 1, null] })
  expect(readableTexts([storableText(mark), [storableText('\u0000')], null])).toEqual([mark, ['\u0000'], null])
})

test('the database gives back every one of them: alone, compared, in an array and gathered into JSON', async () => {
  const { rows } = await house.seen(house.system, (tx) =>
    sql<{ alone: string[]; list: string[]; gathered: string[]; same: number }>`
      select (select array_agg(t order by n) from unnest(${awkward}::text[]) with ordinality u(t, n)) as list,
        (select json_agg(t order by n) from unnest(${awkward}::text[]) with ordinality u(t, n)) as gathered,
        (select count(*) from unnest(${awkward}::text[]) t where t = ${awkward[3]}) as same`.execute(tx),
  )
  expect(rows[0]!.list).toEqual(awkward)
  expect(rows[0]!.gathered).toEqual(awkward)
  expect(rows[0]!.same).toBe(1)
  for (const text of awkward) {
    const one = await house.seen(house.system, (tx) => sql<{ t: string }>`select ${text}::text as t`.execute(tx))
    expect(one.rows[0]!.t).toBe(text)
  }
})
