import { sql } from 'kysely'
import { asProduct, hasRole, inTransaction, newId, record, type Tx, type Viewer } from '../platform/index.ts'
import { compile } from './compile.ts'
import { aboutAgreement, lockAgreement } from './draft.ts'
import { raiseFrom } from './duty-begun.ts'
import { maySign } from './sign.ts'

/** An administrator for any agency, since closing may not wait, and whoever may sign for their own. */
export const mayWithdraw = (viewer: Viewer, agency: string): boolean =>
  maySign(viewer) && (hasRole(viewer, 'administrator') || mayReturn(viewer, agency))

/** Only whoever may sign for the agency itself: nobody else undoes what it decided. */
export const mayReturn = (viewer: Viewer, agency: string): boolean =>
  maySign(viewer) && 'agency' in viewer && viewer.agency === agency

export type Withdrew = 'withdrawn' | 'already' | 'not signed' | 'not theirs'

/**
 * An agency takes its signature back from an agreement, whatever the version. What the policies read is written anew in
 * the same transaction, so the very next read finds nothing; under tier 1 every agreement for a purpose closes with it.
 */
export const withdraw = (
  tx: Tx,
  viewer: Viewer,
  agreement: string,
  agency: string,
  why: string,
  at: Date,
): Promise<Withdrew> =>
  inTransaction(tx, async (inner) => {
    if (!mayWithdraw(viewer, agency)) return 'not theirs'
    const outcome = await asProduct(inner, async (): Promise<Withdrew> => {
      await lockAgreement(inner, viewer, agreement)
      if (!(await hasSigned(inner, viewer, agreement, agency))) return 'not signed'
      if (await standing(inner, viewer, agreement, agency)) return 'already'
      await inner
        .insertInto('agreement_withdrawal')
        .values({
          partnership_id: viewer.partnership,
          id: newId(),
          agreement_id: agreement,
          agency_id: agency,
          why,
          withdrawn_at: at,
          withdrawn_by: viewer.kind === 'staff' ? viewer.staff : null,
        })
        .execute()
      await compile(inner, viewer.partnership)
      return 'withdrawn'
    })
    if (outcome === 'withdrawn')
      await record(inner, viewer, 'signature withdrawn', aboutAgreement(agreement), { agency })
    return outcome
  })

/** An agency that had withdrawn stands under the agreement again from now on. */
export const returnToAgreement = (
  tx: Tx,
  viewer: Viewer,
  agreement: string,
  agency: string,
  at: Date,
): Promise<'returned' | 'not withdrawn' | 'not theirs'> =>
  inTransaction(tx, async (inner) => {
    if (!mayReturn(viewer, agency)) return 'not theirs'
    const returned = await asProduct(inner, async () => {
      await lockAgreement(inner, viewer, agreement)
      const { numUpdatedRows } = await inner
        .updateTable('agreement_withdrawal')
        .set({ returned_at: at })
        .where('partnership_id', '=', viewer.partnership)
        .where('agreement_id', '=', agreement)
        .where('agency_id', '=', agency)
        .where('returned_at', 'is', null)
        .executeTakeFirst()
      if (numUpdatedRows > 0n) {
        await compile(inner, viewer.partnership)
        await raiseFrom(inner, viewer, agency, at)
      }
      return numUpdatedRows > 0n
    })
    if (!returned) return 'not withdrawn'
    await record(inner, viewer, 'signature given again', aboutAgreement(agreement), { agency })
    return 'returned'
  })

const hasSigned = async (tx: Tx, viewer: Viewer, agreement: string, agency: string): Promise<boolean> => {
  const { rows } = await sql`
    select from signature s join agreement_version v on v.partnership_id = s.partnership_id and v.id = s.version_id
    where s.partnership_id = ${viewer.partnership} and v.agreement_id = ${agreement} and s.agency_id = ${agency} limit 1`.execute(
    tx,
  )
  return rows.length > 0
}

const standing = (tx: Tx, viewer: Viewer, agreement: string, agency: string) =>
  tx
    .selectFrom('agreement_withdrawal')
    .select('id')
    .where('partnership_id', '=', viewer.partnership)
    .where('agreement_id', '=', agreement)
    .where('agency_id', '=', agency)
    .where('returned_at', 'is', null)
    .executeTakeFirst()

/** A step from signed to used: staff were briefed, accounts are there. First use says itself. */
export const adopt = (
  tx: Tx,
  viewer: Viewer,
  agreement: string,
  agency: string,
  step: 'briefed' | 'accounts live',
  at: Date,
): Promise<void> =>
  inTransaction(tx, async (inner) => {
    await inner
      .insertInto('adoption_step')
      .values({
        partnership_id: viewer.partnership,
        agreement_id: agreement,
        agency_id: agency,
        step,
        done_at: at,
        entered_by: viewer.kind === 'staff' ? viewer.staff : null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    await record(inner, viewer, 'agreement adopted', aboutAgreement(agreement), { agency, step })
  })
