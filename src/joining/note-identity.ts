import { sql, type RawBuilder } from 'kysely'
import { asProduct, dataKeyOf, KeyDestroyed, type Keys, type Tx } from '../platform/index.ts'
import { identitiesToMatch } from '../subjects/index.ts'
import { tellInvolved } from './feeds/involved.ts'
import { knownsOf, settleKnown } from './known.ts'
import { keep } from './note.ts'
import { standardPerson } from './standard.ts'
import { forgetSuspicions } from './suspect.ts'

/**
 * Brings what is kept of a person's record up to what their record says now: who they are as each agency knows them, each
 * a record of its own. One that was replaced is withdrawn; one that is sealed takes no part in matching, because a
 * proposal would tell that it is there; of a person who was erased nothing is left that could find them.
 */
export const noteIdentity = (tx: Tx, keys: Keys, partnership: string, subject: string, at: Date): Promise<number> =>
  asProduct(tx, async () => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`joining ${subject}`}, 0))`.execute(tx)
    const now = await identitiesToMatch(tx, keys, partnership, subject)
    const there = await tx
      .selectFrom('noted_record')
      .select(['id', 'source_id'])
      .where('partnership_id', '=', partnership)
      .where('subject_id', '=', subject)
      .where('withdrawn_at', 'is', null)
      .execute()
    const current = new Set(now.map(({ id }) => id))
    await withdraw(
      tx,
      partnership,
      there.filter(({ source_id }) => !current.has(source_id)).map(({ id }) => id),
      at,
    )
    const key = await dataKeyOf(tx, keys, partnership, { kind: 'subject', id: subject }).catch((error: unknown) => {
      if (error instanceof KeyDestroyed) return undefined
      throw error
    })
    if (!key) {
      const joined = await forget(tx, partnership, sql`subject_id = ${subject}`, at)
      const others = joined.filter((one) => one !== subject)
      await tellInvolved(tx, { kind: 'system', partnership }, others, at)
      return 0
    }
    const known = new Set(there.map(({ source_id }) => source_id))
    let proposals = 0
    for (const { id, agency_id, name, known_as, born_on, address, phone, nhs_number, handling } of now) {
      if (known.has(id)) continue
      const said = { name, nickname: known_as, born_on, address, phone, nhs_number }
      const standard = standardPerson(said, at.getUTCFullYear(), [])
      const one = { source: 'identity', source_id: id, standard, subject, agency: agency_id, key, handling } as const
      proposals += await keep(tx, keys, partnership, [one], at)
    }
    return proposals
  })

/** Takes records out of matching. What was said of them stays, and holds for whatever comes in their place. */
export const withdraw = async (tx: Tx, partnership: string, records: readonly string[], at: Date): Promise<void> => {
  if (records.length === 0) return
  const those = sql`partnership_id = ${partnership} and record_id = any (${records}::uuid[])`
  await sql`delete from record_key where ${those}`.execute(tx)
  await sql`delete from proposal where partnership_id = ${partnership} and settled_at is null
    and (a_id = any (${records}::uuid[]) or b_id = any (${records}::uuid[]))`.execute(tx)
  await sql`update noted_record set withdrawn_at = ${at} where partnership_id = ${partnership} and id = any (${records}::uuid[])`.execute(
    tx,
  )
}

/**
 * What was sealed opens nowhere any more; now the rest goes: proposals, reasons, and the joins that went by them.
 * @returns the people whose records were among those joins
 */
export const forget = async (tx: Tx, partnership: string, whose: RawBuilder<unknown>, at: Date): Promise<string[]> => {
  const records = sql`(select id from noted_record where partnership_id = ${partnership} and ${whose})`
  await sql`delete from proposal where partnership_id = ${partnership} and (a_id in ${records} or b_id in ${records})`.execute(
    tx,
  )
  await sql`update join_decision set why_sealed = null, shown_sealed = null, undone_why_sealed = null,
      undone_at = coalesce(undone_at, ${at})
    where partnership_id = ${partnership} and (a_id in ${records} or b_id in ${records})`.execute(tx)
  await sql`update noted_record set standard_sealed = '' where partnership_id = ${partnership} and ${whose}`.execute(tx)
  await sql`update pair_answer set why_sealed = null where partnership_id = ${partnership} and question_id in
    (select id from pair_question where partnership_id = ${partnership} and (a_id in ${records} or b_id in ${records}))`.execute(
    tx,
  )
  const { rows } = await sql<{ id: string }>`select id from ${records} r`.execute(tx)
  const erased = rows.map(({ id }) => id)
  await forgetSuspicions(tx, partnership, erased, at)
  const knowns = await knownsOf(tx, partnership, erased)
  return settleKnown(tx, partnership, knowns, { decision: null, at })
}
