/**
 * Signs: 32 bits beside the number of a text, which tell of most pairs that they are not nearly the same without a look
 * at the texts, that lie anywhere in memory. 0 says nothing.
 */
import { hashOf, hashOfCodes } from './hash.ts'
import type { Kind } from './model.ts'

/** How many letters at the beginning and at the end are hashed: a British phone number has 13, ten of them its own. */
const ends: Partial<Record<Kind, readonly [number, number]>> = {
  phone: [8, 4],
  'nhs number': [5, 4],
  identifier: [5, 4],
}

/** Kinds that keep a sign. */
export const isSigned = (kind: Kind): boolean => kind === 'address' || ends[kind] !== undefined

export const signOf = (kind: Kind, text: string): number => {
  if (text === '') return 0
  if (kind === 'address') return signOfAddress(text)
  const [first, last] = ends[kind] ?? [0, 0]
  // One edit (a letter more, less, other or exchanged) leaves either end as it is, where they do not meet.
  if (first === 0 || text.length <= first + last) return 0
  return (half(text.slice(0, first)) << 16) | half(text.slice(-last))
}
const half = (text: string): number => hashOf(text) & 0xffff || 1

/** The same of a British phone number, all of the given codes. */
export const signOfPhone = (codes: Uint8Array): number => {
  const [first, last] = ends.phone!
  const halfOf = (from: number, to: number): number => hashOfCodes(codes, from, to) & 0xffff || 1
  return (halfOf(0, first) << 16) | halfOf(codes.length - last, codes.length)
}

/** Whether two numbers with these signs could be one edit apart. */
export const mayBeOneEdit = (a: number, b: number): boolean => {
  const differs = a ^ b
  return a === 0 || b === 0 || (differs & 0xffff) === 0 || differs >>> 16 === 0
}

/** A bit for each number in it in the upper half, for each word in the lower. */
const signOfAddress = (text: string): number => {
  let sign = 0
  for (const word of text.split(' ')) sign |= 1 << ((hashOf(word) & 15) + (/^\d/.test(word) ? 16 : 0))
  return sign
}

/** Whether two addresses with these signs are certainly of two numbers; and whether they could share a word. */
export const numbersDiffer = (a: number, b: number): boolean => a >>> 16 !== 0 && b >>> 16 !== 0 && (a & b) >>> 16 === 0
export const mayShareWord = (a: number, b: number): boolean => (a & b) !== 0
