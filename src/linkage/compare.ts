/** Comparisons compiled for one table: two rows in, the number of a level out. */
import { compareNames, nameLevels } from './compare-names.ts'
import { agesApart, birthLevel, bornFrom, bornTo, dateLevel, dateLevels } from './dates.ts'
import type { Dictionary } from './dictionary.ts'
import { nameParts, shareIn, sharesOf, yearsName, yearsOf, type Shares } from './frequency.ts'
import type { Comparison, Field, Kind, Model } from './model.ts'
import { emailUser } from './numbers.ts'
import { postcodeLevel, postcodeLevels } from './places.ts'
import { isSigned, mayBeOneEdit } from './sign.ts'
import { isNameKind, peopleNames, wholeNames, type Table } from './table.ts'
import { wordsOf } from './words.ts'

export type Comparator = {
  readonly name: string
  readonly fields: readonly string[]
  /** The names of its levels, closest last. Level 0 is "missing" and weighs nothing. */
  readonly levels: readonly string[]
  /** So many levels after the missing one stand apart from the order of the others: an age beside a date of birth. */
  readonly apart: number
  /** The level of two rows, given where each begins in `cells`. Symmetric. */
  readonly level: (cells: Int32Array, a: number, b: number) => number
  /** log2 of how often the value agreed on occurs, for levels where that counts; 0 elsewhere. Symmetric. */
  readonly share: (cells: Int32Array, a: number, b: number, level: number) => number
  /** The levels at which `share` speaks. */
  readonly weighed: readonly number[]
  readonly quick: Quick
}

/** How two values are compared when speed counts; `text` and `name` only once nothing cheaper has settled the pair. */
export type Way = 'number' | 'date' | 'postcode' | 'signed number' | 'signed address' | 'text' | 'name'

/** The same as `level`, taken apart: the values are the numbers at `slot`, equal ones are the highest level, others `unequal`. */
export type Quick = {
  readonly way: Way
  readonly slot: number
  readonly unequal: (x: number, y: number) => number
  /** Where the number stands by which `shares` has its frequency; none when all values weigh the same. */
  readonly at: number
  readonly shares?: Shares
  readonly names?: NameShares
}

/** log2 of how common whole, given and family names are, by their numbers. */
export type NameShares = Readonly<Record<'ofWhole' | 'ofGiven' | 'ofFamily', Shares>>

export const peopleComparison = 'name'

/** The usual comparisons of fields: a person's name as one, every other field by itself. */
export const comparisonsOf = (fields: readonly Field[]): Omit<Comparison, 'levels'>[] => {
  const names = fields.filter(({ kind }) => isNameKind(kind)).map(({ name }) => name)
  const others = fields.filter(({ kind }) => !isNameKind(kind))
  return [
    ...others.map(({ name }) => ({ name, fields: [name] })),
    ...(names.length > 0 ? [{ name: peopleComparison, fields: names }] : []),
  ]
}

/** The names of the levels that a comparison of this kind tells apart, without the missing one. */
export const levelsOf = (kind: Kind): readonly string[] =>
  (isNameKind(kind) ? nameLevels : levels[kind as Single]).slice(1)

/** How many of those levels, the first ones, stand apart from the order of the others. */
export const apartOf = (kind: Kind): number => (kind === 'date' ? agesApart : 0)

/** Compiles comparisons, cheapest first, so that a pair which cannot reach the threshold is dropped before texts are read. */
export const comparatorsOf = (
  fields: readonly Field[],
  comparisons: readonly Omit<Comparison, 'levels'>[],
  table: Table,
  frequencies: Model['frequencies'] = undefined,
  others = 0,
): Comparator[] => {
  const kindOf = new Map(fields.map(({ name, kind }) => [name, kind]))
  return comparisons
    .map(({ name, fields: [...read] }) => {
      const kind = kindOf.get(read[0]!)!
      const compiled = isNameKind(kind)
        ? names(table, frequencies, others)
        : single(kind as Single, read[0]!, table, frequencies, others)
      return { ...compiled, name, fields: read, kind }
    })
    .sort((a, b) => cost.indexOf(a.kind) - cost.indexOf(b.kind))
}

const cost: Kind[] = ['sex', 'postcode', 'date', 'nhs number', 'uprn', 'code', 'phone', 'identifier', 'e-mail']
cost.push('address', 'text', 'given name', 'middle name', 'family name', 'full name')

type Single = Exclude<Kind, 'given name' | 'middle name' | 'family name' | 'full name'>
type Compiled = Omit<Comparator, 'name' | 'fields'>

const numbers = ['missing', 'different', 'one character different', 'same'] as const
const codes = ['missing', 'different', 'same'] as const
const texts = [
  'missing',
  'different',
  'some words the same',
  'half the words the same',
  'nearly the same',
  'same',
] as const
const levels: Record<Single, readonly string[]> = {
  date: dateLevels,
  postcode: postcodeLevels,
  phone: numbers,
  'e-mail': ['missing', 'different', 'one character different', 'same before the @', 'same'],
  'nhs number': numbers,
  uprn: codes,
  identifier: numbers,
  sex: codes,
  code: codes,
  address: ['missing', 'different', 'same street, other number', 'some words the same', 'nearly the same', 'same'],
  text: texts,
}

const names = (table: Table, frequencies: Model['frequencies'], others: number): Compiled => {
  const { given, family, whole } = table.names
  const [people, wholes] = [table.dictionaries.get(peopleNames)!, table.dictionaries.get(wholeNames)!]
  const ofWhole = sharesOf(frequencies?.[nameParts.whole], table, whole, wholes, others)
  const ofGiven = sharesOf(frequencies?.[nameParts.given], table, given, people, others)
  const ofFamily = sharesOf(frequencies?.[nameParts.family], table, family, people, others)
  return {
    levels: nameLevels,
    apart: 0,
    level: compareNames(table).level,
    weighed: [2, 3, 9],
    share: (cells, a, b, level) =>
      level === 9
        ? shareIn(ofWhole, cells[a + whole]!)
        : level === 3
          ? // Two spellings of one name: it is as common as the commoner of them.
            Math.max(shareIn(ofFamily, cells[a + family]!), shareIn(ofFamily, cells[b + family]!))
          : level === 2
            ? shareIn(ofGiven, cells[a + given]!)
            : 0,
    quick: { way: 'name', slot: whole, unequal: () => 1, at: whole, names: { ofWhole, ofGiven, ofFamily } },
  }
}

const single = (
  kind: Single,
  field: string,
  table: Table,
  frequencies: Model['frequencies'],
  others: number,
): Compiled => {
  const slot = table.slots.get(field)!
  const dictionary = table.dictionaries.get(field)
  const top = levels[kind].length - 1
  const unequal = dictionary === undefined ? () => 1 : unequalTexts(kind, dictionary)
  // A date of 1 January is common where registrars wrote it for those who did not know: agreeing on it then says little.
  const at = kind === 'date' ? slot + 1 : slot
  const quick = { way: wayOf(kind), slot, unequal, at }
  const base = { levels: levels[kind], level: levelOf(kind, slot, unequal), apart: apartOf(kind), quick }
  if (dictionary === undefined || kind === 'nhs number') return { ...base, weighed: [], share: () => 0 }
  const shares = sharesOf(frequencies?.[field], table, at, dictionary, others)
  if (kind === 'date') {
    const years = yearsOf(frequencies?.[yearsName(field)], table, slot)
    return {
      ...base,
      weighed: [birthLevel.withinAge, top],
      share: (cells, a, b, level) => {
        if (level === top) return shareIn(shares, cells[a + at]!)
        if (level !== birthLevel.withinAge) return 0
        // An age says as much as few others are of it: of ten years less than of two.
        const [x, y] = [cells[a + slot]!, cells[b + slot]!]
        return years.share(Math.min(bornFrom(x), bornFrom(y)), Math.max(bornTo(x), bornTo(y)))
      },
      quick: { ...quick, shares },
    }
  }
  return {
    ...base,
    weighed: [top],
    share: (cells, a, _b, level) => (level === top ? shareIn(shares, cells[a + at]!) : 0),
    quick: { ...quick, shares },
  }
}

const wayOf = (kind: Kind): Way => {
  if (kind === 'date' || kind === 'postcode') return kind
  if (kind === 'address') return 'signed address'
  if (isSigned(kind)) return 'signed number'
  return kind === 'e-mail' || kind === 'text' ? 'text' : 'number'
}

const levelOf = (kind: Single, slot: number, unequal: Quick['unequal']): Comparator['level'] => {
  if (kind === 'date') return (cells, a, b) => dateLevel(cells[a + slot]!, cells[b + slot]!)
  if (kind === 'postcode') return (cells, a, b) => postcodeLevel(cells[a + slot]!, cells[b + slot]!)
  const top = levels[kind].length - 1
  if (wayOf(kind) === 'signed number')
    return (cells, a, b) => {
      const [x, y] = [cells[a + slot]!, cells[b + slot]!]
      if (x === 0 || y === 0) return 0
      if (x === y) return top
      return mayBeOneEdit(cells[a + slot + 1]!, cells[b + slot + 1]!) ? unequal(x, y) : 1
    }
  return (cells, a, b) => {
    const [x, y] = [cells[a + slot]!, cells[b + slot]!]
    return x === 0 || y === 0 ? 0 : x === y ? top : unequal(x, y)
  }
}

/** The level of two texts that are not the same. */
const unequalTexts = (kind: Single, dictionary: Dictionary): ((x: number, y: number) => number) => {
  if (kind === 'code' || kind === 'uprn' || kind === 'sex') return () => 1
  if (kind === 'e-mail') {
    const user = (id: number): string => emailUser(dictionary.text(id))
    return (x, y) => (dictionary.isOneEdit(x, y) ? 2 : user(x) === user(y) && user(x).length > 3 ? 3 : 1)
  }
  if (kind !== 'address' && kind !== 'text') return (x, y) => (dictionary.isOneEdit(x, y) ? 2 : 1)
  const words = wordsOf(dictionary)
  if (kind === 'address')
    return (x, y) => {
      const shared = words.shared(x, y)
      if (words.numbersDiffer(x, y)) return shared >= 0.3 ? 2 : 1
      return shared >= 0.75 || dictionary.similarityFrom(0.95, x, y) > 0 ? 4 : shared >= 0.3 ? 3 : 1
    }
  return (x, y) => {
    const shared = words.shared(x, y)
    if (shared >= 0.8 || dictionary.similarityFrom(0.92, x, y) > 0) return 4
    return shared >= 0.5 || dictionary.similarityFrom(0.85, x, y) > 0 ? 3 : shared >= 0.2 ? 2 : 1
  }
}
