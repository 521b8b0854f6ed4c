import { inTransaction, NotFound, record, type Tx, type Viewer } from '../platform/index.ts'
import { aboutAgreement, openVersion } from './draft.ts'

export type PartyFacts = {
  contact_name: string
  contact_reach: string
  deputy_name: string
  deputy_reach: string
  contact_until: string | null
  ig_lead: string
  founding?: boolean
}

/** Writes down whom to ring in an agency, until when, and who stands in: of this version, and of the next ones drafted from it. */
export const saveParty = (tx: Tx, viewer: Viewer, version: string, agency: string, facts: PartyFacts): Promise<void> =>
  inTransaction(tx, async (inner) => {
    const { agreement } = await openVersion(inner, viewer, version)
    const { numUpdatedRows } = await inner
      .updateTable('party')
      .set(facts)
      .where('partnership_id', '=', viewer.partnership)
      .where('version_id', '=', version)
      .where('agency_id', '=', agency)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw new NotFound()
    await record(inner, viewer, 'agreement contacts changed', aboutAgreement(agreement), { version, agency })
  })
