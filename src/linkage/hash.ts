/** Mixing integers, and chance that is the same every time. */

/** Mixes two integers into one of 32 bits that is never 0 (finalizer after Mueller's lowbias32). */
export const mix = (a: number, b: number): number => {
  let h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ 0x5bd1e995
  h ^= h >>> 16
  h = Math.imul(h, 0x7feb352d)
  h ^= h >>> 15
  h = Math.imul(h, 0x846ca68b)
  h ^= h >>> 16
  return h || 1
}

/** Hash of a text, 0 only for the empty one (FNV-1a, then mixed). */
export const hashOf = (text: string): number => {
  if (text === '') return 0
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return mix(h, text.length)
}

/** The same of the codes of a text. */
export const hashOfCodes = (codes: Uint8Array | Uint16Array, from: number, to: number): number => {
  let h = 0x811c9dc5
  for (let i = from; i < to; i++) h = Math.imul(h ^ codes[i]!, 0x01000193)
  return mix(h, to - from)
}

/** Numbers from 0 up to but not 1, the same for the same seed (xorshift32). */
export const chance = (seed: number): (() => number) => {
  let x = mix(seed, 1)
  return () => {
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    return (x >>> 0) / 0x100000000
  }
}
