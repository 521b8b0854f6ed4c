import { createHmac, createSecretKey, hkdfSync, randomBytes, timingSafeEqual, type KeyObject } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { decrypt, encrypt } from './gcm.ts'

const secret = z.base64().transform((text, ctx) => {
  const bytes = Buffer.from(text, 'base64')
  if (bytes.length === 32) return bytes
  ctx.addIssue('each secret must be 32 bytes')
  return z.NEVER
})
const keyFile = z
  .object({
    version: z.literal(1),
    /** The key that new things are sealed with; older ones stay to open what they sealed. */
    current: z.string(),
    keys: z.record(z.string().min(1).max(40), secret),
    pepper: secret,
  })
  .refine(({ current, keys }) => keys[current], 'current key missing')

/** The secrets that are not in the database: a stolen database alone opens nothing that was sealed. */
export type Keys = z.infer<typeof keyFile>

/** Reads what a key file holds. @throws {Error} when it is none, without repeating a letter of it */
export const readKeys = (text: string, name: string): Keys => {
  try {
    return keyFile.parse(JSON.parse(text))
  } catch {
    throw new Error(
      `${name} cannot be read as keys. Put back the keys that belong to this database: without them nothing that was ` +
        'sealed can be opened, neither the words of concerns nor drafts, uploads and receipts.',
    )
  }
}

/** Where each set of keys was read, so that one that was added to the file since is found. */
const files = new WeakMap<Keys, string>()

/**
 * Opens the key file, or makes it on the first start (owner-only, flushed to disk before it is used).
 * @throws {Error} when the file is there but is not a key file
 */
export const openKeys = (file: string): Keys => {
  if (!fs.existsSync(file)) writeNewKeys(file)
  const keys = readKeys(fs.readFileSync(file, 'utf8'), `The key file ${file}`)
  files.set(keys, file)
  return keys
}

type KeySettings = { keys?: Keys; keysFile: string }

/** The keys the settings name: given in the environment, or lying in a file. */
export const keysOf = ({ keys, keysFile }: KeySettings): Keys => keys ?? openKeys(keysFile)

/** Adds a new secret to the key file that `keys` were read from and makes it the current one; the older ones stay. */
export const addKey = (file: string, keys: Keys): void => {
  const content = JSON.parse(fs.readFileSync(file, 'utf8')) as { keys: Record<string, string> }
  const highest = Math.max(...Object.keys(content.keys).map((id) => Number(/^k(\d+)$/.exec(id)?.[1] ?? 0)))
  const current = `k${highest + 1}`
  const all = { ...content.keys, [current]: newSecret() }
  fs.renameSync(writeBeside(file, { ...content, current, keys: all }), file)
  addedSince(keys, current)
}

const newSecret = (): string => randomBytes(32).toString('base64')

const writeNewKeys = (file: string): void => {
  fs.mkdirSync(path.dirname(file), { recursive: true })
  // Written beside and linked into place: two first starts at once agree on one file, and a crash leaves none half written.
  const beside = writeBeside(file, { version: 1, current: 'k1', keys: { k1: newSecret() }, pepper: newSecret() })
  try {
    fs.linkSync(beside, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    fs.unlinkSync(beside)
  }
}

const writeBeside = (file: string, content: object): string => {
  const beside = `${file}.${process.pid}.new`
  const handle = fs.openSync(beside, 'wx', 0o600)
  fs.writeSync(handle, JSON.stringify(content, null, 2))
  fs.fsyncSync(handle)
  fs.closeSync(handle)
  return beside
}

const derived = new WeakMap<Keys, Map<string, KeyObject>>()

/** A key for one use, so that what is sealed for one can never be opened as another. Derived once: every page asks. */
export const keyFor = (keys: Keys, use: string, id = keys.current): KeyObject => {
  const key = keys.keys[id] ?? addedSince(keys, id)
  if (!key) throw new Error(`no key ${id} in the key file`)
  const known = derived.get(keys) ?? new Map<string, KeyObject>()
  derived.set(keys, known)
  const name = `${id} ${use}`
  const made = known.get(name) ?? derive(key, `trellis ${use}`)
  known.set(name, made)
  return made
}

const derive = (from: Buffer, name: string): KeyObject =>
  createSecretKey(Buffer.from(hkdfSync('sha256', from, Buffer.alloc(0), name, 32)))

/** A key that another process added while this one ran. */
const addedSince = (keys: Keys, id: string): Buffer | undefined => {
  const file = files.get(keys)
  if (file) Object.assign(keys, readKeys(fs.readFileSync(file, 'utf8'), `The key file ${file}`))
  return keys.keys[id]
}

/**
 * Seals bytes with AES-256-GCM under the current key: `[length of key id][key id][nonce 12][tag 16][sealed]`.
 * @param use what the bytes are for; the same words open them
 * @param bound what else must be the same when they are opened (an id); a row moved elsewhere does not open
 */
export const seal = (keys: Keys, use: string, plain: Buffer, bound = '', extra?: Buffer): Buffer => {
  const id = Buffer.from(keys.current)
  const sealed = encrypt(sealingKey(keys, use, keys.current, extra), Buffer.from(bound), plain)
  return Buffer.concat([Buffer.from([id.length]), id, sealed])
}

/** Opens what `seal` made. @throws {Error} when the key, the use, the binding or a single bit differs */
export const unseal = (keys: Keys, use: string, sealed: Buffer, bound = '', extra?: Buffer): Buffer => {
  const end = 1 + (sealed[0] ?? 0)
  const key = sealingKey(keys, use, sealed.subarray(1, end).toString(), extra)
  return decrypt(key, Buffer.from(bound), sealed.subarray(end))
}

/** With `extra` (a secret only the visitor's browser holds), the database and the key file together still open nothing. */
const sealingKey = (keys: Keys, use: string, id: string, extra?: Buffer): KeyObject =>
  extra
    ? createSecretKey(
        createHmac('sha256', keyFor(keys, use, id))
          .update(extra)
          .digest(),
      )
    : keyFor(keys, use, id)

/** A keyed hash for tokens that are already random: what lies in the database is no use in a cookie. */
export const tokenHash = (keys: Keys, use: string, token: string): Buffer =>
  createHmac('sha256', keyFor(keys, `${use} token`, Object.keys(keys.keys)[0]))
    .update(token)
    .digest()

const indexKeys = new WeakMap<Keys, KeyObject>()

/**
 * A keyed hash of a value that was already made plain ("AB12CDE"): the same value gives the same hash within one
 * partnership and use, so SQL finds it without knowing it. 16 bytes. Made of the pepper, which no rotation changes.
 */
export const blindIndex = (keys: Keys, partnership: string, use: string, value: string): Buffer => {
  const key = indexKeys.get(keys) ?? derive(keys.pepper, 'trellis blind index')
  indexKeys.set(keys, key)
  return createHmac('sha256', key)
    .update(JSON.stringify([partnership, use, value]))
    .digest()
    .subarray(0, 16)
}

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
