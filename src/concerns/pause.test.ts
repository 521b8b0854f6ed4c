import { afterAll, beforeAll, expect, test } from 'vitest'
import { happened, noticed, wordsOf } from '../../test/noticed.ts'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { allowedWords, clockState, minutesOn, spanWords } from './clock-words.ts'
import { movedBy, pause, resume } from './pause.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse()
})
afterAll(() => house.close())

const calendar = { zone: 'Europe/London', opens: 540, closes: 1020, holidays: new Set(['2026-12-25', '2026-12-28']) }
const clockFor = async (id: string) => {
  const rows = await house.seen(house.system, (tx) =>
    tx
      .selectFrom('clock_run')
      .select(['id', 'due_at', 'at_risk_at', 'started_at'])
      .where('concern_id', '=', id)
      .execute(),
  )
  return rows[0]!
}
const dena = () => house.as('dena')
const pausedAt = (id: string, run: string, at: string) =>
  house.seen(dena(), (tx) =>
    pause(tx, house.house.keys, dena(), id, { run, why: 'The office is closed by flood', at: new Date(at) }),
  )
const resumedAt = (id: string, run: string, at: string) =>
  house.seen(dena(), (tx) => resume(tx, dena(), id, { run, at: new Date(at) }))

test('a clock that was paused is due later by the working time it was paused', async () => {
  const { concern } = await noticed(house, {}, { at: new Date('2026-11-23T10:00:00Z') })
  const before = await clockFor(concern)
  expect(before.due_at).toEqual(new Date('2026-11-24T17:00:00Z'))
  expect(await pausedAt(concern, before.id, '2026-11-23T15:00:00Z')).toBe('paused')
  expect(await resumedAt(concern, before.id, '2026-11-24T11:00:00Z')).toBe('resumed')
  // Two hours on Monday and two on Tuesday: from closing time on Tuesday to 13:00 on Wednesday.
  expect((await clockFor(concern)).due_at).toEqual(new Date('2026-11-25T13:00:00Z'))
  const kept = await house.seen(house.system, (tx) =>
    tx.selectFrom('clock_pause').selectAll().where('concern_id', '=', concern).execute(),
  )
  expect(await wordsOf(house, 'clock_pause', kept)).toMatchObject([
    { why: 'The office is closed by flood', staff_id: dena().staff },
  ])
  expect((await happened(house, concern)).map(({ kind }) => kind)).toEqual([
    'concern received',
    'clock paused',
    'clock resumed',
  ])
})

test('a clock is at risk after its part of the working time, so a Friday evening is not at risk on Sunday', async () => {
  const { concern } = await noticed(house, { danger_now: true }, { at: new Date('2026-11-20T19:00:00Z') })
  const rows = await house.seen(house.system, (tx) =>
    tx
      .selectFrom('clock_run')
      .select(['clock', 'at_risk_at', 'due_at'])
      .where('concern_id', '=', concern)
      .orderBy('due_at')
      .execute(),
  )
  expect(rows).toEqual([
    { clock: 'first-look-red', at_risk_at: new Date('2026-11-23T11:00:00Z'), due_at: new Date('2026-11-23T13:00:00Z') },
    { clock: 'child-decision', at_risk_at: new Date('2026-11-23T15:00:00Z'), due_at: new Date('2026-11-23T17:00:00Z') },
  ])
})

test('a pause over Christmas puts a deadline off only by the days that people work', () => {
  const due = new Date('2026-12-24T16:00:00Z')
  const later = movedBy(due, new Date('2026-12-24T15:00:00Z'), new Date('2026-12-29T10:00:00Z'), calendar)
  // Two hours before the holidays, one after them: from 16:00 on the 24th to 11:00 on the 29th.
  expect(later).toEqual(new Date('2026-12-29T11:00:00Z'))
})

test('a pause outside working hours moves nothing', () => {
  const due = new Date('2026-11-24T17:00:00Z')
  expect(movedBy(due, new Date('2026-11-23T18:00:00Z'), new Date('2026-11-24T06:00:00Z'), calendar)).toEqual(due)
})

test('a clock of plain hours is put off by plain hours', () => {
  const due = new Date('2026-11-24T10:00:00Z')
  expect(movedBy(due, new Date('2026-11-23T20:00:00Z'), new Date('2026-11-23T23:00:00Z'))).toEqual(
    new Date('2026-11-24T13:00:00Z'),
  )
})

test('a clock is paused once at a time, and one that has stopped not at all', async () => {
  const { concern } = await noticed(house)
  const { id } = await clockFor(concern)
  const both = await Promise.all([1, 2].map(() => pausedAt(concern, id, '2026-11-23T12:00:00Z')))
  expect(both.sort()).toEqual(['not running', 'paused'])
  expect(await resumedAt(concern, id, '2026-11-23T13:00:00Z')).toBe('resumed')
  expect(await resumedAt(concern, id, '2026-11-23T14:00:00Z')).toBe('not paused')
  await house.seen(house.system, (tx) =>
    tx.updateTable('clock_run').set({ stopped_at: new Date() }).where('id', '=', id).execute(),
  )
  expect(await pausedAt(concern, id, '2026-11-23T15:00:00Z')).toBe('not running')
})

const run = {
  started_at: new Date('2026-11-23T10:00:00Z'),
  at_risk_at: new Date('2026-11-24T12:00:00Z'),
  due_at: new Date('2026-11-24T17:00:00Z'),
  unit: 'working-days',
  paused_from: [] as Date[],
  paused_to: [] as (Date | null)[],
}

test('a clock is on time, at risk, late or paused, in that order of time', () => {
  const at = (time: string, more = {}) => clockState({ ...run, ...more }, new Date(time))
  expect(at('2026-11-23T12:00:00Z')).toBe('on time')
  expect(at('2026-11-24T12:00:00Z')).toBe('at risk')
  expect(at('2026-11-24T17:00:00Z')).toBe('at risk')
  expect(at('2026-11-24T17:00:01Z')).toBe('late')
  expect(at('2026-11-26T10:00:00Z', { paused_from: [new Date('2026-11-23T11:00:00Z')], paused_to: [null] })).toBe(
    'paused',
  )
})

test('what has been waited leaves out nights, weekends, bank holidays and pauses', () => {
  const friday = { ...run, started_at: new Date('2026-12-24T15:00:00Z') }
  expect(minutesOn(friday, new Date('2026-12-29T10:00:00Z'), calendar)).toBe(180)
  const paused = {
    ...run,
    paused_from: [new Date('2026-11-23T11:00:00Z')],
    paused_to: [new Date('2026-11-23T13:00:00Z')],
  }
  expect(minutesOn(paused, new Date('2026-11-23T14:00:00Z'), calendar)).toBe(120)
})

const spans = {
  workingMinutes: { one: '1 working minute', many: '{count} working minutes' },
  workingHours: { one: '1 working hour', many: '{count} working hours' },
  workingDays: { one: '1 working day', many: '{count} working days' },
  minutes: { one: '1 minute', many: '{count} minutes' },
  hours: { one: '1 hour', many: '{count} hours' },
  days: { one: '1 day', many: '{count} days' },
  months: { one: '1 month', many: '{count} months' },
}
test.each([
  [0, 'working-days', '0 working minutes'],
  [59.9, 'working-hours', '59 working minutes'],
  [60, 'working-days', '1 working hour'],
  [200, 'working-days', '3 working hours'],
  [480, 'working-days', '1 working day'],
  [600, 'working-days', '1 working day'],
  [600, 'working-hours', '10 working hours'],
  [960, 'working-hours', '2 working days'],
  [26 * 60, 'hours', '26 hours'],
  [72 * 60, 'hours', '3 days'],
])('%s minutes on a clock of %s are said as %s', (minutes, unit, said) => {
  expect(spanWords(spans, minutes, unit, calendar)).toBe(said)
})

test('the time allowed is said as its rule says it', () => {
  expect(allowedWords(spans, '1', 'working-days')).toBe('1 working day')
  expect(allowedWords(spans, '4', 'working-hours')).toBe('4 working hours')
  expect(allowedWords(spans, null, null)).toBeUndefined()
})
