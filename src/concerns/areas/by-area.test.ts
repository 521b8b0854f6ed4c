import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../../test/house.ts'
import { noticed } from '../../../test/noticed.ts'
import type { AreaMap } from '../../partnership/index.ts'
import { countByArea, type AreaFilter } from './by-area.ts'

/** Two squares side by side, with a town in each and one beyond. */
const square = (west: number): [number, number][] => [
  [west, 52],
  [west + 1, 52],
  [west + 1, 53],
  [west, 53],
]
const map: AreaMap = {
  attribution: ['Invented'],
  areas: [
    { code: 'E07999001', name: 'North Elmshire', outline: square(-2), postcodes: ['EL1', 'EL2 4'] },
    { code: 'E07999002', name: 'South Elmshire', outline: square(-1), postcodes: ['EL2'] },
  ],
  places: [
    { name: 'Ash Hill', at: [-1.5, 52.5], rank: 1, outside: false },
    { name: 'Elmbridge', at: [-0.5, 52.5], rank: 1, outside: false },
    { name: 'Farfield', at: [3, 52.5], rank: 1, outside: true },
  ],
}

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse()
})
afterAll(() => house.close())

const countedFor = async (name: 'dena' | 'priya', filter: AreaFilter = {}) => {
  const { keys } = house.house
  const counts = await house.seen(house.as(name), (tx) =>
    countByArea(tx, keys, house.as(name), map, filter, 'Europe/London'),
  )
  return counts.map(({ area, concerns, places }) => [area, concerns, places])
}

test('a concern lies where its pin is, or its listed postcode, or the one area whose towns its place names', async () => {
  const bySchool = { viewer: house.as('priya'), channel: 'professional' as const }
  await noticed(house, { latitude: 52.2, longitude: -1.2, place: 'Elmbridge bus station' }, bySchool)
  await noticed(house, { postcode: 'EL2 4AA' })
  await noticed(house, { postcode: 'EL2 5AA', place: 'Behind the shops, Ash Hill' })
  await noticed(house, { about: 'place', place: 'The mill, ASH HILL' }, { at: new Date('2026-10-31T23:30:00Z') })
  await noticed(house, { place: 'the mill (Ash Hill)' })
  await noticed(house, { place: 'Farfield market' })
  // A street that is called after the other town: nobody knows, so nobody guesses.
  await noticed(house, { place: 'Elmbridge Road, Ash Hill' })
  await noticed(house, { place: 'Her hill, near some ash trees and the bridge' }, bySchool)
  expect(await countedFor('dena')).toEqual([
    ['North Elmshire', 4, 3],
    ['South Elmshire', 1, 1],
    ['elsewhere', 1, 1],
    [null, 2, 2],
  ])
})

test('only what the viewer may read is counted, of the months and the kind they chose', async () => {
  expect(await countedFor('priya')).toEqual([
    ['North Elmshire', 1, 1],
    ['South Elmshire', 0, 0],
    ['elsewhere', 0, 0],
    [null, 1, 1],
  ])
  expect((await countedFor('dena', { about: 'place' }))[0]).toEqual(['North Elmshire', 1, 1])
  // Half past eleven in the evening of 31 October is still October: the clocks have gone back.
  expect((await countedFor('dena', { until: '2026-10' }))[0]).toEqual(['North Elmshire', 1, 1])
  expect((await countedFor('dena', { from: '2026-11' }))[0]).toEqual(['North Elmshire', 3, 3])
})

test('the page keeps small numbers back, keeps a wrong choice of months, and is the front door’s alone', async () => {
  const dena = await house.browser('dena')
  const { status, text } = await dena.get('/by-area?about=place')
  expect(status).toBe(200)
  expect(text).toMatch(/Place not known<\/th><td[^>]*>Fewer than 5<\/td><td[^>]*>Not shown<\/td>/)
  expect(text).toMatch(/All<\/th><td[^>]*>Not shown</)
  expect((await dena.get('/by-area')).text).toMatch(/Place not known<\/th><td[^>]*>8<\/td><td[^>]*>7<\/td>/)
  const wrong = await dena.get('/by-area?from=2026-11&until=2026-10')
  expect(wrong.status).toBe(422)
  expect(wrong.text).toContain('The first month must be before the last')
  expect(wrong.text).toMatch(/value="2026-10" selected/)
  expect((await (await house.browser('priya')).get('/by-area')).status).toBe(404)
})
