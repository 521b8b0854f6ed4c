/**
 * A table that several threads read at once, each some of its fields. They write into the same cells, no two into the same
 * place; whoever finds them too small goes on in cells of its own, which are put together in the end.
 */
import { inShared, newDictionary } from './dictionary.ts'
import type { Field } from './model.ts'
import { layoutOf, placesOf, shareTable, type Part, type SharedTable, type Table } from './table.ts'

/** Cells for about so many records. */
export const sharedCells = (fields: readonly Field[], records: number): Int32Array =>
  new Int32Array(new SharedArrayBuffer(layoutOf(fields).width * records * 4))

/** What another thread is told of a part, without people's names, that has been read. */
export type ReadPart = Pick<SharedTable, 'dictionaries'> & {
  readonly fields: readonly Field[]
  /** Where they did not fit into those that were given. */
  readonly cells?: Int32Array
}

export const readPartOf = (table: Table, { fields, cells }: Part): ReadPart => ({
  fields,
  dictionaries: shareTable(table).dictionaries.filter(([name]) => fields.some((field) => field.name === name)),
  ...(table.cells.buffer !== cells.buffer && { cells: inShared(table.cells) }),
})

/** The table of which all parts have been read: the same that one builder would have made. The first part has people's names. */
export const joinParts = (
  fields: readonly Field[],
  given: Int32Array,
  first: Table,
  others: readonly ReadPart[],
): Table => {
  const { cells, width, size, slots } = first
  for (const { fields: own, cells: theirs = given } of others) {
    if (theirs.buffer === cells.buffer) continue
    for (const { name, kind } of own)
      for (let slot = slots.get(name)!, end = slot + placesOf(kind); slot < end; slot++)
        for (let at = slot; at < size * width; at += width) cells[at] = theirs[at]!
  }
  const read = new Map(others.flatMap(({ dictionaries }) => dictionaries))
  const dictionaries = new Map(first.dictionaries)
  for (const { name } of fields) {
    const shared = read.get(name)
    const dictionary = shared === undefined ? first.dictionaries.get(name) : newDictionary(shared)
    if (dictionary !== undefined) dictionaries.set(name, dictionary)
  }
  return { ...first, dictionaries }
}
