/** Dates of birth: written in many ways, often wrong in one way only. */
import { firstYear, isRange, lastYear, readBirthRange } from './ages.ts'

/**
 * A date as its eight decimal digits, four bits each (0x19990312 is 12 March 1999), so that one exclusive-or shows which
 * digits differ: 88 million comparisons a second instead of 0.7. 0 says nothing; a day and month of 00 say a year only; what
 * is negative is a range of years (`ages`).
 */
export type PackedDate = number

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')

/** Years in two digits up to here are of this century. Fixed, so that the same file gives the same answer next year. */
const century = 30

// Systems that insist on a date get one of these. They would agree with each other.
const placeholders = new Set([0x19000101, 0x19010101, 0x18000101, 0x99991231, 0x11111111, 0x01010101])

/** Reads a date as people in Britain write it: ISO, day first, month in words, or a year alone. 0 when it is none. */
export const readDate = (raw: string): PackedDate => {
  const text = raw.trim()
  if (/^\d{4}\s*[-–/]\s*\d{4}$/.test(text)) return readBirthRange(text)
  const [, y, m, d] = /^(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:$|[T ])/.exec(text) ?? []
  if (y !== undefined) return pack(+y, +m!, +d!)
  const [, first, second, year] = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:$|[T ])/.exec(text) ?? []
  if (first !== undefined) {
    // 03/25/1999 can only be month first; everything else is read day first.
    const monthFirst = +second! > 12 && +first <= 12
    return pack(fullYear(year!), monthFirst ? +first : +second!, monthFirst ? +second! : +first)
  }
  const [, day, name, of] = /^(\d{1,2})(?:st|nd|rd|th)?[-/. ]+([a-z]{3})[a-z]*[-/., ]+(\d{4}|\d{2})$/i.exec(text) ?? []
  if (day !== undefined) return pack(fullYear(of!), months.indexOf(name!.toLowerCase()) + 1, +day)
  return /^\d{4}$/.test(text) && +text >= 1850 && +text <= 2100 ? pack(+text, 0, 0) : readBirthRange(text)
}

/** As many places as `isoDay` gives. */
export const daysKept = 512 << 9
const firstKept = 1700

/** A place of its own for each date from 1700 to 2211 that the bytes of a file write as 1999-03-12; -1 for what is no such. */
export const isoDay = (bytes: Uint8Array, begin: number, end: number): number => {
  if (end - begin !== 10 || bytes[begin + 4] !== 45 || bytes[begin + 7] !== 45) return -1
  const digit = (at: number): number => bytes[begin + at]! - 48
  const [y1, y2, y3, y4] = [digit(0), digit(1), digit(2), digit(3)]
  const [m1, m2, d1, d2] = [digit(5), digit(6), digit(8), digit(9)]
  // A byte below a nought is negative then, which its sign bit tells.
  if ((y1 | y2 | y3 | y4 | m1 | m2 | d1 | d2) < 0 || Math.max(y1, y2, y3, y4, m2, d2) > 9) return -1
  const [year, month, day] = [y1 * 1000 + y2 * 100 + y3 * 10 + y4 - firstKept, m1 * 10 + m2, d1 * 10 + d2]
  return year < 0 || year > 511 || month > 15 || day > 31 ? -1 : (year << 9) | (month << 5) | day
}

const fullYear = (year: string): number => (year.length === 4 ? +year : +year <= century ? 2000 + +year : 1900 + +year)

/** A month of 13 is a slip of the finger, and the other digits are still evidence: nothing is thrown away here. */
const pack = (year: number, month: number, day: number): PackedDate => {
  const digits = String(year).padStart(4, '0') + String(month).padStart(2, '0') + String(day).padStart(2, '0')
  const packed = parseInt(digits, 16)
  return year < 1000 || packed > 0x7fffffff || placeholders.has(packed) ? 0 : packed
}

/**
 * The levels of a date: the index is the level. Two for an age or a decade, which stand apart (they say nothing of how a whole
 * date goes wrong), then from most different to closest.
 */
export const dateLevels = [
  'missing',
  'outside the years of an age',
  'within the years of an age',
  'different',
  'within ten years',
  'within a year',
  'same year, day not known or 1 January',
  'two of day, month and year the same',
  'one digit different',
  'day and month swapped',
  'same',
] as const

/** Levels by name, for those who ask what a pair's births did. */
export const birthLevel = { outsideAge: 1, withinAge: 2, withinOneYear: 5 }
/** So many of the first levels stand apart from the order of the others. */
export const agesApart = 2

/** How close two dates are, as an index of `dateLevels`. Symmetric. */
export const dateLevel = (a: PackedDate, b: PackedDate): number => {
  if (a === 0 || b === 0) return 0
  if (isRange(a) || isRange(b)) return bornFrom(a) <= bornTo(b) && bornFrom(b) <= bornTo(a) ? 2 : 1
  const differs = a ^ b
  if (differs === 0) return (a & 0xffff) === 0 ? 6 : 10
  const sameYear = differs >>> 16 === 0
  // Somebody who does not know the day writes 1 January, or nothing: it says less than a true agreement, and nothing against.
  if (sameYear && (dayUnknown(a) || dayUnknown(b))) return 6
  if (dayUnknown(a) && (a & 0xffff) === 0) return byDistance(a, b)
  if (dayUnknown(b) && (b & 0xffff) === 0) return byDistance(a, b)
  const sameMonth = (differs & 0xff00) === 0
  const sameDay = (differs & 0xff) === 0
  if (sameYear && ((a >>> 8) & 0xff) === (b & 0xff) && (a & 0xff) === ((b >>> 8) & 0xff)) return 9
  if (oneDigit(a, b, differs)) return 8
  if (Number(sameYear) + Number(sameMonth) + Number(sameDay) === 2) return 7
  return byDistance(a, b)
}

/** The first and the last year in which somebody may be born. */
export const bornFrom = (date: PackedDate): number => (isRange(date) ? firstYear(date) : yearOf(date))
export const bornTo = (date: PackedDate): number => (isRange(date) ? lastYear(date) : yearOf(date))

const dayUnknown = (date: PackedDate): boolean => (date & 0xffff) === 0 || (date & 0xffff) === 0x0101

/** One digit mistyped, or two neighbours of the same part exchanged. */
const oneDigit = (a: PackedDate, b: PackedDate, differs: number): boolean => {
  const lowest = (31 - Math.clz32(differs & -differs)) >> 2
  const highest = (31 - Math.clz32(differs)) >> 2
  if (lowest === highest) return true
  // Digit 1 begins the day and digit 3 the month: a neighbour beyond belongs to another part.
  if (highest !== lowest + 1 || highest === 2 || highest === 4) return false
  const shift = lowest * 4
  const [a0, a1] = [(a >>> shift) & 15, (a >>> (shift + 4)) & 15]
  const [b0, b1] = [(b >>> shift) & 15, (b >>> (shift + 4)) & 15]
  return a0 === b1 && a1 === b0
}

const byDistance = (a: PackedDate, b: PackedDate): number => {
  const months = Math.abs(monthOf(a) - monthOf(b))
  return months <= 12 ? 5 : months <= 120 ? 4 : 3
}

const monthOf = (date: PackedDate): number => yearOf(date) * 12 + ((date >>> 12) & 15) * 10 + ((date >>> 8) & 15)

/** The year of a packed date as a number. */
export const yearOf = (date: PackedDate): number =>
  (date >>> 28) * 1000 + ((date >>> 24) & 15) * 100 + ((date >>> 20) & 15) * 10 + ((date >>> 16) & 15)
