import { sql } from 'kysely'
import { isId, type Tx } from '../../../platform/index.ts'
import type { Rating } from './principles.ts'

export type Review = { id: string; name: string; begun_on: string; begun_by: string; ended_at: Date | null }
export type Answer = {
  id: string
  review_id: string
  agency_id: string
  principle: string
  rating: Rating
  narrative: string
  evidence: string
  heard_from: string
  answered_by: string
  answered_at: Date
  replaced_at: Date | null
}

const review = sql`id, name, begun_on::text as begun_on, begun_by, ended_at`

/** The partnership's reviews of itself, the latest first, each with how many agencies have answered something. */
export const reviewsOf = async (tx: Tx, partnership: string): Promise<(Review & { agencies: number })[]> => {
  const { rows } = await sql<Review & { agencies: number }>`select ${review}, (select count(distinct a.agency_id)::int
      from self_review_answer a where a.partnership_id = r.partnership_id and a.review_id = r.id) as agencies
    from self_review r where partnership_id = ${partnership} order by r.begun_on desc, begun_at desc, id`.execute(tx)
  return rows
}

export const reviewWith = async (tx: Tx, partnership: string, id: string): Promise<Review | undefined> => {
  if (!isId(id)) return undefined
  const { rows } = await sql<Review>`select ${review} from self_review
    where partnership_id = ${partnership} and id = ${id}`.execute(tx)
  return rows[0]
}

/**
 * What agencies said in these reviews, in the order in which they first did.
 * @param principle of one alone, with what was replaced since; otherwise what stands
 */
export const answersOf = async (
  tx: Tx,
  partnership: string,
  reviews: readonly string[],
  principle?: string,
): Promise<Answer[]> => {
  const { rows } =
    await sql<Answer>`select id, review_id, agency_id, principle, rating, narrative, evidence, heard_from,
      answered_by, answered_at, replaced_at
    from self_review_answer where partnership_id = ${partnership} and review_id = any(${reviews}::uuid[])
      and (${principle ?? null}::text is null and replaced_at is null or principle = ${principle ?? null})
    order by replaced_at is not null, answered_at, id`.execute(tx)
  return rows
}

export type AnswerCites = { answer_id: string; id: string; title: string }

export const citedBy = async (tx: Tx, partnership: string, answers: readonly string[]): Promise<AnswerCites[]> => {
  const { rows } = await sql<AnswerCites>`select c.answer_id, e.id, e.title from self_review_evidence c
    join evidence e on e.partnership_id = c.partnership_id and e.id = c.evidence_id
    where c.partnership_id = ${partnership} and c.answer_id = any(${answers}::uuid[]) order by e.title, e.id`.execute(
    tx,
  )
  return rows
}
