/**
 * Cryptographic long-term keys (Schnell, Bachteler and Reiher 2009): a person's name, birth and postcode as 1,024 bits that
 * can be compared with another's and, without the secret, not read. Pseudonyms, not anonymous: whoever holds the secret can
 * try names, and many encodings of people one knows already can be taken apart. Hardened against the attacks that are
 * measured (Christen and others, IJPDS: 20.7% of values found by pattern mining without, none with):
 * - every piece has its own positions from a keyed hash (no double hashing), under a key of its field;
 * - salted by year of birth: "smith" of 1990 and of 1991 share nothing, so that frequencies are counted over one year only;
 * - folded: 2,048 bits laid over each other by exclusive or.
 */
import { readDate } from './dates.ts'
import { usualSpelling } from './name-variants.ts'
import { personName } from './table.ts'
import { readPostcode } from './places.ts'

export const clkBytes = 128
const foldedBits = clkBytes * 8
const bits = foldedBits * 2

/** A keyed hash (HMAC-SHA256 under the secret of an agreement) of a text within a field. 32 bytes. */
export type KeyedHash = (field: string, text: string) => Uint8Array

/** As written in the agency's file. */
export type ClkPerson = {
  readonly given: string
  readonly family: string
  readonly born: string
  readonly postcode: string
}

/** With and without the postcode: people move, and two of a home share it. */
export type Clk = { readonly core: Uint8Array; readonly full?: Uint8Array }
export type Encoded =
  { readonly clk: Clk; readonly lacks?: undefined } | { readonly clk?: undefined; readonly lacks: string }

/** Both sides must encode alike: this, and the readers of names, dates and postcodes, are part of the agreement (`standardPeople`). */
export const clkScheme = 'trellis-clk/1'

/**
 * How many bits each piece of a field sets, at most what one hash has room for (256 bits by 11). The given name is what tells
 * twins apart: it has most.
 */
const weights = { given: 22, family: 12, day: 22, month: 22, digit: 8, postcode: 16 }

/** Encodes people. A name and a whole date of birth are needed: with less the answer would be about somebody else too often. */
export const clkEncoder = (hash: KeyedHash): ((person: ClkPerson) => Encoded) => {
  // The same pieces come again and again; their positions are worked out once.
  let known = new Map<string, Uint16Array>()
  const positions = (field: string, salt: string, text: string, count: number): Uint16Array => {
    const name = `${field} ${salt} ${text}`
    const there = known.get(name)
    if (there !== undefined) return there
    if (known.size > 300_000) known = new Map()
    const found = places(hash(`${clkScheme} ${field} ${salt}`, text), count)
    known.set(name, found)
    return found
  }
  return ({ given, family, born, postcode }) => {
    const name = personName(nameFields, [given, family])
    if (name.given.length < 2 || name.family === '') return { lacks: 'it has no given name, or no family name' }
    const date = readDate(born)
    if (date <= 0 || (date & 0xffff) === 0) return { lacks: 'it has no whole date of birth' }
    const digits = date.toString(16)
    const salt = digits.slice(0, 4)
    const wide = new Uint8Array(bits / 8)
    const put = (field: keyof typeof weights, text: string): void => {
      for (const at of positions(field, salt, text, weights[field])) wide[at >> 3]! |= 1 << (at & 7)
    }
    for (const piece of pairsOf(usualSpelling(name.given))) put('given', piece)
    for (const piece of pairsOf(usualSpelling(name.family))) put('family', piece)
    put('month', digits.slice(4, 6))
    put('day', digits.slice(6, 8))
    for (let i = 4; i < 8; i++) put('digit', `${i}${digits[i]}`)
    const core = folded(wide)
    const place = readPostcode(postcode)
    // Less than a whole postcode ties too many together.
    if ((place & 511) === 0) return { clk: { core } }
    for (const piece of [`district ${place >>> 13}`, `sector ${place >>> 9}`, `unit ${place}`]) put('postcode', piece)
    return { clk: { core, full: folded(wide) } }
  }
}

const nameFields = [
  { name: 'given', kind: 'given name' },
  { name: 'family', kind: 'family name' },
] as const

const pairsOf = (text: string): string[] => {
  const padded = ` ${text.slice(0, 40)} `
  return Array.from({ length: padded.length - 1 }, (_, i) => padded.slice(i, i + 2))
}

/** Eleven bits of the hash for each position. */
const places = (digest: Uint8Array, count: number): Uint16Array => {
  const bit = (at: number): number => (digest[at >> 3]! >> (at & 7)) & 1
  return Uint16Array.from({ length: count }, (_, i) => {
    let place = 0
    for (let b = 0; b < 11; b++) place = (place << 1) | bit(i * 11 + b)
    return place
  })
}

const folded = (wide: Uint8Array): Uint8Array =>
  Uint8Array.from({ length: clkBytes }, (_, i) => wide[i]! ^ wide[i + clkBytes]!)

/** Dice's coefficient of two encodings: twice the bits that both have over the bits of each, 0 to 1. */
export const dice = (a: Uint8Array, b: Uint8Array): number => {
  let [both, all] = [0, 0]
  for (let i = 0; i < clkBytes; i++) {
    both += ones(a[i]! & b[i]!)
    all += ones(a[i]!) + ones(b[i]!)
  }
  return all === 0 ? 0 : (2 * both) / all
}

export const ones = (byte: number): number => {
  const twos = byte - ((byte >> 1) & 0x55)
  const fours = (twos & 0x33) + ((twos >> 2) & 0x33)
  return (fours + (fours >> 4)) & 15
}

/**
 * A hundred people who do not exist, in many spellings. Both sides encode them and compare one checksum: another version of
 * the readers would else cost most matches without anybody seeing it.
 */
export const standardPeople: readonly ClkPerson[] = Array.from({ length: 100 }, (_, i) => ({
  given: ['Mary', 'Bill', 'Muhammad', 'Zoë', 'Anne-Marie', 'Ayşe', 'Piotr', 'Наталія', 'Dr Grace', "D'Arcy"][i % 10]!,
  family: [
    "O'Neill",
    'Smith-Jones',
    'al-Saadi',
    'van der Berg',
    'Hussein',
    'Kaur',
    'Nguyễn',
    'McDonald Jr',
    'Müller',
    'Li',
  ][Math.floor(i / 10)]!,
  born: [`19${60 + (i % 40)}-03-1${i % 10}`, `1${i % 10}/0${1 + (i % 9)}/2011`, `${1 + (i % 28)} March 1999`][i % 3]!,
  postcode: ['LS1 4AP', 'm11aa', 'SW1A 2AA', '', 'CV37'][i % 5]!,
}))

/**
 * From what on an answer is yes, and from what on it is to be asked. On invented counties, of pairs from `yes` on 9,998 in
 * 10,000 are true; twins whose names differ by more than a letter do not reach it (`npm run bench -- clk`).
 */
export const clkThresholds = { yes: 0.94, ask: { full: 0.82, core: 0.88 } } as const

/** All that the checksum is taken over, in one. */
export const standardEncodings = (hash: KeyedHash): Uint8Array => {
  const encode = clkEncoder(hash)
  const parts = standardPeople.flatMap((person) => {
    const { clk } = encode(person)
    return clk === undefined ? [] : [clk.core, clk.full ?? new Uint8Array(clkBytes)]
  })
  const all = new Uint8Array(parts.length * clkBytes)
  parts.forEach((part, i) => all.set(part, i * clkBytes))
  return all
}
