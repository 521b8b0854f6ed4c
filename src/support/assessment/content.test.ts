import { expect, test } from 'vitest'
import words from '../../../content/strings/en/assessment.json' with { type: 'json' }
import { asksOf, lawOf, neededFor, partsOf, purposes, unchecked } from './assessment.ts'

type Put = { label: string; codes?: Record<string, string> }
const questions = words.questions as Record<string, Put>
const every = purposes.flatMap((purpose) => asksOf(purpose))

test('every question and every code of an assessment has its words, and there are words for nothing else', () => {
  expect(Object.keys(questions).sort()).toEqual([...new Set(every.map(({ name }) => name))].sort())
  for (const { name, kind, codes } of every) {
    expect(Object.keys(questions[name]!.codes ?? {}), name).toEqual(codes ?? [])
    expect(codes !== undefined, name).toBe(kind === 'one' || kind === 'several')
  }
  const parts = purposes.flatMap((purpose) => partsOf(purpose).map(({ part }) => part))
  expect(Object.keys(words.parts).sort()).toEqual([...new Set(parts)].sort())
  for (const purpose of purposes)
    expect(
      asksOf(purpose).map(({ name }) => name),
      purpose,
    ).toEqual(expect.arrayContaining([...neededFor(purpose)]))
})

test('what is said of capacity, of the High Court and of 18 is to be checked, and of an assessment nothing is', () => {
  expect(lawOf('screening')).toEqual([])
  expect(lawOf('assessment')).toEqual([])
  expect(lawOf('capacity')).toEqual(['capacity', 'high court'])
  const [decision] = partsOf('capacity')
  expect(lawOf('capacity', decision)).toEqual(['capacity'])
  expect(unchecked(['at 18'])).toEqual(['at 18'])
})
