import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { noticed } from '../../test/noticed.ts'
import { keysOf } from './keys.ts'
import { lookUp } from './look-up.ts'
import { standardPerson } from './standard.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse()
})
afterAll(() => house.close())

test('a phone that two have finds them before a crowd with one family name and birthday', async () => {
  for (const ending of ['mal', 'rin', 'sha'])
    await noticed(house, {
      people: [...'abcdefghijklmnopqrst'].map((letter) => ({
        name: `K${letter}${ending} Quarmby`,
        born_on: '2009-03-14',
      })),
    })
  const girl = await noticed(house, { about: 'one', people: [{ name: 'Kimberley', phone: '07700 900444' }] })
  const asked = standardPerson({ name: 'Kim Quarmby', born_on: '2009-03-14', phone: '07700 900444' }, 2026, [])
  const { keys } = house.house
  const [found] = await house.seen(house.system, (tx) =>
    lookUp(tx, keys, house.cast.partnership, [{ kind: 'person', hashes: keysOf(keys, house.cast.partnership, asked) }]),
  )
  expect(found!.length).toBe(40)
  expect(found![0]!.concern_id).toBe(girl.concern)
})
