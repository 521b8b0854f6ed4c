import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { columns, population } from '../../test/population.ts'
import type { Field, Kind, Table } from '../linkage/index.ts'
import { hire } from './crew.ts'
import { openSheet } from './csv.ts'
import { readColumns } from './read-columns.ts'

const kinds: Kind[] = ['given name', 'middle name', 'family name', 'date', 'sex', 'postcode', 'address', 'phone']
const fields = columns.map((name, i): Field => ({ name, kind: kinds[i]! }))
const lines = population(7, 1500).map(({ values }) => values.join(','))

/** All that a table says: its numbers, and the texts behind them. */
const saidBy = ({ cells, files, width, size, slots, dictionaries, linking }: Table) => ({
  ...{ width, size, linking, cells: Array.from(cells), files: Array.from(files), slots: [...slots] },
  texts: Array.from(dictionaries, ([name, { texts }]) => [name, texts()] as const).sort(),
})

test('columns shared out to threads make the table that one thread makes, also where there is less room than rows', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'trellis-columns-'))
  const files = [lines.slice(0, 900), [...lines.slice(900), 'a line that is short']].map((part, i) => {
    const file = path.join(folder, `${i}.csv`)
    fs.writeFileSync(file, [columns.join(','), ...part].join('\n'))
    return file
  })
  const sheets = (await Promise.all(files.map(openSheet))).map(({ read: _, ...form }) => form)
  const places = sheets.map(() => [...fields.keys()])
  const asked = { sheets, fields, places, expected: 2000 }
  const one = await readColumns(asked)
  expect(one.size).toBe(1500)
  for (const [threads, expected] of [
    [2, 2000],
    [3, 2000],
    [4, 1000],
    [2, 10],
  ] as const) {
    const crew = hire(threads)!
    const [rows, broken] = [[] as number[], [] as number[]]
    const table = await crew.read(
      { ...asked, expected },
      (_row, record) => rows.push(record),
      ({ line }) => broken.push(line),
    )
    await crew.dismiss()
    expect(saidBy(table)).toEqual(saidBy(one))
    expect(rows).toEqual(Array.from(rows.keys()))
    expect(broken).toEqual([602])
  }
  fs.rmSync(folder, { recursive: true })
})
