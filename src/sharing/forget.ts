import { sql } from 'kysely'
import type { Tx } from '../platform/index.ts'

/** Ends what ties anybody to a subject that is erased, and takes away the words beside it. The caller is the product. */
export const forgetSubject = async (tx: Tx, partnership: string, subject: string, at: Date): Promise<void> => {
  const of = sql`partnership_id = ${partnership} and subject_id = ${subject}`
  await sql`update named_person set ended_at = ${at} where ${of} and ended_at is null`.execute(tx)
  await sql`update share_duty set ended_at = ${at} where ${of} and ended_at is null`.execute(tx)
  await sql`update involvement set to_at = coalesce(least(to_at, ${at}), ${at}), contact = '' where ${of}`.execute(tx)
  // What was shared, for which purpose and with whom stays as codes; whether the person agreed, or could, does not.
  await sql`update disclosure set consent = null where ${of} and consent is not null`.execute(tx)
  await sql`update handover set adult_from = null, handling = 2 where ${of}`.execute(tx)
  await sql`update purpose_statement set until_at = least(until_at, ${at}) where ${of}`.execute(tx)
  // The events of the log still say that there was an alert, and what was answered.
  await sql`delete from alert_answer where ${of}`.execute(tx)
  await sql`delete from alert where ${of}`.execute(tx)
  // That somebody was too close stays; that the person was theirs, or themself, goes.
  await sql`update conflict set kind = null where ${of}`.execute(tx)
}
