import { sql } from 'kysely'
import { asViewer, inTransaction, record, type JobHandler, type Tx } from '../../platform/index.ts'
import { messageLate } from './messages.ts'

/**
 * Passes "I don't feel safe" that nobody answered to the managers of the agency whose worker leads, or where nobody leads
 * of the one that handed over the code. Nothing is taken from whoever had it: they may still answer.
 * @returns whether it was passed on now
 */
export const escalate = (tx: Tx, partnership: string, message: string, at: Date): Promise<boolean> =>
  inTransaction(tx, async (inner) => {
    const { rows } = await sql<{ subject_id: string }>`
      with late as (select m.* from own_message m where m.partnership_id = ${partnership} and m.id = ${message}
          and m.kind = 'not safe' and not exists (select from own_message_answer a
            where a.partnership_id = m.partnership_id and a.message_id = m.id)),
        led as (select distinct i.agency_id from involvement i join late m on i.partnership_id = m.partnership_id
          and i.subject_id = m.subject_id
          where i.role = 'lead' and i.from_at <= ${at} and (i.to_at is null or i.to_at > ${at}))
      insert into own_message_escalation (partnership_id, message_id, subject_id, agency_id, escalated_at)
      select m.partnership_id, m.id, m.subject_id, l.agency_id, ${at}::timestamptz from late m
        join (select agency_id from led union all
          select m.agency_id from late m where not exists (select from led)) l on true
      on conflict do nothing returning subject_id`.execute(inner)
    if (!rows[0]) return false
    const about = { kind: 'person', id: rows[0].subject_id }
    await record(inner, { kind: 'system', partnership }, 'unsafe passed on', about, { message })
    return true
  })

export const messageJobs: Record<string, JobHandler> = {
  [messageLate]: async ({ partnership, payload }, db) => {
    await asViewer(db, { kind: 'system', partnership }, (tx) =>
      escalate(tx, partnership, payload['message']!, new Date()),
    )
  },
}
