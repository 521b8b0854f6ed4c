import fs from 'node:fs'
import path from 'node:path'
import { projectRoot } from '../platform/index.ts'

/*
 * Lists of stolen passwords hold millions of lines, nearly all of them a few hundred words dressed up: a word said
 * twice, two words together, a year behind, 0 for o, a walk along the keys. So the shipped list holds the words, and
 * this file undoes the dressing.
 */
const walks = [
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'abcdefghijklmnopqrstuvwxyz',
  'azertyuiop',
  'qwertzuiop',
  'qazwsxedcrfvtgb',
  'qweasdzxc',
  '01234567890123456789',
]
const runs = [...walks, ...walks.map((walk) => [...walk].reverse().join(''))]
const most_words = 2

/** Would somebody who guesses try this one early? */
export const isCommonPassword = (typed: string): boolean => {
  const lower = typed.normalize('NFKC').toLowerCase()
  return [lower, lower.replace(/(?<=\p{L})[^\p{L}]{1,6}$/u, '')].flatMap(readings).some(isCommonReading)
}

/** As typed, and with the usual stand-ins read as letters. */
const readings = (lower: string): string[] => {
  const swapped = lower.replace(/[@430$57+]/g, (c) => standIns[c] ?? c)
  return [lower, swapped.replace(/[1!|]/g, 'i'), swapped.replace(/[1!|]/g, 'l')]
}
const standIns: Record<string, string> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
  '+': 't',
}

const isCommonReading = (reading: string): boolean => {
  const once = onceOver(reading.replace(/\s/g, ''))
  const plain = onceOver(once.replace(/[^\p{L}\p{N}]/gu, ''))
  if (once.length <= 4 || words().whole.has(plain)) return true
  // Signs that outweigh the words are worth guessing at in their own right.
  if (plain.length * 2 < once.length) return false
  return isWalked(plain.replace(/\P{N}/gu, '')) && isOfWords(plain.replace(/\p{N}/gu, ''))
}

/** 'abcabcabcabc' is 'abc'. */
const onceOver = (text: string): string => {
  for (let length = 1; length <= text.length / 2; length++)
    if (text.length % length === 0 && text.slice(0, length).repeat(text.length / length) === text)
      return text.slice(0, length)
  return text
}

/** No digits, a year or a date, or '111222333444': digits that hide little. */
const isWalked = (digits: string): boolean => digits.length <= 6 || fewest(digits, isRun) <= 4

/** Nothing left but at most two words that everybody uses, in whatever order? */
const isOfWords = (letters: string): boolean =>
  fewest(onceOver(letters), (part) => words().parts.has(part) || isRun(part)) <= most_words

const isRun = (part: string): boolean =>
  part.length >= 3 && (new Set(part).size === 1 || (part.length >= 4 && runs.some((run) => run.includes(part))))

/** The fewest parts that cover the whole text; Infinity when something is left over. */
const fewest = (text: string, isPart: (part: string) => boolean): number => {
  const counts = [0]
  for (let end = 1; end <= text.length; end++) {
    counts[end] = Infinity
    for (let start = Math.max(0, end - 24); start < end; start++)
      if (counts[start]! + 1 < counts[end]! && isPart(text.slice(start, end))) counts[end] = counts[start]! + 1
  }
  return counts[text.length]!
}

let list: { parts: Set<string>; whole: Set<string> } | undefined
const words = () => (list ??= read())
const read = () => {
  const text = fs.readFileSync(path.join(projectRoot, 'content/common-passwords.txt'), 'utf8')
  const all = text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .flatMap((line) => line.split(/\s+/))
    .filter(Boolean)
  return { parts: new Set(all.filter((word) => !/\p{N}/u.test(word))), whole: new Set(all) }
}
