import { sql } from 'kysely'
import { asProduct, type StaffViewer, type Tx } from '../../../platform/index.ts'
import { tellLibrary, type Told } from './tell-library.ts'

/** Tells the library of a trial as it stands now. */
export const tellAgain = async (tx: Tx, viewer: StaffViewer, trial: string): Promise<void> => {
  const told = await asProduct(tx, async () => {
    const { rows } =
      await sql<Told>`select a.finding_partnership_id as partnership, a.finding_id as finding, a.use_id as use,
        a.starts_on::text as starts_on, coalesce(o.outcome, 'trying') as state, coalesce(o.told, '') as told,
        case when n.agreed then p.place else '' end as area
      from adoption a join partnership p on p.id = a.partnership_id
      left join lateral (select outcome, told from adoption_outcome o where o.partnership_id = a.partnership_id
        and o.adoption_id = a.id order by o.decided_on desc, o.written_at desc, o.id limit 1) o on true
      left join lateral (select agreed from adoption_naming n where n.partnership_id = a.partnership_id
        and n.adoption_id = a.id order by n.said_at desc, n.id limit 1) n on true
      where a.partnership_id = ${viewer.partnership} and a.id = ${trial}`.execute(tx)
    return rows[0]
  })
  if (told) await tellLibrary(tx, viewer, told)
}
