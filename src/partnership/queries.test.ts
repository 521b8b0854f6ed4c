import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../platform/index.ts'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { agencies, agencyNames, clockOf, contactPoints, frontDoorAgency } from './index.ts'

let house: TestHouse
let partnership: string
beforeAll(async () => {
  house = await openTestHouse()
  partnership = house.cast.partnership
})
afterAll(() => house.close())

test('a clock is the rule that stood when it started, with its unit and the part at which it is at risk', async () => {
  const rule = await house.seen(house.anyone, (tx) => clockOf(tx, partnership, 'first-look-red', house.clock.now))
  expect(rule).toEqual({
    code: 'first-look-red',
    label: 'First look: red',
    amount: 4,
    unit: 'working-hours',
    atRiskFraction: 0.5,
  })
})

test('what has no clock has none', async () => {
  expect(
    await house.seen(house.anyone, (tx) => clockOf(tx, partnership, 'first-look-blue', house.clock.now)),
  ).toBeUndefined()
})

test('agencies are named by id, and an id of nobody is left out', async () => {
  const { police, school } = house.cast.agencies
  const names = await house.seen(house.as('dena'), (tx) => agencyNames(tx, [police!, school!, police!, newId()]))
  expect(Object.fromEntries(names)).toEqual({ [police!]: 'Elmshire Police', [school!]: 'Ash Hill School' })
})

test('no names are asked for when there are no ids', async () => {
  expect((await house.seen(house.as('dena'), (tx) => agencyNames(tx, []))).size).toBe(0)
})

test('agencies come by name, and only those of this partnership', async () => {
  const all = await house.seen(house.as('dena'), (tx) => agencies(tx, partnership, { on: '2026-11-23' }))
  expect(all.map(({ name }) => name)).toEqual([
    'Ash Hill School',
    'Elmshire children’s social care',
    'Elmshire County Council',
    'Elmshire Police',
    'Jobcentre Elmbridge',
    'North Elmshire Housing',
    'The Larch Hotel',
  ])
})

test('contact points keep the order of the file', async () => {
  const points = await house.seen(house.anyone, (tx) => contactPoints(tx, partnership))
  expect(points.map(({ code, phone }) => [code, phone])).toEqual([
    ['children-front-door', '01632 960001'],
    ['adults-front-door', '01632 960002'],
  ])
})

test('children’s social care answers for what the public sends, wherever it stands in the list', async () => {
  expect(await house.seen(house.anyone, (tx) => frontDoorAgency(tx, partnership))).toBe(
    house.cast.agencies['childrens'],
  )
})

test('another partnership sees none of it', async () => {
  const seen = await house.seen(house.as('otto'), async (tx) => [
    await agencies(tx, partnership),
    await contactPoints(tx, partnership),
    await clockOf(tx, partnership, 'first-look-red', house.clock.now),
  ])
  expect(seen).toEqual([[], [], undefined])
})
