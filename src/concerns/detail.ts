import { businessKey, plateIn, plateKey, platesIn } from '../joining/index.ts'
import { blindIndex, type Keys } from '../platform/index.ts'
import type { DetailKind } from './concern.ts'

/*
 * The same plate is said in many ways. A key is the plain form that finds it again; the words as said are kept beside it.
 */
export const keyOf = (kind: DetailKind, said: string): string | null => {
  const key = plainForms[kind](said.normalize('NFKC'))
  return key === '' ? null : key
}

/** The same as it lies in the database: a keyed hash. A nickname here may be a name there, so both have one use. */
export const hashedKey = (
  keys: Keys,
  partnership: string,
  { kind, said }: { kind: DetailKind; said: string },
): Buffer | null => {
  const key = keyOf(kind, said)
  return key === null ? null : blindIndex(keys, partnership, kind === 'nickname' ? 'name' : kind, key)
}

const plainForms: Record<DetailKind, (said: string) => string> = {
  vehicle: (said) => plateKey(plateIn(said) ?? ''),
  phone: (said) => phoneKey(said),
  name: (said) => nameKey(said),
  nickname: (said) => nameKey(said),
  account: (said) =>
    said
      .toLowerCase()
      .replace(/^https?:\/\/(www\.)?/, '')
      .replace(/[\s@/]+/g, ''),
  postcode: (said) => said.toUpperCase().replace(/[^A-Z0-9]/g, ''),
  business: (said) => businessKey(said) ?? '',
}

/** A United Kingdom number as +44…, another country's with its own code, otherwise the digits. */
const phoneKey = (said: string): string => {
  const digits = said.replace(/\(0\)/g, '').replace(/[^\d+]/g, '')
  if (digits.startsWith('+')) return digits.replace(/^\+440/, '+44')
  if (digits.startsWith('00')) return `+${digits.slice(2)}`.replace(/^\+440/, '+44')
  if (digits.startsWith('0') && digits.length >= 10) return `+44${digits.slice(1)}`
  return digits.length >= 6 ? digits : ''
}

const nameKey = (said: string): string =>
  said
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .sort()
    .join(' ')

const phone = /(?<![\d+]|\d{4}[\s-])(?:(?:\+|00)\d{1,3}[\s-]?(?:\(0\)[\s-]?)?|\(?0)\d(?:[\s()-]?\d){8,11}(?!\d)/g
const postcode = /\b(?:GIR\s?0AA|[A-Z]{1,2}[0-9][A-Z0-9]?\s?[0-9][ABD-HJLNP-UW-Z]{2})\b/gi

export type Found = { kind: 'vehicle' | 'phone' | 'postcode'; said: string }

/** Plates, phones and postcodes in free text, each once, in the order they stand. They are offered to the writer, never added silently. */
export const findDetails = (text: string): Found[] => {
  const plain = text.normalize('NFKC').slice(0, 100_000)
  const found: Found[] = [
    ...platesIn(plain).map((said): Found => ({ kind: 'vehicle', said })),
    ...(plain.match(phone) ?? []).map((said): Found => ({ kind: 'phone', said: said.trim() })),
    ...(plain.match(postcode) ?? []).map((said): Found => ({ kind: 'postcode', said })),
  ]
  const seen = new Set<string>()
  return found
    .filter(({ kind, said }) => {
      const key = `${kind} ${keyOf(kind, said)}`
      return !seen.has(key) && seen.add(key)
    })
    .sort((a, b) => plain.indexOf(a.said) - plain.indexOf(b.said))
}
