import { inTransaction, newId, record, type Tx, type Viewer } from '../platform/index.ts'
import { aboutAgreement } from './draft.ts'

export type NewAgreement = {
  /** What people cite it by, such as 'T2-HEALTH'. */
  code: string
  title: string
  summary: string
  /** The overarching agreement it stands under; null for an overarching one. */
  under: string | null
  agencies: readonly string[]
}

/**
 * Starts an agreement of two tiers as a first draft without clauses: nobody sees anything through it.
 * @returns its version, or 'taken' when another agreement is cited by that code
 */
export const startAgreement = (
  tx: Tx,
  viewer: Viewer,
  { code, title, summary, under, agencies }: NewAgreement,
  at: Date,
): Promise<{ version: string } | 'taken'> =>
  inTransaction(tx, async (inner) => {
    const within = { partnership_id: viewer.partnership }
    const agreement = newId()
    const version = newId()
    const { numInsertedOrUpdatedRows } = await inner
      .insertInto('agreement')
      .values({ ...within, id: agreement, code, title, tier: under ? 2 : 1, under_id: under })
      .onConflict((conflict) => conflict.columns(['partnership_id', 'code']).doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows !== 1n) return 'taken'
    await inner
      .insertInto('agreement_version')
      .values({
        ...within,
        id: version,
        agreement_id: agreement,
        number: 1,
        summary,
        drafted_by: viewer.kind === 'staff' ? viewer.staff : null,
        drafted_at: at,
      })
      .execute()
    if (agencies.length > 0)
      await inner
        .insertInto('party')
        .values(
          agencies.map((agency_id) => ({ ...within, version_id: version, agency_id, controller_role: 'controller' })),
        )
        .execute()
    await record(inner, viewer, 'agreement drafted', aboutAgreement(agreement), { version, number: 1 })
    return { version }
  })
