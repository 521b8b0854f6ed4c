import { sql } from 'kysely'
import { asProduct, type Tx } from '../platform/index.ts'

/*
 * People whose lead or trusted adult leaves. Only numbers are told here: whose work waits is no secret among those who
 * share it out, whom it is about is.
 */
const personal = ['lead', 'trusted adult']
const most_listed = 200

/** How many people somebody, or everybody at an agency, leads or is the trusted adult of at this moment. */
export const peopleOf = (
  tx: Tx,
  partnership: string,
  whose: { account: string } | { agency: string },
  at: Date,
): Promise<number> =>
  asProduct(tx, async () => {
    const { rows } = await sql<{ people: number }>`
      select count(distinct i.subject_id) as people from involvement i
      where i.partnership_id = ${partnership} and i.role = any(${personal}::text[])
        and i.from_at <= ${at} and coalesce(i.to_at, 'infinity') > ${at}
        and ${'account' in whose ? sql`i.staff_id = ${whose.account}` : sql`i.agency_id = ${whose.agency} and i.staff_id is not null`}`.execute(
      tx,
    )
    return rows[0]!.people
  })

export type LeftBehind = { staff: string; count: number; oldest: Date }

/** Who cannot sign in any more and still is the lead or the trusted adult of somebody: of how many, and since when. */
export const peopleLeftBehind = (tx: Tx, partnership: string, at: Date): Promise<LeftBehind[]> =>
  asProduct(tx, async () => {
    // From the few who are gone to their people: the other way round asks of every involvement there is.
    const { rows } = await sql<LeftBehind>`
      with gone as materialized (select a.id from account a
        where a.partnership_id = ${partnership} and account_closed(a.partnership_id, a.id, a.agency_id, ${at}))
      select i.staff_id as staff, count(distinct i.subject_id) as count, min(i.from_at) as oldest
      from gone join involvement i on i.staff_id = gone.id
      where i.partnership_id = ${partnership} and i.role = any(${personal}::text[])
        and i.from_at <= ${at} and coalesce(i.to_at, 'infinity') > ${at}
      group by i.staff_id order by oldest limit ${most_listed}`.execute(tx)
    return rows
  })
