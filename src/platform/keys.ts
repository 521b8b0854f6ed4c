import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

const secret = z.base64().transform((text, ctx) => {
  const bytes = Buffer.from(text, 'base64')
  if (bytes.length === 32) return bytes
  ctx.addIssue('each secret must be 32 bytes')
  return z.NEVER
})
const keyFile = z.object({
  version: z.literal(1),
  /** The key that new things are sealed with; older ones stay to open what they sealed. */
  current: z.string(),
  keys: z.record(z.string(), secret),
  pepper: secret,
})

/** The secrets that are not in the database: a stolen database alone opens no draft, no upload and no receipt. */
export type Keys = z.infer<typeof keyFile>

/**
 * Opens the key file, or makes it on the first start (owner-only, flushed to disk before it is used).
 * @throws {Error} when the file is there but is not a key file
 */
export const openKeys = (file: string): Keys => {
  if (!fs.existsSync(file)) writeNewKeys(file)
  try {
    const keys = keyFile.parse(JSON.parse(fs.readFileSync(file, 'utf8')))
    if (!keys.keys[keys.current]) throw new Error('current key missing')
    return keys
  } catch {
    throw new Error(
      `The key file ${file} cannot be read as one. Put back the file that belongs to this database: ` +
        'without it, saved drafts, uploads and receipts cannot be opened.',
    )
  }
}

const writeNewKeys = (file: string): void => {
  fs.mkdirSync(path.dirname(file), { recursive: true })
  const random = () => randomBytes(32).toString('base64')
  const text = JSON.stringify({ version: 1, current: 'k1', keys: { k1: random() }, pepper: random() }, null, 2)
  // Written beside and linked into place: two first starts at once agree on one file, and a crash leaves none half written.
  const beside = `${file}.${process.pid}.new`
  const handle = fs.openSync(beside, 'wx', 0o600)
  fs.writeSync(handle, text)
  fs.fsyncSync(handle)
  fs.closeSync(handle)
  try {
    fs.linkSync(beside, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    fs.unlinkSync(beside)
  }
}

const derived = new WeakMap<Keys, Map<string, Buffer>>()

/** A key for one use, so that what is sealed for one can never be opened as another. Derived once: every page asks. */
export const keyFor = (keys: Keys, use: string, id = keys.current): Buffer => {
  const key = keys.keys[id]
  if (!key) throw new Error(`no key ${id} in the key file`)
  const known = derived.get(keys) ?? new Map<string, Buffer>()
  derived.set(keys, known)
  const name = `${id} ${use}`
  const made = known.get(name) ?? Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `trellis ${use}`, 32))
  known.set(name, made)
  return made
}

/**
 * Seals bytes with AES-256-GCM under the current key: `[length of key id][key id][nonce 12][tag 16][sealed]`.
 * @param use what the bytes are for; the same words open them
 * @param bound what else must be the same when they are opened (an id); a row moved elsewhere does not open
 */
export const seal = (keys: Keys, use: string, plain: Buffer, bound = '', extra?: Buffer): Buffer => {
  const id = Buffer.from(keys.current)
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', sealingKey(keys, use, keys.current, extra), nonce)
  cipher.setAAD(Buffer.from(bound))
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([Buffer.from([id.length]), id, nonce, cipher.getAuthTag(), sealed])
}

/** Opens what `seal` made. @throws {Error} when the key, the use, the binding or a single bit differs */
export const unseal = (keys: Keys, use: string, sealed: Buffer, bound = '', extra?: Buffer): Buffer => {
  const end = 1 + (sealed[0] ?? 0)
  const id = sealed.subarray(1, end).toString()
  // Without the length, Node takes a tag that was cut short, and four bytes of one can be guessed.
  const whole = { authTagLength: 16 }
  const decipher = createDecipheriv(
    'aes-256-gcm',
    sealingKey(keys, use, id, extra),
    sealed.subarray(end, end + 12),
    whole,
  )
  decipher.setAAD(Buffer.from(bound))
  decipher.setAuthTag(sealed.subarray(end + 12, end + 28))
  return Buffer.concat([decipher.update(sealed.subarray(end + 28)), decipher.final()])
}

/** With `extra` (a secret only the visitor's browser holds), the database and the key file together still open nothing. */
const sealingKey = (keys: Keys, use: string, id: string, extra?: Buffer): Buffer =>
  extra
    ? createHmac('sha256', keyFor(keys, use, id))
        .update(extra)
        .digest()
    : keyFor(keys, use, id)

/** A keyed hash for tokens that are already random: what lies in the database is no use in a cookie. */
export const tokenHash = (keys: Keys, use: string, token: string): Buffer =>
  createHmac('sha256', keyFor(keys, `${use} token`, Object.keys(keys.keys)[0]))
    .update(token)
    .digest()

export const sameBytes = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b)

/** What each secret looks like from outside, by its name: tells one key file from another and opens nothing. */
export const fingerprints = (keys: Keys): Record<string, string> => {
  const print = (secret: Buffer) =>
    Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), 'trellis fingerprint', 8)).toString('hex')
  return {
    ...Object.fromEntries(Object.entries(keys.keys).map(([id, secret]) => [id, print(secret)])),
    pepper: print(keys.pepper),
  }
}
