import { sql } from 'kysely'
import { record, type Tx, type Viewer } from '../platform/index.ts'
import { aboutAgreement } from './draft.ts'

/** How many days before its end the signatories of an agreement hear of it. */
export const warningDays = [90, 30, 7] as const

const day = 86_400_000

/** The warning that a version's end is due for now: the nearest of 90, 30 and 7 days that it has come within. */
export const warningDue = (endsAt: Date | null, now: Date): (typeof warningDays)[number] | undefined => {
  if (!endsAt || endsAt <= now) return undefined
  const left = (endsAt.getTime() - now.getTime()) / day
  return warningDays.findLast((days) => left <= days)
}

/** Says once that a version is about to lapse. What was put off or replaced since is not worth saying. */
export const warnOfLapse = async (tx: Tx, viewer: Viewer, version: string, now: Date): Promise<boolean> => {
  const row = await tx
    .selectFrom('agreement_version')
    .select(['agreement_id', 'effective_to', 'live_at'])
    .where('partnership_id', '=', viewer.partnership)
    .where('id', '=', version)
    .executeTakeFirst()
  const days = row?.live_at ? warningDue(row.effective_to, now) : undefined
  if (!row || days === undefined || (await isReplaced(tx, viewer, row.agreement_id, row.effective_to!))) return false
  const said = await tx
    .insertInto('lapse_warning')
    .values({
      partnership_id: viewer.partnership,
      version_id: version,
      days,
      ends_at: row.effective_to!,
      warned_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (said.numInsertedOrUpdatedRows === 0n) return false
  await record(tx, viewer, 'agreement nears its end', aboutAgreement(row.agreement_id), { version, days })
  return true
}

const isReplaced = async (tx: Tx, viewer: Viewer, agreement: string, end: Date): Promise<boolean> => {
  const { rows } = await sql`select from agreement_version
    where partnership_id = ${viewer.partnership} and agreement_id = ${agreement} and live_at is not null and effective_from = ${end}`.execute(
    tx,
  )
  return rows.length > 0
}
