import { expect, test } from 'vitest'
import type { Kind } from './guidance.ts'
import { readingAge, sentencesOf, syllablesIn } from './reading-age.ts'
import { shippedPieces } from './shipped.ts'

const ageOf = (
  kind: Kind,
  code?: string,
  pick: (words: Record<string, unknown>) => unknown = (words) => words,
): number =>
  readingAge(
    shippedPieces()
      .filter((piece) => piece.kind === kind && (!code || piece.code === code))
      .flatMap(({ words }) => sentencesOf(pick(words as unknown as Record<string, unknown>))),
  )

test('syllables are counted as they are said', () => {
  const counted = ['cat', 'table', 'worried', 'wanted', 'exploitation', 'people', 'takes', 'being', 'young', 'safe']
  expect(counted.map(syllablesIn)).toEqual([1, 2, 2, 2, 4, 2, 1, 2, 1, 1])
})

test('a plain sentence reads younger than a learned one', () => {
  expect(readingAge(['The cat sat on the mat.'])).toBeLessThan(7)
  expect(
    readingAge(['Multi-agency safeguarding arrangements necessitate proportionate information sharing.']),
  ).toBeGreaterThan(18)
})

// The issue asks for nine on public pages. Signs name things such as "emergency contraception" and are allowed eleven.
test.each([
  ['the page for a young person', 9, () => ageOf('for-you', 'young-person')],
  ['the page for an adult', 9, () => ageOf('for-you', 'adult')],
  ['what to do, on every list', 9, () => ageOf('setting', undefined, ({ do_lines }) => do_lines)],
  ['what to say, on every list', 9, () => ageOf('setting', undefined, ({ say_this }) => say_this)],
  ['what not to do, on every list', 9, () => ageOf('setting', undefined, ({ never }) => never)],
  ['the front page', 9, () => ageOf('page', 'home')],
  ['what happens to your report', 9, () => ageOf('page', 'what-happens-to-your-report')],
  ['what to do now, in every situation', 9, () => ageOf('offer', undefined, ({ do_now }) => do_now)],
  ['the easy-read definition', 9, () => ageOf('definition', undefined, ({ easy_read }) => easy_read)],
  ['kinds of exploitation', 9, () => ageOf('type', undefined, ({ plain }) => plain)],
  ['signs', 11, () => ageOf('sign', undefined, ({ text }) => text)],
])('%s can be read at about %i', (name, most, measure) => {
  const age = measure()
  console.log(`Reading age of ${name}: ${age.toFixed(1)}`)
  expect(age).toBeLessThanOrEqual(most)
})

test('no list asks for an older reader than 11 in what to do', () => {
  const over = shippedPieces().flatMap(({ kind, code, words }) => {
    if (kind !== 'setting') return []
    const age = readingAge((words as { do_lines: string[] }).do_lines)
    return age > 11 ? [`${code} ${age.toFixed(1)}`] : []
  })
  expect(over).toEqual([])
})
