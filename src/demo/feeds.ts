import { sql } from 'kysely'
import { z } from 'zod'
import told from '../../content/demo/feeds.json' with { type: 'json' }
import {
  applyRun,
  confirmRun,
  decide,
  feedToSend,
  holds,
  keepFeed,
  noteIdentity,
  readRun,
  receive,
  runFor,
  sayColumns,
  type FeedBench,
} from '../joining/index.ts'
import { asProduct, localDate, type Tx } from '../platform/index.ts'
import { bornOf } from './people.ts'
import type { Stage } from './stage.ts'

const stories = z.strictObject({
  feeds: z.array(
    z.strictObject({
      by: z.string(),
      daysAgo: z.number(),
      name: z.string(),
      contact: z.string(),
      senders: z.array(z.string()),
      columns: z.array(z.tuple([z.string(), z.enum(holds)])),
      /** A birth is a date, or "born of" somebody of the demo: theirs moves with it. */
      rows: z.array(z.array(z.string())),
    }),
  ),
  same: z.strictObject({ by: z.string(), daysAgo: z.number(), why: z.string() }),
})

/**
 * A school and a housing team send their lists as on the page; the front door says of whoever is nearly certain to be
 * somebody with a record that they are. So "who else is involved?" has an answer.
 */
export const playFeeds = async (tx: Tx, stage: Stage, partnership: string): Promise<void> => {
  const { feeds, same } = stories.parse(told)
  await noteEverybody(tx, stage, partnership)
  for (const feed of feeds) await playFeed(tx, stage, feed)
  const { keys, called, turnTo } = stage
  const [worker, at] = [called(same.by), before(stage, same.daysAgo)]
  const strong = await nearlyCertain(tx, partnership)
  await turnTo(tx, worker, at)
  for (const proposal of strong)
    await decide(tx, keys, worker, proposal, { answer: 'same', why: same.why, shown: [], at })
}

const before = ({ now }: Stage, days: number): Date => new Date(now.getTime() - days * 24 * 60 * 60_000)

/** What a job does after each record was opened: the demo is played in one go, before the worker starts. */
const noteEverybody = async (tx: Tx, { keys, now, turnTo }: Stage, partnership: string): Promise<void> => {
  await turnTo(tx, { kind: 'system', partnership }, now)
  const { rows } = await sql<{
    id: string
  }>`select id from subject where partnership_id = ${partnership} order by id`.execute(tx)
  for (const { id } of rows) await noteIdentity(tx, keys, partnership, id, now)
}

const playFeed = async (
  tx: Tx,
  stage: Stage,
  { by, daysAgo, senders, columns, rows, ...said }: z.output<typeof stories>['feeds'][number],
): Promise<void> => {
  const { keys, called, turnTo } = stage
  const [worker, at] = [called(by), before(stage, daysAgo)]
  await turnTo(tx, worker, at)
  const named = senders.map((key) => called(key).staff)
  const id = await keepFeed(tx, worker, undefined, { ...said, sends: 'whole', by_system: true, senders: named }, at)
  const bench: FeedBench = {
    keys,
    partnership: worker.partnership,
    now: at,
    within: (work) => asProduct(tx, () => work(tx)),
  }
  const sent = await receive(bench, worker, await feedToSend(tx, worker, id), [Buffer.from(csv(stage, columns, rows))])
  if (sent.outcome !== 'taken') throw new Error(`The demo's list ${said.name} was not taken: ${sent.outcome}`)
  await readRun(bench, sent.run)
  await sayColumns(tx, worker, await runFor(tx, worker, id, sent.run), Object.fromEntries(columns))
  await readRun(bench, sent.run)
  await confirmRun(tx, worker, await runFor(tx, worker, id, sent.run), at)
  await applyRun(bench, sent.run)
}

const csv = (
  { now, zone }: Stage,
  columns: readonly (readonly [string, string])[],
  rows: readonly string[][],
): string => {
  const said = (value: string): string =>
    value.startsWith('born of ') ? bornOf(value.slice('born of '.length), localDate(now, zone)) : value
  return [columns.map(([name]) => name), ...rows.map((row) => row.map(said))].map((row) => row.join(',')).join('\n')
}

/** Pairs of an entry of a list and a person's record that nobody would be surprised by. */
const nearlyCertain = (tx: Tx, partnership: string): Promise<string[]> =>
  asProduct(tx, async () => {
    const { rows } = await sql<{ id: string }>`
      select p.id from proposal p
      join noted_record a on a.partnership_id = p.partnership_id and a.id = p.a_id
      join noted_record b on b.partnership_id = p.partnership_id and b.id = p.b_id
      where p.partnership_id = ${partnership} and p.band = 'strong'
        and (a.subject_id is not null and b.fed_id is not null or b.subject_id is not null and a.fed_id is not null)
      order by p.id`.execute(tx)
    return rows.map(({ id }) => id)
  })
