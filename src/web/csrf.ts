import { createHmac, randomBytes } from 'node:crypto'
import { keyFor, sameBytes, type Keys } from '../platform/index.ts'

/*
 * A token bound to the cookies that say who the browser is, rather than a secret in a cookie of its own: a visitor who
 * has saved nothing yet is given no cookie at all. It is masked afresh each time, so that compression tells nothing
 * about it (the BREACH attack).
 */
const bindingCookies = ['session', 'draft', 'visit'] as const

const bound = (keys: Keys, cookies: Readonly<Record<string, string | undefined>>): Buffer =>
  createHmac('sha256', keyFor(keys, 'csrf', Object.keys(keys.keys)[0]))
    .update(bindingCookies.map((name) => cookies[name] ?? '').join('\n'))
    .digest()

const xor = (a: Buffer, b: Buffer): Buffer => Buffer.from(a.map((byte, i) => byte ^ (b[i] ?? 0)))

export const csrfToken = (keys: Keys, cookies: Readonly<Record<string, string | undefined>>): string => {
  const mask = randomBytes(32)
  return Buffer.concat([mask, xor(bound(keys, cookies), mask)]).toString('base64url')
}

export const isCsrfToken = (
  keys: Keys,
  cookies: Readonly<Record<string, string | undefined>>,
  token: unknown,
): boolean => {
  if (typeof token !== 'string') return false
  const bytes = Buffer.from(token, 'base64url')
  return bytes.length === 64 && sameBytes(xor(bytes.subarray(32), bytes.subarray(0, 32)), bound(keys, cookies))
}

/** Did this form come from one of our own pages? Old phones send neither header; then the token decides alone. */
export const isSameOrigin = (headers: Readonly<Record<string, string | string[] | undefined>>): boolean => {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  const origin = headers['origin']
  if (typeof origin !== 'string' || origin === 'null') return origin === undefined
  return URL.canParse(origin) && new URL(origin).host === headers['host']
}
