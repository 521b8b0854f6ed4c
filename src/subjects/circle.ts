import { sql } from 'kysely'
import { asProduct, isId, NotFound, type Tx, type Viewer } from '../platform/index.ts'

const circle = ['lead', 'trusted adult', 'circle']

/**
 * A subject that this viewer works with: as lead worker, trusted adult or in the circle, and not by break-glass.
 * @throws {NotFound} for everybody else, and for what does not exist: the same answer
 */
export const inCircleOf = async (
  tx: Tx,
  viewer: Viewer,
  subject: string | undefined,
  now: Date,
): Promise<{ id: string; reference: string }> => {
  if (viewer.kind !== 'staff' || !subject || !isId(subject)) throw new NotFound()
  const found = await asProduct(tx, async () => {
    const { rows } = await sql<{ id: string; reference: string }>`
      select s.id, s.reference from subject s
      where s.partnership_id = ${viewer.partnership} and s.id = ${subject}
        and exists (select from involvement i where i.partnership_id = s.partnership_id and i.subject_id = s.id
          and i.staff_id = ${viewer.staff} and i.role = any(${circle}::text[])
          and i.from_at <= ${now} and (i.to_at is null or i.to_at > ${now}))`.execute(tx)
    return rows[0]
  })
  if (!found) throw new NotFound()
  return found
}
