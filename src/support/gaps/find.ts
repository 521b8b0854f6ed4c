import { sql } from 'kysely'
import { concernsUnowned } from '../../concerns/index.ts'
import { asProduct, localDate, type StaffViewer, type Tx } from '../../platform/index.ts'
import { existingFor } from '../../subjects/index.ts'
import { daysOf, kinds, most, type Gap } from './gap.ts'
import { sinceWhen, type Now, type PersonGap } from './statements.ts'

export type Whose = 'mine' | 'agency'
type Row = {
  subject: string
  reference: string
  supplier: string
  adult_from: string | null
  handling: 0 | 1 | 2
  since: string
}

/**
 * What nobody sees to, of the people a team works with: one statement a kind, asked of all of them at once, the longest so
 * first. Only of those of whom the agreement lets this viewer read the facts, by reference and never a word.
 */
export const gapsFor = async (
  tx: Tx,
  viewer: StaffViewer,
  { whose, at, zone }: { whose: Whose; at: Date; zone: string },
): Promise<Gap[]> => {
  const today = localDate(at, zone)
  const found: (Row & { kind: PersonGap })[] = []
  for (const { code } of kinds)
    if (code !== 'unowned concern')
      found.push(
        ...(await find(tx, viewer, code, { whose, now: { today, at } })).map((row) => ({ ...row, kind: code })),
      )
  const seen = await existingFor(tx, viewer, found, { now: at, zone, glass: false, dataClass: 'D4' })
  const before = new Date(at.getTime() - daysOf('unowned concern') * 86_400_000)
  const concerns = await concernsUnowned(tx, viewer, before)
  return [
    ...concerns.map(({ id, reference, since }): Gap => ({
      kind: 'unowned concern',
      subject: null,
      concern: id,
      reference,
      since: localDate(since, zone),
    })),
    ...seen.map(({ kind, subject, reference, since }): Gap => ({ kind, subject, concern: null, reference, since })),
  ]
}

const find = (tx: Tx, viewer: StaffViewer, kind: PersonGap, { whose, now }: { whose: Whose; now: Now }) =>
  asProduct(tx, async () => {
    const theirs = whose === 'mine' ? sql`i.staff_id = ${viewer.staff}` : sql`i.agency_id = ${viewer.agency}`
    const { rows } = await sql<Row>`
      with team as materialized (select distinct i.subject_id as id from involvement i
        where i.partnership_id = ${viewer.partnership} and ${theirs} and i.role not in ('feed', 'triage')
          and i.from_at <= ${now.at} and (i.to_at is null or i.to_at > ${now.at}))
      select s.id as subject, s.reference, s.agency_id as supplier, s.adult_from::text as adult_from,
        s.handling::int as handling, g.since::text as since
      from team join subject s on s.partnership_id = ${viewer.partnership} and s.id = team.id and s.kind = 'person'
        and s.erased_at is null
      cross join lateral (${sinceWhen[kind](now)}) as g (since)
      where g.since is not null order by g.since, s.reference limit ${most}`.execute(tx)
    return rows
  })
