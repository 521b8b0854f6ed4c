import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { columns, population } from '../../test/population.ts'
import { columnsOf, readSettings } from './columns.ts'
import { linkFiles } from './index.ts'

let folder: string
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'trellis-link-'))
})
afterAll(() => fs.rmSync(folder, { recursive: true }))

const at = (name: string): string => path.join(folder, name)
const put = (name: string, content: string | Buffer): string => {
  fs.writeFileSync(at(name), content)
  return at(name)
}
const rowsOf = (file: string): Record<string, string>[] => parse(fs.readFileSync(file, 'utf8'), { columns: true })
const quiet = (): void => {}

/** A county's records as lines, with an id and the truth. */
const county = population(3, 3000).map(({ person, values }, i) => [`r${i}`, person.id, ...values].join(','))
const header = ['id', 'cluster', ...columns].join(',')

test('one file is searched for duplicates: columns guessed, nothing told, the truth only measured against', async () => {
  const left = put('county.csv', [header, ...county].join('\n'))
  const report = await linkFiles(
    { left, out: at('links.csv'), clusters: at('clusters.csv'), saveModel: at('model.json'), report: at('page.html') },
    quiet,
  )
  expect(report.columns.fields.map(({ kind }) => kind)).toEqual([
    'given name',
    'middle name',
    'family name',
    'date',
    'sex',
    'postcode',
    'address',
    'phone',
  ])
  expect(report.measured!.clusters.f1).toBeGreaterThan(0.9)
  const links = rowsOf(at('links.csv'))
  expect(links.length).toBe(report.links)
  expect(Object.keys(links[0]!)).toEqual(['left', 'right', 'band', 'probability', 'weight'])
  expect(rowsOf(at('clusters.csv')).length).toBe(3000)

  const page = fs.readFileSync(at('page.html'), 'utf8')
  for (const part of [
    'Against the truth',
    'What each agreement is worth',
    'counted before they ran',
    'Pairs, explained',
  ])
    expect(page).toContain(part)
  expect(page).not.toContain('<script')
  // Levels and weights only: no name, address or number of anybody.
  for (const line of county.slice(0, 200))
    for (const value of line
      .split(',')
      .slice(7)
      .filter((value) => value.length > 5))
      expect(page).not.toContain(value)

  const again = await linkFiles({ left, model: at('model.json'), out: at('again.csv') }, quiet)
  expect(again.links).toBe(report.links)
  expect(fs.readFileSync(at('again.csv'), 'utf8')).toBe(fs.readFileSync(at('links.csv'), 'utf8'))
})

test('two files are linked with each other and not within themselves', async () => {
  const left = put('left.csv', [header, ...county.slice(0, 1500)].join('\n'))
  const renamed = header.replace('surname', 'last_name').replace('date_of_birth', 'dob')
  const right = put('right.csv', [renamed, ...county.slice(1500)].join('\n'))
  const { columns: found } = await linkFiles({ left, right, out: at('links.csv') }, quiet)
  expect(found.fields.length).toBe(8)
  const number = (id: string): number => Number(id.slice(1))
  const links = rowsOf(at('links.csv'))
  expect(links.length).toBeGreaterThan(300)
  expect(links.filter((row) => number(row['left']!) >= 1500 || number(row['right']!) < 1500)).toEqual([])
})

test('broken rows are left out and listed with line and reason; the others go on', async () => {
  const lines = [header, ...county.slice(0, 1000)]
  lines[10] = 'r9,1,Mary,"Jones'.replace('"Jones', 'Jo"nes')
  lines[20] = 'r19,too,short'
  lines[500] = 'r499,1,"Mary,,Jones,1999-01-01,F,,,'
  lines[30] = `r29,1,${'x'.repeat(10_000)},,=1+1,1999-01-01,F,,,`
  const left = put('broken.csv', lines.join('\r\n'))
  const asked = { left, clusters: at('clusters.csv'), report: at('broken.html') }
  const { broken, records } = await linkFiles(asked, quiet)
  expect(broken.map(({ line }) => line)).toEqual([11, 21, 501])
  expect(broken.map(({ reason }) => reason)).toEqual([
    'a quotation mark is not closed, or opens inside a value',
    'it has 3 columns, the header 10',
    'a quotation mark is not closed, or opens inside a value',
  ])
  const page = fs.readFileSync(at('broken.html'), 'utf8')
  for (const { line, reason } of broken) expect(page).toContain(`<td>${line}</td><td>${reason}</td>`)
  // A quotation left open takes no other row with it.
  expect(records).toBe(997)
})

test('a file too small to learn from is linked with usual values', async () => {
  const few = [
    'first_name,surname,dob',
    'Mary,Jones,1999-03-12',
    'Omar,Ali,2001-04-05',
    'Mary,Jones,1999-03-12',
    'Amy,Lee,1990-07-08',
  ]
  const left = put(
    'few.csv',
    [...few, ...county.slice(0, 30).map((_, i) => `A${i},B${i},19${50 + i}-05-1${i % 10}`)].join('\n'),
  )
  const { links, model } = await linkFiles({ left, out: at('links.csv') }, quiet)
  expect(links).toBe(1)
  expect(rowsOf(at('links.csv'))[0]).toMatchObject({ left: '2', right: '4' })
  expect(model.notes.join(' ')).toContain('Too few pairs agree on anything')
})

test('what Excel on Windows writes is read too: semicolons, its own letters, dates by day', async () => {
  const lines = ['Ref;Cluster;Forename;Middle;Surname;DOB;Gender;Postcode;Address;Phone', ...county.slice(0, 1000)]
  const text = lines.map((line) => line.replaceAll(',', ';').replace(/(\d{4})-(\d\d)-(\d\d)/, '$3/$2/$1')).join('\r\n')
  const left = put(
    'excel.csv',
    Buffer.from(text.replaceAll('jose', 'jos\u00e9').replaceAll('emma', '\u00e9mma'), 'latin1'),
  )
  const { columns: found, records, measured } = await linkFiles({ left }, quiet)
  expect(records).toBe(1000)
  expect(found.fields.length).toBe(8)
  expect(measured!.clusters.precision).toBeGreaterThan(0.9)
})

test('columns are guessed by plain names, and a name that promises what the values do not hold is not believed', () => {
  const { fields, id } = columnsOf(
    ['Rec ID', 'Full Name', 'D.O.B.', 'postcode', 'NHS No.', 'E-mail', 'empty'],
    [
      ['a1', 'Mary Jones', '12/03/1999', '4814', '9434765919', 'm@example.org', ''],
      ['a2', 'Omar Ali', '1999-04-01', '2119', '', 'o@example.org', ''],
    ],
    {},
  )
  expect(id).toBe('Rec ID')
  expect(fields.map(({ kind }) => kind)).toEqual(['full name', 'date', 'identifier', 'nhs number', 'e-mail'])
})

test('a run that would write over what it reads, or where there is no folder, says so before it begins', async () => {
  const text = [header, ...county.slice(0, 50)].join('\n')
  const left = put('precious.csv', text)
  fs.symlinkSync(left, at('another-name.csv'))
  const began: string[] = []
  const run = (more: object) => linkFiles({ left, ...more }, () => void began.push('began'))
  await expect(run({ out: left })).rejects.toThrow('--out: ')
  await expect(run({ report: at('another-name.csv') })).rejects.toThrow('would be lost')
  await expect(run({ out: at('one.csv'), clusters: at('one.csv') })).rejects.toThrow('--clusters: ')
  await expect(run({ report: at('nowhere/page.html') })).rejects.toThrow('there is no folder')
  await expect(run({ saveModel: folder })).rejects.toThrow('is a folder')
  expect(began).toEqual([])
  expect(fs.readFileSync(left, 'utf8')).toBe(text)
})

test('settings that do not fit say where', () => {
  expect(readSettings({ columns: { dob: 'dat', gone: 'date' }, id: 'no', more: 1 }, ['dob']).wrong).toEqual([
    'more: there is no such setting.',
    expect.stringMatching(/^columns\.dob: "dat" must be "ignore" or one of: given name/),
    'columns.gone: there is no column "gone".',
    'id: there is no column "no".',
  ])
})
