import { sql } from 'kysely'
import { asProduct, asViewer, enqueue, type JobHandler, type Tx, type Viewer } from '../platform/index.ts'
import { raiseForHeld } from './duty.ts'
import { dutyBound } from './duty-held.ts'
import { registerOf } from './register.ts'

export const dutiesBegin = 'duties of an agreement begin'

/**
 * Leaves word with the worker for the moment from which clauses count that did not before: what agencies hold already
 * is looked through then, since nothing more may ever come in to raise it.
 * @param of the version or the agency that makes the difference
 */
export const raiseFrom = (tx: Tx, viewer: Viewer, of: string, at: Date): Promise<void> =>
  enqueue(tx, viewer, dutiesBegin, { of }, { key: `duties ${of} ${at.toISOString()}`, at })

const rows_at_once = 500
export const before_all = '00000000-0000-0000-0000-000000000000'

/**
 * Raises what duty clauses in force oblige the holders to share of the next so many subjects, in the order of their ids.
 * @returns the last subject looked at; undefined when there is none after it
 */
export const raiseForNext = (tx: Tx, viewer: Viewer, after: string, now: Date): Promise<string | undefined> =>
  asProduct(tx, async () => {
    const holders = dutyBound(await registerOf(tx, viewer.partnership))
    if (holders.length === 0) return undefined
    const { rows } = await sql<{ id: string }>`
      select f.subject_id as id from subjects_facts f where f.partnership_id = ${viewer.partnership}
        and f.subject_id > ${after}::uuid and f.agency_id = any(${holders}::uuid[])
        and not exists (select from data_key k where k.partnership_id = f.partnership_id and k.of_kind = 'subject'
          and k.of_id = f.subject_id and k.wrapped is null)
      order by f.subject_id limit ${rows_at_once}`.execute(tx)
    for (const id of new Set(rows.map((row) => row.id))) await raiseForHeld(tx, viewer, id, now)
    return rows.length === rows_at_once ? rows.at(-1)!.id : undefined
  })

/** Subject after subject, each so many in a transaction of their own. What was raised before is not raised again. */
export const raiseForAll: JobHandler = async ({ partnership }, db) => {
  const viewer: Viewer = { kind: 'system', partnership }
  for (let after: string | undefined = before_all; after !== undefined;) {
    const last: string = after
    after = await asViewer(db, viewer, (tx) => raiseForNext(tx, viewer, last, new Date()))
  }
}
