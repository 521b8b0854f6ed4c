/**
 * Texts as small numbers, so that two equal ones compare in one instruction and unequal ones are seldom compared letter
 * by letter: an upper bound from which letters they hold settles most pairs (72 M a second against 11 M).
 */

import { mix } from './hash.ts'

/** Letters beyond these are not compared: a word's bits have to fit in one integer. */
const width = 32
/** Integers kept of each text to bound its likeness: letters seen once, twice, more often with the length, the first four. */
const stride = 4

export type Dictionary = {
  /** The number of a text, made when it is new. 0 is the empty text. */
  readonly intern: (text: string) => number
  /** The same of codes in an array, which need not be made a string first. */
  readonly internCodes: (codes: Uint8Array | Uint16Array, from: number, to: number) => number
  readonly text: (id: number) => string
  /** All texts by their numbers: far quicker than one at a time. */
  readonly texts: () => readonly string[]
  /** The codes of all texts one after the other, and where each begins. */
  readonly codes: () => Pick<SharedDictionary, 'letters' | 'begins'>
  /** One more than the highest number given out. */
  readonly size: () => number
  /** Jaro–Winkler similarity, 0 to 1 (Winkler 1990, prefix scale .1 over at most four letters, boost above .7). */
  readonly similarity: (a: number, b: number) => number
  /** No less than the similarity, from lengths, letters and beginnings alone. Neither may be 0. */
  readonly bound: (a: number, b: number) => number
  /** Whether the bound is at least `floor`, without working it out. Neither may be 0. */
  readonly mayReach: (floor: number) => (a: number, b: number) => boolean
  /** What the bound is made from, four integers for each text: see `signsMayReach`. */
  readonly signs: () => Int32Array
  /** The same where it is at least `floor`, else 0: far quicker. */
  readonly similarityFrom: (floor: number, a: number, b: number) => number
  /** Whether one letter put in, left out, changed or exchanged with its neighbour makes one of the other. */
  readonly isOneEdit: (a: number, b: number) => boolean
  /** The first letter, as a code. */
  readonly initial: (id: number) => number
  readonly length: (id: number) => number
  /** For each text a number that depends on it alone, where its own number depends on what came before it. 0 for none. */
  readonly hashes: () => Int32Array
  /** The dictionary as arrays in shared memory, which it goes on using: another thread opens it with them and only reads. */
  readonly shared: () => SharedDictionary
}

/** Texts one after the other, where each begins, their hashes, and a hash table of numbers. */
export type SharedDictionary = {
  readonly size: number
  readonly letters: Uint16Array
  readonly begins: Int32Array
  readonly hashes: Int32Array
  readonly slots: Int32Array
}

export const newDictionary = (from?: SharedDictionary): Dictionary => {
  let size = from?.size ?? 1
  let letters = from?.letters ?? new Uint16Array(512)
  let begins = from?.begins ?? new Int32Array(64)
  let hashes = from?.hashes ?? new Int32Array(64)
  let slots = from?.slots ?? new Int32Array(128)
  // What is shared is read by others at this moment: a text that is new here goes into copies.
  let isShared = from !== undefined

  let texts: readonly string[] = []

  const intern = (text: string): number => {
    const { length } = text
    if (length > codes.length) codes = new Uint16Array(length * 2)
    for (let i = 0; i < length; i++) codes[i] = text.charCodeAt(i)
    return internCodes(codes, 0, length)
  }

  /** Hashed as `hashOf` does; the next free place is taken (linear probing). */
  const internCodes = (given: Uint8Array | Uint16Array, start: number, end: number): number => {
    if (end <= start) return 0
    let h = 0x811c9dc5
    for (let i = start; i < end; i++) h = Math.imul(h ^ given[i]!, 0x01000193)
    h = mix(h, end - start)
    const mask = slots.length - 1
    for (let at = h & mask; ; at = (at + 1) & mask) {
      const id = slots[at]!
      if (id === 0) return put(h, given, start, end, at)
      if (hashes[id] !== h) continue
      let place = begins[id]!
      if (begins[id + 1]! - place !== end - start) continue
      let i = start
      while (i < end && letters[place] === given[i]) [i, place] = [i + 1, place + 1]
      if (i === end) return id
    }
  }

  const put = (hash: number, given: Uint8Array | Uint16Array, start: number, end: number, slot: number): number => {
    const length = end - start
    if (isShared) [letters, begins, hashes, slots] = [letters.slice(), begins.slice(), hashes.slice(), slots.slice()]
    isShared = false
    const id = size++
    const begin = begins[id]!
    if (begin + length > letters.length) letters = grown(letters, new Uint16Array((begin + length) * 2))
    for (let i = 0; i < length; i++) letters[begin + i] = given[start + i]!
    if (id + 1 >= begins.length) {
      begins = grown(begins, new Int32Array(begins.length * 2))
      hashes = grown(hashes, new Int32Array(begins.length))
    }
    begins[id + 1] = begin + length
    hashes[id] = hash
    slots[slot] = id
    if (size * 2 > slots.length) spread(slots.length * 2)
    return id
  }

  const spread = (length: number): void => {
    slots = new Int32Array(length)
    for (let id = 1; id < size; id++) {
      let at = hashes[id]! & (length - 1)
      while (slots[at] !== 0) at = (at + 1) & (length - 1)
      slots[at] = id
    }
  }

  const lengthOf = (id: number): number => Math.min(width, begins[id + 1]! - begins[id]!)

  // Worked out when first asked for: most texts of a large file are phones and addresses that nobody compares so.
  let signs = new Int32Array(0)
  let signed = 0
  const sign = (): void => {
    if (size * stride > signs.length) signs = grown(signs, new Int32Array(Math.max(size, signed * 2) * stride))
    for (; signed < size; signed++) {
      const [begin, length] = [begins[signed]!, lengthOf(signed)]
      let [once, twice, more, prefix] = [0, 0, 0, 0]
      for (let i = 0; i < length; i++) {
        const code = letters[begin + i]!
        const bit = 1 << (code & 31)
        if (twice & bit) more++
        else if (once & bit) twice |= bit
        once |= bit
        if (i < 4) prefix |= (code & 255) << (24 - 8 * i)
      }
      const at = signed * stride
      signs[at] = once
      signs[at + 1] = twice
      signs[at + 2] = (more << 8) | length
      signs[at + 3] = prefix
    }
  }

  /** No pair of texts with these letters, lengths and beginnings is more alike than this. */
  const bound = (a: number, b: number): number => {
    if (signed !== size) sign()
    const [x, y] = [a * stride, b * stride]
    const [ac, bc] = [signs[x + 2]!, signs[y + 2]!]
    const [al, bl] = [ac & 255, bc & 255]
    const shared = ones(signs[x]! & signs[y]!) + ones(signs[x + 1]! & signs[y + 1]!) + Math.min(ac >> 8, bc >> 8)
    const differs = signs[x + 3]! ^ signs[y + 3]!
    return boundOf(Math.min(shared, al, bl), al, bl, Math.clz32(differs) >> 3)
  }

  const mayReach = (floor: number): ((a: number, b: number) => boolean) => {
    const fewest = fewestMatches(floor)
    return (a, b) => {
      if (signed !== size) sign()
      return signsMayReach(fewest, signs, a * stride, b * stride)
    }
  }

  const similarity = (a: number, b: number): number => {
    if (a === b) return 1
    if (a === 0 || b === 0) return 0
    return jaroWinkler(letters, begins[a]!, lengthOf(a), begins[b]!, lengthOf(b))
  }

  return {
    intern,
    internCodes,
    text: (id) => textOf(letters, begins[id] ?? 0, begins[id + 1] ?? 0),
    texts: () => {
      if (texts.length === size) return texts
      const all = textOf(letters, 0, begins[size]!)
      texts = Array.from({ length: size }, (_, id) => all.slice(begins[id], begins[id + 1]))
      return texts
    },
    codes: () => ({ letters: letters.subarray(0, begins[size]), begins: begins.subarray(0, size + 1) }),
    size: () => size,
    similarity,
    bound,
    mayReach,
    signs: () => {
      if (signed !== size) sign()
      return signs
    },
    similarityFrom: (floor, a, b) => {
      if (a !== b && (a === 0 || b === 0 || bound(a, b) < floor)) return 0
      const found = similarity(a, b)
      return found >= floor ? found : 0
    },
    isOneEdit: (a, b) => a !== b && oneEdit(letters, begins[a]!, lengthOf(a), begins[b]!, lengthOf(b)),
    initial: (id) => (id === 0 ? 0 : letters[begins[id]!]!),
    length: lengthOf,
    hashes: () => hashes.subarray(0, size),
    shared: () => {
      if (isShared) return { size, letters, begins, hashes, slots }
      letters = inShared(letters.subarray(0, begins[size]))
      begins = inShared(begins.subarray(0, size + 1))
      hashes = inShared(hashes.subarray(0, size))
      slots = inShared(slots)
      isShared = true
      return { size, letters, begins, hashes, slots }
    },
  }
}

/** The text that is being looked up. One for all: a look-up ends before the next begins. */
let codes = new Uint16Array(1 << 10)

/** The same numbers in memory that other threads can read. */
export const inShared = <T extends Uint8Array | Uint16Array | Int32Array>(from: T): T => {
  if (from.buffer instanceof SharedArrayBuffer) return from
  const into = new (from.constructor as new (buffer: SharedArrayBuffer) => T)(new SharedArrayBuffer(from.byteLength))
  into.set(from)
  return into
}

const textOf = (letters: Uint16Array, begin: number, end: number): string => {
  let text = ''
  // An argument list has its limits.
  for (let at = begin; at < end; at += 4096)
    text += String.fromCharCode.apply(null, letters.subarray(at, Math.min(end, at + 4096)) as unknown as number[])
  return text
}

const grown = <T extends Uint16Array | Int32Array>(from: T, into: T): T => {
  into.set(from)
  return into
}

/**
 * How many letters two texts of some lengths, with so many of the first four the same, must share at least for the bound to
 * come to `floor`; more than there are where they cannot. Lengths and beginning make the index. 0 is the empty text.
 */
export const fewestMatches = (floor: number): Uint8Array => {
  const known = fewestFor.get(floor)
  if (known !== undefined) return known
  const fewest = new Uint8Array((width + 1) * (width + 1) * 8)
  for (let al = 1; al <= width; al++)
    for (let bl = 1; bl <= width; bl++)
      for (let prefix = 0; prefix <= 4; prefix++) {
        let matches = 0
        const most = Math.min(al, bl)
        while (matches <= most && boundOf(matches, al, bl, prefix) < floor) matches++
        fewest[((al * (width + 1) + bl) << 3) + prefix] = matches > most ? 255 : matches
      }
  fewestFor.set(floor, fewest)
  return fewest
}
const fewestFor = new Map<number, Uint8Array>()

/** Whether the bound of two texts whose signs begin at these places comes to the floor that `fewest` is for. */
export const signsMayReach = (fewest: Uint8Array, signs: Int32Array, x: number, y: number): boolean => {
  const [ac, bc] = [signs[x + 2]!, signs[y + 2]!]
  const differs = signs[x + 3]! ^ signs[y + 3]!
  const needed = fewest[(((ac & 255) * (width + 1) + (bc & 255)) << 3) + (Math.clz32(differs) >> 3)]!
  if (needed === 0) return true
  const once = ones(signs[x]! & signs[y]!) + Math.min(ac >> 8, bc >> 8)
  return once >= needed || once + ones(signs[x + 1]! & signs[y + 1]!) >= needed
}

/** Jaro–Winkler with so many matches, none of them transposed. */
const boundOf = (matches: number, al: number, bl: number, prefix: number): number => {
  const jaro = (matches / al + matches / bl + 1) / 3
  return jaro + prefix * 0.1 * (1 - jaro)
}

/** How many bits are set (Hacker's Delight, figure 5-2). */
const ones = (bits: number): number => {
  const pairs = bits - ((bits >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** Where in the second text each letter stands, a bit for each place; wiped after every use. */
const places = new Int32Array(1 << 16)

/**
 * Jaro's matching with the places of each letter as bits: the earliest free match within the window is the lowest bit
 * left. Transpositions are counted over the matched letters of both in order, and halved.
 */
const jaroWinkler = (letters: Uint16Array, a: number, al: number, b: number, bl: number): number => {
  const window = Math.max(0, (Math.max(al, bl) >> 1) - 1)
  for (let j = 0; j < bl; j++) places[letters[b + j]!]! |= 1 << j
  let [usedA, usedB, matches] = [0, 0, 0]
  for (let i = 0; i < al; i++) {
    let free = places[letters[a + i]!]! & ~usedB
    if (i - window > 0) free &= -1 << (i - window)
    if (i + window + 1 < 32) free &= (1 << (i + window + 1)) - 1
    if (free === 0) continue
    usedB |= free & -free
    usedA |= 1 << i
    matches++
  }
  for (let j = 0; j < bl; j++) places[letters[b + j]!] = 0
  if (matches === 0) return 0
  let exchanged = 0
  for (let i = usedA, j = usedB; i !== 0; i &= i - 1, j &= j - 1) {
    if (letters[a + 31 - Math.clz32(i & -i)] !== letters[b + 31 - Math.clz32(j & -j)]) exchanged++
  }
  const jaro = (matches / al + matches / bl + (matches - (exchanged >> 1)) / matches) / 3
  if (jaro <= 0.7) return jaro
  const most = Math.min(4, al, bl)
  let prefix = 0
  while (prefix < most && letters[a + prefix] === letters[b + prefix]) prefix++
  return jaro + prefix * 0.1 * (1 - jaro)
}

/** Damerau–Levenshtein distance of exactly one, without a table: skip what begins alike and what ends alike. */
const oneEdit = (letters: Uint16Array, a: number, al: number, b: number, bl: number): boolean => {
  if (Math.abs(al - bl) > 1 || al === 0 || bl === 0) return false
  let start = 0
  while (start < al && start < bl && letters[a + start] === letters[b + start]) start++
  let end = 0
  while (end < Math.min(al, bl) - start && letters[a + al - 1 - end] === letters[b + bl - 1 - end]) end++
  const [left, right] = [al - start - end, bl - start - end]
  if (left <= 1 && right <= 1) return left + right > 0
  return (
    left === 2 &&
    right === 2 &&
    letters[a + start] === letters[b + start + 1] &&
    letters[a + start + 1] === letters[b + start]
  )
}
