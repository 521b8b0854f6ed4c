import { sql } from 'kysely'
import { cluster } from '../linkage/index.ts'
import { asViewer, newId, type Db, type Keys, type Tx } from '../platform/index.ts'
import { keysOf } from './keys.ts'
import { lookUp, openRecords } from './look-up.ts'
import { models } from './model.ts'
import { modelsKept, propose } from './propose.ts'
import type { Kind } from './standard.ts'
import { weigh } from './weigh.ts'

/** So many records are looked up in one transaction; a run that is killed goes on after the last whole one. */
const at_once = 200

/**
 * Looks up every record anew, as if it had come today, and writes what is different into the proposals; then groups what is
 * alike on the whole. Answers hold: what was refused stays refused, what was joined stays joined. Each part commits with
 * how far it is, so that a run that was killed comes to the same end.
 * @param atOnce so many records are looked up in one transaction
 * @returns how many proposals are new or weigh differently
 */
export const relinkAll = async (
  db: Db,
  keys: Keys,
  partnership: string,
  at: Date,
  { atOnce = at_once } = {},
): Promise<number> => {
  const run = await asProductOf(db, partnership, (tx) => openRun(tx, partnership, at))
  for (;;) {
    const last = await asProductOf(db, partnership, (tx) => relinkPart(tx, keys, partnership, { run, at, atOnce }))
    if (last === 'busy') return 0
    if (last) break
  }
  return asProductOf(db, partnership, async (tx) => {
    await group(tx, keys, partnership)
    const { rows } = await sql<{ changed: number }>`update relink_run set done_at = ${at}
      where partnership_id = ${partnership} and id = ${run} returning changed`.execute(tx)
    return rows[0]!.changed
  })
}

const asProductOf = <T>(db: Db, partnership: string, work: (tx: Tx) => Promise<T>): Promise<T> =>
  asViewer(db, { kind: 'system', partnership }, work)

/** The run that was not ended, or a new one. */
const openRun = async (tx: Tx, partnership: string, at: Date): Promise<string> => {
  const going = await tx
    .selectFrom('relink_run')
    .select('id')
    .where('partnership_id', '=', partnership)
    .where('done_at', 'is', null)
    .executeTakeFirst()
  if (going) return going.id
  const id = newId()
  await tx.insertInto('relink_run').values({ partnership_id: partnership, id, started_at: at }).execute()
  return id
}

type Row = {
  id: string
  kind: Kind
  concern_id: string | null
  subject_id: string | null
  fed_id: string | null
  agency_id: string
  standard_sealed: Buffer
  key_id: string
  wrapped: Buffer | null
}

/** @returns whether nothing is left to look at; 'busy' while another process is at it */
const relinkPart = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  { run, at, atOnce }: { run: string; at: Date; atOnce: number },
): Promise<boolean | 'busy'> => {
  const { rows: runs } = await sql<{ after_id: string | null }>`select after_id from relink_run
    where partnership_id = ${partnership} and id = ${run} and done_at is null for update skip locked`.execute(tx)
  if (!runs[0]) return 'busy'
  const { rows } = await sql<Row>`
    select r.id, r.kind, r.concern_id, r.subject_id, r.fed_id, r.agency_id, r.standard_sealed, r.key_id, w.wrapped
    from noted_record r join data_key w on w.partnership_id = r.partnership_id and w.id = r.key_id
    where r.partnership_id = ${partnership} and r.withdrawn_at is null
      and r.id > ${runs[0].after_id ?? '00000000-0000-0000-0000-000000000000'}::uuid
    order by r.id limit ${atOnce}`.execute(tx)
  const open = await openRecords(tx, keys, partnership, rows)
  const looked = rows.flatMap((row, i) => (open[i] ? [{ ...row, standard: open[i] }] : []))
  const kept = await modelsKept(tx, partnership)
  let changed = 0
  for (const [ofLists, those] of [
    [false, looked.filter(({ fed_id }) => !fed_id)],
    [true, looked.filter(({ fed_id }) => fed_id)],
  ] as const) {
    const found = await lookUp(
      tx,
      keys,
      partnership,
      those.map(({ id, kind, concern_id, subject_id, standard }) => ({
        kind,
        hashes: keysOf(keys, partnership, standard),
        concern: concern_id,
        subject: subject_id,
        except: id,
      })),
      { ofLists },
    )
    changed += await propose(
      tx,
      partnership,
      those.map((row, i) => ({ ...row, candidates: found[i]! })),
      kept,
      at,
    )
  }
  await sql`update relink_run set changed = changed + ${changed}, after_id = ${rows.at(-1)?.id ?? runs[0].after_id}
    where partnership_id = ${partnership} and id = ${run}`.execute(tx)
  return rows.length < atOnce
}

type Edge = { a: string; b: string; weight: number; a_kind: Kind }

/**
 * Groups what is alike on the whole (average link), never across a "not the same", and says of each pair to which group it
 * belongs. Groups join nothing: they show a reviewer which pairs hang together, and which one is odd.
 */
const group = async (tx: Tx, keys: Keys, partnership: string): Promise<void> => {
  const { rows: stale } = await sql<{ id: string }>`select id from proposal where partnership_id = ${partnership}
    and settled_at is null and model_version <> all (${models().map(({ version }) => version)})`.execute(tx)
  // Weighed by a model that has gone, and not found again by the one there is.
  if (stale.length)
    await sql`delete from proposal where partnership_id = ${partnership} and id = any (${stale.map(({ id }) => id)}::uuid[])`.execute(
      tx,
    )
  const { rows: edges } = await sql<Edge>`select a_id as a, b_id as b, weight, kind as a_kind from proposal
    where partnership_id = ${partnership} order by a_id, b_id`.execute(tx)
  if (edges.length === 0) return
  const { rows: said } = await sql<{ a: string; b: string; answer: string }>`
    select a_id as a, b_id as b, answer from join_decision
    where partnership_id = ${partnership} and answer <> 'not sure' and undone_at is null and contradicts_id is null
    order by at, id`.execute(tx)
  const ids = [...new Set([...edges, ...said].flatMap(({ a, b }) => [a, b]))].sort()
  const number = new Map(ids.map((id, i) => [id, i]))
  const of = (id: string): number => number.get(id)!
  const standards = await standardsOf(tx, keys, partnership, ids)
  const apartOrSame = (answer: string) =>
    said.filter((one) => one.answer === answer).map(({ a, b }) => [of(a), of(b)] as const)
  const { of: groups } = cluster(
    ids.length,
    {
      a: Int32Array.from(edges, ({ a }) => of(a)),
      b: Int32Array.from(edges, ({ b }) => of(b)),
      weight: Float32Array.from(edges, ({ weight }) => weight),
    },
    {
      link: 0,
      floor: 0,
      weight: (a, b) => {
        const [one, other] = [standards[a], standards[b]]
        return one && other && one.kind === other.kind ? weigh(one, [other])[0]!.weight : -Infinity
      },
      same: apartOrSame('same'),
      notSame: apartOrSame('different'),
    },
  )
  const grouped = edges.flatMap(({ a, b }) => {
    const [x, y] = [groups[of(a)]!, groups[of(b)]!]
    return [{ a, b, cluster: x === y ? ids[x]! : null }]
  })
  await sql`update proposal p set cluster_id = g.cluster
    from jsonb_to_recordset(${JSON.stringify(grouped)}::jsonb) as g (a uuid, b uuid, cluster uuid)
    where p.partnership_id = ${partnership} and p.a_id = g.a and p.b_id = g.b and p.cluster_id is distinct from g.cluster`.execute(
    tx,
  )
}

const standardsOf = async (tx: Tx, keys: Keys, partnership: string, ids: readonly string[]) => {
  const { rows } = await sql<Row>`
    select r.id, r.standard_sealed, r.key_id, w.wrapped from noted_record r
    left join data_key w on w.partnership_id = r.partnership_id and w.id = r.key_id
    where r.partnership_id = ${partnership} and r.id = any (${ids}::uuid[])`.execute(tx)
  const open = await openRecords(tx, keys, partnership, rows)
  const byId = new Map(rows.map(({ id }, i) => [id, open[i]]))
  return ids.map((id) => byId.get(id))
}
