/** Linking two files, or finding the duplicates in one. */
import fs from 'node:fs'
import {
  measureClusters,
  measurePairs,
  readModel,
  type BlockingRule,
  type Budget,
  type Effort,
  type Field,
  type Linked,
  type LinkOptions,
  type Measure,
  type Model,
  type Stage,
  type Table,
} from '../linkage/index.ts'
import { columnsOf, readSettings, type Columns, type Settings } from './columns.ts'
import { hire, usualThreads, type Crew } from './crew.ts'
import { reportPage } from './link-report.tsx'
import { formOf, openSheet, valueIn, type BrokenRow, type Row, type Sheet } from './csv.ts'
import { newNames } from './record-names.ts'
import { readColumns } from './read-columns.ts'
import { linkWith } from './threads.ts'
import { writeLinks } from './write-links.ts'
import { wrongPlace } from './written-where.ts'

/** A file that cannot be used as it is, with what to mend. */
export class WrongFile extends Error {}

export type LinkFiles = {
  readonly left: string
  readonly right?: string
  /** Where pairs and clusters are written. */
  readonly out?: string
  readonly clusters?: string
  /** Also write pairs that are less likely than not, down to those not worth a look. */
  readonly all?: boolean
  /** A model to use as it is, and where to write the one that was used. */
  readonly model?: string
  readonly saveModel?: string
  readonly settings?: string
  /** Where the page that explains the run is written. */
  readonly report?: string
  /** How many threads compare; the result does not depend on it. */
  readonly threads?: number
  /** Blocking rules to weigh instead of those proposed. */
  readonly rules?: readonly BlockingRule[]
  /** How many pairs to look at, where the usual budget would leave out a rule that is asked for. */
  readonly budget?: Budget
  /** From how many pairs to learn; as many as is usual without it. */
  readonly effort?: Effort
}

export type LinkReport = {
  readonly columns: Columns
  readonly records: number
  readonly pairs: number
  readonly links: number
  readonly strong: number
  readonly clusters: number
  readonly model: Model
  readonly costs: Linked['plan']['costs']
  readonly broken: readonly BrokenRow[]
  readonly sameId: number
  readonly measured?: { readonly links: Measure; readonly strong: Measure; readonly clusters: Measure }
}

/** Under about so many records a second thread costs more than it saves. */
const few = 20_000
/** Rows looked at to guess what columns hold. */
const looked = 2000

/** Does all of it and says on the way where it is. Files are written at the end, whole or not at all. */
export const linkFiles = async (
  ask: LinkFiles,
  progress: (stage: Stage | 'reading' | 'measuring', count?: number) => void,
): Promise<LinkReport> => {
  const wrong = wrongPlace(ask)
  if (wrong !== undefined) throw new WrongFile(wrong)
  const sheets = await Promise.all([ask.left, ...(ask.right === undefined ? [] : [ask.right])].map(openSheet))
  const expected = await recordsIn(sheets)
  const crew = hire(ask.threads ?? (expected < few ? 1 : usualThreads()))
  const { columns, read, linked } = await linkSheets(ask, sheets, expected, crew, progress).finally(() =>
    crew?.dismiss(),
  )
  if (columns.truth !== undefined) progress('measuring')
  const report = reportOf(linked, read, columns)
  await writeLinks(ask, linked, read)
  if (ask.report !== undefined) fs.writeFileSync(ask.report, reportPage(report, linked, read.table, read.idOf))
  return report
}

const linkSheets = async (
  ask: LinkFiles,
  sheets: readonly Sheet[],
  expected: number,
  crew: Crew | undefined,
  progress: (stage: Stage | 'reading', count?: number) => void,
): Promise<{ readonly columns: Columns; readonly read: Read; readonly linked: Linked }> => {
  const settings = settingsFrom(ask.settings, sheets[0]!.header)
  const model = modelFrom(ask.model)
  const columns = await columnsFor(sheets, settings, model)
  const read = await readAll(sheets, expected, columns, settings, crew, progress)
  const options: LinkOptions = {
    ...(model !== undefined && { model }),
    ...(ask.rules !== undefined && { rules: ask.rules }),
    ...(ask.budget !== undefined && { budget: ask.budget }),
    ...(ask.effort !== undefined && { effort: ask.effort }),
  }
  return { columns, read, linked: await linkWith(crew, columns.fields, read.table, progress, options) }
}

const reportOf = (linked: Linked, read: Read, columns: Columns): LinkReport => {
  const { edges, clusters } = linked
  const truth = columns.truth === undefined ? undefined : read.truth()
  const { link: least, strong } = linked.model.thresholds
  return {
    columns,
    records: read.table.size,
    pairs: linked.plan.kept.reduce((sum, { pairs }) => sum + pairs, 0),
    links: edges.weight.reduce((sum, weight) => sum + Number(weight >= least), 0),
    strong: edges.weight.reduce((sum, weight) => sum + Number(weight >= strong), 0),
    // A cluster is named for its first record.
    clusters: clusters.of.reduce((sum, cluster, record) => sum + Number(cluster === record), 0),
    model: linked.model,
    costs: linked.plan.costs,
    broken: read.broken,
    sameId: read.sameId,
    ...(truth !== undefined && {
      measured: {
        links: measurePairs(edges, least, truth, read.table),
        strong: measurePairs(edges, strong, truth, read.table),
        clusters: measureClusters(clusters.of, truth, read.table),
      },
    }),
  }
}

const settingsFrom = (file: string | undefined, header: readonly string[]): Settings => {
  if (file === undefined) return {}
  const { settings, wrong } = readSettings(jsonIn(file), header)
  if (wrong.length > 0) throw new WrongFile(`${file} does not fit:\n${wrong.join('\n')}`)
  return settings
}

const modelFrom = (file: string | undefined): Model | undefined => {
  if (file === undefined) return undefined
  const { model, wrong } = readModel(jsonIn(file))
  if (wrong !== undefined) throw new WrongFile(`${file} does not fit:\n${wrong.join('\n')}`)
  return model
}

const jsonIn = (file: string): unknown => {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) throw new WrongFile(`${file} is not JSON: ${error.message}.`)
    throw error
  }
}

/** What is compared, and under which names each file holds it. */
type Compared = Columns & { readonly sources: readonly Source[] }
/** For each field the place of its column in a file, and the places of its id and truth; -1 where there is none. */
type Source = { readonly at: readonly number[]; readonly id: number; readonly truth: number }

/**
 * Of two files, what both have is compared: columns of one name, or the only ones of their kind under two names (surname
 * and last_name). A model brings its own fields, which the files must have.
 */
const columnsFor = async (
  sheets: readonly Sheet[],
  settings: Settings,
  model: Model | undefined,
): Promise<Compared> => {
  const guessed: Columns[] = []
  for (const sheet of sheets) guessed.push(columnsOf(sheet.header, await sampleOf(sheet), settings))
  const [left, right] = guessed as [Columns, Columns?]
  const pairs = (model?.fields ?? left.fields).map((field) => ({
    field,
    other: right && nameIn(field, left, right, sheets[1]!),
  }))
  const kept = model === undefined && right !== undefined ? pairs.filter(({ other }) => other !== undefined) : pairs
  const fields = kept.map(({ field }) => field)
  if (fields.length === 0)
    throw new WrongFile(
      'No column of these files was understood. Say what they hold with --settings: {"columns": {"…": "given name"}}.',
    )
  const names = [fields.map(({ name }) => name), kept.map(({ field, other }) => other ?? field.name)]
  const sources = sheets.map(({ file, header }, i): Source => {
    const gone = names[i]!.filter((name) => !header.includes(name))
    if (gone.length > 0) throw new WrongFile(`${file} has no column ${gone.join(', ')}. It has ${header.join(', ')}.`)
    const place = (name: string | undefined): number => (name === undefined ? -1 : header.indexOf(name))
    return { at: names[i]!.map(place), id: place(guessed[i]!.id), truth: place(guessed[i]!.truth) }
  })
  const { id, truth } = left
  return { fields, sources, ...(id !== undefined && { id }), ...(truth !== undefined && { truth }) }
}

const sampleOf = async (sheet: Sheet): Promise<(readonly string[])[]> => {
  const sample: (readonly string[])[] = []
  const keep = (row: Row): boolean => sample.push(sheet.header.map((_, i) => valueIn(row, i))) < looked
  await sheet.read(keep, () => {})
  return sample
}

const nameIn = ({ name, kind }: Field, left: Columns, right: Columns, { header }: Sheet): string | undefined => {
  if (header.includes(name)) return name
  const [mine, theirs] = [left, right].map(({ fields }) => fields.filter((field) => field.kind === kind))
  return mine!.length === 1 && theirs!.length === 1 ? theirs![0]!.name : undefined
}

type Read = {
  readonly table: Table
  readonly idOf: (record: number) => string
  /** A number for every record, worked out when somebody measures by it. */
  readonly truth: () => Int32Array
  readonly broken: readonly BrokenRow[]
  readonly sameId: number
}

const readAll = async (
  sheets: readonly Sheet[],
  expected: number,
  { fields, sources }: Compared,
  { truthPattern }: Settings,
  crew: Crew | undefined,
  progress: (stage: 'reading', count: number) => void,
): Promise<Read> => {
  const ids = newNames()
  const truth = newNames()
  const broken: BrokenRow[] = []
  const pattern = truthPattern === undefined ? undefined : new RegExp(truthPattern)
  const keep = (row: Row, record: number, file: number): void => {
    const { id, truth: label } = sources[file]!
    ids.add(row, id, file, () => String(row.line))
    if (pattern === undefined) truth.add(row, label, 0, () => `(nobody ${record})`)
    else truth.addText(pattern.exec(valueIn(row, label))?.[1] ?? `(nobody ${record})`)
    if (record % 50_000 === 0) progress('reading', record)
  }
  const asked = { sheets: sheets.map(formOf), fields, places: sources.map(({ at }) => at), expected }
  const tell = (row: BrokenRow): void => void broken.push(row)
  const table = await (crew === undefined ? readColumns(asked, keep, tell) : crew.read(asked, keep, tell))
  return { table, idOf: ids.of, truth: truth.numbers, broken, sameId: ids.repeated() }
}

/** About how many records there are, from the size of the files and of their first rows. */
const recordsIn = async (sheets: readonly Sheet[]): Promise<number> => {
  let records = 64
  for (const sheet of sheets) {
    let [rows, bytes] = [0, 0]
    await sheet.read(
      ({ begins, ends, count }) => {
        bytes += count
        for (let column = 0; column < count; column++) bytes += ends[column]! - begins[column]!
        return ++rows < looked
      },
      () => {},
    )
    if (rows > 0) records += Math.ceil((1.05 * fs.statSync(sheet.file).size * rows) / bytes)
  }
  return records
}
