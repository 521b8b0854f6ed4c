import { sql } from 'kysely'
import { asProduct, inTransaction, newId, record, type StaffViewer, type Tx } from '../../platform/index.ts'
import { moved, type Arranged, type Move } from './arrange.ts'
import { issuesOf, type IssueRow } from './read.ts'
import { keepVersion } from './version.ts'
import { lockReport } from './write.ts'

type Whose = IssueRow['whose']
type Done = { report: string; at: Date }

/** A new point at the end: of all, or of those below another. @returns its id */
export const addIssue = (tx: Tx, viewer: StaffViewer, parent: string | null, done: Done): Promise<string> =>
  arranging(tx, viewer, 'key issue added', done, async (inner, points) => {
    const id = newId()
    const under = points.find((one) => one.id === parent)
    await sql`insert into report_issue (partnership_id, id, report_id, parent_id, place, whose, added_by, added_at)
      values (${viewer.partnership}, ${id}, ${done.report}, ${under?.id ?? null}, 0, 'both', ${viewer.staff}, ${done.at})`.execute(
      inner,
    )
    const after = under
      ? points.map((one) => (one === under ? { ...one, below: [...one.below, id] } : one))
      : [...points, { id, below: [] }]
    return [id, after]
  })

/** Up or down among its own, in below the point above, or out again. What stands nowhere any more stays so. */
export const moveIssue = (tx: Tx, viewer: StaffViewer, issue: string, move: Move, done: Done): Promise<void> =>
  arranging(tx, viewer, 'key issue moved', done, (_, points) => [undefined, moved(points, issue, move)])

/** Takes a point out, with those below it. Its words stay in the versions that had it. */
export const removeIssue = (tx: Tx, viewer: StaffViewer, issue: string, done: Done): Promise<void> =>
  arranging(tx, viewer, 'key issue removed', done, async (inner, points) => {
    await sql`update report_issue set removed_by = ${viewer.staff}, removed_at = ${done.at}
      where partnership_id = ${viewer.partnership} and report_id = ${done.report} and removed_at is null
        and (id = ${issue} or parent_id = ${issue})`.execute(inner)
    const without = points.filter(({ id }) => id !== issue)
    return [undefined, without.map((one) => ({ ...one, below: one.below.filter((id) => id !== issue) }))]
  })

/** For whom a point is; those below it go with it. Asked as the product, with what was written beside it. */
export const sayWhose = async (tx: Tx, viewer: StaffViewer, report: string, said: ReadonlyMap<string, Whose>) => {
  for (const [issue, whose] of said)
    await sql`update report_issue set whose = ${whose} where partnership_id = ${viewer.partnership}
      and report_id = ${report} and (id = ${issue} or parent_id = ${issue}) and whose <> ${whose}`.execute(tx)
}

type Arranges<T> = (tx: Tx, points: readonly Arranged[]) => [T, readonly Arranged[]] | Promise<[T, readonly Arranged[]]>

/** Once somebody arranges points they are numbered by where they stand, whatever a file called them. */
const arranging = <T>(
  tx: Tx,
  viewer: StaffViewer,
  event: string,
  { report, at }: Done,
  work: Arranges<T>,
): Promise<T> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      await lockReport(inner, report)
      const rows = await issuesOf(inner, viewer.partnership, report)
      const points = rows
        .filter(({ parent_id }) => parent_id === null)
        .map(({ id }) => ({ id, below: rows.filter(({ parent_id }) => parent_id === id).map((one) => one.id) }))
      const [given, after] = await work(inner, points)
      const places = after.flatMap(({ id, below }, place) => [
        { id, parent: null, place },
        ...below.map((one, i) => ({ id: one, parent: id, place: i })),
      ])
      await sql`update report_issue i set parent_id = p.parent, place = p.place, number = (p.place + 1) || ')',
          whose = coalesce((select o.whose from report_issue o where o.partnership_id = i.partnership_id and o.id = p.parent), i.whose)
        from jsonb_to_recordset(${JSON.stringify(places)}::jsonb) as p (id uuid, parent uuid, place int)
        where i.partnership_id = ${viewer.partnership} and i.report_id = ${report} and i.id = p.id`.execute(inner)
      await keepVersion(inner, viewer, report, at)
      await record(inner, viewer, event, { kind: 'learning report', id: report })
      return given
    }),
  )
