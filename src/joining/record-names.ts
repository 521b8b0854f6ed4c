import { newDictionary, type Dictionary } from '../linkage/index.ts'
import type { Row } from './csv.ts'

/** Texts in Latin letters or the bytes of others, one after the other. */
type Texts = { readonly bytes: Uint8Array; readonly begins: Int32Array }

/** So many names are looked up at once. */
const atOnce = 512

/** What records are called, as numbers: ten million texts would take more memory than the records themselves. */
export const newNames = () => {
  let known = newDictionary()
  const all: (Dictionary | Texts)[] = [known]
  let numbers = new Int32Array(1024)
  let size = 0
  const firsts: number[] = [0]
  const keep = (number: number): void => {
    if (size === numbers.length) {
      const more = new Int32Array(size * 2)
      more.set(numbers)
      numbers = more
    }
    numbers[size++] = number
  }
  // Names that wait to be looked up, all in the same bytes: many at once take a fraction of the time.
  let [waiting, bytes, repeated] = [0, new Uint8Array(0), 0]
  const [begins, ends, found] = [new Int32Array(atOnce), new Int32Array(atOnce), new Int32Array(atOnce)]
  const take = (number: number, newest: number): void => {
    if (number < newest) repeated++
    keep(number)
  }
  const flush = (): void => {
    let newest = known.size()
    known.internAll(bytes, begins, ends, waiting, found)
    for (let k = 0; k < waiting; k++) {
      take(found[k]!, newest)
      if (found[k] === newest) newest++
    }
    waiting = 0
  }
  return {
    /** From here on names are another file's, which may use the same again. */
    begin: (): void => {
      flush()
      if (size === 0) return
      all.push((known = newDictionary()))
      firsts.push(size)
    },
    /** Adds the name in a column, or another where that is empty. The row's bytes must stay as they are until `close`. */
    add: (row: Row, column: number, otherwise: () => string): void => {
      const [begin, end] = column < 0 ? [0, 0] : [row.begins[column]!, row.ends[column]!]
      if (waiting === atOnce || row.bytes !== bytes || begin >= end) flush()
      if (begin >= end) {
        const newest = known.size()
        return take(known.intern(otherwise()), newest)
      }
      bytes = row.bytes as Uint8Array<ArrayBuffer>
      begins[waiting] = begin
      ends[waiting++] = end
    },
    addText: (text: string): void => {
      flush()
      keep(known.intern(text))
    },
    /** Nothing is added any more: what finds a name by its text, most of the memory, is given up. */
    close: (): void => {
      flush()
      known = newDictionary()
      all.forEach((names, file) => {
        if ('intern' in names) all[file] = textsOf(names)
      })
    },
    of: (record: number): string => {
      const names = all[firsts.findLastIndex((first) => first <= record)]!
      const number = numbers[record]!
      // Kept as the bytes of the file.
      if ('intern' in names) return Buffer.from(names.text(number), 'latin1').toString()
      return decoder.decode(names.bytes.subarray(names.begins[number], names.begins[number + 1]))
    },
    numbers: (): Int32Array => {
      flush()
      return numbers.subarray(0, size)
    },
    /** How many names were there already. */
    repeated: (): number => repeated,
  }
}

const decoder = new TextDecoder()

const textsOf = (names: Dictionary): Texts => {
  const { letters, begins } = names.codes()
  return { bytes: Uint8Array.from(letters), begins: begins.slice() }
}
