/**
 * Blocking: only records that agree on something are compared. What each rule would cost is counted before it runs, from
 * the sizes of its blocks; one careless rule among ten is three quarters of all work and finds nothing.
 */
import type { Dictionary } from './dictionary.ts'
import { hashOf, mix } from './hash.ts'
import type { BlockingRule, Field, Form, Model } from './model.ts'
import { usualForm } from './name-variants.ts'
import { skeleton } from './names.ts'
import { peopleNames, tableBuilder, type Table } from './table.ts'

export type Blocks = {
  readonly rule: BlockingRule
  /** Records that share their key with another, those with the same one together. */
  readonly order: Int32Array
  /** Where each block begins in `order`, and at last its length. */
  readonly starts: Int32Array
  /** How many pairs the rule would compare. */
  readonly pairs: number
}

/** The parts of a rule may name these, whatever the columns are called. `names` is given and family in either order. */
export const namedParts = ['given', 'middle', 'family', 'names'] as const

/** Sorts a table's records by a rule and counts what it costs. Above `most` pairs it is only counted. */
export const blocksOf = (rule: BlockingRule, fields: readonly Field[], table: Table, most = Infinity): Blocks => {
  const sorted = sortedByKey(keysIn(table, rule, fields))
  const starts = new Int32Array((sorted.length >> 2) + 1)
  let [blocks, members] = [0, 0]
  for (let from = 0, to: number; from < sorted.length; from = to) {
    const key = sorted[from + 1]
    to = from + 2
    while (to < sorted.length && sorted[to + 1] === key) to += 2
    if (to - from === 2) continue
    starts[blocks++] = members
    // Far behind what is still to be read.
    for (let at = from; at < to; at += 2) sorted[members++] = sorted[at]!
  }
  starts[blocks] = members
  const begins = starts.slice(0, blocks + 1)
  const pairs = countPairs(sorted, begins, table)
  if (pairs > most) return { rule, pairs, order: new Int32Array(0), starts: new Int32Array(1) }
  return { rule, pairs, order: sorted.slice(0, members), starts: begins }
}

/**
 * The keys of one record, one for each of the model's blocking rules in their order; 0 where a part is missing. They depend
 * on what the record says and on nothing else: kept in a database, they find in years to come what a run today would have
 * brought together. Two rules may give one number: whoever keeps them keeps the rule beside it.
 */
export const keysOf = ({ fields, blocking }: Pick<Model, 'fields' | 'blocking'>, values: readonly string[]) => {
  const builder = tableBuilder(fields)
  builder.add(values)
  const table = builder.build()
  return Int32Array.from(blocking, (rule) => keysIn(table, rule, fields)[0]!)
}

/** The key of every record of a table under a rule; 0 where a part is missing. */
export const keysIn = (table: Table, rule: BlockingRule, fields: readonly Field[]): Int32Array => {
  const { cells, size, width } = table
  const keys = new Int32Array(size).fill(rule.length)
  const values = new Int32Array(size)
  for (const part of rule) {
    readPart(partOf(part, fields, table), cells, width, size, values, 0, 1)
    for (let row = 0; row < size; row++)
      keys[row] = keys[row] === 0 || values[row] === 0 ? 0 : mix(keys[row]!, values[row]!)
  }
  return keys
}

/**
 * What a part of a rule reads from a row: the number at `slot`, moved right by `shift`, or what `table` has for it; with
 * `other`, two names in either order. Two rows agree on a part where that is the same number and not 0.
 */
export type Part = {
  readonly slot: number
  readonly shift: number
  readonly table?: Int32Array
  readonly other?: number
  /** What is less says nothing. */
  readonly least?: number
}

/** Reads a part from so many rows that lie one after the other, into every `stride`th place of `values` from one on. */
export const readPart = (
  { slot, shift, table, other, least }: Part,
  cells: Int32Array,
  width: number,
  size: number,
  values: Int32Array,
  from: number,
  stride: number,
): void => {
  if (other !== undefined)
    for (let i = 0, at = from; i < size; i++, at += stride) {
      let [one, two] = [cells[i * width + slot]!, cells[i * width + other]!]
      if (table !== undefined) [one, two] = [table[one]!, table[two]!]
      values[at] = one === 0 || two === 0 ? 0 : mix(Math.min(one, two), Math.max(one, two))
    }
  else if (table !== undefined)
    for (let i = 0, at = from; i < size; i++, at += stride) values[at] = table[cells[i * width + slot]!]!
  else if (least !== undefined)
    for (let i = 0, at = from; i < size; i++, at += stride)
      values[at] = Math.max(least, cells[i * width + slot]!) >>> shift
  else for (let i = 0, at = from; i < size; i++, at += stride) values[at] = cells[i * width + slot]! >>> shift
}

/** Whole texts are read as hashes, which mean the same everywhere, or as their numbers in this table, which are at hand. */
export const partOf = (
  part: string,
  fields: readonly Field[],
  { dictionaries, names, slots }: Table,
  as: 'hash' | 'number' = 'hash',
): Part => {
  const [name, form] = part.split(':') as [string, Form | undefined]
  const plain = { shift: 0 }
  const hashed = (dictionary: Dictionary): Omit<Part, 'slot'> =>
    as === 'number' ? plain : { shift: 0, table: dictionary.hashes() }
  if (name === 'names') return { slot: names.given, other: names.family, ...hashed(dictionaries.get(peopleNames)!) }
  const isName = name === 'given' || name === 'middle' || name === 'family'
  const slot = isName ? names[name] : slots.get(name)!
  const kind = fields.find((field) => field.name === name)?.kind
  // Whoever is known by an age is found by name and place.
  if (kind === 'date') return { slot, shift: form === 'year' ? 16 : 0, least: 0 }
  if (kind === 'postcode')
    return { slot, shift: form === 'area' ? 22 : form === 'district' ? 13 : form === 'sector' ? 9 : 0 }
  if (kind === 'sex') return { slot, ...plain }
  const dictionary = dictionaries.get(isName ? peopleNames : name)!
  return form === undefined ? { slot, ...hashed(dictionary) } : { slot, shift: 0, table: derivedFrom(dictionary, form) }
}

const derivedFrom = (dictionary: Dictionary, form: Form): Int32Array => {
  const known = formsOf.get(dictionary) ?? new Map<Form, Int32Array>()
  formsOf.set(dictionary, known)
  const before = known.get(form)
  if (before?.length === dictionary.size()) return before
  const made = Int32Array.from(dictionary.texts(), (text) => hashOf(inForm(text, form)))
  known.set(form, made)
  return made
}
/** Several rules ask for one form of the same names. */
const formsOf = new WeakMap<Dictionary, Map<Form, Int32Array>>()

const inForm = (text: string, form: Form): string => {
  if (form === 'skeleton') return skeleton(text)
  if (form === 'initial') return text.slice(0, 1)
  if (form === 'variant') return usualForm(text)
  if (form === 'word') return longestWord(text)
  return text.replaceAll(' ', '').slice(0, Number(form.slice('prefix'.length)) || undefined)
}

/** The longest word is most often the one that says something. */
const longestWord = (text: string): string =>
  text.split(' ').reduce((longest, word) => (word.length > longest.length ? word : longest), '')

/**
 * Rows with a key, by key: a row and its key in two places each. Least significant digit first, 11 bits at a time; all digits
 * are counted in one go, and a row goes with its key into one line of the cache. Records keep their order within a block.
 */
const sortedByKey = (keys: Int32Array): Int32Array => {
  const place = new Int32Array(3 * digits)
  let size = 0
  for (let row = 0; row < keys.length; row++) {
    const key = keys[row]!
    if (key === 0) continue
    size++
    place[key & 2047]!++
    place[digits + ((key >>> 11) & 2047)]!++
    place[2 * digits + (key >>> 22)]!++
  }
  for (let digit = 0; digit < 3; digit++)
    for (let i = digit * digits, sum = 0; i < (digit + 1) * digits; i++) {
      const many = place[i]!
      place[i] = sum
      sum += many
    }
  let [from, into] = [new Int32Array(2 * size), new Int32Array(2 * size)]
  for (let row = 0; row < keys.length; row++) {
    if (keys[row] === 0) continue
    const at = 2 * place[keys[row]! & 2047]!++
    into[at] = row
    into[at + 1] = keys[row]!
  }
  for (const [shift, first] of [
    [11, digits],
    [22, 2 * digits],
  ] as const) {
    ;[from, into] = [into, from]
    for (let i = 0; i < 2 * size; i += 2) {
      const key = from[i + 1]!
      const at = 2 * place[first + ((key >>> shift) & 2047)]!++
      into[at] = from[i]!
      into[at + 1] = key
    }
  }
  return into
}
/** So many values has a digit. */
const digits = 2048

const countPairs = (order: Int32Array, starts: Int32Array, table: Table): number => {
  let pairs = 0
  for (let block = 0; block + 1 < starts.length; block++) {
    const [start, end] = [starts[block]!, starts[block + 1]!]
    const size = end - start
    if (!table.linking) pairs += (size * (size - 1)) / 2
    else {
      let second = 0
      for (let i = start; i < end; i++) second += table.files[order[i]!]!
      pairs += second * (size - second)
    }
  }
  return pairs
}
