import { sql } from 'kysely'
import { asProduct, type Tx } from '../platform/index.ts'
import { currentOf, versionsOf, type Version } from './standing.ts'

/** The agreements of which a version is in force now. Their titles are no secret; who reads them whole is another matter. */
export const agreementsInForce = (tx: Tx, partnership: string, now: Date): Promise<{ id: string; title: string }[]> =>
  asProduct(tx, async () =>
    (await inForce(tx, partnership, now)).map(({ agreement_id, title }) => ({ id: agreement_id, title })),
  )

/** Those of them that an agency has signed twice, with the one above, and not taken its signature back. */
export const agreementsSignedBy = (
  tx: Tx,
  partnership: string,
  agency: string,
  now: Date,
): Promise<ReadonlySet<string>> =>
  asProduct(tx, async () => {
    const versions = await inForce(tx, partnership, now)
    const { rows } = await sql<{ agreement: string }>`
      select v.agreement_id as agreement from signature s
      join agreement_version v on v.partnership_id = s.partnership_id and v.id = s.version_id
      where s.partnership_id = ${partnership} and s.agency_id = ${agency}
        and s.version_id = any (${versions.map(({ id }) => id)}::uuid[])
        and not exists (select from agreement_withdrawal w where w.partnership_id = s.partnership_id
          and w.agreement_id = v.agreement_id and w.agency_id = s.agency_id and w.returned_at is null)
      group by v.agreement_id having count(distinct s.seat) = 2`.execute(tx)
    const own = new Set(rows.map(({ agreement }) => agreement))
    const stands = ({ agreement_id, under_id }: Version): boolean =>
      own.has(agreement_id) && (under_id === null || own.has(under_id))
    return new Set(versions.filter(stands).map(({ agreement_id }) => agreement_id))
  })

const inForce = async (tx: Tx, partnership: string, now: Date): Promise<Version[]> => {
  const versions = await versionsOf(tx, partnership, now)
  return [...Map.groupBy(versions, ({ agreement_id }) => agreement_id).values()]
    .map(currentOf)
    .filter(({ state }) => state === 'in force' || state === 'ending')
}
