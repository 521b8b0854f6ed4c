import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { dice } from '../../linkage/index.ts'
import { encodeFile } from './encode-file.ts'
import { checksumOf, newSecret, readSecret, secretText } from './encodings.ts'
import { readEncodings } from './read-encodings.ts'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clk-'))
afterAll(() => fs.rmSync(folder, { recursive: true }))
const at = (name: string): string => path.join(folder, name)
const secret = newSecret()
fs.writeFileSync(at('secret'), `${secretText(secret)}\n`)

const encoded = async (text: string | Buffer) => {
  fs.writeFileSync(at('people.csv'), text)
  const said = await encodeFile(at('people.csv'), at('secret'), at('out.json'))
  return {
    ...said,
    file: fs.readFileSync(at('out.json'), 'utf8'),
    read: readEncodings(fs.readFileSync(at('out.json'), 'utf8')),
  }
}

test('a file becomes line numbers and encodings, and nothing else of it travels', async () => {
  const { rows, file, read, checksum, left } = await encoded(
    'case,first_name,surname,date_of_birth,postcode\n' +
      `=HYPERLINK(1),Mary,Okafor,1999-03-12,LS1 4AP\nB7,Zoë,O'Neill,12/03/2011,\nB8,Bill,Smith,,LS1 4AP\nB9,a\nC1,"Mary, Okafor\n`,
  )
  expect(rows).toBe(2)
  expect(read?.rows.map(({ line, clk }) => [line, clk.full !== undefined])).toEqual([
    [2, true],
    [3, false],
  ])
  expect(read?.checksum).toBe(checksum)
  expect(checksum).toBe(checksumOf(secret))
  for (const word of ['Mary', 'Okafor', 'HYPERLINK', 'B7', secret.toString('base64url')])
    expect(file).not.toContain(word)
  expect(left.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
    '4 it has no whole date of birth',
    '5 it has 2 columns, the header 5',
    '6 a quotation mark is not closed, or opens inside a value',
  ])
  expect(fs.statSync(at('out.json')).mode & 0o077).toBe(0)
})

test('names in one column, in another encoding, are the same people', async () => {
  const [one] = (await encoded('forename,surname,dob,postcode\nZoë,Müller,12/03/1999,LS1 4AP\n')).read!.rows
  const [other] = (
    await encoded(Buffer.from('Full name;Date of birth;Postcode\nMs Zo\xeb M\xfcller;1999-03-12;ls14ap\n', 'latin1'))
  ).read!.rows
  expect(dice(one!.clk.full!, other!.clk.full!)).toBe(1)
})

test('what cannot be encoded says what to mend', async () => {
  await expect(encoded('colour,size\nred,2\n')).rejects.toThrow('needs columns for a name')
  await expect(encodeFile(at('nothing.csv'), at('secret'), at('x'))).rejects.toThrow('cannot be read')
  await expect(encodeFile(at('people.csv'), at('people.csv'), at('x'))).rejects.toThrow('holds no secret')
  await expect(encodeFile(at('people.csv'), at('no'), at('x'))).rejects.toThrow('is not there')
  expect(fs.existsSync(at('x'))).toBe(false)
})

test('a secret reads back, and nothing else does', () => {
  expect(readSecret(secretText(secret))).toEqual(secret)
  for (const other of ['', 'trellis-clk-1:short', secretText(secret).replace('-1:', '-2:')])
    expect(readSecret(other)).toBeUndefined()
  for (const other of ['', '{}', '[]', '{"format":"trellis-clk/1","checksum":"x","rows":[]}'])
    expect(readEncodings(other)).toBeUndefined()
})
