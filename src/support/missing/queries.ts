import { sql } from 'kysely'
import { asProduct, isId, NotFound, type Keys, type Tx } from '../../platform/index.ts'
import { openRows } from '../sealed.ts'
import type { Episode, Grade, GradeSaid, Link, Offer, Return, Talk } from './missing.ts'

type Sealed<T, C extends string> = Omit<T, C> & { key_id: string } & Record<`${C}_sealed`, Buffer | null>

const episodeWords = ['reported_by', 'seen_by', 'seen_where', 'clothing', 'place', 'what'] as const

/** The episodes of a person that this viewer may see, the latest first; or one of them. */
export const episodesOf = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  subject: string,
  only?: string,
): Promise<Episode[]> => {
  const { rows } = await sql<Sealed<Episode, (typeof episodeWords)[number]>>`
    select id, agency_id, started_at, reported_at, reported_by_sealed, seen_at, seen_by_sealed, seen_where_sealed, clothing_sealed,
      place_sealed, what_sealed, looked_after, absence, out_of_county, exploitation, key_id, entered_by, entered_at, ended_at
    from missing_episode where partnership_id = ${partnership} and subject_id = ${subject}
      and (${only === undefined} or id = ${only && isId(only) ? only : null}::uuid)
    order by started_at desc, id`.execute(tx)
  return openRows(tx, keys, partnership, { table: 'missing_episode', columns: episodeWords }, rows)
}

/** One episode of this person. @throws {NotFound} */
export const episodeFor = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  subject: string,
  id: string | undefined,
): Promise<Episode> => {
  const [found] = await episodesOf(tx, keys, partnership, subject, id ?? '')
  if (!found) throw new NotFound()
  return found
}

export type Whole = {
  grades: GradeSaid[]
  links: Link[]
  back: Return | undefined
  offers: Offer[]
  talks: Talk[]
}

/** All that belongs to one episode, the latest grade and the first of everything else first. */
export const wholeOf = async (tx: Tx, keys: Keys, partnership: string, episode: string): Promise<Whole> => {
  const of = sql`partnership_id = ${partnership} and episode_id = ${episode}`
  const open = <T, C extends string>(table: string, words: readonly C[], columns: string, order: string) =>
    rowsOf<T, C>(tx, keys, partnership, { table, words, columns, where: of, order })
  const grades = await open<GradeSaid, 'reference' | 'why'>(
    'missing_grade',
    ['reference', 'why'],
    'grade, entered_by, entered_at',
    'entered_at desc',
  )
  const links = await open<Link, 'words'>('missing_link', ['words'], 'kind', 'entered_at')
  const [back] = await open<Return, 'where' | 'by' | 'how' | 'well_words'>(
    'missing_return',
    ['where', 'by', 'how', 'well_words'],
    'prevention, well',
    'entered_at',
  )
  const offers = await open<Offer, 'offered_by' | 'spoke' | 'carer' | 'why'>(
    'missing_offer',
    ['offered_by', 'spoke', 'carer', 'why'],
    'offered_at, independent, answer, again_on::text as again_on',
    'offered_at',
  )
  const talks = await open<Talk, (typeof talkWords)[number]>(
    'missing_talk',
    talkWords,
    'held_at, independent',
    'held_at',
  )
  return { grades, links, back, offers, talks }
}
const talkWords = ['held_by', 'where', 'said', 'push', 'pull', 'harm', 'others', 'actions', 'shared'] as const

const rowsOf = async <T, C extends string>(
  tx: Tx,
  keys: Keys,
  partnership: string,
  asked: { table: string; words: readonly C[]; columns: string; where: ReturnType<typeof sql>; order: string },
): Promise<T[]> => {
  const { table, words, columns, where, order } = asked
  const { rows } = await sql<{ id: string; key_id: string } & Record<`${C}_sealed`, Buffer | null>>`
    select id, key_id, ${sql.raw(columns)}, ${sql.raw(words.map((one) => `${one}_sealed`).join(', '))}
    from ${sql.table(table)} where ${where} order by ${sql.raw(order)}, id`.execute(tx)
  return (await openRows(tx, keys, partnership, { table, columns: words }, rows)) as unknown as T[]
}

/** Of each episode that has ended: when its first conversation was held, and when one is to be offered again. */
export type After = Pick<Episode, 'id' | 'started_at'> & {
  ended_at: Date
  held_at: Date | null
  again_on: string | null
}
export const afterEpisodes = async (tx: Tx, partnership: string, subject: string): Promise<After[]> => {
  const { rows } = await sql<After>`
    select e.id, e.started_at, e.ended_at, t.held_at, o.again_on::text as again_on from missing_episode e
      left join lateral (select min(held_at) as held_at from missing_talk t
        where t.partnership_id = e.partnership_id and t.episode_id = e.id) t on true
      left join lateral (select again_on from missing_offer o where o.partnership_id = e.partnership_id and o.episode_id = e.id
        order by o.offered_at desc, o.id desc limit 1) o on true
    where e.partnership_id = ${partnership} and e.subject_id = ${subject} and e.ended_at is not null
    order by e.started_at desc, e.id`.execute(tx)
  return rows
}

/** How many others, of those whom this viewer may see, were missing from the same place at the same time. */
export const othersMissing = async (tx: Tx, partnership: string, episode: string, now: Date): Promise<number> => {
  const { rows } = await sql<{ count: number }>`
    select count(distinct o.subject_id)::int as count from missing_episode e
      join missing_episode o on o.partnership_id = e.partnership_id and o.place_key = e.place_key and o.subject_id <> e.subject_id
        and o.started_at <= coalesce(e.ended_at, ${now}) and coalesce(o.ended_at, ${now}) >= e.started_at
    where e.partnership_id = ${partnership} and e.id = ${episode}`.execute(tx)
  return rows[0]!.count
}

export type MissingNow = {
  id: string
  subject: string
  supplier: string
  adult_from: string | null
  handling: 0 | 1 | 2
  started_at: Date
  grade: Grade | null
}

/**
 * Everybody who is missing now, the longest first. For the product alone: who of them exists for a viewer is asked of the
 * agreement next.
 */
export const missingNow = (tx: Tx, partnership: string): Promise<MissingNow[]> =>
  asProduct(tx, async () => {
    const { rows } = await sql<MissingNow>`
      select e.id, e.subject_id as subject, e.agency_id as supplier, s.adult_from::text as adult_from,
        greatest(e.handling::int, s.handling::int) as handling, e.started_at, g.grade
      from missing_episode e join subject s on s.partnership_id = e.partnership_id and s.id = e.subject_id
        left join lateral (select grade from missing_grade g where g.partnership_id = e.partnership_id and g.episode_id = e.id
          order by g.entered_at desc, g.id limit 1) g on true
      where e.partnership_id = ${partnership} and e.ended_at is null and s.erased_at is null
      order by e.started_at, e.id limit 500`.execute(tx)
    return rows
  })

/** Whether an assessment or a plan of theirs that this viewer may see says that they may be exploited. */
export const isExploitationKnown = async (tx: Tx, partnership: string, subject: string): Promise<boolean> => {
  const { rows } = await sql<{ known: boolean }>`
    select exists (select from plan where partnership_id = ${partnership} and subject_id = ${subject} and kind like 'exploitation%')
      or exists (select from assessment_finish where partnership_id = ${partnership} and subject_id = ${subject}
        and level in ('emerging', 'significant', 'experiencing')) as known`.execute(tx)
  return rows[0]!.known
}
