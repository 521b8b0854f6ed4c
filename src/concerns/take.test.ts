import { afterAll, beforeAll, expect, test } from 'vitest'
import { happened, noticed } from '../../test/noticed.ts'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { NotFound, newId } from '../platform/index.ts'
import { hand, release } from './release.ts'
import { take } from './take.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse()
})
afterAll(() => house.close())

const takenBy = (name: 'dena' | 'colm' | 'mina', id: string) =>
  house.seen(house.as(name), (tx) => take(tx, house.as(name), id, house.clock.now))
const held = (id: string) =>
  house.seen(house.system, (tx) =>
    tx.selectFrom('holding').select(['staff_id', 'to_at']).where('concern_id', '=', id).orderBy('from_at').execute(),
  )
const runningClocks = (id: string) =>
  house.seen(house.system, async (tx) => {
    const rows = await tx
      .selectFrom('clock_run')
      .select('clock')
      .where('concern_id', '=', id)
      .where('stopped_at', 'is', null)
      .execute()
    return rows.map(({ clock }) => clock).sort()
  })

test('whoever takes a concern has it, the first look is over, and the event says who', async () => {
  const { concern } = await noticed(house, { danger_now: true })
  expect(await runningClocks(concern)).toEqual(['child-decision', 'first-look-red'])
  expect(await takenBy('dena', concern)).toEqual({ outcome: 'taken' })
  expect(await held(concern)).toEqual([{ staff_id: house.as('dena').staff, to_at: null }])
  expect(await runningClocks(concern)).toEqual(['child-decision'])
  expect((await happened(house, concern)).at(-1)).toMatchObject({
    kind: 'concern taken',
    staff_id: house.as('dena').staff,
  })
})

test('of two people who take it at once, one has it and the other is told who', async () => {
  const { concern } = await noticed(house)
  const outcomes = await Promise.all([takenBy('dena', concern), takenBy('colm', concern)])
  expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['held', 'taken'])
  const winner = (await held(concern))[0]!.staff_id
  expect(outcomes.find(({ outcome }) => outcome === 'held')).toEqual({ outcome: 'held', by: winner })
  expect(await held(concern)).toHaveLength(1)
})

test('it is given back only by whoever has it, or a manager', async () => {
  const { concern } = await noticed(house)
  await takenBy('dena', concern)
  const back = (name: 'colm' | 'dena' | 'mina') =>
    house.seen(house.as(name), (tx) => release(tx, house.as(name), concern, house.clock.now))
  expect(await back('colm')).toBe('not yours')
  expect(await back('mina')).toBe('released')
  expect(await takenBy('colm', concern)).toEqual({ outcome: 'taken' })
  expect(await back('colm')).toBe('released')
  expect(
    (await happened(house, concern)).map(({ kind }) => kind).filter((kind) => kind === 'concern given back'),
  ).toHaveLength(2)
})

test('a colleague is handed it by whoever has it, and not by somebody who looked a moment too early', async () => {
  const { concern } = await noticed(house)
  await takenBy('dena', concern)
  const at = house.clock.now
  const colm = house.as('colm').staff
  const dena = house.as('dena').staff
  const handed = (name: 'dena' | 'colm', to: string, seen: string | null) =>
    house.seen(house.as(name), (tx) => hand(tx, house.as(name), concern, { to, seen, at }))
  expect(await handed('colm', colm, dena)).toBe('not yours')
  expect(await handed('dena', colm, dena)).toBe('handed')
  expect(await handed('dena', dena, dena)).toBe('not yours')
  expect((await held(concern)).filter(({ to_at }) => to_at === null)).toEqual([{ staff_id: colm, to_at: null }])
  expect((await happened(house, concern)).at(-1)).toMatchObject({ kind: 'concern handed on', detail: { to: colm } })
})

test('for everybody away from the front door there is nothing to take', async () => {
  const { concern } = await noticed(house, {}, { viewer: house.as('priya'), channel: 'professional' })
  for (const viewer of [house.as('priya'), house.as('ada'), house.as('wes'), house.as('otto'), house.anyone])
    await expect(house.seen(viewer, (tx) => take(tx, viewer, concern, house.clock.now))).rejects.toThrow(NotFound)
  await expect(takenBy('dena', newId())).rejects.toThrow(NotFound)
  await expect(takenBy('dena', 'no id')).rejects.toThrow(NotFound)
})
