/** Tables as people send them: any encoding, any delimiter, with broken rows among the good ones. */
import fs from 'node:fs'
import { Readable } from 'node:stream'
import { parse } from 'csv-parse'

export type Row = { readonly values: readonly string[]; readonly line: number }
export type BrokenRow = { readonly file: string; readonly line: number; readonly reason: string }

export type Sheet = {
  readonly file: string
  readonly header: readonly string[]
  readonly encoding: string
  /** The rows after the header, one at a time. What cannot be read is told to `broken` and left out. */
  readonly rows: (broken: (row: BrokenRow) => void) => AsyncGenerator<Row, void, undefined>
}

/** The whole of a row may be this long; beyond it somebody forgot to close a quotation. */
const longestRow = 1_000_000

/** Opens a table and reads its header. Throws what a person can act on when there is none. */
export const openSheet = async (file: string): Promise<Sheet> => {
  const encoding = await encodingOf(file)
  const first = await firstLine(file, encoding)
  const delimiter = [',', ';', '\t', '|'].reduce((best, each) =>
    first.split(each).length > first.split(best).length ? each : best,
  )
  const open = () =>
    Readable.from(textOf(file, encoding)).pipe(
      parse({
        bom: true,
        delimiter,
        info: true,
        trim: true,
        skip_empty_lines: true,
        relax_column_count: true,
        skip_records_with_error: true,
        max_record_size: longestRow,
      }),
    )
  const header: string[] = []
  for await (const { record } of open() as AsyncIterable<Parsed>) {
    header.push(...record)
    break
  }
  if (header.length === 0) throw new Error(`${file} has no header row.`)
  return {
    file,
    header,
    encoding,
    rows: async function* (broken) {
      const parser = open()
      parser.on('skip', (error: { message: string; lines?: number }) =>
        broken({ file, line: error.lines ?? 0, reason: inWords(error.message) }),
      )
      let isHeader = true
      for await (const { record, info } of parser as AsyncIterable<Parsed>) {
        if (isHeader) isHeader = false
        else if (record.length !== header.length)
          broken({ file, line: info.lines, reason: `it has ${record.length} columns, the header ${header.length}` })
        else yield { values: record, line: info.lines }
      }
    },
  }
}

type Parsed = { readonly record: string[]; readonly info: { readonly lines: number } }

const inWords = (message: string): string =>
  message.includes('Quote') ? 'a quotation mark is not closed, or opens inside a value' : message.split(/[:,]/)[0]!

/** UTF-8 when all of it is; else UTF-16 by its mark, or what Excel on Windows writes. */
const encodingOf = async (file: string): Promise<string> => {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let first = true
  try {
    for await (const chunk of fs.createReadStream(file) as AsyncIterable<Buffer>) {
      if (first && chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le'
      if (first && chunk[0] === 0xfe && chunk[1] === 0xff) return 'utf-16be'
      first = false
      decoder.decode(chunk, { stream: true })
    }
    decoder.decode()
    return 'utf-8'
  } catch (error) {
    if (error instanceof TypeError) return 'windows-1252'
    throw error
  }
}

async function* textOf(file: string, encoding: string): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder(encoding)
  for await (const chunk of fs.createReadStream(file) as AsyncIterable<Buffer>)
    yield decoder.decode(chunk, { stream: true })
  yield decoder.decode()
}

const firstLine = async (file: string, encoding: string): Promise<string> => {
  for await (const text of textOf(file, encoding)) return text.split(/\r?\n/)[0]!
  return ''
}
