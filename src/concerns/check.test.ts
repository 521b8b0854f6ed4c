import { afterAll, beforeAll, expect, test } from 'vitest'
import { happened, noticed } from '../../test/noticed.ts'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { NotFound } from '../platform/index.ts'
import { answerCheck, askPartners, withdrawCheck } from './check.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse()
})
afterAll(() => house.close())

const asked = async () => {
  const { concern } = await noticed(house)
  const dena = house.as('dena')
  const checks = await house.seen(dena, (tx) =>
    askPartners(tx, house.house.keys, dena, concern, {
      agencies: [house.cast.agencies['school']!, house.cast.agencies['dwp']!],
      question: 'Do you know a grey van outside the gate?',
      reason: 'To keep a child safe',
      at: house.clock.now,
    }),
  )
  return { concern, school: checks[0]!, dwp: checks[1]! }
}
const answer = (name: 'priya' | 'saul' | 'wes' | 'dena' | 'otto', check: string) =>
  house.seen(house.as(name), (tx) =>
    answerCheck(tx, house.house.keys, house.as(name), check, {
      known: 'known',
      answer: 'Yes, since May',
      at: house.clock.now,
    }),
  )
const clockOf = (check: string) =>
  house.seen(house.system, (tx) =>
    tx.selectFrom('clock_run').select(['due_at', 'stopped_at']).where('of_id', '=', check).executeTakeFirstOrThrow(),
  )

test('each partner has one working day, and the answer stops the clock of that question alone', async () => {
  const { concern, school, dwp } = await asked()
  expect(await clockOf(school)).toEqual({ due_at: new Date('2026-11-24T17:00:00Z'), stopped_at: null })
  expect(await answer('priya', school)).toBe('answered')
  expect((await clockOf(school)).stopped_at).toEqual(house.clock.now)
  expect((await clockOf(dwp)).stopped_at).toBeNull()
  expect((await happened(house, concern)).at(-1)).toMatchObject({
    kind: 'partner check answered',
    staff_id: house.as('priya').staff,
    detail: { check: school, known: 'known' },
  })
})

test('only the agency that was asked can answer, and only once', async () => {
  const { school } = await asked()
  for (const name of ['wes', 'otto', 'dena'] as const) await expect(answer(name, school)).rejects.toThrow(NotFound)
  const outcomes = await Promise.all([answer('priya', school), answer('saul', school)])
  expect(outcomes.sort()).toEqual(['already answered', 'answered'])
})

test('a partner sees the question and who asks, and at the level of SQL nothing of the concern', async () => {
  const { concern, school } = await asked()
  await house.seen(house.as('priya'), async (tx) => {
    expect(await tx.selectFrom('partner_check').select(['id']).execute()).toContainEqual({ id: school })
    expect(await tx.selectFrom('concern').select('id').where('id', '=', concern).execute()).toEqual([])
    const clocks = await tx.selectFrom('clock_run').select(['clock', 'of_id']).execute()
    expect(clocks.every(({ clock }) => clock === 'partner-check-reply')).toBe(true)
    expect(await tx.selectFrom('detail').select('id').execute()).toEqual([])
    expect(await tx.selectFrom('message').select('id').execute()).toEqual([])
  })
  expect(
    await house.seen(house.as('wes'), (tx) =>
      tx.selectFrom('partner_check').select('id').where('id', '=', school).execute(),
    ),
  ).toEqual([])
})

test('a question that is taken back is gone for the partner and its clock stands', async () => {
  const { school } = await asked()
  const dena = house.as('dena')
  expect(await house.seen(dena, (tx) => withdrawCheck(tx, dena, school, house.clock.now))).toBe('withdrawn')
  await expect(answer('priya', school)).rejects.toThrow(NotFound)
  expect((await clockOf(school)).stopped_at).not.toBeNull()
  expect(await house.seen(dena, (tx) => withdrawCheck(tx, dena, school, house.clock.now))).toBe('already answered')
})
