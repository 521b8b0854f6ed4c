import { sql } from 'kysely'
import { asProduct, hasRole, type Role, type StaffViewer, type Tx } from '../platform/index.ts'
import type { DataClass } from './decide.ts'
import { moreHarmful } from './disclosure.ts'

/** "Share, or say why not": one task that waits for an answer. */
export type OpenDuty = {
  id: string
  subject_id: string
  recipient_agency_id: string
  cite: string
  title: string
  purpose: string
  classes: DataClass[]
  for_staff_id: string | null
  raised_at: Date
  at_risk_at: Date | null
  due_at: Date | null
  /** A decision not to share, because it would harm the child more, waits for a second manager. */
  waits: boolean
}
const most_listed = 50

const open = sql`
  select t.id, t.subject_id, t.recipient_agency_id, t.cite, coalesce(c.title, '') as title, t.purpose,
    array(select unnest(t.classes)::text) as classes, t.for_staff_id, t.raised_at, t.at_risk_at, t.due_at,
    exists (select from share_duty_answer a
      join disclosure d on d.partnership_id = a.partnership_id and d.id = a.disclosure_id
      where a.partnership_id = t.partnership_id and a.share_duty_id = t.id and d.reason = ${moreHarmful}
        and not exists (select from disclosure_second s where s.partnership_id = d.partnership_id and s.disclosure_id = d.id)) as waits
  from share_duty t left join clause c on c.partnership_id = t.partnership_id and c.id = t.clause_id`

const working: readonly Role[] = ['practitioner', 'duty', 'manager']

/**
 * Whose task it is to see: whose it is first, who works with the subject, and the managers of the agency; where nobody
 * has it or whoever had it is gone, everybody there. Never who is too close. Asked as the product, because an account
 * that is closed is closed to colleagues too.
 */
const theirs = (viewer: StaffViewer, now: Date) => sql`
  t.partnership_id = ${viewer.partnership} and t.agency_id = ${viewer.agency} and t.ended_at is null
    and not exists (select from conflict x where x.partnership_id = t.partnership_id and x.subject_id = t.subject_id
      and x.staff_id = ${viewer.staff} and x.lifted_at is null)
    and (${hasRole(viewer, 'manager')} or t.for_staff_id = ${viewer.staff} or t.for_staff_id is null
      or exists (select from involvement i where i.partnership_id = t.partnership_id and i.subject_id = t.subject_id
        and i.staff_id = ${viewer.staff} and i.from_at <= ${now} and (i.to_at is null or i.to_at > ${now}))
      or exists (select from account h where h.partnership_id = t.partnership_id and h.id = t.for_staff_id
        and account_closed(h.partnership_id, h.id, h.agency_id, ${now})))`

/** What waits for this viewer to share or say why not: what is due first on top. */
export const dutiesFor = async (
  tx: Tx,
  viewer: StaffViewer,
  now: Date,
): Promise<{ duties: OpenDuty[]; total: number }> => {
  if (!hasRole(viewer, ...working)) return { duties: [], total: 0 }
  const { rows } = await asProduct(tx, () =>
    sql<OpenDuty & { total: number }>`
    select *, count(*) over ()::int as total from (${open} where ${theirs(viewer, now)}) waiting
    order by due_at nulls last, raised_at, id limit ${most_listed}`.execute(tx),
  )
  return { duties: rows.map(({ total: _, ...duty }) => duty), total: rows[0]?.total ?? 0 }
}

/** Those about one subject. */
export const dutiesAbout = async (tx: Tx, viewer: StaffViewer, subject: string, now: Date): Promise<OpenDuty[]> => {
  const { rows } = await asProduct(tx, () =>
    sql<OpenDuty>`
    ${open} where ${theirs(viewer, now)} and t.subject_id = ${subject} order by t.due_at nulls last, t.id`.execute(tx),
  )
  return rows
}

/** One of them, of this subject; undefined when it is not theirs, or was answered. */
export const dutyFor = async (
  tx: Tx,
  viewer: StaffViewer,
  { duty, subject, now }: { duty: string | undefined; subject: string; now: Date },
): Promise<OpenDuty | undefined> =>
  duty === undefined ? undefined : (await dutiesAbout(tx, viewer, subject, now)).find(({ id }) => id === duty)

/** How many tasks are somebody's first, or an agency's: a number alone, for whoever closes an account. */
export const dutiesOf = (
  tx: Tx,
  partnership: string,
  whose: { account: string } | { agency: string },
): Promise<number> =>
  asProduct(tx, async () => {
    const { rows } = await sql<{ duties: number }>`
      select count(*)::int as duties from share_duty where partnership_id = ${partnership} and ended_at is null
        and ${'account' in whose ? sql`for_staff_id = ${whose.account}` : sql`agency_id = ${whose.agency}`}`.execute(tx)
    return rows[0]!.duties
  })

/** Agencies that owe an answer and have nobody who can sign in to give it: how many, and since when. */
export const dutiesLeftBehind = (
  tx: Tx,
  partnership: string,
  now: Date,
): Promise<{ agency: string; count: number; oldest: Date }[]> =>
  asProduct(tx, async () => {
    const { rows } = await sql<{ agency: string; count: number; oldest: Date }>`
      with owing as materialized (select agency_id as agency, count(*)::int as count, min(raised_at) as oldest
        from share_duty where partnership_id = ${partnership} and ended_at is null group by agency_id)
      select * from owing where not exists (select from account a
        join role_grant r on r.partnership_id = a.partnership_id and r.account_id = a.id
        where a.partnership_id = ${partnership} and a.agency_id = owing.agency and r.ended_at is null
          and r.role = any(${working}::text[]) and not account_closed(a.partnership_id, a.id, a.agency_id, ${now}))
      order by oldest`.execute(tx)
    return rows
  })
