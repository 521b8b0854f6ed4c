import { newDictionary, type Dictionary } from '../linkage/index.ts'
import type { Row } from './csv.ts'

/** What records are called, as numbers: ten million texts would take more memory than the records themselves. */
export const newNames = () => {
  let known = newDictionary()
  const all: Dictionary[] = [known]
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
    of: (record: number): string => {
      const file = firsts.findLastIndex((first) => first <= record)
      // Kept as the bytes of the file.
      return Buffer.from(all[file]!.text(numbers[record]!), 'latin1').toString()
    },
    numbers: (): Int32Array => numbers.subarray(0, size),
  }
}
