import { sql } from 'kysely'
import { asProduct, isId, type Tx } from '../../../platform/index.ts'
import type { FindingTried, Observation, OutcomeWritten, Trial, Use } from './trial.ts'

const trial = sql`a.id, a.trying, a.hypothesis, a.starts_on::text as starts_on, a.adopted_by, a.adopted_at,
  case when f.id is not null then jsonb_build_object('words', f.words, 'strength', f.strength, 'number', f.number,
    'area', e.area, 'title', e.title, 'slug', e.slug) end as finding,
  o.owner_id as owner, coalesce((select n.agreed from adoption_naming n where n.partnership_id = a.partnership_id
    and n.adoption_id = a.id order by n.said_at desc, n.id limit 1), false) as named,
  coalesce((select r.outcome from adoption_outcome r where r.partnership_id = a.partnership_id and r.adoption_id = a.id
    order by r.decided_on desc, r.written_at desc, r.id limit 1), 'trying') as state`
const from = sql`from adoption a
  join adoption_owner o on o.partnership_id = a.partnership_id and o.adoption_id = a.id and o.ended_at is null
  left join library_finding f on f.partnership_id = a.finding_partnership_id and f.id = a.finding_id
  left join library_entry e on e.partnership_id = f.partnership_id and e.id = f.entry_id`

/** What the partnership tries, as far as the viewer may read it; those that nothing came of yet first. */
export const trialsOf = async (tx: Tx, partnership: string, owner?: string): Promise<Trial[]> => {
  const { rows } = await sql<Trial>`select * from (select ${trial} ${from} where a.partnership_id = ${partnership}
      and (${owner ?? null}::uuid is null or o.owner_id = ${owner ?? null})) t
    order by t.state = 'trying' desc, t.starts_on desc, t.id`.execute(tx)
  return rows
}

export const trialWith = async (tx: Tx, partnership: string, id: string): Promise<Trial | undefined> => {
  if (!isId(id)) return undefined
  const { rows } =
    await sql<Trial>`select ${trial} ${from} where a.partnership_id = ${partnership} and a.id = ${id}`.execute(tx)
  return rows[0]
}

export const observationsOf = async (tx: Tx, partnership: string, id: string): Promise<Observation[]> => {
  const { rows } = await sql<Observation>`select seen_on::text as seen_on, words, written_by, written_at
    from adoption_observation where partnership_id = ${partnership} and adoption_id = ${id}
    order by adoption_observation.seen_on, written_at, id`.execute(tx)
  return rows
}

/** What came of it, the latest first. */
export const outcomesOf = async (tx: Tx, partnership: string, id: string): Promise<OutcomeWritten[]> => {
  const { rows } =
    await sql<OutcomeWritten>`select outcome, why, told, decided_on::text as decided_on, written_by, written_at
    from adoption_outcome where partnership_id = ${partnership} and adoption_id = ${id}
    order by adoption_outcome.decided_on desc, written_at desc, id`.execute(tx)
  return rows
}

export type FindingThere = FindingTried & { id: string; partnership: string }

/** A finding of the library, whoever's it is. */
export const findingWith = async (tx: Tx, id: string): Promise<FindingThere | undefined> => {
  if (!isId(id)) return undefined
  const { rows } = await sql<FindingThere>`select f.id, f.partnership_id as partnership, f.words, f.strength, f.number,
      e.area, e.title, e.slug
    from library_finding f join library_entry e on e.partnership_id = f.partnership_id and e.id = f.entry_id
    where f.id = ${id}`.execute(tx)
  return rows[0]
}

/** Where findings were taken up and what came of it, as anybody may know it, by finding; the first to take it up first. */
export const usesOf = async (tx: Tx, findings: readonly string[]): Promise<Map<string, Use[]>> => {
  const { rows } = await sql<Use & { finding_id: string }>`select finding_id, area, state, told, since::text as since
    from finding_use where finding_id = any(${findings}::uuid[]) order by finding_use.since, id`.execute(tx)
  return Map.groupBy(rows, ({ finding_id }) => finding_id)
}

export type UseOfOurs = Use & Pick<FindingTried, 'words' | 'slug' | 'number' | 'title'> & { finding_id: string }

/** Findings that this partnership wrote and others took up. */
export const usesOfOurs = async (tx: Tx, partnership: string): Promise<UseOfOurs[]> => {
  const { rows } = await sql<UseOfOurs>`select u.finding_id, u.area, u.state, u.told, u.since::text as since,
      f.words, f.number, e.slug, e.title
    from finding_use u join library_finding f on f.partnership_id = u.partnership_id and f.id = u.finding_id
    join library_entry e on e.partnership_id = f.partnership_id and e.id = f.entry_id
    where u.partnership_id = ${partnership} order by e.title, f.number, u.since, u.id`.execute(tx)
  return rows
}

/** The address of a finding in the library. */
export const findingHref = ({ slug, number }: Pick<FindingTried, 'slug' | 'number'>): string =>
  `/library/${slug}/findings/${number}`

/** How many trials would be without an owner, if this account or everybody of this agency left. */
export const trialsLeft = (
  tx: Tx,
  partnership: string,
  whose: { account: string } | { agency: string },
): Promise<number> =>
  asProduct(tx, async () => {
    const theirs = 'account' in whose ? sql`c.id = ${whose.account}` : sql`c.agency_id = ${whose.agency}`
    const { rows } = await sql<{ left: number }>`select count(*)::int as left from adoption_owner o
      join account c on c.partnership_id = o.partnership_id and c.id = o.owner_id
      where o.partnership_id = ${partnership} and o.ended_at is null and ${theirs} and not exists (select from adoption_outcome r
        where r.partnership_id = o.partnership_id and r.adoption_id = o.adoption_id)`.execute(tx)
    return rows[0]!.left
  })
