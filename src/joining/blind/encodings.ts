/** The file of encodings that travels: what an agency's own program writes, and what is asked with. */
import { createHash, createHmac, randomBytes } from 'node:crypto'
import { clkScheme, standardEncodings, type Clk, type KeyedHash } from '../../linkage/index.ts'

/** What an agency's agreement carries: 32 bytes, written so that it can be copied by hand into a file. */
export const newSecret = (): Buffer => randomBytes(32)
export const secretText = (secret: Buffer): string => `${clkScheme.replace('/', '-')}:${secret.toString('base64url')}`

/** The secret in a text, or undefined when it is none. */
export const readSecret = (text: string): Buffer | undefined => {
  const [, encoded] = new RegExp(`^${clkScheme.replace('/', '-')}:([A-Za-z0-9_-]{43})$`).exec(text.trim()) ?? []
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64url')
}

/** Each field has a key of its own, so that "mary" as a given name and as a family name share nothing. */
export const keyedHash = (secret: Buffer): KeyedHash => {
  const fields = new Map<string, Buffer>()
  return (field, text) => {
    const key = fields.get(field) ?? createHmac('sha256', secret).update(field).digest()
    fields.set(field, key)
    return createHmac('sha256', key).update(text).digest()
  }
}

/** Of a hundred people who do not exist: the same on both sides, or nothing of what is compared can be believed. */
export const checksumOf = (secret: Buffer): string =>
  createHash('sha256')
    .update(standardEncodings(keyedHash(secret)))
    .digest('hex')
    .slice(0, 32)

/** One row of the agency's own file, by its line: no name and no number of theirs goes with it. */
export type Asked = { readonly line: number; readonly clk: Clk }

export const encodingsFile = (checksum: string, rows: readonly Asked[]): string =>
  `${JSON.stringify({
    format: clkScheme,
    checksum,
    rows: rows.map(({ line, clk }) => ({
      line,
      core: Buffer.from(clk.core).toString('base64'),
      ...(clk.full && { full: Buffer.from(clk.full).toString('base64') }),
    })),
  })}\n`
