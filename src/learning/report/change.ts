import { sql } from 'kysely'
import { asProduct, inTransaction, newId, record, type StaffViewer, type Tx } from '../../platform/index.ts'
import { keepVersion } from './version.ts'
import { lockReport } from './write.ts'

export const checkedAfter = [6, 12] as const
export const stills = ['yes', 'partly', 'no'] as const
type Done = { report: string; at: Date }

/** A new change of the system at the end, seen since today until somebody says since when. */
export const addChange = (tx: Tx, viewer: StaffViewer, today: string, done: Done): Promise<void> =>
  changing(tx, viewer, 'system change added', done, async (inner) => {
    await sql`insert into report_change (partnership_id, id, report_id, place, seen_on, added_by, added_at)
      select ${viewer.partnership}, ${newId()}, ${done.report}, coalesce(max(place) + 1, 0), ${today}, ${viewer.staff}, ${done.at}::timestamptz
      from report_change where partnership_id = ${viewer.partnership} and report_id = ${done.report}`.execute(inner)
  })

/** Takes one out. Its words stay in the versions that had it, and so do the answers about it. */
export const removeChange = (tx: Tx, viewer: StaffViewer, change: string, done: Done): Promise<void> =>
  changing(tx, viewer, 'system change removed', done, async (inner) => {
    await sql`update report_change set removed_by = ${viewer.staff}, removed_at = ${done.at}
      where partnership_id = ${viewer.partnership} and report_id = ${done.report} and id = ${change}
        and removed_at is null`.execute(inner)
  })

const changing = (tx: Tx, viewer: StaffViewer, event: string, done: Done, work: (tx: Tx) => Promise<void>) =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      await lockReport(inner, done.report)
      await work(inner)
      await keepVersion(inner, viewer, done.report, done.at)
      await record(inner, viewer, event, { kind: 'learning report', id: done.report })
    }),
  )

export type ChangeFacts = { scale?: string; seen_on?: string }

/** How far changes reach and since when they are seen. Asked as the product, with what was written beside it. */
export const sayOfChanges = async (
  tx: Tx,
  viewer: StaffViewer,
  report: string,
  said: ReadonlyMap<string, ChangeFacts>,
): Promise<void> => {
  for (const [change, { scale, seen_on }] of said)
    await sql`update report_change set scale = coalesce(${scale ?? null}::text, scale),
        seen_on = coalesce(${seen_on ?? null}::date, seen_on)
      where partnership_id = ${viewer.partnership} and report_id = ${report} and id = ${change}`.execute(tx)
}

export type Check = { months: 6 | 12; still: (typeof stills)[number]; words: string }

/** Whether a change is still true. It may be asked again: the last answer counts. */
export const checkChange = (
  tx: Tx,
  viewer: StaffViewer,
  { report, change, months, still, words }: Check & { report: string; change: string },
  at: Date,
): Promise<void> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      await inner
        .insertInto('change_check')
        .values({
          partnership_id: viewer.partnership,
          id: newId(),
          report_id: report,
          change_id: change,
          months,
          still,
          words,
          checked_by: viewer.staff,
          checked_at: at,
        })
        .execute()
      await record(inner, viewer, 'system change checked', { kind: 'learning report', id: report }, { months, still })
    }),
  )

export type Due = {
  report: string
  change: string
  /** What changed, in its words. */
  what: string
  months: 6 | 12
  due_on: string
  still: Check['still'] | null
  said: string
  checked_at: Date | null
}

/** When each change of these reports is asked about, and what was answered last; the earliest first. */
export const checksOf = async (
  tx: Tx,
  partnership: string,
  of: { report: string } | { project: string },
): Promise<Due[]> => {
  const which = 'report' in of ? sql`r.id = ${of.report}` : sql`r.project_id = ${of.project}`
  const { rows } = await sql<Due>`
    select c.report_id as report, c.id as change, m.months,
      coalesce((select string_agg(t.words, ' ' order by t.version) from report_text t where t.partnership_id = c.partnership_id
        and t.report_id = c.report_id and t.field = 'change-' || c.id and t.replaced_at is null), '') as what, (c.seen_on + make_interval(months => m.months))::date::text as due_on,
      k.still, coalesce(k.words, '') as said, k.checked_at
    from report_change c join learning_report r on r.partnership_id = c.partnership_id and r.id = c.report_id
      cross join (values (6), (12)) as m (months)
      left join lateral (select still, words, checked_at from change_check x where x.partnership_id = c.partnership_id
        and x.change_id = c.id and x.months = m.months order by checked_at desc, id limit 1) k on true
    where c.partnership_id = ${partnership} and ${which} and c.removed_at is null order by due_on, c.place, c.id`.execute(
    tx,
  )
  return rows
}
