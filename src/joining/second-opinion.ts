import { sql } from 'kysely'
import {
  asProduct,
  dataKeys,
  newId,
  NotFound,
  openText,
  record,
  sealText,
  type Keys,
  type StaffViewer,
  type Tx,
} from '../platform/index.ts'
import { reasonKey, type Answer } from './decision.ts'
import type { Kind } from './standard.ts'

/** A join that would make more records than these one is asked of a second person. */
const most_by_one = 8
/** And one over so many agencies that is not nearly certain. */
const several_agencies = 3

type Pair = { id: string; a_id: string; b_id: string }
type Said = { answer: Answer; why: string; at: Date }
/** What is asked about a pair: of a second person, or of the sample. */
export type Asked = { id: string; reason: 'big join' | 'sample'; decision_id: string | null }

export type Opinion = 'go on' | 'asked of a second' | 'disagrees' | 'answered already'

/**
 * Whether this answer may stand by itself. A "same" of a big join waits until a second person, who does not see the first
 * answer, says the same; where they differ both are kept, and a third decides.
 */
export const secondOpinion = async (
  tx: Tx,
  keys: Keys,
  worker: StaffViewer,
  pair: Pair,
  said: Said,
): Promise<Opinion> => {
  const about = { kind: 'proposal', id: pair.id }
  const question = (await openQuestions(tx, worker, pair)).find(({ reason }) => reason === 'big join')
  if (!question) {
    const band = said.answer === 'same' ? await bigBand(tx, worker.partnership, pair) : undefined
    if (!band) return 'go on'
    const id = newId()
    await tx
      .insertInto('pair_question')
      .values({
        partnership_id: worker.partnership,
        id,
        a_id: pair.a_id,
        b_id: pair.b_id,
        agency_id: worker.agency,
        reason: 'big join',
        band,
        asked_at: said.at,
      })
      .execute()
    await keepAnswer(tx, keys, worker, pair, id, said)
    await record(tx, worker, 'second opinion asked', about, { question: id })
    return 'asked of a second'
  }
  const before = await tx
    .selectFrom('pair_answer')
    .select(['staff_id', 'answer'])
    .where('partnership_id', '=', worker.partnership)
    .where('question_id', '=', question.id)
    .execute()
  if (before.some(({ staff_id }) => staff_id === worker.staff)) return 'answered already'
  await keepAnswer(tx, keys, worker, pair, question.id, said)
  if (said.answer === 'not sure') return 'asked of a second'
  const disagreed = before.some(({ answer }) => answer === 'different')
  if (said.answer === 'different' && !disagreed) {
    await record(tx, worker, 'join disagreed', about, { question: question.id })
    return 'disagrees'
  }
  await close(tx, worker, question.id, said.at)
  return 'go on'
}

/** An answer to a pair of the sample that nobody had answered is the sample's answer too. */
export const answerSample = async (tx: Tx, keys: Keys, worker: StaffViewer, pair: Pair, said: Said): Promise<void> => {
  const question = (await openQuestions(tx, worker, pair)).find(
    ({ reason, decision_id }) => reason === 'sample' && !decision_id,
  )
  if (!question) return
  await keepAnswer(tx, keys, worker, pair, question.id, said)
  await close(tx, worker, question.id, said.at)
}

/**
 * Answers a pair of the sample that somebody else had answered. It moves nothing; where the two differ, both are kept and it
 * is said to be so.
 * @throws {NotFound} where this person is asked nothing
 */
export const answerBlindly = async (tx: Tx, keys: Keys, worker: StaffViewer, pair: Pair, said: Said): Promise<void> => {
  const question = await askedBlindly(tx, worker, pair)
  if (!question?.decision_id) throw new NotFound()
  await keepAnswer(tx, keys, worker, pair, question.id, said)
  await close(tx, worker, question.id, said.at)
  const about = { kind: 'proposal', id: pair.id }
  const earlier = await tx
    .selectFrom('join_decision')
    .select('answer')
    .where('partnership_id', '=', worker.partnership)
    .where('id', '=', question.decision_id)
    .executeTakeFirstOrThrow()
  const differs = said.answer !== 'not sure' && said.answer !== earlier.answer
  await record(tx, worker, differs ? 'join disagreed' : 'join checked', about, { question: question.id })
}

/**
 * What this person is asked about a pair without hearing what was answered; undefined when nothing. Where two differ about a
 * big join, a third decides with both answers before them.
 */
export const askedBlindly = async (tx: Tx, worker: StaffViewer, pair: Pair): Promise<Asked | undefined> =>
  (await blindAmong(tx, worker, [pair])).get(pair.id)

/** The same of several pairs, by their ids. */
export const blindAmong = async (
  tx: Tx,
  { partnership, staff }: StaffViewer,
  pairs: readonly Pair[],
): Promise<Map<string, Asked>> => {
  if (pairs.length === 0) return new Map()
  const { rows } = await sql<Asked & { pair: string }>`
    select o.id as pair, q.id, q.reason, q.decision_id from pair_question q
    join jsonb_to_recordset(${JSON.stringify(pairs.map(({ id, a_id, b_id }) => ({ id, a_id, b_id })))}::jsonb)
      as o (id uuid, a_id uuid, b_id uuid) on o.a_id = q.a_id and o.b_id = q.b_id
    where q.partnership_id = ${partnership} and q.closed_at is null
      and not exists (select from pair_answer s
        where s.partnership_id = q.partnership_id and s.question_id = q.id and s.staff_id = ${staff})
      and (select count(distinct s.answer) <= 1 from pair_answer s
        where s.partnership_id = q.partnership_id and s.question_id = q.id and s.answer <> 'not sure')
      and not exists (select from join_decision d
        where d.partnership_id = q.partnership_id and d.id = q.decision_id and d.staff_id = ${staff})
    order by q.reason desc`.execute(tx)
  return new Map(rows.map(({ pair, ...question }) => [pair, question]))
}

export type Disagreement = { proposal: string; kind: Kind; a_id: string; b_id: string; at: Date }

/** Pairs that two people answered differently when neither heard the other: the newest first, while nobody settled it. */
export const disagreements = async (tx: Tx, worker: StaffViewer): Promise<Disagreement[]> => {
  const { rows } = await sql<Disagreement>`
    select p.id as proposal, p.kind, p.a_id, p.b_id, max(s.at) as at
    from pair_question q
    join pair_answer s on s.partnership_id = q.partnership_id and s.question_id = q.id and s.answer <> 'not sure'
    join proposal p on p.partnership_id = q.partnership_id and p.a_id = q.a_id and p.b_id = q.b_id
    left join join_decision d on d.partnership_id = q.partnership_id and d.id = q.decision_id
    where q.partnership_id = ${worker.partnership} and case when q.reason = 'big join' then q.closed_at is null
      else d.undone_at is null and d.answer <> s.answer end
    group by p.id, p.kind, p.a_id, p.b_id, q.reason having q.reason = 'sample' or count(distinct s.answer) > 1
    order by max(s.at) desc, p.id limit 50`.execute(tx)
  return rows
}

export type Seen = { staff_id: string; answer: Answer; at: Date; why: string | null }

/**
 * What each said of a pair where two saw it differently without hearing each other, the oldest first; what also is an answer
 * that moved something stands among those already. For whoever is asked blindly this is nothing.
 */
export const seenDifferently = async (tx: Tx, keys: Keys, worker: StaffViewer, pair: Pair): Promise<Seen[]> => {
  if (await askedBlindly(tx, worker, pair)) return []
  const { partnership } = worker
  const { rows } = await sql<Omit<Seen, 'why'> & { id: string; why_sealed: Buffer | null; key_id: string }>`
    select s.id, s.staff_id, s.answer, s.at, s.why_sealed, s.key_id
    from pair_question q
    join pair_answer s on s.partnership_id = q.partnership_id and s.question_id = q.id
    left join join_decision d on d.partnership_id = q.partnership_id and d.id = q.decision_id
    where q.partnership_id = ${partnership} and q.a_id = ${pair.a_id} and q.b_id = ${pair.b_id}
      and case when q.decision_id is null then (select count(distinct o.answer) > 1 from pair_answer o
          where o.partnership_id = q.partnership_id and o.question_id = q.id and o.answer <> 'not sure')
        else s.answer <> 'not sure' and s.answer <> d.answer end
      and not exists (select from join_decision m where m.partnership_id = q.partnership_id and m.a_id = q.a_id
        and m.b_id = q.b_id and m.staff_id = s.staff_id and m.at = s.at)
    order by s.at, s.id`.execute(tx)
  const open = await dataKeys(
    tx,
    keys,
    partnership,
    rows.map(({ key_id }) => key_id),
  )
  return rows.map(({ id, why_sealed, key_id, ...row }) => {
    const key = open.get(key_id)
    const why = key && why_sealed ? openText(key, { table: 'pair_answer', column: 'why', row: id }, why_sealed) : null
    return { ...row, why }
  })
}

const openQuestions = (tx: Tx, worker: StaffViewer, pair: Omit<Pair, 'id'>): Promise<Asked[]> =>
  tx
    .selectFrom('pair_question')
    .select(['id', 'reason', 'decision_id'])
    .where('partnership_id', '=', worker.partnership)
    .where('a_id', '=', pair.a_id)
    .where('b_id', '=', pair.b_id)
    .where('closed_at', 'is', null)
    .orderBy('reason')
    .execute() as Promise<Asked[]>

const keepAnswer = async (
  tx: Tx,
  keys: Keys,
  worker: StaffViewer,
  pair: Pair,
  question: string,
  { answer, why, at }: Said,
): Promise<void> => {
  const id = newId()
  const key = await reasonKey(tx, keys, worker.partnership, pair.a_id)
  await tx
    .insertInto('pair_answer')
    .values({
      partnership_id: worker.partnership,
      id,
      question_id: question,
      agency_id: worker.agency,
      staff_id: worker.staff,
      answer,
      why_sealed: sealText(key, { table: 'pair_answer', column: 'why', row: id }, why),
      key_id: key.id,
      at,
    })
    .execute()
}

const close = (tx: Tx, worker: StaffViewer, question: string, at: Date) =>
  tx
    .updateTable('pair_question')
    .set({ closed_at: at })
    .where('partnership_id', '=', worker.partnership)
    .where('id', '=', question)
    .execute()

/** The band of a pair whose join would be a big one. */
const bigBand = (tx: Tx, partnership: string, pair: Pair): Promise<'strong' | 'look' | undefined> =>
  asProduct(tx, async () => {
    const { rows } = await sql<{ band: 'strong' | 'look'; records: number; agencies: number; apart: boolean }>`
      select p.band, count(distinct r.id)::int as records, count(distinct r.agency_id)::int as agencies,
        count(distinct m.known_id) > 1 as apart
      from proposal p
      join belonging b on b.partnership_id = p.partnership_id and b.record_id in (p.a_id, p.b_id) and b.to_at is null
      join belonging m on m.partnership_id = p.partnership_id and m.known_id = b.known_id and m.to_at is null
      join noted_record r on r.partnership_id = p.partnership_id and r.id = m.record_id and r.withdrawn_at is null
      where p.partnership_id = ${partnership} and p.id = ${pair.id} group by p.band`.execute(tx)
    const [found] = rows
    if (!found?.apart) return undefined
    const big = found.records > most_by_one || (found.band === 'look' && found.agencies >= several_agencies)
    return big ? found.band : undefined
  })
