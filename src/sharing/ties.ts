import { sql } from 'kysely'
import { asProduct, type StaffViewer, type Tx } from '../platform/index.ts'
import type { Closeness } from './decide.ts'

/** What holds between a member of staff and a subject at a moment: the part of a decision's context that is not the register. */
export type Ties = {
  closeness: Closeness
  brokenGlass: boolean
  conflict: boolean
  glassUntil: Date | null
  named: ReadonlySet<string>
}

/** One question for all of it. Runs as the product, since a conflict is hidden from colleagues. */
export const tiesOf = async (tx: Tx, viewer: StaffViewer, subject: string, now: Date): Promise<Ties> =>
  (await tiesOfEach(tx, viewer, [subject], now)).get(subject)!

/** The same of many at once: for lists. */
export const tiesOfEach = (
  tx: Tx,
  viewer: StaffViewer,
  subjects: readonly string[],
  now: Date,
): Promise<Map<string, Ties>> =>
  asProduct(tx, async () => {
    const { rows } = await sql<{
      subject: string
      closeness: Closeness
      broken_glass: boolean
      glass_until: Date | null
      conflict: boolean
      named: string[]
    }>`
      select s.id as subject,
        coalesce((select max(case when i.staff_id is distinct from ${viewer.staff} then 1
            when i.role in ('lead', 'trusted adult') then 3 else 2 end)
          from involvement i where i.partnership_id = ${viewer.partnership} and i.subject_id = s.id
            and i.role <> 'feed' and (i.agency_id = ${viewer.agency} or i.staff_id = ${viewer.staff})
            and i.from_at <= ${now} and (i.to_at is null or i.to_at > ${now})), 0) as closeness,
        exists (select from break_glass b where b.partnership_id = ${viewer.partnership} and b.subject_id = s.id
          and b.staff_id = ${viewer.staff} and b.from_at <= ${now} and b.to_at > ${now}) as broken_glass,
        (select max(b.to_at) from break_glass b where b.partnership_id = ${viewer.partnership} and b.subject_id = s.id
          and b.staff_id = ${viewer.staff} and b.from_at <= ${now} and b.to_at > ${now}) as glass_until,
        exists (select from conflict c where c.partnership_id = ${viewer.partnership} and c.subject_id = s.id
          and c.staff_id = ${viewer.staff} and c.lifted_at is null) as conflict,
        array(select n.row_id from named_person n where n.partnership_id = ${viewer.partnership} and n.subject_id = s.id
          and n.staff_id = ${viewer.staff} and n.ended_at is null) as named
      from unnest(${[...new Set(subjects)]}::uuid[]) as s (id)`.execute(tx)
    return new Map(
      rows.map(({ subject, closeness, broken_glass, glass_until, conflict, named }) => [
        subject,
        { closeness, brokenGlass: broken_glass, conflict, glassUntil: glass_until, named: new Set(named) },
      ]),
    )
  })
