import { dataKeyOf, localDate, openBytes, sealText, type DataKey } from '../../platform/index.ts'
import { differences, guessColumns, headerProblem, type Mapping } from './columns.ts'
import { endRun } from './end-run.ts'
import { asksAgain, feedOf, most_rows, runOf, type Bench, type Feed, type Refusal, type Run } from './feed.ts'
import { partAt } from './receive.ts'
import { leftOut, stageRows, summed } from './stage.ts'
import { NoHeader, openTable, type BrokenRow, type Row, type Sheet } from './table.ts'

/** So many rows are read and kept in one transaction, with how far it is. */
const at_once = 200

export type Step = 'done' | 'more' | 'busy'

/** The first row and some after it, as they are shown to whoever says what the columns hold. */
export type Head = { header: string[]; samples: string[][]; guessed: Record<string, string> }

/**
 * Reads a file that has arrived into rows beside the list, and counts what it would change; nothing of the list is touched.
 * A run that was killed goes on after the last rows that were kept.
 * @param batches stops after so many, for whoever wants to see it half-way
 */
export const readRun = async (bench: Bench, id: string, batches = Infinity): Promise<Step> => {
  const { within, partnership, keys } = bench
  const found = await within(async (tx) => {
    const run = await runOf(tx, partnership, id)
    // Read already: its file may be gone, and its key with it.
    if (run.state !== 'reading') return undefined
    const feed = await feedOf(tx, partnership, run.feed_id)
    return { run, feed, key: await dataKeyOf(tx, keys, partnership, { kind: 'feed run', id }) }
  })
  if (!found) return 'done'
  const { run, feed, key } = found
  const sheet = await open(bench, run, key)
  if (typeof sheet === 'string') return refuse(bench, run, sheet)
  const wrong = headerProblem(sheet.header)
  if (wrong) return refuse(bench, run, wrong)
  const { columns } = feed
  if (!columns || differences(sheet.header, columns).missing.length > 0)
    return askColumns(bench, run, sheet, columns, key)
  const read = await rowsOf(bench, { run, feed, key, columns, sheet, batches })
  if (read !== 'done') return read === 'too many rows' ? refuse(bench, run, read) : read
  return finish(bench, run, feed)
}

/** The file as it lies in pieces. Throws only what is no fault of the file. */
const open = async ({ within, partnership }: Bench, run: Run, key: DataKey): Promise<Sheet | Refusal> => {
  const source = async function* (): AsyncGenerator<Buffer, void, undefined> {
    for (let part = 0; part < run.parts; part++) {
      const row = await within((tx) =>
        tx
          .selectFrom('feed_part')
          .select('bytes_sealed')
          .where('partnership_id', '=', partnership)
          .where('run_id', '=', run.id)
          .where('part', '=', part)
          .executeTakeFirstOrThrow(),
      )
      yield openBytes(key, partAt(run.id, part), row.bytes_sealed)
    }
  }
  try {
    return await openTable(source, run.encoding ?? 'utf-8')
  } catch (error) {
    if (error instanceof NoHeader) return 'no header'
    throw error
  }
}

const refuse = async ({ within, partnership, now }: Bench, run: Run, reason: Refusal): Promise<Step> => {
  await within((tx) => endRun(tx, { kind: 'system', partnership }, run, { state: 'refused', reason, at: now }))
  return 'done'
}

/** Nothing is read by columns that are not there: a person says what these hold. */
const askColumns = async (
  { within, partnership }: Bench,
  run: Run,
  sheet: Sheet,
  said: Mapping | null,
  key: DataKey,
): Promise<Step> => {
  const samples: string[][] = []
  for await (const { values } of sheet.rows(() => {})) {
    samples.push(values.map((value) => value.slice(0, 60)))
    if (samples.length === 3) break
  }
  const header = [...sheet.header]
  const head: Head = { header, samples, guessed: guessColumns(header.filter(Boolean), said) }
  await within((tx) =>
    tx
      .updateTable('feed_run')
      .set({ state: 'columns', head_sealed: sealText(key, headAt(run.id), JSON.stringify(head)) })
      .where('partnership_id', '=', partnership)
      .where('id', '=', run.id)
      .where('state', '=', 'reading')
      .execute(),
  )
  return 'done'
}

export const headAt = (run: string) => ({ table: 'feed_run', column: 'head', row: run })

type Reading = { run: Run; feed: Feed; key: DataKey; columns: Mapping; sheet: Sheet; batches: number }

const rowsOf = async (bench: Bench, reading: Reading): Promise<Step | 'too many rows'> => {
  const { sheet, run } = reading
  const today = localDate(bench.now, 'Europe/London')
  let broken: BrokenRow[] = []
  let rows: Row[] = []
  let [seen, kept, done] = [0, run.read_rows, 0]
  const keep = async (): Promise<Step> => {
    const stayed = await bench.within(async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('feed_run')
        .set({ read_rows: kept + rows.length })
        .where('partnership_id', '=', bench.partnership)
        .where('id', '=', run.id)
        .where('state', '=', 'reading')
        .where('read_rows', '=', kept)
        .executeTakeFirst()
      // Another process reads it, and is further.
      if (numUpdatedRows !== 1n) return false
      await leftOut(tx, bench, reading.feed, run.id, broken)
      await stageRows(tx, bench, { ...reading, run: run.id, today }, rows)
      return true
    })
    if (!stayed) return 'busy'
    kept += rows.length
    ;[broken, rows] = [[], []]
    return ++done >= reading.batches ? 'more' : 'done'
  }
  for await (const row of sheet.rows((one) => broken.push(one))) {
    if (seen++ < run.read_rows) continue
    if (seen > most_rows) return 'too many rows'
    rows.push(row)
    if (rows.length + broken.length < at_once) continue
    const step = await keep()
    if (step !== 'done') return step
  }
  return rows.length + broken.length > 0 ? keep().then((step) => (step === 'busy' ? step : 'done')) : 'done'
}

/** What it comes to. A system's file is applied at once, unless it asks a person; on the page somebody looks first. */
const finish = async ({ within, partnership }: Bench, run: Run, feed: Feed): Promise<Step> => {
  await within(async (tx) => {
    const counts = await summed(tx, partnership, run.id, feed)
    const state = run.client_id === null ? 'ready' : asksAgain(counts) ? 'second look' : 'applying'
    await tx
      .updateTable('feed_run')
      .set({
        state,
        before_rows: counts.before,
        new_rows: counts.new,
        changed_rows: counts.changed,
        same_rows: counts.same,
        gone_rows: counts.gone,
        broken_rows: counts.broken,
      })
      .where('partnership_id', '=', partnership)
      .where('id', '=', run.id)
      .where('state', '=', 'reading')
      .execute()
  })
  return 'done'
}
