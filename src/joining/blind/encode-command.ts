import { parseArgs } from 'node:util'
import { CannotEncode, encodeFile, secretFrom } from './encode-file.ts'
import { checksumOf } from './encodings.ts'

export const encodeHelp = `  clk encode FILE.csv --secret-file SECRET --out OUT.json
                                       encode people so that Trellis can be asked about them without a name
  clk check --secret-file SECRET       the checksum of a hundred standard encodings: it must be the one Trellis shows`

/** Lines that are printed of rows which were left out. */
const most_said = 20

/**
 * `trellis clk …`, and the whole of the program that an agency runs by itself.
 * @throws {CannotEncode} with a sentence
 */
export const clkCommand = async (
  words: readonly string[],
  values: { readonly 'secret-file'?: string; readonly out?: string },
): Promise<void> => {
  const [verb, file, ...more] = words
  const { 'secret-file': secretFile, out } = values
  if (verb === 'check' && file === undefined && secretFile !== undefined)
    return console.log(checksumOf(secretFrom(secretFile)))
  if (verb !== 'encode' || file === undefined || more.length > 0 || secretFile === undefined || out === undefined)
    throw new CannotEncode(`Say what to do:\n${encodeHelp}`)
  const { rows, checksum, columns, left } = await encodeFile(file, secretFile, out)
  console.log(`Read: ${columns.join(', ')}. ${rows} people encoded into ${out}; checksum ${checksum}.`)
  if (left.length > 0) console.log(`${left.length} rows were left out:`)
  for (const { line, reason } of left.slice(0, most_said)) console.log(`  line ${line}: ${reason}.`)
  if (left.length > most_said) console.log(`  and ${left.length - most_said} more.`)
  console.log('The file holds pseudonyms, not anonymous data: send it to Trellis only, and delete it afterwards.')
}

/** Reads the words after the program's name. */
export const readWords = (args: string[]) =>
  parseArgs({ args, allowPositionals: true, options: { 'secret-file': { type: 'string' }, out: { type: 'string' } } })
