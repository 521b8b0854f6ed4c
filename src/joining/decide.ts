import { sql } from 'kysely'
import {
  asProduct,
  enqueue,
  inTransaction,
  isFrontDoor,
  isId,
  newId,
  NotFound,
  record,
  sealText,
  type Db,
  type Keys,
  type StaffViewer,
  type Tx,
} from '../platform/index.ts'
import { tellInvolved } from './feeds/involved.ts'
import { knownsBy, knownsOf, oneAnswerAtATime, settleKnown } from './known.ts'
import { endNotices } from './tell.ts'
import { openWhy, reasonKey, type Answer, type Decision } from './decision.ts'
import { answerSample, secondOpinion, type Opinion } from './second-opinion.ts'
import { suspect } from './suspect.ts'

export type Answering = {
  answer: Answer
  why: string
  /** The steps in words as they were on the page: kept as the evidence that the answer was given on. */
  shown: readonly string[]
  at: Date
}
export type Answered =
  | { outcome: 'decided'; decision: string }
  /** Somebody was faster, or answered long ago: theirs stands until it is undone. */
  | { outcome: 'decided before'; standing: Decision }
  /** It cannot be so together with an answer that stands: kept as a question, and nothing moved. */
  | { outcome: 'contradicts'; standing: Decision }
  /** A second person has to say the same, has said otherwise, or is not the one who answered first. */
  | { outcome: Exclude<Opinion, 'go on'> }

/**
 * Says whether the two of a proposal are the same. Nothing is merged: the records stay what and where they are.
 * @throws {NotFound} for whoever does not decide, and for a proposal that is not there
 */
export const decide = (
  db: Db | Tx,
  keys: Keys,
  worker: StaffViewer,
  proposal: string | undefined,
  said: Answering,
): Promise<Answered> =>
  inTransaction(db, async (tx) => {
    const pair = await pairOf(tx, worker, proposal)
    const { partnership } = worker
    const standing = await standingOn(tx, keys, worker, pair)
    if (standing) return { outcome: 'decided before', standing }
    const contradicted =
      said.answer === 'not sure' ? undefined : await contradictedBy(tx, keys, worker, pair, said.answer)
    const opinion = contradicted ? 'go on' : await secondOpinion(tx, keys, worker, pair, said)
    if (opinion !== 'go on') return { outcome: opinion }
    const decision = newId()
    const key = await reasonKey(tx, keys, partnership, pair.a_id)
    const seal = (column: string, text: string) =>
      sealText(key, { table: 'join_decision', column, row: decision }, text)
    await tx
      .insertInto('join_decision')
      .values({
        partnership_id: partnership,
        id: decision,
        a_id: pair.a_id,
        b_id: pair.b_id,
        agency_id: worker.agency,
        answer: said.answer,
        why_sealed: seal('why', said.why),
        shown_sealed: seal('shown', JSON.stringify(said.shown)),
        key_id: key.id,
        staff_id: worker.staff,
        at: said.at,
        contradicts_id: contradicted?.id ?? null,
      })
      .execute()
    const about = { kind: 'proposal', id: pair.id }
    if (contradicted) {
      await record(tx, worker, 'join questioned', about, { answer: said.answer, contradicts: contradicted.id })
      return { outcome: 'contradicts', standing: contradicted }
    }
    await answerSample(tx, keys, worker, pair, said)
    if (said.answer !== 'not sure') await settle(tx, worker, pair, said.at)
    const people = said.answer === 'same' ? await settleAndTell(tx, keys, worker, pair, { decision, at: said.at }) : []
    await record(tx, worker, 'join decided', about, { answer: said.answer, decision })
    if (said.answer === 'same') await enqueue(tx, worker, 'records joined', { decision })
    for (const subject of people) await enqueue(tx, worker, 'concern about person', { subject, decision })
    return { outcome: 'decided', decision }
  })

/**
 * Takes an answer back. Everything returns to where it came from, and the pair is open again.
 * @throws {NotFound} as `decide`, and for an answer that is not there
 */
export const undo = (
  db: Db | Tx,
  keys: Keys,
  worker: StaffViewer,
  decision: string | undefined,
  { why, at }: { why: string; at: Date },
): Promise<'undone' | 'undone before'> =>
  inTransaction(db, async (tx) => {
    const { partnership } = worker
    await oneAnswerAtATime(tx, partnership)
    const row =
      isFrontDoor(worker) && decision && isId(decision)
        ? await tx
            .selectFrom('join_decision')
            .select(['id', 'a_id', 'b_id', 'answer', 'undone_at'])
            .where('partnership_id', '=', partnership)
            .where('id', '=', decision)
            .where('contradicts_id', 'is', null)
            .executeTakeFirst()
        : undefined
    if (!row) throw new NotFound()
    if (row.undone_at) return 'undone before'
    const key = await reasonKey(tx, keys, partnership, row.a_id)
    await tx
      .updateTable('join_decision')
      .set({
        undone_at: at,
        undone_by: worker.staff,
        undone_why_sealed: sealText(key, { table: 'join_decision', column: 'undone why', row: row.id }, why),
      })
      .where('partnership_id', '=', partnership)
      .where('id', '=', row.id)
      .execute()
    if (row.answer !== 'not sure') await settle(tx, worker, row, null)
    if (row.answer === 'same') await settleAndTell(tx, keys, worker, row, { decision: row.id, at })
    await asProduct(tx, () => endNotices(tx, partnership, row.id, at))
    await record(tx, worker, 'join undone', { kind: 'join', id: row.id }, { answer: row.answer })
    return 'undone'
  })

type Pair = { id: string; a_id: string; b_id: string }

/**
 * What is known as one now, what of it looks wrong, and which agencies' lists say that they work with whom.
 * @returns the people whose records are among it
 */
const settleAndTell = async (
  tx: Tx,
  keys: Keys,
  worker: StaffViewer,
  { a_id, b_id }: Omit<Pair, 'id'>,
  when: { decision: string; at: Date },
): Promise<string[]> => {
  const { partnership } = worker
  const people = await asProduct(tx, async () => {
    const before = await knownsOf(tx, partnership, [a_id, b_id])
    const told = await settleKnown(tx, partnership, before, when)
    // An answer that is taken back parts more than its two.
    const moved = await knownsBy(tx, partnership, when.decision, when.at)
    await suspect(tx, keys, partnership, [...new Set([...before, ...moved])], when.at)
    return told
  })
  await tellInvolved(tx, worker, people, when.at)
  return people
}

/** The pair, once every earlier answer is in. @throws {NotFound} */
const pairOf = async (tx: Tx, worker: StaffViewer, proposal: string | undefined): Promise<Pair> => {
  await oneAnswerAtATime(tx, worker.partnership)
  const row =
    isFrontDoor(worker) && proposal && isId(proposal)
      ? await tx
          .selectFrom('proposal')
          .select(['id', 'a_id', 'b_id'])
          .where('partnership_id', '=', worker.partnership)
          .where('id', '=', proposal)
          .executeTakeFirst()
      : undefined
  if (!row) throw new NotFound()
  return row
}

const settle = (tx: Tx, worker: StaffViewer, pair: Omit<Pair, 'id'>, at: Date | null) =>
  tx
    .updateTable('proposal')
    .set({ settled_at: at })
    .where('partnership_id', '=', worker.partnership)
    .where('a_id', '=', pair.a_id)
    .where('b_id', '=', pair.b_id)
    .execute()

/** What stands about this very pair. */
const standingOn = async (tx: Tx, keys: Keys, worker: StaffViewer, pair: Pair): Promise<Decision | undefined> => {
  const row = await tx
    .selectFrom('join_decision')
    .selectAll()
    .where('partnership_id', '=', worker.partnership)
    .where('a_id', '=', pair.a_id)
    .where('b_id', '=', pair.b_id)
    .where('answer', '<>', 'not sure')
    .where('undone_at', 'is', null)
    .where('contradicts_id', 'is', null)
    .executeTakeFirst()
  return row && (await openWhy(tx, keys, worker.partnership, [row]))[0]
}

/**
 * The answer that stands against this one: "same" of two whose known ones somebody told apart, "different" of two that a
 * chain of answers joined.
 */
const contradictedBy = async (
  tx: Tx,
  keys: Keys,
  worker: StaffViewer,
  pair: Pair,
  answer: 'same' | 'different',
): Promise<Decision | undefined> => {
  const { partnership } = worker
  const { rows } = await sql<{ id: string }>`
    with side as (select x.known_id as x, y.known_id as y from belonging x, belonging y
      where x.partnership_id = ${partnership} and x.record_id = ${pair.a_id} and x.to_at is null
        and y.partnership_id = ${partnership} and y.record_id = ${pair.b_id} and y.to_at is null)
    select d.id from side s
    join belonging u on u.partnership_id = ${partnership} and u.known_id = s.x and u.to_at is null
    join join_decision d on d.partnership_id = u.partnership_id and u.record_id in (d.a_id, d.b_id)
      and d.undone_at is null and d.contradicts_id is null
    join belonging v on v.partnership_id = u.partnership_id and v.to_at is null and v.known_id = s.y
      and v.record_id = case when u.record_id = d.a_id then d.b_id else d.a_id end
    where case ${answer}::text when 'same' then d.answer = 'different' and s.x <> s.y else d.answer = 'same' and s.x = s.y end
    order by d.at desc, d.id limit 1`.execute(tx)
  if (!rows[0]) return undefined
  const row = await tx
    .selectFrom('join_decision')
    .selectAll()
    .where('partnership_id', '=', partnership)
    .where('id', '=', rows[0].id)
    .executeTakeFirstOrThrow()
  return (await openWhy(tx, keys, partnership, [row]))[0]
}
