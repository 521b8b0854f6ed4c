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
      -- From the few people outwards: without statistics the planner starts from every entry of every list.
      with known_as as materialized (
        select distinct r.subject_id, b.known_id from noted_record r
        join belonging b on b.partnership_id = r.partnership_id and b.record_id = r.id and b.to_at is null
        where r.partnership_id = ${viewer.partnership} and r.subject_id = any (${people}::uuid[]) and r.withdrawn_at is null),
      together as materialized (
        select k.subject_id, o.record_id from known_as k cross join lateral (select record_id from belonging
          where partnership_id = ${viewer.partnership} and known_id = k.known_id and to_at is null offset 0) o),
      entry as materialized (
        select t.subject_id, n.fed_id from together t cross join lateral (select fed_id from noted_record
          where partnership_id = ${viewer.partnership} and id = t.record_id and withdrawn_at is null offset 0) n
        where n.fed_id is not null)
      select distinct on (e.subject_id, l.agency_id) e.subject_id as subject, l.agency_id as agency, f.contact,
        coalesce(l.from_on::timestamptz, l.since) as since
      from entry e
      join fed_person l on l.partnership_id = ${viewer.partnership} and l.id = e.fed_id and l.ended_at is null
      join feed f on f.partnership_id = l.partnership_id and f.id = l.feed_id
      order by e.subject_id, l.agency_id, coalesce(l.from_on::timestamptz, l.since), f.id`.execute(tx),
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
