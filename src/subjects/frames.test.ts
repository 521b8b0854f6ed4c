import { expect, test } from 'vitest'
import { z } from 'zod'
import { ageOn, localDate } from '../platform/index.ts'
import { dateBoxes, languageOf, readDate, readForm, wordsIn } from '../web/index.ts'
import { adultFrom, ageToday, frameOn, identitySchema } from './subject.ts'

const dayAfter = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)

test('on every day of four years somebody is a child up to the eighteenth birthday and an adult from it, by age and by frame alike', () => {
  for (let born = '2007-01-01'; born < '2011-01-01'; born = dayAfter(born)) {
    const turns = adultFrom(born)
    const before = new Date(Date.parse(turns) - 86_400_000).toISOString().slice(0, 10)
    expect([frameOn(turns, before), frameOn(turns, turns), frameOn(turns, dayAfter(turns))], born).toEqual([
      'child',
      'adult',
      'adult',
    ])
    expect([ageOn(born, before), ageOn(born, turns)], born).toEqual([17, 18])
  }
})

test('the day of the birth and a great age have their frame, and without a birthday there is none', () => {
  const frame = (born: string, today: string) => [ageToday(born, today), frameOn(adultFrom(born), today)]
  expect(frame('2026-11-23', '2026-11-23')).toEqual([0, 'child'])
  expect(frame('1911-12-31', '2026-11-23')).toEqual([114, 'adult'])
  expect([ageToday(null, '2026-11-23'), frameOn(null, '2026-11-23')]).toEqual([undefined, 'unknown'])
})

test('born on a leap day they come of age on the first of March, also where a century has no such day', () => {
  expect([adultFrom('2004-02-29'), adultFrom('2012-02-29'), adultFrom('2084-02-29')]).toEqual([
    '2022-03-01',
    '2030-03-01',
    '2102-03-01',
  ])
  expect([
    ageOn('2010-02-28', '2026-02-28'),
    ageOn('2012-02-29', '2028-02-28'),
    ageOn('2012-02-29', '2028-02-29'),
  ]).toEqual([16, 15, 16])
})

test('on the days on which the clocks change the frame turns at midnight as clocks here show it', () => {
  const frame = (adult: string, moment: string) => frameOn(adult, localDate(new Date(moment), 'Europe/London'))
  // Forward on 29 March 2026: that day is an hour short, and ends by summer time.
  expect([frame('2026-03-29', '2026-03-28T23:59:59Z'), frame('2026-03-29', '2026-03-29T00:00:00Z')]).toEqual([
    'child',
    'adult',
  ])
  expect([frame('2026-03-30', '2026-03-29T22:59:59Z'), frame('2026-03-30', '2026-03-29T23:00:00Z')]).toEqual([
    'child',
    'adult',
  ])
  // Back on 25 October 2026: it begins by summer time, one of its hours comes twice, and it is an hour longer.
  expect([frame('2026-10-25', '2026-10-24T22:59:59Z'), frame('2026-10-25', '2026-10-24T23:00:00Z')]).toEqual([
    'child',
    'adult',
  ])
  for (const moment of ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z', '2026-10-25T23:59:59Z'])
    expect([frame('2026-10-25', moment), frame('2026-10-26', moment)]).toEqual(['adult', 'child'])
  expect(frame('2026-10-26', '2026-10-26T00:00:00Z')).toBe('adult')
})

test('a day that cannot be is no birthday, and a birth to come is refused where it is typed', () => {
  for (const born_on of ['2010-02-29', '2010-02-30', '2010-13-01', '2010-04-31', '2010-1-1', '10-01-01', ''])
    expect(identitySchema.safeParse({ name: 'Kezia', born_on }).success, born_on).toBe(false)
  expect(identitySchema.parse({ name: 'Kezia', born_on: '2008-02-29' }).born_on).toBe('2008-02-29')
  const asker = { w: wordsIn('en'), lang: languageOf('en') }
  const schema = z
    .strictObject(dateBoxes(asker, 'born_on'))
    .transform((value, ctx) => readDate(asker, value, 'born_on', '2026-11-23', ctx))
  const typed = (day: string, month: string, year: string) => {
    const read = readForm(schema, { 'born_on-day': day, 'born_on-month': month, 'born_on-year': year })
    return read.ok ? read.value : read.errors.map(({ field, text }) => `${field}: ${text}`).join()
  }
  expect(typed('23', '11', '2026')).toBe('2026-11-23')
  expect(typed('', '', '')).toBeNull()
  expect(typed('24', '11', '2026')).toBe('born_on-day: The date must be today or before')
  for (const wrong of ['29 2 2010', '31 4 2010', '0 1 2010', '1 1 08', 'x 1 2008']) {
    const [day = '', month = '', year = ''] = wrong.split(' ')
    expect(typed(day, month, year), wrong).toMatch(/^born_on-day: Type a real date/)
  }
})

test('whoever is said to be born on a day to come is a child until it is put right', () => {
  expect(frameOn(adultFrom('2027-02-01'), '2026-11-23')).toBe('child')
})
