import { sql } from 'kysely'
import { asProduct, type StaffViewer, type Tx, type Viewer } from '../../platform/index.ts'
import { feedInvolvement, registerOf, waysTo, type FeedSays } from '../../sharing/index.ts'

/**
 * Brings "who else is involved?" up to what is known as one: each agency whose list has an entry that belongs together with
 * one of these people's records works with that person, since the day its list gives. What was undone or deleted ends.
 */
export const tellInvolved = async (tx: Tx, viewer: Viewer, people: readonly string[], at: Date): Promise<void> => {
  if (people.length === 0) return
  const { rows } = await asProduct(tx, () =>
    sql<{ subject: string } & FeedSays>`
      select distinct on (r.subject_id, l.agency_id) r.subject_id as subject, l.agency_id as agency, f.contact,
        coalesce(l.from_on::timestamptz, l.since) as since
      from noted_record r
      join belonging b on b.partnership_id = r.partnership_id and b.record_id = r.id and b.to_at is null
      join belonging o on o.partnership_id = b.partnership_id and o.known_id = b.known_id and o.to_at is null
      join noted_record n on n.partnership_id = o.partnership_id and n.id = o.record_id and n.withdrawn_at is null
      join fed_person l on l.partnership_id = n.partnership_id and l.id = n.fed_id and l.ended_at is null
      join feed f on f.partnership_id = l.partnership_id and f.id = l.feed_id
      where r.partnership_id = ${viewer.partnership} and r.subject_id = any (${people}::uuid[]) and r.withdrawn_at is null
      order by r.subject_id, l.agency_id, coalesce(l.from_on::timestamptz, l.since), f.id`.execute(tx),
  )
  const says = Map.groupBy(rows, ({ subject }) => subject)
  for (const person of people) await feedInvolvement(tx, viewer, person, says.get(person) ?? [], at)
}

/** What a reader is told of an entry of somebody's list: all of it where it is their own agency's, else whom to ask. */
export type Listed = { own: boolean; contacts: { agency: string; contact: string; since: Date }[] }

/** As far as the agreement lets this reader hear of the agencies whose lists these are. */
export const listedFor = async (
  tx: Tx,
  worker: StaffViewer,
  entries: readonly string[],
  now: Date,
): Promise<Map<string, Listed>> => {
  if (entries.length === 0) return new Map()
  const { partnership } = worker
  const { rows } = await asProduct(tx, () =>
    sql<{ id: string; agency: string; contact: string; since: Date }>`
      select l.id, l.agency_id as agency, f.contact, coalesce(l.from_on::timestamptz, l.since) as since
      from fed_person l join feed f on f.partnership_id = l.partnership_id and f.id = l.feed_id
      where l.partnership_id = ${partnership} and l.id = any (${entries}::uuid[]) and l.ended_at is null`.execute(tx),
  )
  const register = await registerOf(tx, partnership)
  const nobody = { closeness: 0, brokenGlass: false, conflict: false } as const
  const opens = (supplier: string): boolean =>
    waysTo(register, worker, { supplier, dataClass: 'D2', age: 'unknown', handling: 0 }, nobody, now).open.length > 0
  return new Map(
    rows.map(({ id, agency, contact, since }) => [
      id,
      { own: agency === worker.agency, contacts: opens(agency) ? [{ agency, contact, since }] : [] },
    ]),
  )
}
