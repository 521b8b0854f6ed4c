import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { projectRoot } from '../platform/index.ts'
import { allLanguages, languageOf, wordsIn } from './words.ts'

const read = (code: string, room: string) =>
  JSON.parse(fs.readFileSync(path.join(projectRoot, 'content/strings', code, `${room}.json`), 'utf8')) as unknown

/** Every sentence by its place: 'start.know.0' → 'You do not…'. */
const sentences = (value: unknown, at = ''): [string, string][] =>
  typeof value === 'string'
    ? [[at, value]]
    : Object.entries(value as object).flatMap(([key, inner]) => sentences(inner, at ? `${at}.${key}` : key))

const blanks = (sentence: string) => (sentence.match(/\{\w+\}/g) ?? []).sort().join()

for (const { code } of allLanguages.filter(({ code }) => code !== 'en'))
  for (const room of ['common', 'report', 'receipt'])
    test(`every sentence of ${room} is there in ${code}, with the same blanks to fill`, () => {
      const english = sentences(read('en', room))
      const other = new Map(sentences(read(code, room)))
      expect([...other.keys()].sort()).toEqual(english.map(([at]) => at).sort())
      for (const [at, sentence] of english) {
        expect(blanks(other.get(at)!), at).toBe(blanks(sentence))
        expect(other.get(at) === '', at).toBe(sentence === '')
        if (at.endsWith('href')) expect(other.get(at)).toBe(sentence)
      }
    })

test('what a computer translated says so, until a person has approved it', () => {
  expect(allLanguages.map(({ code, status }) => `${code} ${status}`)).toEqual([
    'en approved',
    'pl machine-drafted',
    'ur machine-drafted',
  ])
  expect(languageOf('ur').dir).toBe('rtl')
})

test('a language nobody offers is answered in English', () => {
  expect(wordsIn('xx').common.continue).toBe('Continue')
  expect(languageOf('xx').code).toBe('en')
})
