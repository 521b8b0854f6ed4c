import fc from 'fast-check'
import { stringify } from 'csv-stringify/sync'
import { expect, test } from 'vitest'
import { newRowReader } from './csv-row.ts'

/** All rows of a text whose bytes come in pieces, and the lines that were told as broken. */
const read = (text: string, { piece = 7, delimiter = ',', columns = undefined as number | undefined } = {}) => {
  const reader = newRowReader(delimiter, '\n', columns)
  const bytes = new TextEncoder().encode(text)
  const rows: { line: number; values: string[] }[] = []
  const broken: number[] = []
  const decoder = new TextDecoder()
  const all = (): void => {
    for (let row = reader.row((line) => broken.push(line)); row; row = reader.row((line) => broken.push(line))) {
      const { begins, ends, count, line } = row
      const values = Array.from({ length: count }, (_, i) => decoder.decode(row.bytes.subarray(begins[i], ends[i])))
      rows.push({ line, values })
    }
  }
  for (let at = 0; at < bytes.length; at += piece) {
    reader.give(bytes.subarray(at, at + piece), false)
    all()
  }
  reader.give(new Uint8Array(0), true)
  all()
  return { rows, broken }
}

test('whatever is written as a table is read back, in pieces of any size', () => {
  const value = fc.string({ unit: fc.constantFrom(...'ab ",;\n\r\té王'), maxLength: 6 }).map((text) => text.trim())
  const table = fc.integer({ min: 2, max: 5 }).chain((n) => fc.array(fc.array(value, { minLength: n, maxLength: n })))
  fc.assert(
    fc.property(table, fc.integer({ min: 1, max: 40 }), fc.constantFrom(',', ';', '\t'), (rows, piece, delimiter) => {
      for (const record_delimiter of ['\n', '\r\n']) {
        const text = stringify(rows, { delimiter, record_delimiter, quoted: true })
        const columns = rows[0]?.length
        expect(read(text, { piece, delimiter, ...(columns !== undefined && { columns }) })).toEqual({
          rows: rows.map((values) => ({ values, line: expect.any(Number) as number })),
          broken: [],
        })
      }
    }),
  )
})

test('blanks around values go, empty lines too, and every row knows its line', () => {
  expect(read(' a , "b ""c"""\n\n x,"two\nlines"\r\nlast,').rows).toEqual([
    { line: 1, values: ['a', 'b "c"'] },
    { line: 3, values: ['x', 'two\nlines'] },
    { line: 5, values: ['last', ''] },
  ])
})

test('a row that cannot be read costs its own line and no other', () => {
  const lines = ['a,b', 'c,"d', 'e,f', 'g,"h"x', 'i,j"k', 'l,"m', 'n,"o"', 'p', 'q,r']
  const { rows, broken } = read(lines.join('\n'), { columns: 2 })
  expect(rows.map(({ values }) => values)).toEqual([
    ['a', 'b'],
    ['e', 'f'],
    ['n', 'o'],
    ['q', 'r'],
  ])
  expect(broken).toEqual([2, 4, 5, 6, 8])
})

test('a line of two million letters is told once, and those after it are read', () => {
  const { rows, broken } = read(`a,b\n${'x'.repeat(2_000_000)}\nc,d`, { columns: 2, piece: 65_536 })
  expect(rows.map(({ line }) => line)).toEqual([1, 3])
  expect(broken).toEqual([2])
})

test('any bytes at all are read without failing', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'a",\n\r '), maxLength: 60 }), (text) => {
      const whole = read(text, { columns: 2, piece: 100 })
      expect(read(text, { columns: 2, piece: 3 })).toEqual(whole)
      for (const { values } of whole.rows) expect(values.length).toBe(2)
    }),
  )
})
