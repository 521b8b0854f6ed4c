/**
 * Records as integers, one row after the other in one typed array: 1M records of ten columns are 40 MB, and the two rows
 * of a comparison lie in the processor's first cache.
 */
import { inShared, newDictionary, type Dictionary, type SharedDictionary } from './dictionary.ts'
import type { Field, Kind } from './model.ts'
import { pairDictionary, pairNumbers } from './name-pairs.ts'
import { familyName, givenNames, wholeName } from './names.ts'
import { isSigned } from './sign.ts'
import { readerOf } from './read.ts'

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

/** A row of a file as it lies in memory: where each value begins and ends in the bytes, which are UTF-8. */
export type Line = { readonly bytes: Uint8Array; readonly begins: Int32Array; readonly ends: Int32Array }

export type TableBuilder = {
  /** Adds a record: a value for each field, '' where there is none. Gives its number. */
  readonly add: (values: readonly string[], file?: 0 | 1) => number
  /**
   * Adds a record from a line, whose value at `places[i]` belongs to field i. Far quicker: no text is made of a value seen
   * before. Lines are read many at once, so that their bytes must stay as they are until `build`.
   */
  readonly addLine: (line: Line, places: readonly number[], file?: 0 | 1) => number
  readonly build: () => Table
}

/** Some fields of a table, which are read by themselves into cells that are others' too. */
export type Part = { readonly fields: readonly Field[]; readonly cells: Int32Array }

/**
 * Takes records one at a time, so that a file need never be in memory as text. Every value is standardised by its kind,
 * once for each different one; what cannot be read (a date of "soon") is missing. `expected` records are made room for. Of a
 * part only its own fields are read.
 */
export const tableBuilder = (all: readonly Field[], expected = 64, part?: Part): TableBuilder => {
  const { width, slots } = layoutOf(all)
  const fields = part?.fields ?? all
  const people = newDictionary()
  const wholes = pairDictionary(people)
  const pairs = pairNumbers(wholes)
  const dictionaries = new Map<string, Dictionary>([
    [peopleNames, people],
    [wholeNames, wholes],
  ])
  for (const { name, kind } of fields) if (hasDictionary(kind)) dictionaries.set(name, newDictionary())
  const readers = fields.map(({ name, kind }) => readerOf(kind, isNameKind(kind) ? people : dictionaries.get(name)))
  const writers = fields.map(({ name, kind }) => writerOf(kind, slots.get(name) ?? 0))
  const hasNames = fields.some(({ kind }) => isNameKind(kind))
  let cells = part?.cells ?? roomFor(width * expected)
  let files = new Uint8Array(Math.floor(cells.length / width))
  let size = 0

  const place = (file: 0 | 1): number => {
    if (size === files.length) {
      const more = roomFor(width * files.length * 2)
      more.set(cells)
      cells = more
      const moreFiles = new Uint8Array(files.length * 2)
      moreFiles.set(files)
      files = moreFiles
    }
    files[size] = file
    return size++ * width
  }

  const whole = (row: number): void => {
    const [given, family] = [cells[row + nameSlots.given]!, cells[row + nameSlots.family]!]
    if (given !== 0 && family !== 0) cells[row + nameSlots.whole] = pairs.numberOf(given, family)
  }

  // Lines that wait to be read, all of the same bytes: where each field's values begin and end in them, and the first one's row.
  let [waiting, first, bytes] = [0, 0, new Uint8Array(0)]
  let [begins, ends, read] = [[] as Int32Array[], [] as Int32Array[], new Int32Array(0)]
  const flush = (): void => {
    // A look-up's few records come as values: what lines are read with is megabytes that it must not make ready.
    if (waiting === 0) return
    const end = first + waiting * width
    for (let i = 0; i < fields.length; i++) {
      readers[i]!.ofBytes(bytes, begins[i]!, ends[i]!, waiting, read)
      const write = writers[i]!
      for (let k = 0, row = first; k < waiting; k++, row += width)
        if (begins[i]![k]! < ends[i]![k]!) write(cells, row, read, k * 3)
    }
    waiting = 0
    if (!hasNames) return
    for (let row = first; row < end; row += width)
      pairs.bringNear(cells[row + nameSlots.given]!, cells[row + nameSlots.family]!)
    for (let row = first; row < end; row += width) whole(row)
  }

  return {
    add: (values, file = 0) => {
      flush()
      const row = place(file)
      for (let i = 0; i < writers.length; i++) {
        const raw = values[i] ?? ''
        if (raw === '') continue
        // Reading may move what has been read.
        const at = readers[i]!.ofText(raw)
        writers[i]!(cells, row, readers[i]!.values(), at)
      }
      whole(row)
      return row / width
    },
    addLine: (line, places, file = 0) => {
      if (waiting === atOnce || line.bytes !== bytes) flush()
      if (begins.length === 0) {
        const room = (): Int32Array[] => fields.map(() => new Int32Array(atOnce))
        ;[begins, ends, read] = [room(), room(), new Int32Array(atOnce * 3)]
      }
      const row = place(file)
      if (waiting === 0) [first, bytes] = [row, line.bytes as Uint8Array<ArrayBuffer>]
      for (let i = 0; i < places.length; i++) {
        begins[i]![waiting] = line.begins[places[i]!]!
        ends[i]![waiting] = line.ends[places[i]!]!
      }
      waiting++
      return row / width
    },
    build: () => {
      flush()
      // The parts of double names are compared too, so they need numbers before anybody compares.
      for (const name of people.texts()) if (name.includes(' ')) partsOfName(name).forEach(people.intern)
      return {
        size,
        width,
        cells: cells.subarray(0, size * width),
        files: files.subarray(0, size),
        slots,
        names: nameSlots,
        dictionaries,
        linking: files.subarray(0, size).includes(1),
      }
    },
  }
}

/** Where in a row each field begins, and how many integers a row has. */
export const layoutOf = (fields: readonly Field[]): Pick<Table, 'slots' | 'width'> => {
  const slots = new Map<string, number>()
  let width = afterNames
  for (const { name, kind } of fields) {
    if (isNameKind(kind)) continue
    slots.set(name, width)
    width += placesOf(kind)
  }
  return { slots, width }
}
/** A date keeps a second number, dense, by which its frequency is found; others a sign of what the text looks like. */
export const placesOf = (kind: Kind): number => (kind === 'date' || isSigned(kind) ? 2 : 1)
const hasDictionary = (kind: Kind): boolean => !isNameKind(kind) && kind !== 'postcode' && kind !== 'sex'

/** A large table is meant to be shared, and there is no room for it twice. */
const roomFor = (integers: number): Int32Array =>
  integers > 1e6 ? new Int32Array(new SharedArrayBuffer(integers * 4)) : new Int32Array(integers)

/** So many lines of a file are read at once, a column after the other. */
const atOnce = 512

/** Puts what was read into a row. The parts of a name come from whichever columns hold them; one of its own goes before a whole. */
const writerOf = (
  kind: Kind,
  slot: number,
): ((cells: Int32Array, row: number, read: Int32Array, at: number) => void) => {
  const { given, middle, family } = nameSlots
  const keep = (cells: Int32Array, at: number, value: number): void => {
    if (cells[at] === 0) cells[at] = value
  }
  if (kind === 'given name')
    return (cells, row, read, at) => {
      cells[row + given] = read[at]!
      keep(cells, row + middle, read[at + 1]!)
    }
  if (kind === 'middle name')
    return (cells, row, read, at) => {
      if (read[at] !== 0) cells[row + middle] = read[at]!
    }
  if (kind === 'family name') return (cells, row, read, at) => void (cells[row + family] = read[at]!)
  if (kind === 'full name')
    return (cells, row, read, at) => {
      keep(cells, row + given, read[at]!)
      keep(cells, row + middle, read[at + 1]!)
      keep(cells, row + family, read[at + 2]!)
    }
  if (kind === 'date' || isSigned(kind))
    return (cells, row, read, at) => {
      cells[row + slot] = read[at]!
      cells[row + slot + 1] = read[at + 1]!
    }
  return (cells, row, read, at) => void (cells[row + slot] = read[at]!)
}

/** The parts of a double-barrelled name, and both written as one; none for a single name. */
export const partsOfName = (name: string): string[] =>
  name.includes(' ') ? [...name.split(' ').filter((part) => part.length > 2), name.replaceAll(' ', '')] : []

/** A table in shared memory, as one thread hands it to another. */
export type SharedTable = Omit<Table, 'dictionaries'> & {
  readonly dictionaries: readonly (readonly [string, SharedDictionary])[]
}

/** Moves a table into shared memory. The table given goes on working beside it. */
export const shareTable = ({ dictionaries, cells, files, ...rest }: Table): SharedTable => ({
  ...rest,
  cells: inShared(cells),
  files: inShared(files),
  dictionaries: Array.from(dictionaries, ([name, dictionary]) => [name, dictionary.shared()] as const),
})

/** A shared table to read from. Several threads may do so at once. */
export const openTable = ({ dictionaries: shared, ...rest }: SharedTable): Table => {
  const dictionaries = new Map(shared.map(([name, from]) => [name, newDictionary(from)]))
  const wholes = shared.find(([name]) => name === wholeNames)![1]
  dictionaries.set(wholeNames, pairDictionary(dictionaries.get(peopleNames)!, wholes))
  return { ...rest, dictionaries }
}

/** The parts of one person's name from whichever columns hold them; a column of its own goes before one that holds all. */
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
