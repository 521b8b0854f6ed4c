import { newDictionary, type Dictionary } from '../linkage/index.ts'
import type { Row } from './csv.ts'

/** Texts in Latin letters or the bytes of others, one after the other. */
type Texts = { readonly bytes: Uint8Array; readonly begins: Int32Array }

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
  return {
    /** From here on names are another file's, which may use the same again. */
    begin: (): void => {
      if (size === 0) return
      all.push((known = newDictionary()))
      firsts.push(size)
    },
    /** Adds the name in a column, or another where that is empty. False when it was there already. */
    add: (row: Row, column: number, otherwise: () => string): boolean => {
      const [begin, end] = column < 0 ? [0, 0] : [row.begins[column]!, row.ends[column]!]
      const before = known.size()
      keep(begin < end ? known.internCodes(row.bytes, begin, end) : known.intern(otherwise()))
      return known.size() > before
    },
    addText: (text: string): void => keep(known.intern(text)),
    /** Nothing is added any more: what finds a name by its text, most of the memory, is given up. */
    close: (): void => {
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
    numbers: (): Int32Array => numbers.subarray(0, size),
  }
}

const decoder = new TextDecoder()

const textsOf = (names: Dictionary): Texts => {
  const { letters, begins } = names.codes()
  return { bytes: Uint8Array.from(letters), begins: begins.slice() }
}
