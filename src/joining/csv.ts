/** Tables as people send them: any encoding, any delimiter, with broken rows among the good ones. */
import fs from 'node:fs'
import { Readable } from 'node:stream'
import { parse } from 'csv-parse'
import { parse as parseSync } from 'csv-parse/sync'

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
  const options = {
    delimiter,
    trim: true,
    skip_empty_lines: true,
    relax_column_count: true,
    max_record_size: longestRow,
  }
  const header: string[] = []
  for await (const record of Readable.from(textOf(file, encoding)).pipe(parse({ ...options, bom: true, to: 1 })))
    header.push(...(record as string[]))
  if (header.length === 0) throw new Error(`${file} has no header row.`)

  const rows = async function* (broken: (row: BrokenRow) => void): AsyncGenerator<Row, void, undefined> {
    const swallowed: Lines[] = []
    const fits = (values: readonly string[], line: number): boolean => {
      if (values.length === header.length) return true
      broken({ file, line, reason: `it has ${values.length} columns, the header ${header.length}` })
      return false
    }
    let last = 0
    const parser = parse({
      ...options,
      bom: true,
      info: true,
      skip_records_with_error: true,
      on_record: (record: string[], { lines }) => {
        last = lines
        return record
      },
    })
    parser.on('skip', ({ lines }: { lines?: number }) => {
      // A quotation that nobody closed takes everything up to the next one with it: those lines get a second chance.
      broken({ file, line: last + 1, reason: notClosed })
      if (lines !== undefined && lines > last + 1) swallowed.push({ from: last + 2, to: lines })
      last = lines ?? last + 1
    })
    let isHeader = true
    for await (const { record, info } of Readable.from(textOf(file, encoding)).pipe(parser) as AsyncIterable<Parsed>) {
      if (isHeader) isHeader = false
      else if (fits(record, info.lines)) yield { values: record, line: info.lines }
    }
    if (swallowed.length === 0) return
    for await (const { text, line } of linesOf(file, encoding)) {
      if (!swallowed.some(({ from, to }) => line >= from && line <= to)) continue
      const values = alone(text, options)
      if (values === undefined) broken({ file, line, reason: notClosed })
      else if (values.length > 0 && fits(values, line)) yield { values, line }
    }
  }
  return { file, header, encoding, rows }
}

const notClosed = 'a quotation mark is not closed, or opens inside a value'

type Lines = { readonly from: number; readonly to: number }

/** The values of one line by itself, none for an empty one, undefined when it cannot be read. */
const alone = (text: string, options: object): string[] | undefined => {
  try {
    return (parseSync(text, options) as string[][])[0] ?? []
  } catch {
    return undefined
  }
}

async function* linesOf(
  file: string,
  encoding: string,
): AsyncGenerator<{ text: string; line: number }, void, undefined> {
  let [rest, line] = ['', 0]
  for await (const text of textOf(file, encoding)) {
    const parts = (rest + text).split(/\r?\n/)
    rest = parts.pop()!
    for (const part of parts) yield { text: part, line: ++line }
  }
  if (rest !== '') yield { text: rest, line: line + 1 }
}

type Parsed = { readonly record: string[]; readonly info: { readonly lines: number } }

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
