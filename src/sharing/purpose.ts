import { sql } from 'kysely'
import {
  asProduct,
  inTransaction,
  newId,
  record,
  type Db,
  type StaffViewer,
  type Stated,
  type Tx,
} from '../platform/index.ts'
import { decide, refusals, type Refusal, type Resource } from './decide.ts'
import { isImplied } from './implied.ts'
import type { Register, Rule } from './register.ts'
import type { Ties } from './ties.ts'

/** Remembers why somebody is on the pages of a subject. It leaves an event that says the purpose and nothing of the person. */
export const statePurpose = (
  db: Db | Tx,
  viewer: StaffViewer,
  subject: string,
  stated: Stated,
  at: Date,
): Promise<void> =>
  inTransaction(db, async (tx) => {
    await asProduct(tx, () =>
      tx
        .insertInto('purpose_statement')
        .values({
          partnership_id: viewer.partnership,
          id: newId(),
          subject_id: subject,
          agency_id: viewer.agency,
          staff_id: viewer.staff,
          purpose: stated.purpose,
          basis: stated.basis,
          condition: stated.condition,
          stated_at: at,
          until_at: stated.until,
        })
        .execute(),
    )
    const { purpose, basis, condition } = stated
    await record(tx, viewer, 'purpose stated', { kind: 'person', id: subject }, { purpose, basis, condition })
  })

/** What somebody last said of each of these subjects, where it still holds. */
export const statementsOf = async (
  tx: Tx,
  viewer: StaffViewer,
  subjects: readonly string[],
  now: Date,
): Promise<Map<string, Stated>> => {
  const { rows } = await sql<{ subject_id: string } & Stated>`
    select distinct on (subject_id) subject_id, purpose, basis, condition, until_at as until from purpose_statement
    where partnership_id = ${viewer.partnership} and staff_id = ${viewer.staff} and subject_id = any(${subjects}::uuid[])
    order by subject_id, stated_at desc`.execute(tx)
  return new Map(rows.filter(({ until }) => until > now).map(({ subject_id, ...stated }) => [subject_id, stated]))
}

/** What somebody last said of this subject, while it holds. */
export const statedFor = async (tx: Tx, viewer: StaffViewer, subject: string, now: Date): Promise<Stated | undefined> =>
  (await statementsOf(tx, viewer, [subject], now)).get(subject)

/** The end of the day that `now` falls in, by the clocks of the place: a stated purpose is asked again tomorrow. */
export const endOfDay = async (tx: Tx, now: Date, zone: string): Promise<Date> => {
  const { rows } = await sql<{ ends: Date }>`
    select (((${now}::timestamptz at time zone ${zone})::date + 1)::timestamp at time zone ${zone}) as ends`.execute(tx)
  return rows[0]!.ends
}

export type Way = { purpose: string; basis: string; condition: string; cite: string }
/**
 * `open`: what could be stated so that the row is seen. `glass`: nothing but the relationship stands between. `against`:
 * of what was denied, the reason and the clause that came nearest.
 */
export type Ways = { open: Way[]; glass: Way[]; against: { reason: Refusal; clause: Rule | undefined } }

/** Every purpose, basis and condition of the agreement under which this viewer could see that row; `named` where it is sealed and names them. */
export const waysTo = (
  register: Register,
  viewer: { agency: string },
  resource: Resource,
  ties: Pick<Ties, 'closeness' | 'brokenGlass' | 'conflict'>,
  now: Date,
  { named = false }: { named?: boolean } = {},
): Ways => {
  const ways: Ways = { open: [], glass: [], against: { reason: 'NO_CLAUSE', clause: undefined } }
  let nearest = -1
  const until = new Date(now.getTime() + 60_000)
  for (const purpose of register.purposes) {
    if (isImplied(purpose)) continue
    const { permits } = register.between(viewer.agency, purpose, resource.supplier)
    const bases = new Set(permits.flatMap(({ rule }) => [...rule.bases]))
    const conditions = new Set(['', ...permits.flatMap(({ rule }) => [...rule.conditions])])
    for (const basis of bases)
      for (const condition of conditions) {
        const asker = { active: true, agency: viewer.agency, stated: { purpose, basis, condition, until } }
        const told = decide(asker, 'view', resource, { ...ties, register, now, named, secondApprover: false })
        if (told.effect === 'allow') {
          ways.open.push({ purpose, basis, condition, cite: told.clause.cite })
          continue
        }
        // The reasons stand in the order in which they are asked.
        const reached = refusals.indexOf(told.reason)
        if (reached > nearest) {
          nearest = reached
          ways.against = { reason: told.reason, clause: told.clause }
        }
        if (told.reason === 'RELATIONSHIP') ways.glass.push({ purpose, basis, condition, cite: told.clause!.cite })
      }
  }
  return ways
}
