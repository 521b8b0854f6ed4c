import { randomBytes, randomUUID } from 'node:crypto'

/** Ids are random: a sequence tells an outsider how many there are. */
export const newId = (): string => randomUUID()

// Crockford's base32: no I, L, O or U, so a receipt read out over the phone survives (https://www.crockford.com/base32.html)
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** `count` random Crockford base32 characters: 5 bits each, unbiased because 32 divides 256. */
export const randomBase32 = (count: number): string =>
  Array.from(randomBytes(count), (byte) => alphabet[byte & 31]).join('')

/** What a person typed as Crockford base32, made plain: upper case, no gaps, O for 0, I and L for 1. Undefined when it cannot be one. */
export const readBase32 = (typed: string): string | undefined => {
  const plain = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-–—.]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
  return /^[0-9A-HJKMNP-TV-Z]+$/.test(plain) ? plain : undefined
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
export const isId = (text: string): boolean => uuid.test(text)
