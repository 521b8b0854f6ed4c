import { expect, test } from 'vitest'
import { frameOn, reportSchema } from './concern.ts'

const day = '2026-11-23'
const person = (given: object) => ({ part: 'worried about' as const, ...given })

test('a concern about a child holds the child’s frame, until the day they turn 18', () => {
  expect(frameOn('one', [person({ born_on: '2008-11-24' })], day)).toBe('child')
  expect(frameOn('one', [person({ born_on: '2008-11-23' })], day)).toBe('adult')
  // Said by a system, which has no box that refuses it.
  expect(frameOn('one', [person({ born_on: '2027-02-01' })], day)).toBe('child')
})

test('one child among several people is enough for the child’s frame', () => {
  const people = [person({ age_group: 'adult' }), person({ born_on: '2015-01-01' })]
  expect(frameOn('several', people, day)).toBe('child')
})

test('where an age is not known, nobody is taken for an adult', () => {
  expect(frameOn('several', [person({ age_group: 'adult' }), person({})], day)).toBe('not known')
  expect(frameOn('self', [], day)).toBe('not known')
})

test('a place where nobody is named is a context, whoever may be causing harm there', () => {
  expect(frameOn('place', [], day)).toBe('context')
  expect(frameOn('business', [{ part: 'may be causing harm', age_group: 'adult' }], day)).toBe('context')
  expect(frameOn('place', [person({ age_group: 'child' })], day)).toBe('child')
})

const problems = (input: object) => {
  const read = reportSchema.safeParse(input)
  return read.success ? [] : read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
}

test('words alone are enough to say something', () => {
  expect(problems({ worry: 'Something is not right' })).toEqual([])
  expect(problems({ worry: ' \n ' })).toEqual(['worry: Say what worries you'])
})

test('what cannot be is refused with a sentence', () => {
  expect(problems({ worry: 'x', happened_on: '2026-02-30' })).toEqual([
    'happened_on: Give a real date, as year-month-day',
  ])
  expect(problems({ worry: 'x', latitude: 52 })).toEqual(['latitude: Give latitude and longitude, or neither'])
  expect(problems({ worry: 'half a pair \ud800' })).toEqual(['worry: This text holds characters that are broken'])
  expect(problems({ worry: 'x'.repeat(20_001) })).toEqual(['worry: Use 20,000 characters or fewer'])
  expect(problems({ worry: 'x', people: [{ nhs_number: '943 476 5918' }] })).toEqual([
    'people.0.nhs_number: Give an NHS number of ten digits, with its check digit right',
  ])
  expect(problems({ worry: 'x', score: 7 })[0]).toContain('score')
})

test('every ethnicity on the list fits', () => {
  expect(problems({ worry: 'x', people: [{ ethnicity: 'mixed-white-black-caribbean' }] })).toEqual([])
})
