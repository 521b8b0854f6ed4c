/**
 * Texts as small numbers, so that two equal ones compare in one instruction and unequal ones are seldom compared letter
 * by letter (`likeness`).
 */
import { hashOfCodes } from './hash.ts'
import { fewestMatches, jaroWinkler, oneEdit, putSign, signsBound, signsMayReach, stride, width } from './likeness.ts'

export type Dictionary = {
  /** The number of a text, made when it is new. 0 is the empty text. */
  readonly intern: (text: string) => number
  /** The same of codes in an array, which need not be made a string first. */
  readonly internCodes: (codes: Uint8Array | Uint16Array, from: number, to: number) => number
  /** The same of many texts, into the places of `into`: their waits for memory then overlap, and take a fraction. */
  readonly internAll: (
    codes: Uint8Array | Uint16Array,
    begins: Int32Array,
    ends: Int32Array,
    many: number,
    into: Int32Array,
  ) => void
  /** Gives a text a new number, and does not look whether it has one: for who has a quicker way to know. */
  readonly add: (codes: Uint8Array | Uint16Array, from: number, to: number) => number
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

/**
 * Texts one after the other, where each begins, and a hash table: a number and its hash in each two places, so
 * that what is not looked for is passed over without a look elsewhere in memory.
 */
export type SharedDictionary = {
  readonly size: number
  readonly letters: Uint16Array
  readonly begins: Int32Array
  readonly slots: Int32Array
}

export const newDictionary = (from?: SharedDictionary): Dictionary => {
  let size = from?.size ?? 1
  let letters = from?.letters ?? new Uint16Array(512)
  let begins = from?.begins ?? new Int32Array(64)
  let slots = from?.slots ?? new Int32Array(256)
  // What is shared is read by others at this moment: a text that is new here goes into copies.
  let isShared = from !== undefined

  let texts: readonly string[] = []
  let hashes = new Int32Array(0)

  const intern = (text: string): number => {
    const { length } = text
    if (length > codes.length) codes = new Uint16Array(length * 2)
    for (let i = 0; i < length; i++) codes[i] = text.charCodeAt(i)
    return internCodes(codes, 0, length)
  }

  const internCodes = (given: Uint8Array | Uint16Array, start: number, end: number): number =>
    end <= start ? 0 : internHashed(hashOfCodes(given, start, end), given, start, end)

  /** The next free place is taken (linear probing). */
  const internHashed = (h: number, given: Uint8Array | Uint16Array, start: number, end: number): number => {
    const mask = slots.length - 2
    for (let at = (h << 1) & mask; ; at = (at + 2) & mask) {
      const id = slots[at]!
      if (id === 0) return put(h, given, start, end, at)
      if (slots[at + 1] !== h) continue
      let place = begins[id]!
      if (begins[id + 1]! - place !== end - start) continue
      let i = start
      while (i < end && letters[place] === given[i]) [i, place] = [i + 1, place + 1]
      if (i === end) return id
    }
  }

  const internAll: Dictionary['internAll'] = (given, starts, ends, many, into) => {
    if (many > asked.length) asked = new Int32Array(many * 2)
    const mask = slots.length - 2
    // Nothing here waits for what is read, which is only brought near; that it is used keeps it from being left out. First
    // the places in the hash table, then where the texts begin that stand there, then the texts.
    for (let k = 0; k < many; k++) {
      const h = hashOfCodes(given, starts[k]!, ends[k]!)
      asked[k] = h
      _near ^= slots[(h << 1) & mask]!
    }
    for (let k = 0; k < many; k++) {
      const at = (asked[k]! << 1) & mask
      if (slots[at + 1] === asked[k]) _near ^= begins[slots[at]!]!
    }
    for (let k = 0; k < many; k++) {
      const at = (asked[k]! << 1) & mask
      if (slots[at + 1] === asked[k]) _near ^= letters[begins[slots[at]!]!]!
    }
    for (let k = 0; k < many; k++)
      into[k] = ends[k]! <= starts[k]! ? 0 : internHashed(asked[k]!, given, starts[k]!, ends[k]!)
  }

  const put = (hash: number, given: Uint8Array | Uint16Array, start: number, end: number, slot: number): number => {
    const id = add(given, start, end)
    slots[slot] = id
    slots[slot + 1] = hash
    if (size * 3 > slots.length) spread()
    return id
  }

  const add = (given: Uint8Array | Uint16Array, start: number, end: number): number => {
    const length = end - start
    if (isShared) [letters, begins, slots] = [letters.slice(), begins.slice(), slots.slice()]
    isShared = false
    const id = size++
    const begin = begins[id]!
    if (begin + length > letters.length) letters = grown(letters, new Uint16Array((begin + length) * 2))
    for (let i = 0; i < length; i++) letters[begin + i] = given[start + i]!
    if (id + 1 >= begins.length) begins = grown(begins, new Int32Array(begins.length * 2))
    begins[id + 1] = begin + length
    return id
  }

  /** Twice the room. Gone through in the order of the hashes, so that memory is read and written nearly in a row. */
  const spread = (): void => {
    const [before, mask] = [slots, slots.length * 2 - 2]
    slots = new Int32Array(before.length * 2)
    for (let from = 0; from < before.length; from += 2) {
      if (before[from] === 0) continue
      const hash = before[from + 1]!
      let at = (hash << 1) & mask
      while (slots[at] !== 0) at = (at + 2) & mask
      slots[at] = before[from]!
      slots[at + 1] = hash
    }
  }

  const lengthOf = (id: number): number => Math.min(width, begins[id + 1]! - begins[id]!)

  // Worked out when first asked for: most texts of a large file are phones and addresses that nobody compares so.
  let signs = new Int32Array(0)
  let signed = 0
  const sign = (): void => {
    if (size * stride > signs.length) signs = grown(signs, new Int32Array(Math.max(size, signed * 2) * stride))
    for (; signed < size; signed++) putSign(letters, begins[signed]!, lengthOf(signed), signs, signed * stride)
  }

  const bound = (a: number, b: number): number => {
    if (signed !== size) sign()
    return signsBound(signs, a * stride, b * stride)
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
    internAll,
    add,
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
    hashes: () => {
      if (hashes.length === size) return hashes
      hashes = new Int32Array(size)
      for (let at = 0; at < slots.length; at += 2) if (slots[at] !== 0) hashes[slots[at]!] = slots[at + 1]!
      return hashes
    },
    shared: () => {
      if (isShared) return { size, letters, begins, slots }
      letters = inShared(letters.subarray(0, begins[size]))
      begins = inShared(begins.subarray(0, size + 1))
      slots = inShared(slots)
      isShared = true
      return { size, letters, begins, slots }
    },
  }
}

/** The hashes of the texts that are being looked up, and what was read on the way. One for all, as below. */
let asked = new Int32Array(1 << 10)
let _near = 0

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
