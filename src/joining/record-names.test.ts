import { expect, test } from 'vitest'
import { newNames } from './record-names.ts'

test('names are given back as they were, and repeated within a file are counted', () => {
  const names = newNames()
  const written: string[] = []
  const add = (text: string, file: number): void => {
    const bytes = new TextEncoder().encode(`,${text},`)
    const row = { bytes, begins: Int32Array.of(1), ends: Int32Array.of(bytes.length - 1), count: 1, line: 7 }
    names.add(row, 0, file, () => `line ${row.line}`)
    written.push(text || 'line 7')
  }
  for (let i = 0; i < 3000; i++) add(`é${i}`, 0)
  for (let i = 0; i < 700; i++) add(`é${i * 3}`, 0)
  add('', 0)
  for (let i = 0; i < 3000; i++) add(`é${i}`, 1)
  names.addText('é1')
  written.push('é1')

  expect(written.map((_, record) => names.of(record))).toEqual(written)
  expect(names.repeated()).toBe(701)
  const known = new Map<string, number>()
  expect([...names.numbers()]).toEqual(
    written.map((text) => known.get(text) ?? (known.set(text, known.size + 1), known.size)),
  )
})
