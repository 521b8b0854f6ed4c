import fs from 'node:fs'
import { clkEncoder, wholeName, type Kind } from '../../linkage/index.ts'
import { columnsOf } from '../columns.ts'
import { openSheet, valueIn, type BrokenRow } from '../csv.ts'
import { checksumOf, encodingsFile, keyedHash, readSecret, type Asked } from './encodings.ts'

/** What keeps a file from being encoded, as a sentence for whoever can mend it. */
export class CannotEncode extends Error {}

export type Encoding = {
  readonly rows: number
  readonly checksum: string
  readonly columns: readonly string[]
  /** By line and reason, without a value of theirs. */
  readonly left: readonly BrokenRow[]
}

/**
 * Encodes the people of a file under a secret, in the building whose people they are: it reads the file, writes the other,
 * and talks to nobody. The file that it writes holds line numbers and encodings, and nothing of the other columns.
 */
export const encodeFile = async (file: string, secretFile: string, out: string): Promise<Encoding> => {
  const secret = secretFrom(secretFile)
  const sheet = await openSheet(file).catch((error: Error) => {
    throw new CannotEncode(`${file} cannot be read: ${error.message}`)
  })
  const left: BrokenRow[] = []
  const all: { readonly values: readonly string[]; readonly line: number }[] = []
  await sheet.read(
    (row) => void all.push({ values: sheet.header.map((_, column) => valueIn(row, column)), line: row.line }),
    (broken) => left.push(broken),
  )
  const { fields } = columnsOf(
    sheet.header,
    all.slice(0, 2000).map(({ values }) => values),
    {},
  )
  const columns = fields.filter(({ kind }) => used.has(kind))
  const at = (kind: Kind): number => sheet.header.indexOf(columns.find((field) => field.kind === kind)?.name ?? '\0')
  const [given, family, whole, born, postcode] = [
    at('given name'),
    at('family name'),
    at('full name'),
    at('date'),
    at('postcode'),
  ]
  if (born < 0 || (whole < 0 && (given < 0 || family < 0)))
    throw new CannotEncode(
      `${file} needs columns for a name (first_name and surname, or full_name) and for a date of birth (date_of_birth); ` +
        `it has ${sheet.header.join(', ')}.`,
    )
  const encode = clkEncoder(keyedHash(secret))
  const rows: Asked[] = []
  for (const { values, line } of all) {
    const said = (column: number): string => (column < 0 ? '' : (values[column] ?? ''))
    const name = given < 0 || family < 0 ? wholeName(said(whole)) : { given: said(given), family: said(family) }
    const { clk, lacks } = encode({ ...name, born: said(born), postcode: said(postcode) })
    if (clk === undefined) left.push({ file, line, reason: lacks })
    else rows.push({ line, clk })
  }
  const checksum = checksumOf(secret)
  // Whole or not at all, and readable by whoever made it alone.
  const beside = `${out}.${process.pid}.part`
  fs.writeFileSync(beside, encodingsFile(checksum, rows), { mode: 0o600 })
  fs.renameSync(beside, out)
  const byLine = left.toSorted((a, b) => a.line - b.line)
  return { rows: rows.length, checksum, columns: columns.map(({ name }) => name), left: byLine }
}

const used: ReadonlySet<Kind> = new Set(['given name', 'family name', 'full name', 'date', 'postcode'])

export const secretFrom = (file: string): Buffer => {
  if (!fs.existsSync(file)) throw new CannotEncode(`The file with the secret, ${file}, is not there.`)
  const secret = readSecret(fs.readFileSync(file, 'utf8'))
  if (secret === undefined)
    throw new CannotEncode(
      `${file} holds no secret as Trellis shows it once: one line that begins with trellis-clk-1:.`,
    )
  return secret
}
