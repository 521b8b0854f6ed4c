/** Postcodes, addresses and property numbers. */
import { fold, saysNothing } from './text.ts'

/**
 * A postcode in 32 bits: area (10), district (9), sector (4), unit (9). What is not known is 0, so the
 * shorter one of two still compares with the longer. 0 as a whole says nothing.
 */
export type PackedPostcode = number

const letter = (code: number): number => code - 64

/**
 * Reads a UK postcode, whole or outward half only, whatever its case and spaces. 0 when it has not the form of one, and
 * for ZZ99, which the NHS writes for no fixed abode.
 */
export const readPostcode = (raw: string): PackedPostcode => {
  const text = raw.toUpperCase().replace(/[^A-Z0-9]/g, '')
  const [, area, district, sector, unit] =
    /^([A-Z]{1,2})(\d{1,2}|\d[A-Z])(?:(\d)([A-Z]{2})?)?$/.exec(whole(text) ?? text) ?? []
  if (area === undefined || text.startsWith('ZZ99')) return 0
  const areaCode = letter(area.charCodeAt(0)) * 27 + (area.length > 1 ? letter(area.charCodeAt(1)) : 0)
  const second = district!.charCodeAt(1)
  const districtCode = second > 64 ? 100 + +district![0]! * 26 + letter(second) : +district! + 1
  // 26 × 26 pairs of letters do not fit in 9 bits with the rest; the twenty that are used, in 21 steps, do.
  const unitCode = unit === undefined ? 0 : 1 + (unitLetter(unit.charCodeAt(0)) * 21 + unitLetter(unit.charCodeAt(1)))
  return (areaCode << 22) | (districtCode << 13) | ((sector === undefined ? 0 : +sector + 1) << 9) | unitCode
}

/**
 * The same from the bytes of a file, without a text, where it is written in capitals with its blank (M1 1AA, EC1A 1BB); 0 for
 * whatever needs more care.
 */
export const postcodeIn = (bytes: Uint8Array, begin: number, end: number): PackedPostcode => {
  const gap = end - 4
  if (end - begin < 6 || end - begin > 8 || bytes[gap] !== 0x20) return 0
  const [first, next, sector] = [bytes[begin]!, bytes[begin + 1]!, bytes[gap + 1]!]
  const digits = begin + (isLetter(next) ? 2 : 1)
  const [digit, second] = [bytes[digits]!, bytes[digits + 1]!]
  const units = [bytes[gap + 2]!, bytes[gap + 3]!] as const
  if (!isLetter(first) || !isDigit(digit) || !isDigit(sector) || !isLetter(units[0]) || !isLetter(units[1])) return 0
  const outward = gap - digits
  if (outward > 2 || (outward === 2 && !isDigit(second) && !isLetter(second)) || (first === 90 && next === 90)) return 0
  const areaCode = letter(first) * 27 + (digits - begin > 1 ? letter(next) : 0)
  const one = digit - 48
  const districtCode =
    outward < 2 ? one + 1 : isLetter(second) ? 100 + one * 26 + letter(second) : one * 10 + second - 47
  const unitCode = 1 + (unitLetters[units[0] - 65]! * 21 + unitLetters[units[1] - 65]!)
  return (areaCode << 22) | (districtCode << 13) | ((sector - 47) << 9) | unitCode
}
const isLetter = (code: number): boolean => code >= 65 && code <= 90
const isDigit = (code: number): boolean => code >= 48 && code <= 57

/** C, I, K, M, O and V are not used in units, so that they are not misread; they share a step with a neighbour. */
const unitLetter = (code: number): number => Math.max(0, 'ABDEFGHJLNPQRSTUWXYZ'.indexOf(String.fromCharCode(code)))

const unitLetters = Uint8Array.from({ length: 26 }, (_, i) => unitLetter(65 + i))

/** The inward half is always a digit and two letters, which tells M1 1AA from M11 AA. */
const whole = (text: string): string | undefined => (/\d[A-Z]{2}$/.test(text) && text.length >= 5 ? text : undefined)

/** The levels of a postcode, closest last. */
export const postcodeLevels = ['missing', 'different', 'same area', 'same district', 'same sector', 'same'] as const

/** How close two postcodes are, as an index of `postcodeLevels`. */
export const postcodeLevel = (a: PackedPostcode, b: PackedPostcode): number => {
  if (a === 0 || b === 0) return 0
  const differs = a ^ b
  if (differs >>> 22 !== 0) return 1
  if (differs >>> 13 !== 0) return 2
  if (differs >>> 9 !== 0) return 3
  return differs === 0 && (a & 511) !== 0 ? 5 : 4
}

const streetWords = new Map(
  Object.entries({
    ...{ st: 'street', str: 'street', rd: 'road', ave: 'avenue', av: 'avenue', ln: 'lane', cl: 'close', dr: 'drive' },
    ...{ ct: 'court', crt: 'court', cres: 'crescent', cresc: 'crescent', pl: 'place', sq: 'square', gdns: 'gardens' },
    ...{ gdn: 'gardens', ter: 'terrace', terr: 'terrace', pk: 'park', hse: 'house', apt: 'flat', apartment: 'flat' },
    ...{ unit: 'flat', gr: 'grove', gro: 'grove', nth: 'north', sth: 'south', est: 'estate', bldg: 'building' },
  }),
)

/** An address with its usual abbreviations written out: `Flat 2, 14 High St.` is `flat 2 14 high street`. */
export const readAddress = (raw: string): string => {
  const folded = fold(raw)
  if (saysNothing(folded) || /^(no fixed (abode|address)|nfa|homeless)$/.test(folded)) return ''
  // St before a name is a saint (St Johns Road); after one it is a street.
  return folded
    .split(' ')
    .map((word, i, all) =>
      word === 'st' && i < all.length - 1 && !/^\d/.test(all[i + 1]!) ? word : (streetWords.get(word) ?? word),
    )
    .join(' ')
}

/** A unique property reference number without leading zeros; '' when it is not 1 to 12 digits or is nothing but zeros. */
export const readUprn = (raw: string): string => {
  const digits = raw.trim().replace(/^0+/, '')
  return /^\d{1,12}$/.test(digits) ? digits : ''
}
