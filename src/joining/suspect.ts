import { sql } from 'kysely'
import { asViewer, newId, record, type Db, type Keys, type Tx } from '../platform/index.ts'
import { oneAnswerAtATime } from './known.ts'
import { openRecords } from './look-up.ts'
import type { Kind } from './standard.ts'
import { suspected, type Suspected, type Tie } from './suspicious.ts'

/** So many known ones are looked at in one transaction, so that nobody who answers waits for long. */
const at_once = 50

/** Looks at everything that is known by more than one record. A run that is killed is done again: it writes differences only. */
export const suspectAll = async (db: Db, keys: Keys, partnership: string, at: Date): Promise<void> => {
  let after: string | undefined = '00000000-0000-0000-0000-000000000000'
  while (after !== undefined) {
    const from: string = after
    after = await asViewer(db, { kind: 'system', partnership }, async (tx) => {
      await oneAnswerAtATime(tx, partnership)
      const { rows } = await sql<{ known: string }>`
        (select known_id as known from belonging
          where partnership_id = ${partnership} and to_at is null and known_id > ${from}
          group by known_id having count(*) > 1 order by known_id limit ${at_once})
        union (select known_id from suspicion
          where partnership_id = ${partnership} and ended_at is null and known_id > ${from} order by known_id limit ${at_once})
        order by known limit ${at_once}`.execute(tx)
      const knowns = rows.map(({ known }) => known)
      await suspect(tx, keys, partnership, knowns, at)
      return knowns.at(-1)
    })
  }
}

type Row = {
  known: string
  kind: Kind
  agency: string
  id: string
  own: string | null
  standard_sealed: Buffer
  key_id: string
  wrapped: Buffer | null
}

/**
 * Keeps what looks wrong about these. What was found before and is the same stays, with its answer; what is otherwise ends.
 * Nothing is joined or parted by it. Runs as the product.
 */
export const suspect = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  knowns: readonly string[],
  at: Date,
): Promise<void> => {
  if (knowns.length === 0) return
  const { rows } = await sql<Row>`
    select b.known_id as known, k.kind, k.agency_id as agency, r.id, coalesce(r.subject_id, r.fed_id) as own,
      r.standard_sealed, r.key_id, w.wrapped
    from belonging b
    join known k on k.partnership_id = b.partnership_id and k.id = b.known_id
    join noted_record r on r.partnership_id = b.partnership_id and r.id = b.record_id and r.withdrawn_at is null
    left join data_key w on w.partnership_id = r.partnership_id and w.id = r.key_id
    where b.partnership_id = ${partnership} and b.to_at is null and b.known_id = any (${knowns}::uuid[])
    order by r.noted_at, r.id`.execute(tx)
  const open = await openRecords(tx, keys, partnership, rows)
  const standards = new Map(rows.map(({ id }, i) => [id, open[i]]))
  const ties = await tiesAmong(
    tx,
    partnership,
    rows.map(({ id }) => id),
  )
  const standing = await tx
    .selectFrom('suspicion')
    .select(['id', 'known_id', 'print'])
    .where('partnership_id', '=', partnership)
    .where('known_id', 'in', knowns)
    .where('ended_at', 'is', null)
    .execute()
  const before = new Map(standing.map((one) => [one.known_id, one]))
  const byKnown = Map.groupBy(rows, ({ known }) => known)
  for (const known of knowns) {
    const those = byKnown.get(known) ?? []
    const ids = new Set(those.map(({ id }) => id))
    const members = those.map(({ id, own }) => ({ id, own, standard: standards.get(id) }))
    const among = ties.filter(({ a, b }) => ids.has(a) && ids.has(b))
    const found = those.length > 1 ? suspected(those[0]!.kind, members, among) : undefined
    const stands = before.get(known)
    if (stands?.print === found?.print) continue
    if (stands) await end(tx, partnership, stands.id, at)
    if (found) await keep(tx, partnership, those[0]!, found, at)
  }
}

const tiesAmong = async (tx: Tx, partnership: string, records: readonly string[]): Promise<Tie[]> => {
  const { rows } = await sql<Tie>`
    select a_id as a, b_id as b from join_decision where partnership_id = ${partnership} and answer = 'same'
      and undone_at is null and contradicts_id is null and a_id = any (${records}::uuid[]) order by at, id`.execute(tx)
  return rows
}

const end = (tx: Tx, partnership: string, suspicion: string, at: Date) =>
  tx
    .updateTable('suspicion')
    .set({ ended_at: at })
    .where('partnership_id', '=', partnership)
    .where('id', '=', suspicion)
    .execute()

const keep = async (
  tx: Tx,
  partnership: string,
  { known, kind, agency }: Pick<Row, 'known' | 'kind' | 'agency'>,
  { wrong, weakest, print }: Suspected,
  at: Date,
): Promise<void> => {
  const id = newId()
  const kept = { partnership_id: partnership, agency_id: agency }
  await tx
    .insertInto('suspicion')
    .values({
      ...kept,
      id,
      known_id: known,
      kind,
      print,
      weak_a_id: weakest?.a ?? null,
      weak_b_id: weakest?.b ?? null,
      found_at: at,
    })
    .execute()
  await tx
    .insertInto('suspicion_reason')
    .values(
      wrong.map(({ reason, a, b, via }) => ({
        ...kept,
        id: newId(),
        suspicion_id: id,
        reason,
        a_id: a,
        b_id: b,
        via_id: via,
      })),
    )
    .execute()
  await record(tx, { kind: 'system', partnership }, 'suspicion found', { kind: 'suspicion', id }, {})
}

/** Of what is erased nothing stays that was said about it, also where it is known as another by now. Runs as the product. */
export const forgetSuspicions = async (
  tx: Tx,
  partnership: string,
  records: readonly string[],
  at: Date,
): Promise<void> => {
  const ever = sql`(select known_id from belonging where partnership_id = ${partnership} and record_id = any (${records}::uuid[]))`
  await sql`update suspicion_answer set why_sealed = null where partnership_id = ${partnership} and suspicion_id in
    (select id from suspicion where partnership_id = ${partnership} and known_id in ${ever})`.execute(tx)
  await sql`update suspicion set ended_at = ${at} where partnership_id = ${partnership} and ended_at is null
    and known_id in ${ever}`.execute(tx)
}
