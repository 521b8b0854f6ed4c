import { sql } from 'kysely'
import type { Keys, Tx } from '../../platform/index.ts'
import { openRows } from '../sealed.ts'
import {
  questions,
  type Closure,
  type ContextAssessment,
  type Guardian,
  type Link,
  type PersonIn,
  type Question,
  type Said,
  type Spot,
} from './context.ts'

/*
 * Everything here is read under the row-level security of whoever asks; a context's key opens the words.
 */
type Of = readonly [tx: Tx, keys: Keys, partnership: string, subject: string]
type Sealed<T, C extends keyof T & string> = Omit<T, C> & { key_id: string } & Record<`${C}_sealed`, Buffer | null>

/** What is known of it, the latest first: that one counts. */
export const assessmentsIn = async (...[tx, keys, partnership, subject]: Of): Promise<ContextAssessment[]> => {
  const { rows } = await sql<Sealed<ContextAssessment, Question> & { id: string }>`
    select id, happens_sealed, times_sealed, harmed_sealed, watched_sealed, easy_sealed, protects_sealed, unknown_sealed,
      key_id, agency_id, review_on::text as review_on, assessed_by, assessed_at from context_assessment
    where partnership_id = ${partnership} and subject_id = ${subject} order by assessed_at desc, id desc limit 20`.execute(
    tx,
  )
  return openRows(tx, keys, partnership, { table: 'context_assessment', columns: questions }, rows)
}

/** Who looks after it, and who did before. */
export const guardiansOf = async (...[tx, keys, partnership, subject]: Of): Promise<Guardian[]> => {
  const columns = ['role', 'elsewhere', 'contact', 'does'] as const
  const { rows } = await sql<Sealed<Guardian, (typeof columns)[number]> & { id: string }>`
    select id, role_sealed, elsewhere_sealed, contact_sealed, does_sealed, key_id, at_agency_id, ended_at
    from context_guardian where partnership_id = ${partnership} and subject_id = ${subject} order by named_at, id`.execute(
    tx,
  )
  return openRows(tx, keys, partnership, { table: 'context_guardian', columns }, rows)
}

/** The spots of its map in the order of the sketch's fields, each with what is said of it, the latest first. */
export const spotsOf = async (...[tx, keys, partnership, subject]: Of): Promise<Spot[]> => {
  const { rows } = await sql<Omit<Spot, 'said' | 'name'> & { key_id: string; name_sealed: Buffer }>`
    select id, name_sealed, key_id, cell from context_spot
    where partnership_id = ${partnership} and subject_id = ${subject} order by added_at, id`.execute(tx)
  const columns = ['times', 'words'] as const
  const { rows: told } = await sql<Sealed<Said, (typeof columns)[number]> & { id: string }>`
    select id, spot_id, who, feels, times_sealed, words_sealed, key_id, said_on::text as said_on from context_spot_said
    where partnership_id = ${partnership} and subject_id = ${subject} order by said_on desc, kept_at desc, id`.execute(
    tx,
  )
  const spots = await openRows(tx, keys, partnership, { table: 'context_spot', columns: ['name'] as const }, rows)
  const said = await openRows(tx, keys, partnership, { table: 'context_spot_said', columns }, told)
  return spots.map((spot) => ({ ...spot, said: said.filter(({ spot_id }) => spot_id === spot.id) }))
}

/** Concerns that somebody said are about it, of all that were; which of them a viewer reads is asked of the concerns. */
export const linksOf = async (tx: Tx, partnership: string, subject: string): Promise<Link[]> => {
  const { rows } = await sql<Link>`select id, concern_id, linked_by, linked_at from context_concern
    where partnership_id = ${partnership} and subject_id = ${subject} and undone_at is null order by linked_at desc, id`.execute(
    tx,
  )
  return rows
}

/** Who is tied to it on a day: for its circle alone, and each by a link that has not ended. */
export const peopleIn = async (...[tx, keys, partnership, subject, today]: [...Of, string]): Promise<PersonIn[]> => {
  const { rows } = await sql<Sealed<PersonIn, 'why'> & { id: string }>`select id, person_id, part, why_sealed, key_id,
      until_on::text as until_on, linked_at from context_person
    where partnership_id = ${partnership} and subject_id = ${subject} and ended_at is null and until_on >= ${today}::date
    order by linked_at, id`.execute(tx)
  return openRows(tx, keys, partnership, { table: 'context_person', columns: ['why'] as const }, rows)
}

/** Its closures, the latest first: one that has not ended stands. */
export const closuresIn = async (...[tx, keys, partnership, subject]: Of): Promise<Closure[]> => {
  const columns = ['why', 'used', 'signs'] as const
  const { rows } = await sql<Sealed<Closure, (typeof columns)[number]> & { id: string }>`
    select id, why_sealed, used_sealed, signs_sealed, key_id, closed_at, ended_at from context_closure
    where partnership_id = ${partnership} and subject_id = ${subject} order by closed_at desc, id`.execute(tx)
  return openRows(tx, keys, partnership, { table: 'context_closure', columns }, rows)
}

/** Which of these stand closed, so far as the product knows: for a list that says so and nothing more. */
export const closedAmong = async (tx: Tx, partnership: string, subjects: readonly string[]): Promise<Set<string>> => {
  const { rows } = await sql<{ id: string }>`select subject_id as id from context_closure
    where partnership_id = ${partnership} and subject_id = any(${subjects}::uuid[]) and ended_at is null`.execute(tx)
  return new Set(rows.map(({ id }) => id))
}

/**
 * The contexts that somebody is tied to on a day; the caller asks which of them exist for the viewer. A tie is for the
 * circle of either: whoever is in the person's reads it from the person, whoever is in the context's from there.
 */
export const contextsOfPerson = async (
  tx: Tx,
  partnership: string,
  person: string,
  today: string,
): Promise<{ subject_id: string; until_on: string }[]> => {
  const { rows } = await sql<{ subject_id: string; until_on: string }>`select subject_id, until_on::text as until_on
    from context_person where partnership_id = ${partnership} and person_id = ${person} and ended_at is null
      and until_on >= ${today}::date order by linked_at, id`.execute(tx)
  return rows
}
