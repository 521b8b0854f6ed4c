/**
 * Reading the columns of files, shared out to threads: each reads all rows and makes numbers of its own columns only, which
 * is what takes the time. A column's texts are then numbered by one thread in the order of the rows, so that the table is the
 * same however many there are.
 */
import {
  isNameKind,
  sharedCells,
  tableBuilder,
  type Field,
  type Kind,
  type Part,
  type Table,
} from '../linkage/index.ts'
import { sheetAs, type BrokenRow, type Row, type SheetForm } from './csv.ts'

/** Which columns to read of which files: for each file the places of the fields. */
export type Columns = {
  readonly sheets: readonly SheetForm[]
  readonly fields: readonly Field[]
  readonly places: readonly (readonly number[])[]
  /** About how many records there are. */
  readonly expected: number
  /** Some of the fields, if not all, with their places. */
  readonly part?: Part & { readonly places: readonly (readonly number[])[] }
}

/** Reads them, and gives each row on the way with the number of its record and of its file. */
export const readColumns = async (
  { sheets, fields, places, expected, part }: Columns,
  each: (row: Row, record: number, file: number) => void = () => {},
  broken: (row: BrokenRow) => void = () => {},
): Promise<Table> => {
  const builder = tableBuilder(fields, expected, part)
  for (const [file, form] of sheets.entries()) {
    const at = (part ?? { places }).places[file]!
    await sheetAs(form).read((row) => each(row, builder.addLine(row, at, file === 0 ? 0 : 1), file), broken)
  }
  return builder.build()
}

/** Shares columns out to so many threads. The first has the names and sees to the rest of a row; who is left over has none. */
export const sharedOut = (columns: Columns, threads: number): Columns[] => {
  const { fields, places, expected } = columns
  const loads = new Array<number>(threads).fill(0)
  loads[0] = otherwise
  const shares = loads.map((): number[] => [])
  const give = (i: number, thread: number): void => {
    loads[thread]! += costOf(fields[i]!.kind)
    shares[thread]!.push(i)
  }
  const isName = (i: number): boolean => isNameKind(fields[i]!.kind)
  const all = [...fields.keys()]
  // All parts of people's names have their numbers from one dictionary.
  for (const i of all.filter(isName)) give(i, 0)
  // What is left goes to whoever has least to do, the dearest first.
  const others = all.filter((i) => !isName(i)).sort((a, b) => costOf(fields[b]!.kind) - costOf(fields[a]!.kind))
  for (const i of others) give(i, loads.indexOf(Math.min(...loads)))
  const cells = sharedCells(fields, expected)
  return shares
    .filter((share, thread) => thread === 0 || share.length > 0)
    .map((share) => {
      const of = <T>(list: readonly T[]): T[] => share.map((i) => list[i]!)
      return { ...columns, part: { cells, fields: of(fields), places: places.map(of) } }
    })
}

/** How long a column takes to read beside others: by how many different values it has, and whether they are read from its bytes. */
const costOf = (kind: Kind): number =>
  isNameKind(kind) ? 4 : ['sex', 'postcode', 'code', 'date'].includes(kind) ? 1 : 6
/** And what else is kept of a row. */
const otherwise = 3
