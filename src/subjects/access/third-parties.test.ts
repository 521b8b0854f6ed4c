import { expect, test } from 'vitest'
import { dueOn } from './due.ts'
import { thirdParties } from './third-parties.ts'

const known = {
  own: ['Tamsin Ellery-Voss', 'Taz', '14 Larkrise Close\nRugby CV21 2AA', '07700 900231'],
  workers: ['Lena Sorrel'],
  organisations: ['Ash Hill School', 'Rugby'],
  others: ['Kayleigh'],
}
const found = (text: string) =>
  thirdParties(text, known).map(({ from, to, kind }) => `${kind}: ${text.slice(from, to)}`)

test('names, numbers, addresses, accounts and plates of others are proposed, whatever stands around them', () => {
  expect(found('She met Kez Adebayo-Ruiz and Priya’s cousin at 12 Elm Row, in KV99 TRX.')).toEqual([
    'name: Kez Adebayo-Ruiz',
    'name: Priya',
    'address: 12 Elm Row',
    'vehicle: KV99 TRX',
  ])
  expect(found('Jordan rang from 07700 900555 or +44 7700 900666; write to j.doe@mail.example or @jdoe99.')).toEqual([
    'name: Jordan',
    'phone: 07700 900555',
    'phone: +44 7700 900666',
    'account: j.doe@mail.example',
    'account: @jdoe99',
  ])
  expect(found('He stays at flat 3b, near CV32 5XX. Yesterday KAYLEIGH and kayleigh’s mum saw Will in May.')).toEqual([
    'address: flat 3b',
    'address: CV32 5XX',
    'name: KAYLEIGH',
    'name: kayleigh',
    'name: Will',
  ])
})

test('the person’s own words, days, organisations and the beginnings of sentences are not; a worker is said to be one', () => {
  expect(found('Then Taz and Tamsin went to Ash Hill School in Rugby on Friday. She said: “I’m fine.”')).toEqual([])
  expect(found('Taz lives at 14 Larkrise Close, CV21 2AA, 07700 900231.')).toEqual([])
  expect(found('Lena Sorrel visited.')).toEqual(['worker: Lena Sorrel'])
  // A person who bears the name of a school is still a person.
  expect(found('Ash came too.')).toEqual(['name: Ash'])
})

test('a month ends on the same date, the last day of a short month, or the next day on which somebody works', () => {
  const calendar = { zone: 'Europe/London', opens: 540, closes: 1020, holidays: new Set(['2026-12-25', '2026-12-28']) }
  const due = (asked_on: string, identity_on: string | null = null, extended = false) =>
    dueOn({ asked_on, identity_on }, extended, calendar)
  expect(due('2026-11-23')).toBe('2026-12-23')
  expect(due('2026-01-30')).toBe('2026-03-02')
  expect(due('2026-11-25')).toBe('2026-12-29')
  expect(due('2026-11-23', '2026-12-01')).toBe('2027-01-01')
  expect(due('2026-11-23', '2026-11-20', true)).toBe('2027-02-23')
})
