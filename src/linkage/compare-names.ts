/**
 * A person's whole name as one comparison. Given and family names are not independent (a name from one part of the world
 * brings the other with it), and a swap or a marriage is only seen when both are looked at together.
 */
import type { Dictionary } from './dictionary.ts'
import { variantLines } from './name-variants.ts'
import { partsOfName, peopleNames, type Table } from './table.ts'

/** The levels of a name, closest last: the index is the level. */
export const nameLevels = [
  'missing',
  'different',
  'given name the same, family name different',
  'family name the same, given name different',
  'family name the same, given name an initial or missing',
  'both alike',
  'both close: a slip of the pen',
  'usual forms of the same name',
  'given and family name swapped',
  'same',
] as const

/** Levels by name, for those who ask what a pair's names did. */
export const nameLevel = {
  sameGiven: 2,
  sameFamily: 3,
  initial: 4,
  alike: 5,
  close: 6,
  variant: 7,
  swapped: 8,
  same: 9,
}

const close = 0.92
/** From here on two names are alike. */
export const alike = 0.86

export type NameComparison = {
  readonly level: (cells: Int32Array, a: number, b: number) => number
  /** Both given names are known, and nothing makes one a form or a slip of the other: another child of the family. */
  readonly givenDiffers: (cells: Int32Array, a: number, b: number) => boolean
  /** Both second names are known in full and are two names: Mohammed Ali and Mohammed Umar are brothers. */
  readonly middleDiffers: (cells: Int32Array, a: number, b: number) => boolean
}

export const compareNames = (table: Table): NameComparison => {
  const names = table.dictionaries.get(peopleNames)!
  const { given, middle, family, whole } = table.names
  const { variants, parts, has } = formsOf(names)
  const bothAlike = names.mayReach(alike)

  /** 0 neither, 1 alike, 2 close, 3 a usual form. */
  const likeness = (x: number, y: number): number => {
    if (mayBeForms(x, y) && (x === y || areVariants(x, y) || sharePart(x, y))) return 3
    if (x === 0 || y === 0 || !bothAlike(x, y)) return 0
    const found = names.similarity(x, y)
    if (found >= close) return 2
    return found >= alike ? (names.isOneEdit(x, y) ? 2 : 1) : 0
  }
  const mayBeForms = (x: number, y: number): boolean => x === y || areSuch(has[x]!, has[y]!)
  const areVariants = (x: number, y: number): boolean => {
    const [one, other] = [variants[x], variants[y]]
    if (one === undefined || other === undefined) return false
    for (const line of one) if (other.includes(line)) return true
    return false
  }
  // Smith-Jones is Smith, Jones and Smithjones; parts count with their own variants.
  const sharePart = (x: number, y: number): boolean => {
    const [one, other] = [parts[x], parts[y]]
    if (one === undefined && other === undefined) return false
    const [left, right] = [one ?? [x], other ?? [y]]
    return left.some((part) => right.some((with_) => part === with_ || areVariants(part, with_)))
  }
  const isInitialOf = (x: number, y: number): boolean =>
    (names.length(x) === 1 || names.length(y) === 1) && names.initial(x) === names.initial(y)

  const level = (cells: Int32Array, a: number, b: number): number => {
    const both = cells[a + whole]!
    if (both !== 0 && both === cells[b + whole]) return 9
    const [givenA, givenB] = [cells[a + given]!, cells[b + given]!]
    const [familyA, familyB] = [cells[a + family]!, cells[b + family]!]
    const givenKnown = givenA !== 0 && givenB !== 0
    const familyKnown = familyA !== 0 && familyB !== 0
    if (!givenKnown) return !familyKnown ? 0 : likeness(familyA, familyB) >= 2 ? 4 : 1
    if (!familyKnown) return givenA === givenB ? 2 : likeness(givenA, givenB) > 0 ? 0 : 1
    if (givenA === familyB && familyA === givenB) return 8
    const families = familyA === familyB ? 3 : likeness(familyA, familyB)
    if (families === 0) return givenA === givenB ? 2 : swappedLoosely(givenA, familyA, givenB, familyB) ? 8 : 1
    const givens = likeness(givenA, givenB)
    const least = Math.min(families, givens)
    if (least === 3) return 7
    // Not as sure as a usual form: children of one family are named after each other and their parents.
    if (least === 2 || (families >= 2 && usesMiddle(cells, a, b))) return 6
    if (families >= 2 && isInitialOf(givenA, givenB)) return 4
    if (least === 1) return 5
    return familyA === familyB || families === 3 ? 3 : 1
  }
  const swappedLoosely = (givenA: number, familyA: number, givenB: number, familyB: number): boolean =>
    (givenA === familyB && likeness(familyA, givenB) >= 2) || (familyA === givenB && likeness(givenA, familyB) >= 2)

  /** One record's first name is the other's second: many people go by it. */
  const usesMiddle = (cells: Int32Array, a: number, b: number): boolean => {
    const [middleA, middleB] = [cells[a + middle]!, cells[b + middle]!]
    return (
      (middleA !== 0 && names.length(middleA) > 1 && likeness(middleA, cells[b + given]!) >= 2) ||
      (middleB !== 0 && names.length(middleB) > 1 && likeness(middleB, cells[a + given]!) >= 2)
    )
  }

  return {
    level,
    givenDiffers: (cells, a, b) => {
      const [one, other] = [cells[a + given]!, cells[b + given]!]
      if (one === 0 || other === 0 || one === other) return false
      return likeness(one, other) === 0 && !isInitialOf(one, other) && !usesMiddle(cells, a, b)
    },
    middleDiffers: (cells, a, b) => {
      const [one, other] = [cells[a + middle]!, cells[b + middle]!]
      return one !== 0 && other !== 0 && likeness(one, other) === 0 && !isInitialOf(one, other)
    },
  }
}

/** Whether two names could be usual forms of one, by what each has: false for nearly all that are not. */
export const areSuch = (one: number, other: number): boolean =>
  linesOf(one & other) !== 0 || (isInParts(one | other) && partsOf(one & other) !== 0)

/** The bits for the lines that a name stands on, and for its parts; and whether it has more than one. */
export const linesOf = (one: number): number => one & someLines
export const partsOf = (one: number): number => one & itsParts
export const isInParts = (one: number): boolean => (one & someParts) !== 0
export const isInitial = (one: number): boolean => (one & oneLetter) !== 0

type Numbers = readonly number[] | undefined
/** The lines that each name stands on, and the parts of double names. Most names have neither. */
type Forms = { readonly variants: readonly Numbers[]; readonly parts: readonly Numbers[]; readonly has: Int32Array }
/**
 * The bits of `has`, what each name has: two flags, a bit for each line that it or a part of it stands on, and one for each part
 * (for itself where it has none). Two lines may share a bit: what shares none has nothing in common for certain.
 */
const [someParts, oneLetter, someLines, itsParts] = [1, 2, 0xffff << 2, 0x3fff << 18]
const bitOfLine = (line: number): number => 1 << (2 + (line & 15))
const bitOfPart = (part: number): number => 1 << (18 + (part % 14))

/** Worked out once for a dictionary, whoever asks. */
export const formsOf = (names: Dictionary): Forms => {
  const known = formsIn.get(names)
  if (known?.variants.length === names.size()) return known
  const texts = names.texts()
  const orNone = (numbers: readonly number[]): Numbers => (numbers.length > 0 ? numbers : undefined)
  const parts = texts.map((text) => (text.includes(' ') ? orNone(partsOfName(text).map(names.intern)) : undefined))
  const all = names.size() === texts.length ? texts : names.texts()
  const variants = all.map((text) => orNone(variantLines(text)))
  const has = Int32Array.from(all, (text, id) => {
    let bits = (parts[id] === undefined ? 0 : someParts) | (text.length === 1 ? oneLetter : 0)
    for (const line of variants[id] ?? []) bits |= bitOfLine(line)
    for (const part of parts[id] ?? [id]) {
      bits |= bitOfPart(part)
      for (const line of variants[part] ?? []) bits |= bitOfLine(line)
    }
    return bits
  })
  const forms = { variants, parts, has }
  formsIn.set(names, forms)
  return forms
}
const formsIn = new WeakMap<Dictionary, Forms>()
