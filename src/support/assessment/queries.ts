import { sql } from 'kysely'
import { isId, NotFound, type Tx } from '../../platform/index.ts'
import type { Capacity, Confidence, Level, Purpose } from './assessment.ts'

export type Finish = {
  id: string
  level: Level | null
  confidence: Confidence | null
  capacity: Capacity | null
  review_on: string | null
  finished_by: string
  finished_at: Date
}
export type Assessment = {
  id: string
  subject_id: string
  agency_id: string
  adult_from: string | null
  purpose: Purpose
  carried_from: string | null
  started_by: string
  started_at: Date
  data_class: 'D5'
  handling: 0 | 1 | 2
  /** The latest; null while it is open. */
  finish: Finish | null
}

/** The assessments of a person that row-level security shows this viewer, the newest first; or one of them. */
export const assessmentsOf = async (
  tx: Tx,
  partnership: string,
  subject: string,
  { only }: { only?: string } = {},
): Promise<Assessment[]> => {
  const { rows } = await sql<Omit<Assessment, 'finish'> & { [K in keyof Finish as `f_${K}`]: Finish[K] }>`
    select a.id, a.subject_id, a.agency_id, a.adult_from::text as adult_from, a.purpose, a.carried_from, a.started_by, a.started_at, a.data_class,
      a.handling::int as handling, f.id as f_id, f.level as f_level, f.confidence as f_confidence, f.capacity as f_capacity,
      f.review_on::text as f_review_on, f.finished_by as f_finished_by, f.finished_at as f_finished_at
    from assessment a left join lateral (select * from assessment_finish f
      where f.partnership_id = a.partnership_id and f.assessment_id = a.id order by f.finished_at desc, f.id limit 1) f on true
    where a.partnership_id = ${partnership} and a.subject_id = ${subject}
      and (${only === undefined} or a.id = ${only !== undefined && isId(only) ? only : null}::uuid)
    order by a.started_at desc, a.id`.execute(tx)
  return rows.map((row) => {
    const { f_id, f_level, f_confidence, f_capacity, f_review_on, f_finished_by, f_finished_at, ...assessment } = row
    const said = { level: f_level, confidence: f_confidence, capacity: f_capacity, review_on: f_review_on }
    const finish = f_id ? { id: f_id, ...said, finished_by: f_finished_by, finished_at: f_finished_at } : null
    return { ...assessment, finish }
  })
}

/** One assessment of this person. @throws {NotFound} */
export const assessmentFor = async (
  tx: Tx,
  partnership: string,
  subject: string,
  id: string | undefined,
): Promise<Assessment> => {
  const [found] = await assessmentsOf(tx, partnership, subject, { only: id ?? '' })
  if (!found) throw new NotFound()
  return found
}
