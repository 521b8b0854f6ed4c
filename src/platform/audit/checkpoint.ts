import { createHash, createPrivateKey, createPublicKey, hash, hkdfSync, sign, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { Keys } from '../keys.ts'

// A checkpoint is a signed note (https://c2sp.org/signed-note, https://c2sp.org/tlog-checkpoint), so that other
// people's witnesses can read it too: origin, size, root, then what else we say, an empty line, and the signature.

export type Checkpoint = {
  partnership: string
  size: number
  root: Buffer
  at: string
  /** How many events the checkpoint before this one covered: a missing link in the chain shows. */
  previous: number
  /** Every event recorded before that moment, and every one with that number or a lower one, is among them. */
  complete?: Complete
}
export type Complete = { time: string; seq: number }

/** What one partnership's log is signed and marked with. Made of the pepper, which no rotation changes. */
export type LogKeys = {
  origin: string
  private: KeyObject
  public: KeyObject
  id: Buffer
  verifier: string
  inner: Buffer
  outer: Buffer
}

const known = new WeakMap<Keys, Map<string, LogKeys>>()

export const logKeys = (keys: Keys, partnership: string): LogKeys => {
  const all = known.get(keys) ?? new Map<string, LogKeys>()
  known.set(keys, all)
  const made = all.get(partnership) ?? derive(keys, partnership)
  all.set(partnership, made)
  return made
}

const derive = (keys: Keys, partnership: string): LogKeys => {
  const secret = (use: string) =>
    Buffer.from(hkdfSync('sha256', keys.pepper, Buffer.alloc(0), `trellis event log ${use} ${partnership}`, 32))
  // Node takes an Ed25519 key only in its wrapping: this is the fixed beginning of one (RFC 8410).
  const wrapped = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), secret('signature')])
  const privateKey = createPrivateKey({ key: wrapped, format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(privateKey)
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url')
  const origin = originOf(partnership)
  const mac = secret('mac')
  const typed = Buffer.concat([Buffer.from([1]), raw])
  const id = createHash('sha256').update(`${origin}\n`).update(typed).digest().subarray(0, 4)
  const verifier = `${origin}+${id.toString('hex')}+${typed.toString('base64')}`
  return {
    origin,
    private: privateKey,
    public: publicKey,
    id,
    verifier,
    inner: padded(mac, 0x36, 8 + 32),
    outer: padded(mac, 0x5c, 32),
  }
}

export const originOf = (partnership: string): string => `trellis/${partnership}`

/**
 * The mark of a leaf at its place: HMAC-SHA256 (RFC 2104) with its two hashes made at once each, in the same two buffers.
 * Node's own HMAC makes an object for each message, and takes thirteen times as long for messages as short as these.
 */
export const macOf = ({ inner, outer }: LogKeys, position: number, leaf: Buffer): Buffer => {
  inner.writeBigUInt64BE(BigInt.asUintN(64, BigInt(position)), 64)
  // A hash of another length is nobody's: the rest of the buffer must not be what lay there before.
  inner.fill(0, 72)
  leaf.copy(inner, 72)
  hash('sha256', inner, 'buffer').copy(outer, 64)
  return hash('sha256', outer, 'buffer')
}

const padded = (key: Buffer, pad: number, message: number): Buffer =>
  Buffer.concat([Buffer.alloc(64, pad).map((byte, i) => byte ^ (key[i] ?? 0)), Buffer.alloc(message)])

export const signCheckpoint = (
  keys: LogKeys,
  { size, root, at, previous, complete }: Omit<Checkpoint, 'partnership'>,
): string => {
  const claim = complete ? `complete ${complete.time} ${complete.seq}\n` : ''
  const text = `${keys.origin}\n${size}\n${root.toString('base64')}\ntime ${at}\nprevious ${previous}\n${claim}`
  const signature = Buffer.concat([keys.id, sign(null, Buffer.from(text), keys.private)])
  return `${text}\n— ${keys.origin} ${signature.toString('base64')}\n`
}

const shape =
  /^(trellis\/([0-9a-f-]{36})\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\ntime (\S+)\nprevious (0|[1-9]\d{0,15})\n(?:complete (\S+) (\d{1,16})\n)?)\n((?:— \S+ \S+\n)+)$/

/** Reads a checkpoint without believing it. Undefined when it is none. Mail programs' line ends are put right. */
export const readCheckpoint = (note: string): (Checkpoint & { text: string; signatures: string }) | undefined => {
  const found = shape.exec(plain(note))
  if (!found) return undefined
  const [, text, partnership, size, root, at, previous, time, seq, signatures] = found as unknown as string[]
  return {
    partnership: partnership!,
    size: Number(size),
    root: Buffer.from(root!, 'base64'),
    at: at!,
    previous: Number(previous),
    complete: time === undefined ? undefined : { time, seq: Number(seq) },
    text: text!,
    signatures: signatures!,
  }
}

const plain = (note: string): string =>
  `${note
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .trimEnd()}\n`

/** Whether one of its signatures is this log's. Others, of witnesses, may stand beside it. */
export const isSigned = (keys: LogKeys, { text, signatures }: { text: string; signatures: string }): boolean =>
  signatures
    .trimEnd()
    .split('\n')
    .some((line) => {
      const [, name, encoded] = line.split(' ')
      const bytes = Buffer.from(encoded ?? '', 'base64')
      if (name !== keys.origin || !bytes.subarray(0, 4).equals(keys.id)) return false
      return verify(null, Buffer.from(text), keys.public, bytes.subarray(4))
    })
