import { sql } from 'kysely'
import { asProduct, inTransaction, isId, newId, record, type StaffViewer, type Tx } from '../../platform/index.ts'

export type Comment = {
  id: string
  field: string
  words: string
  said_by: string
  said_at: Date
  answer: string | null
  answered_by: string | null
  answered_at: Date | null
}

/** Comments on a report, those that are open first. */
export const commentsOf = async (tx: Tx, partnership: string, report: string): Promise<Comment[]> => {
  const { rows } = await sql<Comment>`
    select c.id, c.field, c.words, c.said_by, c.said_at, a.words as answer, a.answered_by, a.answered_at
    from report_comment c left join report_comment_answer a on a.partnership_id = c.partnership_id and a.comment_id = c.id
    where c.partnership_id = ${partnership} and c.report_id = ${report} order by a.id is not null, c.said_at, c.id`.execute(
    tx,
  )
  return rows
}

export const comment = (
  tx: Tx,
  viewer: StaffViewer,
  { report, field, words }: { report: string; field: string; words: string },
  at: Date,
): Promise<void> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const said = { report_id: report, field, words, said_by: viewer.staff, said_at: at }
      await inner
        .insertInto('report_comment')
        .values({ partnership_id: viewer.partnership, id: newId(), ...said })
        .execute()
      await record(inner, viewer, 'learning report commented', { kind: 'learning report', id: report }, { field })
    }),
  )

/** Settles a comment with words, once. @returns 'answered before' where somebody did, and where there is no such comment */
export const answerComment = (
  tx: Tx,
  viewer: StaffViewer,
  { report, comment: id, words }: { report: string; comment: string; words: string },
  at: Date,
): Promise<'answered' | 'answered before'> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      if (!isId(id)) return 'answered before'
      const { numAffectedRows } = await sql`
        insert into report_comment_answer (partnership_id, id, report_id, comment_id, words, answered_by, answered_at)
        select partnership_id, ${newId()}, report_id, id, ${words}, ${viewer.staff}, ${at} from report_comment
        where partnership_id = ${viewer.partnership} and report_id = ${report} and id = ${id}
        on conflict do nothing`.execute(inner)
      if (numAffectedRows !== 1n) return 'answered before'
      await record(inner, viewer, 'learning report comment answered', { kind: 'learning report', id: report })
      return 'answered'
    }),
  )
