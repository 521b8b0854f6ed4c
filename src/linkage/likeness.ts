/**
 * How alike two texts are, letter by letter, and what settles most pairs before: which letters they hold, how many, and how
 * they begin (72 M a second against 11 M). Texts are given as codes in an array, from a place on and so many.
 */

/** Letters beyond these are not compared: a word's bits have to fit in one integer. */
export const width = 32
/** Integers kept of each text to bound its likeness: letters seen once, twice, more often with the length, the first four. */
export const stride = 4

/** Writes the sign of a text into `signs` at a place. */
export const putSign = (letters: Uint16Array, begin: number, length: number, signs: Int32Array, at: number): void => {
  let [once, twice, more, prefix] = [0, 0, 0, 0]
  for (let i = 0; i < length; i++) {
    const code = letters[begin + i]!
    const bit = 1 << (code & 31)
    if (twice & bit) more++
    else if (once & bit) twice |= bit
    once |= bit
    if (i < 4) prefix |= (code & 255) << (24 - 8 * i)
  }
  signs[at] = once
  signs[at + 1] = twice
  signs[at + 2] = (more << 8) | length
  signs[at + 3] = prefix
}

/** No pair of texts with the signs at these places is more alike than this. */
export const signsBound = (signs: Int32Array, x: number, y: number): number => {
  const [ac, bc] = [signs[x + 2]!, signs[y + 2]!]
  const [al, bl] = [ac & 255, bc & 255]
  const shared = ones(signs[x]! & signs[y]!) + ones(signs[x + 1]! & signs[y + 1]!) + Math.min(ac >> 8, bc >> 8)
  const differs = signs[x + 3]! ^ signs[y + 3]!
  return boundOf(Math.min(shared, al, bl), al, bl, Math.clz32(differs) >> 3)
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
export const jaroWinkler = (letters: Uint16Array, a: number, al: number, b: number, bl: number): number => {
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
export const oneEdit = (letters: Uint16Array, a: number, al: number, b: number, bl: number): boolean => {
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
