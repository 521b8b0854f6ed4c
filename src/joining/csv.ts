/** Tables as people send them: any encoding, any delimiter, with broken rows among the good ones. */
import { isAscii } from 'node:buffer'
import fs from 'node:fs'
import type { Line } from '../linkage/index.ts'
import { newRowReader, type FoundRow, type RowReader } from './csv-row.ts'

/**
 * A row as it lies in memory: values, without blanks and quotation marks around them, in UTF-8. Where they lie holds until the
 * next row is read; the bytes stay as they are.
 */
export type Row = FoundRow
export type BrokenRow = { readonly file: string; readonly line: number; readonly reason: string }

/** What a table looks like: what has been found out may be told to another thread. */
export type SheetForm = {
  readonly file: string
  readonly header: readonly string[]
  readonly encoding: string
  readonly delimiter: string
  readonly ending: '\n' | '\r'
}

export type Sheet = SheetForm & {
  /** Reads the rows after the header, in order, until `each` says false. What cannot be read is told to `broken` and left out. */
  readonly read: (each: (row: Row) => boolean | void, broken: (row: BrokenRow) => void) => Promise<void>
}

/** The value of a column as text. */
export const valueIn = ({ bytes, begins, ends }: Line, column: number): string =>
  column < 0 ? '' : decoder.decode(bytes.subarray(begins[column], ends[column]))
const decoder = new TextDecoder()

/** Opens a table and reads its header. Throws what a person can act on when there is none. */
export const openSheet = async (file: string): Promise<Sheet> => {
  const encoding = await encodingOf(file)
  const first = await firstLine(file, encoding)
  const delimiter = [',', ';', '\t', '|'].reduce((best, each) =>
    first.split(each).length > first.split(best).length ? each : best,
  )
  // Only what was written on a Mac long ago ends its lines so.
  const ending = /\r[^\n]/.test(first) ? '\r' : '\n'
  const header: string[] = []
  await walk(file, encoding, newRowReader(delimiter, ending), (row) => {
    for (let column = 0; column < row.count; column++) header.push(valueIn(row, column))
    return false
  })
  if (header.length === 0) throw new Error(`${file} has no header row.`)
  return sheetAs({ file, header, encoding, delimiter, ending })
}

/** What another thread has to know of a table. */
export const formOf = ({ file, header, encoding, delimiter, ending }: Sheet): SheetForm => ({
  ...{ file, header, encoding, delimiter, ending },
})

/** A table of which it is known what it looks like. */
export const sheetAs = (form: SheetForm): Sheet => {
  const { file, header, encoding, delimiter, ending } = form
  return {
    ...form,
    read: async (each, broken) => {
      let isHeader = true
      const rest = (row: FoundRow): boolean | void => {
        if (!isHeader) return each(row)
        isHeader = false
        return undefined
      }
      const tell = (line: number, reason: string): void => broken({ file, line, reason })
      await walk(file, encoding, newRowReader(delimiter, ending, header.length), rest, tell)
    },
  }
}

/** Gives the bytes of a file to a reader of rows. */
const walk = async (
  file: string,
  encoding: string,
  reader: RowReader,
  each: (row: FoundRow) => boolean | void,
  broken: (line: number, reason: string) => void = () => {},
): Promise<void> => {
  const rowsOf = (bytes: Uint8Array, isLast: boolean): boolean => {
    reader.give(bytes, isLast)
    for (let row = reader.row(broken); row !== undefined; row = reader.row(broken))
      if (each(row) === false) return false
    return true
  }
  for await (const bytes of bytesOf(file, encoding)) if (!rowsOf(bytes, false)) return
  rowsOf(new Uint8Array(0), true)
}

const atOnce = { highWaterMark: 1 << 20 }

/** UTF-8 when all of it is; else UTF-16 by its mark, or what Excel on Windows writes. */
const encodingOf = async (file: string): Promise<string> => {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let [first, plain] = [true, true]
  try {
    for await (const chunk of fs.createReadStream(file, atOnce) as AsyncIterable<Buffer>) {
      if (first && chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le'
      if (first && chunk[0] === 0xfe && chunk[1] === 0xff) return 'utf-16be'
      first = false
      // Most files are plain letters throughout, which is seen a hundred times quicker. A letter may lie across two pieces.
      plain = plain && isAscii(chunk)
      if (!plain) decoder.decode(chunk, { stream: true })
    }
    decoder.decode()
    return 'utf-8'
  } catch (error) {
    if (error instanceof TypeError) return 'windows-1252'
    throw error
  }
}

/** The file in UTF-8, a piece at a time, without the mark that some put before it. */
async function* bytesOf(file: string, encoding: string): AsyncGenerator<Uint8Array, void, undefined> {
  if (encoding === 'utf-8') {
    let first = true
    for await (const chunk of fs.createReadStream(file, atOnce) as AsyncIterable<Buffer>) {
      const marked = first && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf
      first = false
      yield marked ? chunk.subarray(3) : chunk
    }
    return
  }
  const decoder = new TextDecoder(encoding)
  for await (const chunk of fs.createReadStream(file, atOnce) as AsyncIterable<Buffer>)
    yield Buffer.from(decoder.decode(chunk, { stream: true }))
  yield Buffer.from(decoder.decode())
}

const firstLine = async (file: string, encoding: string): Promise<string> => {
  for await (const bytes of bytesOf(file, encoding)) {
    const text = Buffer.from(bytes).toString()
    return text.includes('\n') ? text.slice(0, text.indexOf('\n')) : text
  }
  return ''
}
