import { decrypt, encrypt } from './gcm.ts'
import type { DataKey } from './data-key.ts'

/** Where a sealed text lies. It opens nowhere else. */
export type Place = { table: string; column: string; row: string }

// Short words come in a few sizes only, so that a name's length does not give it away. Most names fit the first.
const block = 32
const format = Buffer.from([1])
const bound = ({ table, column, row }: Place): Buffer => Buffer.from(`${table}\0${column}\0${row}`)

/** A file, or a piece of one: `[1][nonce 12][tag 16][sealed]`, not padded. */
export const sealBytes = (key: DataKey, where: Place, bytes: Buffer): Buffer =>
  Buffer.concat([format, encrypt(key.secret, bound(where), bytes)])

export const openBytes = (key: DataKey, where: Place, sealed: Buffer): Buffer => {
  if (sealed[0] !== 1) throw new Error('sealed in a way that this version does not know')
  return decrypt(key.secret, bound(where), sealed.subarray(1))
}

/** `[1][nonce 12][tag 16][sealed: the text in UTF-8, 0x80, zeros up to the next 32 bytes]`, AES-256-GCM. */
export const sealText = (key: DataKey, where: Place, text: string): Buffer => {
  const bytes = Buffer.byteLength(text)
  const plain = Buffer.alloc((Math.floor(bytes / block) + 1) * block)
  plain.write(text)
  plain[bytes] = 0x80
  return sealBytes(key, where, plain)
}

/** Opens what `sealText` made. @throws {Error} when it was changed, or moved to another row or column */
export const openText = (key: DataKey, where: Place, sealed: Buffer): string => {
  const plain = openBytes(key, where, sealed)
  return plain.toString('utf8', 0, plain.lastIndexOf(0x80))
}
