import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ageOn, dueAt, isWorkingDay, localDate, workingMinutesBetween, type WorkingCalendar } from './working-time.ts'

const office: WorkingCalendar = {
  zone: 'Europe/London',
  opens: 9 * 60,
  closes: 17 * 60,
  holidays: new Set(['2026-04-03', '2026-04-06', '2026-12-25', '2026-12-28']),
}
const due = (from: string, amount: number, unit: Parameters<typeof dueAt>[1]['unit']): string =>
  dueAt(new Date(from), { amount, unit }, office).toISOString().slice(0, 16)

describe('working days end when the office closes', () => {
  test.each([
    ['a Monday morning', '2026-11-23T10:00:00Z', 1, '2026-11-24T17:00'],
    ['a Friday evening', '2026-11-27T19:00:00Z', 1, '2026-11-30T17:00'],
    ['a Saturday', '2026-11-28T12:00:00Z', 1, '2026-11-30T17:00'],
    [
      'Maundy Thursday: Good Friday, the weekend and Easter Monday do not count, and clocks are on summer time',
      '2026-04-02T10:00:00Z',
      1,
      '2026-04-07T16:00',
    ],
    ['Christmas Eve', '2026-12-24T10:00:00Z', 1, '2026-12-29T17:00'],
    ['forty-five of them', '2026-11-23T10:00:00Z', 45, '2027-01-27T17:00'],
  ])('%s', (_, from, amount, expected) => {
    expect(due(from, amount, 'working-days')).toBe(expected)
  })

  test('late in the evening it is still that day here, though elsewhere it is the next', () => {
    expect(due('2026-06-08T22:30:00Z', 1, 'working-days')).toBe('2026-06-09T16:00')
    expect(due('2026-06-08T23:30:00Z', 1, 'working-days')).toBe('2026-06-10T16:00')
  })
})

describe('working hours run only while the office is open', () => {
  test.each([
    ['within a day', '2026-11-23T10:00:00Z', 4, '2026-11-23T14:00'],
    ['to the very end of a day', '2026-11-23T13:00:00Z', 4, '2026-11-23T17:00'],
    ['over a night', '2026-11-23T15:30:00Z', 4, '2026-11-24T11:30'],
    ['over a weekend', '2026-11-27T16:00:00Z', 4, '2026-11-30T12:00'],
    ['from before the office opens', '2026-11-23T05:00:00Z', 4, '2026-11-23T13:00'],
    ['from after it closed', '2026-11-23T18:00:00Z', 4, '2026-11-24T13:00'],
    ['over the change to summer time, at the weekend', '2026-03-27T15:00:00Z', 4, '2026-03-30T10:00'],
    ['over the change back', '2026-10-23T14:00:00Z', 4, '2026-10-26T11:00'],
    ['longer than a week', '2026-11-23T09:00:00Z', 48, '2026-11-30T17:00'],
  ])('%s', (_, from, amount, expected) => {
    expect(due(from, amount, 'working-hours')).toBe(expected)
  })
})

test('hours, days and months are of the calendar', () => {
  expect(due('2026-11-27T19:00:00Z', 72, 'hours')).toBe('2026-11-30T19:00')
  expect(due('2026-11-27T19:00:00Z', 28, 'days')).toBe('2026-12-25T19:00')
  expect(due('2026-01-31T10:00:00Z', 1, 'months')).toBe('2026-02-28T10:00')
  expect(due('2026-08-31T10:00:00Z', 6, 'months')).toBe('2027-02-28T10:00')
  expect(due('2027-11-30T10:00:00Z', 3, 'months')).toBe('2028-02-29T10:00')
})

const moment = fc.date({ min: new Date('2025-01-01'), max: new Date('2029-01-01'), noInvalidDate: true })

test('a clock in working hours is due after exactly that much working time, whenever it starts', () => {
  fc.assert(
    fc.property(moment, fc.integer({ min: 1, max: 60 }), (from, hours) => {
      const to = dueAt(from, { amount: hours, unit: 'working-hours' }, office)
      expect(workingMinutesBetween(from, to, office)).toBeCloseTo(hours * 60, 6)
      expect(isWorkingDay(localDate(to, office.zone), office)).toBe(true)
    }),
    { numRuns: 200 },
  )
})

test('a longer clock is never due before a shorter one', () => {
  fc.assert(
    fc.property(
      moment,
      fc.constantFrom('working-hours', 'working-days', 'hours', 'days', 'months'),
      fc.integer({ min: 1, max: 40 }),
      (from, unit, amount) => {
        const shorter = dueAt(from, { amount, unit: unit as 'hours' }, office)
        const longer = dueAt(from, { amount: amount + 1, unit: unit as 'hours' }, office)
        expect(longer.getTime()).toBeGreaterThan(shorter.getTime())
        expect(shorter.getTime()).toBeGreaterThan(from.getTime())
      },
    ),
    { numRuns: 200 },
  )
})

test('how long something waited leaves out nights, weekends and holidays', () => {
  const waited = (from: string, to: string) => workingMinutesBetween(new Date(from), new Date(to), office)
  expect(waited('2026-11-27T16:00:00Z', '2026-11-30T10:00:00Z')).toBe(120)
  expect(waited('2026-12-24T16:00:00Z', '2026-12-29T10:00:00Z')).toBe(120)
  expect(waited('2026-11-28T10:00:00Z', '2026-11-29T10:00:00Z')).toBe(0)
  expect(waited('2026-11-23T10:00:00Z', '2026-11-23T09:00:00Z')).toBe(0)
})

test('the day it is depends on where one is', () => {
  expect(localDate(new Date('2026-06-30T23:30:00Z'), 'Europe/London')).toBe('2026-07-01')
  expect(localDate(new Date('2026-12-31T23:30:00Z'), 'Europe/London')).toBe('2026-12-31')
})

describe('age on a day', () => {
  test.each([
    ['the day before the birthday', '2008-11-24', '2026-11-23', 17],
    ['the birthday', '2008-11-23', '2026-11-23', 18],
    ['born on 29 February, on 28 February', '2008-02-29', '2026-02-28', 17],
    ['born on 29 February, on 1 March', '2008-02-29', '2026-03-01', 18],
    ['the day of birth', '2026-11-23', '2026-11-23', 0],
  ])('%s', (_, born, on, age) => {
    expect(ageOn(born, on)).toBe(age)
  })
})

test('waiting is counted as if every minute were asked whether anybody works in it', () => {
  const start = Date.parse('2026-01-01T00:00:00Z')
  const when = fc.integer({ min: 0, max: 500 * 24 * 60 }).map((minutes) => new Date(start + minutes * 60_000))
  fc.assert(
    fc.property(when, fc.integer({ min: 0, max: 8 * 24 * 60 }), (from, minutes) => {
      const to = new Date(from.getTime() + minutes * 60_000)
      expect(workingMinutesBetween(from, to, office)).toBe(walked(from, to))
    }),
    { numRuns: 12 },
  )
})

/** The slow way, on purpose. */
const walked = (from: Date, to: Date): number => {
  const wall = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit', hourCycle: 'h23' })
  let count = 0
  for (let now = from.getTime(); now < to.getTime(); now += 60_000) {
    const hour = Number(wall.format(now))
    if (hour >= 9 && hour < 17 && isWorkingDay(localDate(new Date(now), 'Europe/London'), office)) count++
  }
  return count
}
