/**
 * Rows of a table as values separated by a delimiter (RFC 4180), read in place: a row is where its values begin and end in
 * the bytes. A general parser makes a text of every value and takes six times as long.
 */
import type { Line } from '../linkage/index.ts'

export const notClosed = 'a quotation mark is not closed, or opens inside a value'
export const tooLong = 'it is longer than a million characters'

/** The whole of a row may be this long; beyond it somebody forgot to close a quotation. */
const longestRow = 1_000_000

/** `line` is the one that the row begins on. Only the first `count` of its places count. */
export type FoundRow = Line & { readonly count: number; readonly line: number }

export type RowReader = {
  /** Gives more bytes of the file. */
  readonly give: (bytes: Uint8Array, isLast: boolean) => void
  /** The next row; undefined when it needs more bytes. It holds until the next call. A line that cannot be read is told. */
  readonly row: (broken: (line: number, reason: string) => void) => FoundRow | undefined
}

const [quote, blank, tab, feed, lineFeed, carriageReturn] = [0x22, 0x20, 0x09, 0x0c, 0x0a, 0x0d]

/** Reads rows of so many columns, or of any number. */
export const newRowReader = (delimiter: string, ending: '\n' | '\r', columns?: number): RowReader => {
  const [between, end] = [delimiter.charCodeAt(0), ending.charCodeAt(0)]
  // One look at each byte of a value tells whether it goes on.
  const goesOn = new Uint8Array(256).fill(1)
  for (const byte of [between, end, quote]) goesOn[byte] = 0
  let bytes = new Uint8Array(0)
  let [at, line, isLast] = [0, 1, false]
  // Where values begin and end, and how many; more room when a row has more.
  let begins = new Int32Array(64)
  let ends = new Int32Array(64)
  let [count, lines, quoted, skips] = [0, 0, false, false]
  const found = { bytes, begins, ends, count, line }

  const isBlank = (byte: number): boolean =>
    byte === blank ||
    (byte === tab && between !== tab) ||
    byte === feed ||
    (byte === carriageReturn && end === lineFeed)

  const put = (from: number, to: number): void => {
    if (count === begins.length) {
      const [more, moreEnds] = [new Int32Array(count * 2), new Int32Array(count * 2)]
      more.set(begins)
      moreEnds.set(ends)
      ;[begins, ends] = [more, moreEnds]
    }
    let [begin, stop] = [from, to]
    // Nearly no value has any.
    while (begin < stop && bytes[begin]! <= blank && isBlank(bytes[begin]!)) begin++
    while (begin < stop && bytes[stop - 1]! <= blank && isBlank(bytes[stop - 1]!)) stop--
    begins[count] = begin
    ends[count++] = stop
  }

  /** Reads a row from `at` on: 'row', 'more' when it does not end in what is here, or why it cannot be read. */
  const read = (): 'row' | 'more' | typeof notClosed => {
    const size = bytes.length
    let p = at
    ;[count, lines, quoted] = [0, 1, false]
    for (;;) {
      const begin = p
      while (p < size && bytes[p]! <= blank && isBlank(bytes[p]!)) p++
      if (p < size && bytes[p] === quote) {
        const open = p + 1
        for (p = open; ; p++) {
          if (p >= size) return isLast || p - at > longestRow ? notClosed : 'more'
          const byte = bytes[p]
          if (byte === end) lines++
          else if (byte === quote) {
            if (bytes[p + 1] !== quote) break
            quoted = true
            p++
          }
        }
        if (p + 1 >= size && !isLast) return 'more'
        put(open, p)
        p++
        while (p < size && isBlank(bytes[p]!)) p++
        if (p < size && bytes[p] !== between && bytes[p] !== end) return notClosed
      } else {
        while (p < size && goesOn[bytes[p]!] === 1) p++
        if (p < size && bytes[p] === quote) return notClosed
        if (p < size || isLast) put(begin, p)
      }
      if (p >= size) {
        if (!isLast) return 'more'
        at = p
        return 'row'
      }
      if (bytes[p++] === end) {
        at = p
        return 'row'
      }
    }
  }

  /** Two quotation marks inside a quotation are one. */
  const unquote = (): void => {
    for (let value = 0; value < count; value++) {
      let into = begins[value]!
      for (let from = into; from < ends[value]!; from++) {
        bytes[into++] = bytes[from]!
        if (bytes[from] === quote && bytes[from + 1] === quote && from + 1 < ends[value]!) from++
      }
      ends[value] = into
    }
  }

  /** Goes on after the line that a row began on, which may not have come to its end yet. */
  const skipLine = (from: number): void => {
    const end_ = bytes.indexOf(end, from)
    skips = end_ < 0
    at = skips ? bytes.length : end_ + 1
    if (!skips) line++
  }

  /** What is wrong with the row that has been read; undefined for a good one. */
  const wrongWith = (read: 'row' | 'more' | typeof notClosed, from: number): string | undefined => {
    if (read === notClosed) return notClosed
    if (read === 'more') return bytes.length - from > longestRow ? tooLong : undefined
    if (columns === undefined || count === columns || (count === 1 && begins[0] === ends[0])) return undefined
    // A mark that opened by mistake was closed by another row's: the lines after the first are read anew.
    return lines > 1 ? notClosed : `it has ${count} columns, the header ${columns}`
  }

  return {
    give: (more, last) => {
      // What is left over comes first; and a copy, since values are unquoted in place.
      const left = bytes.length - at
      const all = new Uint8Array(left + more.length)
      all.set(bytes.subarray(at))
      all.set(more, left)
      ;[bytes, at, isLast] = [all, 0, last]
    },
    row: (broken) => {
      if (skips) skipLine(at)
      while (at < bytes.length) {
        const from = at
        const what = read()
        const wrong = wrongWith(what, from)
        if (wrong !== undefined) {
          broken(line, wrong)
          skipLine(from)
          continue
        }
        if (what === 'more') return undefined
        const began = line
        line += lines
        if (count === 1 && begins[0] === ends[0]) continue
        if (quoted) unquote()
        found.bytes = bytes
        found.begins = begins
        found.ends = ends
        found.count = count
        found.line = began
        return found
      }
      return undefined
    },
  }
}
