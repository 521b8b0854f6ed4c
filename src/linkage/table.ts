/**
 * Records as integers, one row after the other in one typed array: 1M records of ten columns are 40 MB, and the two rows
 * of a comparison lie in the processor's first cache.
 */
import { readDate } from './dates.ts'
import { newDictionary, type Dictionary } from './dictionary.ts'
import type { Field, Kind } from './model.ts'
import { familyName, givenNames, wholeName } from './names.ts'
import { readEmail, readIdentifier, readNhsNumber, readPhone, readSex } from './numbers.ts'
import { readAddress, readPostcode, readUprn } from './places.ts'
import { fold, saysNothing } from './text.ts'

export type Table = {
  readonly size: number
  /** Integers in a row. */
  readonly width: number
  readonly cells: Int32Array
  /** Which of the files each row came from; pairs within one file are not compared when two are linked. */
  readonly files: Uint8Array
  /** Where in a row a field begins; a person's name has its own places. */
  readonly slots: ReadonlyMap<string, number>
  readonly names: NameSlots
  /** The texts behind the numbers of a field; dates and postcodes are packed and have none. */
  readonly dictionaries: ReadonlyMap<string, Dictionary>
  /** Whether there are two files. */
  readonly linking: boolean
}

/** A person's name in a row: the first given name, the others, the family name, and the number of given and family together. */
export type NameSlots = { readonly given: 0; readonly middle: 1; readonly family: 2; readonly whole: 3 }
const nameSlots: NameSlots = { given: 0, middle: 1, family: 2, whole: 3 }
const afterNames = 4

/** The names of the dictionary that all parts of people's names share: a swapped name is then the same two numbers. */
export const peopleNames = '(names)'
export const wholeNames = '(whole names)'

const nameKinds: ReadonlySet<Kind> = new Set(['given name', 'middle name', 'family name', 'full name'])
export const isNameKind = (kind: Kind): boolean => nameKinds.has(kind)

export type TableBuilder = {
  /** Adds a record: its values in the order of the fields, as written. Returns its number, from 0. */
  readonly add: (values: readonly string[], file?: 0 | 1) => number
  readonly build: () => Table
}

/**
 * Reads records one at a time, so that a file need never be in memory as text. Every value is standardised by its kind;
 * what cannot be read (a date of "soon") is missing.
 */
export const tableBuilder = (fields: readonly Field[]): TableBuilder => {
  const slots = new Map<string, number>()
  const dictionaries = new Map<string, Dictionary>([
    [peopleNames, newDictionary()],
    [wholeNames, newDictionary()],
  ])
  let width = afterNames
  for (const { name, kind } of fields.filter(({ kind }) => !isNameKind(kind))) {
    slots.set(name, width)
    // A date keeps a second number, dense, by which its frequency is found.
    width += kind === 'date' ? 2 : 1
    if (!['postcode', 'sex'].includes(kind)) dictionaries.set(name, newDictionary())
  }
  let cells = new Int32Array(width * 1024)
  let files = new Uint8Array(1024)
  let size = 0

  const add = (values: readonly string[], file: 0 | 1 = 0): number => {
    if (size === files.length) {
      const more = new Int32Array(cells.length * 2)
      more.set(cells)
      cells = more
      const moreFiles = new Uint8Array(files.length * 2)
      moreFiles.set(files)
      files = moreFiles
    }
    const row = size * width
    files[size] = file
    addName(row, values)
    fields.forEach(({ name, kind }, i) => {
      if (isNameKind(kind)) return
      const at = row + slots.get(name)!
      const raw = values[i] ?? ''
      if (raw === '') return
      if (kind === 'date') {
        cells[at] = readDate(raw)
        if (cells[at] !== 0) cells[at + 1] = dictionaries.get(name)!.intern(String(cells[at]))
      } else if (kind === 'postcode') cells[at] = readPostcode(raw)
      else if (kind === 'sex') cells[at] = readSex(raw)
      else cells[at] = dictionaries.get(name)!.intern(readText[kind](raw))
    })
    return size++
  }

  const addName = (row: number, values: readonly string[]): void => {
    const name = personName(fields, values)
    const names = dictionaries.get(peopleNames)!
    if (name.given !== '') cells[row + nameSlots.given] = names.intern(name.given)
    if (name.middle !== '') cells[row + nameSlots.middle] = names.intern(name.middle)
    if (name.family !== '') cells[row + nameSlots.family] = names.intern(name.family)
    if (name.given !== '' && name.family !== '')
      cells[row + nameSlots.whole] = dictionaries.get(wholeNames)!.intern(`${name.given}|${name.family}`)
  }

  return {
    add,
    build: () => ({
      size,
      width,
      cells: cells.subarray(0, size * width),
      files: files.subarray(0, size),
      slots,
      names: nameSlots,
      dictionaries,
      linking: files.subarray(0, size).includes(1),
    }),
  }
}

const readText: Record<Exclude<Kind, 'date' | 'postcode' | 'sex'>, (raw: string) => string> = {
  'given name': (raw) => raw,
  'middle name': (raw) => raw,
  'family name': (raw) => raw,
  'full name': (raw) => raw,
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

/** The parts of a name from whichever columns hold them; a column of its own goes before one that holds all. */
export const personName = (
  fields: readonly Field[],
  values: readonly string[],
): { given: string; middle: string; family: string } => {
  let [given, middle, family] = ['', '', '']
  fields.forEach(({ kind }, i) => {
    const raw = values[i] ?? ''
    if (raw === '') return
    if (kind === 'given name') {
      const read = givenNames(raw)
      given = read.given
      middle ||= read.middle
    } else if (kind === 'middle name') middle = givenNames(raw).given || middle
    else if (kind === 'family name') family = familyName(raw)
    else if (kind === 'full name') {
      const read = wholeName(raw)
      given ||= read.given
      middle ||= read.middle
      family ||= read.family
    }
  })
  return { given, middle: middle.split(' ')[0]!, family }
}
