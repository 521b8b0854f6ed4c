import {
  asProduct,
  inTransaction,
  newId,
  NotFound,
  record,
  type Db,
  type StaffViewer,
  type Tx,
} from '../../../platform/index.ts'
import type { Rating } from './principles.ts'

/** The partnership begins to look at itself. @returns the review's id */
export const beginReview = (
  db: Db | Tx,
  viewer: StaffViewer,
  said: { name: string; begun_on: string },
  at: Date,
): Promise<string> =>
  inTransaction(db, (tx) =>
    asProduct(tx, async () => {
      const id = newId()
      await tx
        .insertInto('self_review')
        .values({
          partnership_id: viewer.partnership,
          id,
          agency_id: viewer.agency,
          ...said,
          begun_by: viewer.staff,
          begun_at: at,
        })
        .execute()
      await record(tx, viewer, 'self-review begun', { kind: 'self-review', id })
      return id
    }),
  )

export type AnswerSaid = { rating: Rating; narrative: string; evidence: string; heard_from: string }

/**
 * What the viewer's agency says of one principle. What it said before stays, replaced.
 * @param read the answer of theirs that stood when the writer began, or null
 * @throws {NotFound}
 */
export const answerPrinciple = (
  db: Db | Tx,
  viewer: StaffViewer,
  of: { review: string; principle: string; read: string | null },
  { cites, ...said }: AnswerSaid & { cites: readonly string[] },
  at: Date,
): Promise<'kept' | 'ended' | 'answered meanwhile'> =>
  inTransaction(db, (tx) =>
    asProduct(tx, async () => {
      const review = await reviewForUpdate(tx, viewer, of.review)
      if (review.ended_at) return 'ended'
      const where = { partnership_id: viewer.partnership, review_id: of.review, principle: of.principle }
      const standing = await tx
        .selectFrom('self_review_answer')
        .select('id')
        .where((one) => one.and({ ...where, agency_id: viewer.agency }))
        .where('replaced_at', 'is', null)
        .executeTakeFirst()
      if ((standing?.id ?? null) !== of.read) return 'answered meanwhile'
      if (standing)
        await tx
          .updateTable('self_review_answer')
          .set({ replaced_at: at })
          .where((one) => one.and({ partnership_id: viewer.partnership, id: standing.id }))
          .execute()
      const id = newId()
      const whose = { agency_id: viewer.agency, answered_by: viewer.staff, answered_at: at }
      await tx
        .insertInto('self_review_answer')
        .values({ ...where, id, ...whose, ...said })
        .execute()
      if (cites.length > 0)
        await tx
          .insertInto('self_review_evidence')
          .values(cites.map((evidence_id) => ({ partnership_id: viewer.partnership, answer_id: id, evidence_id })))
          .execute()
      const about = { kind: 'self-review', id: of.review }
      await record(tx, viewer, 'self-review answered', about, { principle: of.principle, rating: said.rating })
      return 'kept'
    }),
  )

/** No agency answers any more; what was said is compared with the next. @throws {NotFound} */
export const endReview = (db: Db | Tx, viewer: StaffViewer, id: string, at: Date): Promise<void> =>
  inTransaction(db, (tx) =>
    asProduct(tx, async () => {
      const review = await reviewForUpdate(tx, viewer, id)
      if (review.ended_at) return
      await tx
        .updateTable('self_review')
        .set({ ended_by: viewer.staff, ended_at: at })
        .where((one) => one.and({ partnership_id: viewer.partnership, id }))
        .execute()
      await record(tx, viewer, 'self-review ended', { kind: 'self-review', id })
    }),
  )

/** Two colleagues of an agency who answer at once come one after the other. */
const reviewForUpdate = async (tx: Tx, viewer: StaffViewer, id: string): Promise<{ ended_at: Date | null }> => {
  const found = await tx
    .selectFrom('self_review')
    .select('ended_at')
    .where((one) => one.and({ partnership_id: viewer.partnership, id }))
    .forUpdate()
    .executeTakeFirst()
  if (!found) throw new NotFound()
  return found
}
