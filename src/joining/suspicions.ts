import { sql } from 'kysely'
import {
  asProduct,
  dataKeys,
  inTransaction,
  isFrontDoor,
  isId,
  newId,
  NotFound,
  openText,
  record,
  sealText,
  type Db,
  type Keys,
  type StaffViewer,
  type Tx,
} from '../platform/index.ts'
import { reasonKey } from './decision.ts'
import { oneAnswerAtATime } from './known.ts'
import { openConcerns, sidesOf, type Side } from './proposals.ts'
import type { Kind } from './standard.ts'
import { suspicionReasons, type SuspicionReason, type Tie } from './suspicious.ts'

/** So many are listed: those with the weightiest reasons. */
export const most_suspicions = 20

export type Listed = {
  id: string
  kind: Kind
  records: number
  /** The first record that came with a concern, by which it can be called; null where none did. */
  first: string | null
  /** What the reader may be told of it in a list: null is something in a record that they may not see, or only in its place. */
  reasons: (SuspicionReason | null)[]
}

/**
 * What looks wrong and nobody has answered. A list names reasons only where they rest on concerns that the reader may see.
 * What holds a pair that this reader is asked about blindly is not among them: it would tell what somebody answered.
 * @throws {NotFound} for whoever does not decide
 */
export const suspicionsFor = async (tx: Tx, worker: StaffViewer): Promise<Listed[]> => {
  if (!isFrontDoor(worker)) throw new NotFound()
  const { partnership, staff } = worker
  type Row = {
    id: string
    kind: Kind
    records: number
    first: string | null
    /** Whose concerns each reason rests on; null for a record of a person or a list. */
    wrong: { reason: SuspicionReason; concernsOf: (string | null)[] }[]
  }
  const { rows } = await asProduct(tx, () =>
    sql<Row>`
      select s.id, s.kind, (select count(*)::int from belonging b
          join noted_record r on r.partnership_id = b.partnership_id and r.id = b.record_id and r.withdrawn_at is null
          where b.partnership_id = s.partnership_id and b.known_id = s.known_id and b.to_at is null) as records,
        (select r.id from belonging b
          join noted_record r on r.partnership_id = b.partnership_id and r.id = b.record_id and r.withdrawn_at is null
          where b.partnership_id = s.partnership_id and b.known_id = s.known_id and b.to_at is null
            and r.concern_id is not null order by r.noted_at, r.id limit 1) as first, w.wrong
      from suspicion s
      cross join lateral (
        select jsonb_agg(jsonb_build_object('reason', x.reason, 'concernsOf', (select coalesce(jsonb_agg(case when r.concern_id is not null then r.agency_id end), '[]')
            from noted_record r where r.partnership_id = s.partnership_id and r.id in (x.a_id, x.b_id)))) as wrong,
          min(array_position(${[...suspicionReasons]}::text[], x.reason)) as worst
        from suspicion_reason x where x.partnership_id = s.partnership_id and x.suspicion_id = s.id) w
      where s.partnership_id = ${partnership} and s.ended_at is null
        and not exists (select from suspicion_answer n where n.partnership_id = s.partnership_id and n.suspicion_id = s.id)
        and not exists (select from pair_question q
          join belonging x on x.partnership_id = q.partnership_id and x.record_id = q.a_id and x.to_at is null
          join belonging y on y.partnership_id = q.partnership_id and y.record_id = q.b_id and y.to_at is null
          where q.partnership_id = s.partnership_id and q.closed_at is null and x.known_id = s.known_id
            and y.known_id = s.known_id
            and not exists (select from pair_answer p where p.partnership_id = q.partnership_id and p.question_id = q.id
              and p.staff_id = ${staff})
            and not exists (select from join_decision d where d.partnership_id = q.partnership_id and d.id = q.decision_id
              and d.staff_id = ${staff}))
      order by w.worst, s.found_at, s.id limit ${most_suspicions}`.execute(tx),
  )
  const isOpen = await openConcerns(tx)
  return rows.map(({ wrong, ...row }) => {
    const told = wrong.map(({ reason, concernsOf }) =>
      concernsOf.every((supplier) => supplier !== null && isOpen(row.kind, supplier)) ? reason : null,
    )
    return { ...row, reasons: [...new Set([...suspicionReasons, null])].filter((reason) => told.includes(reason)) }
  })
}

export type Suspicion = {
  id: string
  kind: Kind
  found_at: Date
  ended_at: Date | null
  /** The records that are known as one, the oldest first, as far as the reader may know them. */
  sides: Side[]
  wrong: { reason: SuspicionReason; a_id: string | null; b_id: string | null; via_id: string | null }[]
  /** The answers that tie them, each with its pair. */
  ties: (Tie & { proposal: string | null; staff_id: string; at: Date; weakest: boolean })[]
  /** That it is right: about this, and before it became what it is. The newest first. */
  answers: { suspicion_id: string; staff_id: string; at: Date; why: string | null }[]
}

/** @throws {NotFound} for whoever does not decide, and for one that is not there */
export const suspicionFor = async (
  tx: Tx,
  keys: Keys,
  worker: StaffViewer,
  id: string | undefined,
  now: Date,
): Promise<Suspicion> => {
  const { partnership } = worker
  const found = await suspicionOf(tx, worker, id)
  const { rows } = await asProduct(tx, () =>
    sql<{ id: string }>`
      select r.id from belonging b
      join noted_record r on r.partnership_id = b.partnership_id and r.id = b.record_id and r.withdrawn_at is null
      where b.partnership_id = ${partnership} and b.known_id = ${found.known_id} and b.to_at is null
      order by r.noted_at, r.id`.execute(tx),
  )
  const records = rows.map((one) => one.id)
  const sides = await sidesOf(tx, keys, worker, records, now)
  const wrong = await tx
    .selectFrom('suspicion_reason')
    .select(['reason', 'a_id', 'b_id', 'via_id'])
    .where('partnership_id', '=', partnership)
    .where('suspicion_id', '=', found.id)
    .execute()
  const { rows: ties } = await sql<Suspicion['ties'][number]>`
    select d.a_id as a, d.b_id as b, p.id as proposal, d.staff_id, d.at,
      d.a_id is not distinct from ${found.weak_a_id} and d.b_id is not distinct from ${found.weak_b_id} as weakest
    from join_decision d
    left join proposal p on p.partnership_id = d.partnership_id and p.a_id = d.a_id and p.b_id = d.b_id
    where d.partnership_id = ${partnership} and d.answer = 'same' and d.undone_at is null and d.contradicts_id is null
      and d.a_id = any (${records}::uuid[]) order by weakest desc, d.at, d.id`.execute(tx)
  const order = (reason: string): number => suspicionReasons.indexOf(reason as SuspicionReason)
  return {
    id: found.id,
    kind: found.kind as Kind,
    found_at: found.found_at,
    ended_at: found.ended_at,
    sides: records.flatMap((one) => sides.get(one) ?? []),
    wrong: (wrong as Suspicion['wrong']).sort((x, y) => order(x.reason) - order(y.reason)),
    ties,
    answers: await answersOn(tx, keys, partnership, found.known_id),
  }
}

const suspicionOf = async (tx: Tx, worker: StaffViewer, id: string | undefined) => {
  const row =
    isFrontDoor(worker) && id && isId(id)
      ? await tx
          .selectFrom('suspicion')
          .selectAll()
          .where('partnership_id', '=', worker.partnership)
          .where('id', '=', id)
          .executeTakeFirst()
      : undefined
  if (!row) throw new NotFound()
  return row
}

const answersOn = async (tx: Tx, keys: Keys, partnership: string, known: string): Promise<Suspicion['answers']> => {
  const rows = await tx
    .selectFrom('suspicion_answer as n')
    .innerJoin('suspicion as s', (on) =>
      on.onRef('s.partnership_id', '=', 'n.partnership_id').onRef('s.id', '=', 'n.suspicion_id'),
    )
    .select(['n.id', 'n.suspicion_id', 'n.staff_id', 'n.at', 'n.why_sealed', 'n.key_id'])
    .where('n.partnership_id', '=', partnership)
    .where('s.known_id', '=', known)
    .orderBy('n.at', 'desc')
    .orderBy('n.id')
    .execute()
  const open = await dataKeys(
    tx,
    keys,
    partnership,
    rows.map(({ key_id }) => key_id),
  )
  return rows.map(({ id, why_sealed, key_id, ...row }) => {
    const key = open.get(key_id)
    const why =
      key && why_sealed ? openText(key, { table: 'suspicion_answer', column: 'why', row: id }, why_sealed) : null
    return { ...row, why }
  })
}

/**
 * Says that what looks wrong is right, and why. It is kept, and asked again only when something about it changes.
 * @throws {NotFound} as `suspicionFor`
 */
export const sayRight = (
  db: Db | Tx,
  keys: Keys,
  worker: StaffViewer,
  suspicion: string | undefined,
  { why, at }: { why: string; at: Date },
): Promise<'kept' | 'answered before' | 'changed'> =>
  inTransaction(db, async (tx) => {
    const { partnership } = worker
    await oneAnswerAtATime(tx, partnership)
    const found = await suspicionOf(tx, worker, suspicion)
    if (found.ended_at) return 'changed'
    const before = await tx
      .selectFrom('suspicion_answer')
      .select('id')
      .where('partnership_id', '=', partnership)
      .where('suspicion_id', '=', found.id)
      .executeTakeFirst()
    if (before) return 'answered before'
    const id = newId()
    const { rows } = await sql<{ record: string }>`select record_id as record from belonging
      where partnership_id = ${partnership} and known_id = ${found.known_id} and to_at is null order by from_at, id limit 1`.execute(
      tx,
    )
    const key = await reasonKey(tx, keys, partnership, rows[0]!.record)
    await tx
      .insertInto('suspicion_answer')
      .values({
        partnership_id: partnership,
        id,
        suspicion_id: found.id,
        agency_id: worker.agency,
        staff_id: worker.staff,
        why_sealed: sealText(key, { table: 'suspicion_answer', column: 'why', row: id }, why),
        key_id: key.id,
        at,
      })
      .execute()
    await record(tx, worker, 'suspicion answered', { kind: 'suspicion', id: found.id }, {})
    return 'kept'
  })
