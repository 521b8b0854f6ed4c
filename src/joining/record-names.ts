import { hashOfCodes, newDictionary } from '../linkage/index.ts'
import type { Row } from './csv.ts'

/**
 * What records are called: the bytes of one name after the other, as they come. Ten million texts would take more memory than
 * the records themselves, and to look each up takes longer than to read its row.
 */
export const newNames = () => {
  let bytes = new Uint8Array(1 << 14)
  let begins = new Int32Array(1024)
  let size = 0
  const firsts: number[] = [0]

  const room = (many: number): void => {
    if (size + 2 > begins.length) {
      const more = new Int32Array(begins.length * 2)
      more.set(begins)
      begins = more
    }
    const end = begins[size]! + many
    if (end > bytes.length) {
      const more = new Uint8Array(end * 2)
      more.set(bytes)
      bytes = more
    }
    begins[++size] = end
  }
  const addText = (text: string): void => {
    const coded = encoder.encode(text)
    const begin = begins[size]!
    room(coded.length)
    bytes.set(coded, begin)
  }
  /** How many names from one to before another were there before among them. */
  const repeatedIn = (from: number, to: number): number => {
    const hashes = new Int32Array(to - from)
    for (let i = 0; i < hashes.length; i++) hashes[i] = hashOfCodes(bytes, begins[from + i]!, begins[from + i + 1]!)
    // A bit for each hash, sixteen times as many as names: only those that meet in one may be the same, and are looked at.
    const shift = Math.max(1, Math.clz32(hashes.length) - 4)
    const [once, twice] = [
      new Int32Array(((2 ** (32 - shift)) >> 5) + 1),
      new Int32Array(((2 ** (32 - shift)) >> 5) + 1),
    ]
    for (const hash of hashes) {
      const at = hash >>> shift
      if (once[at >> 5]! & (1 << (at & 31))) twice[at >> 5]! |= 1 << (at & 31)
      else once[at >> 5]! |= 1 << (at & 31)
    }
    const known = newDictionary()
    let repeated = 0
    for (let i = 0; i < hashes.length; i++) {
      const at = hashes[i]! >>> shift
      if ((twice[at >> 5]! & (1 << (at & 31))) === 0) continue
      const many = known.size()
      if (known.internCodes(bytes, begins[from + i]!, begins[from + i + 1]!) < many) repeated++
    }
    return repeated
  }

  return {
    /** Adds the name in a column, or another where that is empty. Of the next file, which may use the same again, from its first row on. */
    add: (row: Row, column: number, file: number, otherwise: () => string): void => {
      if (file >= firsts.length) firsts.push(size)
      const [from, to] = column < 0 ? [0, 0] : [row.begins[column]!, row.ends[column]!]
      if (from >= to) return addText(otherwise())
      let at = begins[size]!
      room(to - from)
      for (let i = from; i < to; i++) bytes[at++] = row.bytes[i]!
    },
    addText,
    of: (record: number): string => decoder.decode(bytes.subarray(begins[record], begins[record + 1])),
    /** A number for every record, one and the same for records of one name. */
    numbers: (): Int32Array => {
      const known = newDictionary()
      const numbers = new Int32Array(size)
      for (let from = 0; from < size; from += atOnce) {
        const many = Math.min(atOnce, size - from)
        known.internAll(bytes, begins.subarray(from), begins.subarray(from + 1), many, numbers.subarray(from))
      }
      return numbers
    },
    /** How many names were there already. */
    repeated: (): number => firsts.reduce((sum, from, file) => sum + repeatedIn(from, firsts[file + 1] ?? size), 0),
  }
}

/** So many names are looked up at once. */
const atOnce = 512

const encoder = new TextEncoder()
const decoder = new TextDecoder()
