import { blindIndex, type Keys } from '../platform/index.ts'
import type { IdentitySaid } from './subject.ts'

export type Use = 'name' | 'sound' | 'known as' | 'born' | 'postcode' | 'phone' | 'nhs number' | 'other reference'
export type SearchKey = { use: Use; hash: Buffer }

/**
 * Everything somebody can be found by, as keyed hashes. Names go in word by word, as written and by their sound, so that
 * a misspelt or half-known name still finds them; the rest goes in as it is, without spaces.
 */
export const searchKeys = (keys: Keys, partnership: string, said: Partial<IdentitySaid>): SearchKey[] => {
  const found = new Map<string, SearchKey>()
  const add = (use: Use, value: string | undefined): void => {
    if (value) found.set(`${use} ${value}`, { use, hash: blindIndex(keys, partnership, `subject ${use}`, value) })
  }
  for (const word of [...wordsOf(said.name), ...wordsOf(said.known_as)]) {
    add('name', word)
    add('sound', soundOf(word))
  }
  add('born', said.born_on ?? undefined)
  add('postcode', bare(said.postcode))
  add('phone', phoneOf(said.phone))
  add('nhs number', said.nhs_number?.replace(/\D/g, ''))
  add('other reference', bare(said.other_reference))
  return [...found.values()]
}

const wordsOf = (name = ''): string[] =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 1)

const bare = (text = ''): string => text.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase()

/** A British number in one form: +44 7700 900123, 07700 900123 and 447700900123 are one. */
const phoneOf = (phone = ''): string => {
  const digits = phone.replace(/\D/g, '')
  return digits.replace(/^(?:00)?44(?=\d{10}$)/, '0')
}

/** Soundex (Russell 1918, as the US census codes it), enough to bring Katharine and Catherine near each other by their rest. */
const soundOf = (word: string): string | undefined => {
  const letters = word.replace(/[^a-z]/g, '')
  if (letters.length < 3) return undefined
  // What sounds the same at the start is written the same: c, k and q; ph and f.
  const spelt = letters.replace(/^[cq]/, 'k').replace(/^ph/, 'f').replace(/^kn/, 'n').replace(/^wr/, 'r')
  let code = spelt[0]!
  let last = digitOf(code)
  for (const letter of spelt.slice(1)) {
    const digit = digitOf(letter)
    if (digit && digit !== last) code += digit
    if (letter !== 'h' && letter !== 'w') last = digit
  }
  return code.padEnd(4, '0').slice(0, 4)
}
const digits: Record<string, string> = {
  ...Object.fromEntries([...'bfpv'].map((letter) => [letter, '1'])),
  ...Object.fromEntries([...'cgjkqsxz'].map((letter) => [letter, '2'])),
  ...Object.fromEntries([...'dt'].map((letter) => [letter, '3'])),
  l: '4',
  m: '5',
  n: '5',
  r: '6',
}
const digitOf = (letter: string): string => digits[letter] ?? ''
