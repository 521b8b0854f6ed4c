import { inTransaction, NotFound, record, type Tx, type Viewer } from '../platform/index.ts'
import { aboutAgreement, lockAgreement, openVersion } from './draft.ts'

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

export const controllerRoles = ['controller', 'joint controller', 'processor'] as const

/**
 * Makes an agency a party: of a draft from the start, and of a version that is being signed or in force one that joins
 * later, whose own two signatures let it in.
 * @throws {NotFound} for what the law asks anyway, which has no parties
 */
export const addParty = (
  tx: Tx,
  viewer: Viewer,
  version: string,
  agency: string,
  controller_role: (typeof controllerRoles)[number],
): Promise<'added' | 'already'> =>
  inTransaction(tx, async (inner) => {
    const { agreement, live, offered_at } = await openVersion(inner, viewer, version)
    if ((await lockAgreement(inner, viewer, agreement)).tier === 0) throw new NotFound()
    const { numInsertedOrUpdatedRows } = await inner
      .insertInto('party')
      .values({
        partnership_id: viewer.partnership,
        version_id: version,
        agency_id: agency,
        founding: !live && !offered_at,
        controller_role,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows !== 1n) return 'already'
    await record(inner, viewer, 'agreement party added', aboutAgreement(agreement), { version, agency })
    return 'added'
  })

/** Takes an agency out of a draft. Once it is put to signature an agency withdraws, and that is written down. */
export const removeParty = (tx: Tx, viewer: Viewer, version: string, agency: string): Promise<'removed' | 'fixed'> =>
  inTransaction(tx, async (inner) => {
    const { agreement, live, offered_at } = await openVersion(inner, viewer, version)
    if (live || offered_at) return 'fixed'
    const { numDeletedRows } = await inner
      .deleteFrom('party')
      .where('partnership_id', '=', viewer.partnership)
      .where('version_id', '=', version)
      .where('agency_id', '=', agency)
      .executeTakeFirst()
    if (numDeletedRows === 0n) throw new NotFound()
    await record(inner, viewer, 'agreement party removed', aboutAgreement(agreement), { version, agency })
    return 'removed'
  })
