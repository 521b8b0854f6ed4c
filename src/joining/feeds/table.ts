/** A table out of bytes that come in pieces, row by row: never more than a piece of it is in memory. */
import { newRowReader } from '../csv-row.ts'
import { valueIn } from '../csv.ts'

export type Row = { readonly values: readonly string[]; readonly line: number }
/** A line that is no row, with how many columns it has where that is what is wrong. */
export type BrokenRow = { readonly line: number; readonly columns?: number }
/** The bytes of a table, from the beginning, as often as they are asked for. */
export type Source = () => AsyncIterable<Buffer>
export type Sheet = {
  readonly header: readonly string[]
  /** The rows after the header, one at a time. What cannot be read is told to `broken` and left out. */
  readonly rows: (broken: (row: BrokenRow) => void) => AsyncGenerator<Row, void, undefined>
}

/** There is nothing in it that could name columns. */
export class NoHeader extends Error {}

/** Reads the header. @throws {NoHeader} */
export const openTable = async (source: Source, encoding: string): Promise<Sheet> => {
  const first = await firstLine(source, encoding)
  const delimiter = [',', ';', '\t', '|'].reduce((best, each) =>
    first.split(each).length > first.split(best).length ? each : best,
  )
  const ending = /\r[^\n]/.test(first) ? '\r' : '\n'
  const all = (broken: (row: BrokenRow) => void) => rowsIn(source, encoding, newRowReader(delimiter, ending), broken)
  const header: string[] = []
  for await (const { values } of all(() => {})) {
    header.push(...values)
    break
  }
  if (header.every((name) => name === '')) throw new NoHeader()
  return {
    header,
    rows: async function* (broken) {
      let isHeader = true
      for await (const row of all(broken)) {
        if (isHeader) isHeader = false
        else if (row.values.length === header.length) yield row
        else broken({ line: row.line, columns: row.values.length })
      }
    },
  }
}

async function* rowsIn(
  source: Source,
  encoding: string,
  reader: ReturnType<typeof newRowReader>,
  broken: (row: BrokenRow) => void,
): AsyncGenerator<Row, void, undefined> {
  const tell = (line: number): void => broken({ line })
  const given = function* (bytes: Uint8Array, isLast: boolean): Generator<Row, void, undefined> {
    reader.give(bytes, isLast)
    for (let row = reader.row(tell); row !== undefined; row = reader.row(tell)) {
      const { count, line } = row
      const found = row
      yield { values: Array.from({ length: count }, (_, column) => valueIn(found, column)), line }
    }
  }
  for await (const text of textOf(source, encoding)) yield* given(Buffer.from(text), false)
  yield* given(new Uint8Array(0), true)
}

async function* textOf(source: Source, encoding: string): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder(encoding)
  for await (const chunk of source()) yield decoder.decode(chunk, { stream: true })
  yield decoder.decode()
}

const firstLine = async (source: Source, encoding: string): Promise<string> => {
  for await (const text of textOf(source, encoding)) return text.split('\n')[0]!
  return ''
}

/**
 * UTF-8 when all of it is; else UTF-16 by its mark, or by the zeros that its letters come with; else what Excel on Windows
 * writes. It is told every piece, and asked at the end.
 */
export const encodingGuess = () => {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let found: string | undefined
  let isFirst = true
  const tried = (decode: () => void): void => {
    try {
      if (found === undefined) decode()
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
      found = 'windows-1252'
    }
  }
  return {
    look: (chunk: Buffer): void => {
      if (isFirst && chunk.length > 0) {
        isFirst = false
        found = wide(chunk)
      }
      tried(() => decoder.decode(chunk, { stream: true }))
    },
    end: (): string => {
      tried(() => decoder.decode())
      return found ?? 'utf-8'
    },
  }
}

const wide = (chunk: Buffer): string | undefined => {
  if (chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le'
  if (chunk[0] === 0xfe && chunk[1] === 0xff) return 'utf-16be'
  const some = chunk.subarray(0, 2000)
  const zeros = [0, 0]
  some.forEach((byte, i) => {
    if (byte === 0) zeros[i % 2]!++
  })
  const most = some.length / 5
  return zeros[1]! > most && zeros[0] === 0 ? 'utf-16le' : zeros[0]! > most && zeros[1] === 0 ? 'utf-16be' : undefined
}
