/** Values as they stand in a file, standardised by their kind: once for each different one, then found by its number. */
import { daysKept, isoDay, readDate } from './dates.ts'
import { newDictionary, type Dictionary } from './dictionary.ts'
import type { Kind } from './model.ts'
import { familyName, givenNames, wholeName } from './names.ts'
import { phoneIn, readEmail, readIdentifier, readNhsNumber, readPhone, readSex } from './numbers.ts'
import { postcodeIn, readAddress, readPostcode, readUprn } from './places.ts'
import { signOf, signOfPhone } from './sign.ts'
import { fold, saysNothing } from './text.ts'

/** Where in a reader's `values` what was read begins. */
export type ReadValue = number

export type Reader = {
  readonly ofText: (raw: string) => ReadValue
  /** Reads many values, where they begin and end in the bytes of a file. What was read begins at the places put into `into`. */
  readonly ofBytes: (bytes: Uint8Array, begins: Int32Array, ends: Int32Array, many: number, into: Int32Array) => void
  /** What was read, in three places each: a name's given, middle and family; a date and its dense number; a number and its sign. */
  readonly values: () => Int32Array
}

const stride = 3
/** Values longer than this are met once, if at all: they are read each time and not kept. */
const longest = 200

const decoder = new TextDecoder()

/** Reads values of a kind into numbers of `dictionary`; postcodes and sexes are packed and need none. */
export const readerOf = (kind: Kind, dictionary: Dictionary | undefined): Reader => {
  const read = numbersOf(kind, dictionary)
  // Two, since the codes of a text and the bytes of a file spell the same value differently.
  const texts = newDictionary()
  let known: Dictionary | undefined
  const lines = (): Dictionary => (known ??= newDictionary())
  let values = new Int32Array(stride * 64)
  // The first place is for what is not kept.
  let used = 1
  let ofTexts = new Int32Array(64)
  let ofLines = new Int32Array(64)

  const quick = quickly(kind, dictionary)

  const keep = (raw: string, at: number): ReadValue => {
    if ((at + 1) * stride > values.length) values = more(values)
    const [first, second = 0, third = 0] = read(raw)
    values[at * stride] = first!
    values[at * stride + 1] = second
    values[at * stride + 2] = third
    return at * stride
  }
  const ofLine = (id: number, bytes: Uint8Array, begin: number, end: number): ReadValue => {
    if (id >= ofLines.length) ofLines = more(ofLines)
    if (ofLines[id] === 0) ofLines[id] = keep(decoder.decode(bytes.subarray(begin, end)), used++) / stride
    return ofLines[id]! * stride
  }
  let [numbers, stops] = [new Int32Array(0), new Int32Array(0)]

  return {
    ofText: (raw) => {
      if (raw.length > longest) return keep(raw, 0)
      const id = texts.intern(raw)
      if (id >= ofTexts.length) ofTexts = more(ofTexts)
      if (ofTexts[id] === 0) ofTexts[id] = keep(raw, used++) / stride
      return ofTexts[id]! * stride
    },
    ofBytes: (bytes, begins, ends, many, into) => {
      into.fill(0, 0, many * stride)
      if (many > numbers.length) [numbers, stops] = [new Int32Array(many), new Int32Array(many)]
      if (quick !== undefined) quick(bytes, begins, ends, many, into)
      else {
        for (let k = 0; k < many; k++) stops[k] = ends[k]! - begins[k]! > longest ? begins[k]! : ends[k]!
        lines().internAll(bytes, begins, stops, many, numbers)
      }
      for (let k = 0, at = 0; k < many; k++, at += stride) {
        const [begin, end] = [begins[k]!, ends[k]!]
        if (begin >= end || into[at] !== 0) continue
        const from =
          end - begin > longest
            ? keep(decoder.decode(bytes.subarray(begin, end)), 0)
            : ofLine(quick === undefined ? numbers[k]! : lines().internCodes(bytes, begin, end), bytes, begin, end)
        into[at] = values[from]!
        into[at + 1] = values[from + 1]!
        into[at + 2] = values[from + 2]!
      }
    },
    values: () => values,
  }
}

/**
 * Reads what is written in the usual way straight from a file's bytes, as `ofBytes` does, and leaves the rest: of postcodes
 * and phones there are nearly as many as records, and a text of each would cost more than all else.
 */
const quickly = (kind: Kind, dictionary: Dictionary | undefined): Reader['ofBytes'] | undefined => {
  if (kind === 'postcode')
    return (bytes, begins, ends, many, into) => {
      for (let k = 0; k < many; k++)
        if (begins[k]! < ends[k]!) into[k * stride] = postcodeIn(bytes, begins[k]!, ends[k]!)
    }
  if (kind === 'date') return quickDates(dictionary)
  if (kind !== 'phone' || dictionary === undefined) return undefined
  const phone = Uint8Array.from('+44'.padEnd(13), (letter) => letter.charCodeAt(0))
  const { length } = phone
  let signs = new Int32Array(64)
  let [phones, starts, stops, numbers] = [new Uint8Array(0), new Int32Array(0), new Int32Array(0), new Int32Array(0)]
  return (bytes, begins, ends, many, into) => {
    if (many > starts.length) {
      phones = new Uint8Array(many * length)
      ;[starts, stops, numbers] = [new Int32Array(many), new Int32Array(many), new Int32Array(many)]
    }
    for (let k = 0; k < many; k++) {
      starts[k] = stops[k] = k * length
      if (!phoneIn(bytes, begins[k]!, ends[k]!, phone)) continue
      stops[k]! += length
      for (let i = 0; i < length; i++) phones[k * length + i] = phone[i]!
    }
    dictionary.internAll(phones, starts, stops, many, numbers)
    for (let k = 0, at = 0; k < many; k++, at += stride) {
      const id = numbers[k]!
      if (id === 0) continue
      while (id >= signs.length) signs = more(signs)
      if (signs[id] === 0) signs[id] = signOfPhone(phones.subarray(starts[k], stops[k]))
      into[at] = id
      into[at + 1] = signs[id]!
    }
  }
}

/** Dates as ISO writes them have a place each by year, month and day, where what was read is kept. */
const quickDates = (dictionary: Dictionary | undefined): Reader['ofBytes'] => {
  const read = numbersOf('date', dictionary)
  const decoder = new TextDecoder()
  let known = new Int32Array(0)
  return (bytes, begins, ends, many, into) => {
    if (known.length === 0) known = new Int32Array(2 * daysKept)
    for (let k = 0; k < many; k++) {
      const begin = begins[k]!
      const day = isoDay(bytes, begin, ends[k]!)
      if (day < 0) continue
      if (known[2 * day + 1] === 0) {
        const [date, number] = read(decoder.decode(bytes.subarray(begin, ends[k]))) as [number, number?]
        known[2 * day] = date
        known[2 * day + 1] = number || -1
      }
      if (known[2 * day] === 0) continue
      into[k * stride] = known[2 * day]!
      into[k * stride + 1] = known[2 * day + 1]!
    }
  }
}

const more = (from: Int32Array): Int32Array<ArrayBuffer> => {
  const into = new Int32Array(from.length * 2)
  into.set(from)
  return into
}

const numbersOf = (kind: Kind, dictionary: Dictionary | undefined): ((raw: string) => readonly number[]) => {
  const numbered = (...texts: readonly string[]): number[] => texts.map(dictionary?.intern ?? (() => 0))
  // Of several second names the first one is compared.
  const first = (names: string): string => names.split(' ')[0]!
  switch (kind) {
    case 'given name':
      return (raw) => {
        const { given, middle } = givenNames(raw)
        return numbered(given, first(middle))
      }
    case 'middle name':
      return (raw) => numbered(givenNames(raw).given)
    case 'family name':
      return (raw) => numbered(familyName(raw))
    case 'full name':
      return (raw) => {
        const { given, middle, family } = wholeName(raw)
        return numbered(given, first(middle), family)
      }
    case 'date':
      return (raw) => {
        const date = readDate(raw)
        return [date, ...numbered(date === 0 ? '' : String(date))]
      }
    case 'postcode':
      return (raw) => [readPostcode(raw)]
    case 'sex':
      return (raw) => [readSex(raw)]
    default:
      return (raw) => {
        const text = readText[kind](raw)
        return [...numbered(text), signOf(kind, text)]
      }
  }
}

type Named = 'given name' | 'middle name' | 'family name' | 'full name'

const readText: Record<Exclude<Kind, Named | 'date' | 'postcode' | 'sex'>, (raw: string) => string> = {
  phone: readPhone,
  'e-mail': readEmail,
  'nhs number': readNhsNumber,
  uprn: readUprn,
  identifier: readIdentifier,
  address: readAddress,
  code: (raw) => said(fold(raw)),
  text: (raw) => said(fold(raw)),
}

const said = (folded: string): string => (saysNothing(folded) ? '' : folded)
