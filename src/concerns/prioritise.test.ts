import { afterAll, beforeAll, expect, test } from 'vitest'
import { happened, noticed, wordsOf } from '../../test/noticed.ts'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import type { Priority } from './concern.ts'
import { prioritise } from './prioritise.ts'
import { take } from './take.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse()
})
afterAll(() => house.close())

const set = (id: string, level: Priority, at = house.clock.now) =>
  house.seen(house.as('dena'), (tx) =>
    prioritise(tx, house.house.keys, house.as('dena'), id, { level, why: 'As read', at }),
  )
const looks = (id: string) =>
  house.seen(house.system, (tx) =>
    tx
      .selectFrom('clock_run')
      .select(['clock', 'started_at', 'due_at', 'stopped_at'])
      .where('concern_id', '=', id)
      .where('clock', 'like', 'first-look-%')
      .orderBy('due_at')
      .execute(),
  )

test('the clock of a priority runs from when the concern came in, not from when it was coloured', async () => {
  const received = new Date('2026-11-23T10:00:00Z')
  const { concern } = await noticed(house, {}, { at: received })
  await set(concern, 'red', new Date('2026-11-23T11:30:00Z'))
  expect(await looks(concern)).toEqual([
    { clock: 'first-look-red', started_at: received, due_at: new Date('2026-11-23T14:00:00Z'), stopped_at: null },
  ])
})

test('a changed priority ends the clock of the one before, and both stay on the record', async () => {
  const { concern } = await noticed(house)
  await set(concern, 'red')
  await set(concern, 'amber')
  expect((await looks(concern)).map(({ clock, stopped_at }) => [clock, stopped_at === null])).toEqual([
    ['first-look-red', false],
    ['first-look-amber', true],
  ])
  const kept = await house.seen(house.system, (tx) =>
    tx.selectFrom('priority').selectAll().where('concern_id', '=', concern).orderBy('level', 'desc').execute(),
  )
  expect(await wordsOf(house, 'priority', kept)).toMatchObject([
    { level: 'red', why: 'As read' },
    { level: 'amber', ended_at: null },
  ])
  expect((await happened(house, concern)).at(-1)).toMatchObject({
    kind: 'priority set',
    staff_id: house.as('dena').staff,
    detail: { level: 'amber' },
  })
})

test('once somebody has had a first look no clock for one starts again', async () => {
  const { concern } = await noticed(house)
  await house.seen(house.as('dena'), (tx) => take(tx, house.as('dena'), concern, house.clock.now))
  await set(concern, 'red')
  expect(await looks(concern)).toEqual([])
})

test('blue has no clock', async () => {
  const { concern } = await noticed(house)
  await set(concern, 'blue')
  expect(await looks(concern)).toEqual([])
})
