import { createHash, createHmac } from 'node:crypto'
import { keyFor, sameBytes, type Keys } from '../platform/index.ts'

/*
 * Floods are held without knowing who anybody is: one budget for all visitors together. Beyond it a report still goes
 * through, after its browser has worked a little or its sender has waited a little. Each ticket belongs to one report,
 * which is sent once, so it cannot be spent twice.
 */
export const wait_seconds = 20
/** About a quarter of a million tries: a second or three on an old phone. */
export const proof_bits = 18
const good_ms = 60 * 60_000

/** A signed note of when somebody began to wait with this report. */
export const waitTicket = (keys: Keys, report: string, at: Date): string =>
  `${at.getTime()}.${signed(keys, report, at.getTime()).toString('base64url')}`

const signed = (keys: Keys, report: string, time: number): Buffer =>
  createHmac('sha256', keyFor(keys, 'flood', Object.keys(keys.keys)[0]))
    .update(`${report}\n${time}`)
    .digest()

/** Milliseconds since the ticket was given; undefined when it is not ours, for another report, or too old. */
export const waited = (keys: Keys, report: string, ticket: string | undefined, at: Date): number | undefined => {
  const [, time, mac] = /^(\d{1,15})\.([\w-]{43})$/.exec(ticket ?? '') ?? []
  if (!time || !mac || !sameBytes(Buffer.from(mac, 'base64url'), signed(keys, report, Number(time)))) return undefined
  const ms = at.getTime() - Number(time)
  return ms >= 0 && ms <= good_ms ? ms : undefined
}

/** Whether a browser has worked for this ticket: SHA-256 of ticket and number begins with enough zero bits (Hashcash). */
export const isProof = (ticket: string, nonce: string | undefined): boolean => {
  if (!nonce || !/^\d{1,12}$/.test(nonce)) return false
  const hash = createHash('sha256').update(`${ticket}:${nonce}`).digest()
  return hash.readUInt32BE(0) >>> (32 - proof_bits) === 0
}
