import { sql, type RawBuilder } from 'kysely'
import type { Tx } from '../platform/index.ts'
import { newId } from '../platform/index.ts'
import type { Known } from './look-up.ts'
import { models } from './model.ts'
import type { Kind, Standard } from './standard.ts'
import { weigh } from './weigh.ts'

/** So many of the likeliest are proposed for one record: nobody reads a list of five hundred. */
const most_proposed = 12

/** A record that is looked at, and what may be the same. */
export type Looked = { id: string; kind: Kind; agency_id: string; standard: Standard; candidates: readonly Known[] }

type Found = {
  a: string
  b: string
  kind: Kind
  agency: string
  weight: number
  band: string
  version: string
  steps: object
}

/**
 * Weighs what was found and writes the pairs that are worth somebody's minute. What was refused is never proposed again,
 * nor is what is joined already; a pair that stands there unanswered is weighed anew.
 * @param kept `modelsKept`
 * @returns how many are new or weigh differently
 */
export const propose = async (
  tx: Tx,
  partnership: string,
  looked: readonly Looked[],
  kept: ReadonlySet<string>,
  at: Date,
): Promise<number> => {
  const found = new Map<string, Found>()
  for (const { id, kind, candidates, standard } of looked) {
    if (candidates.length === 0) continue
    const weighed = weigh(
      standard,
      candidates.map((candidate) => candidate.standard),
    )
    const likeliest = candidates
      .map((candidate, i) => ({ candidate, ...weighed[i]! }))
      .filter(({ band }) => band !== 'below')
      .sort((x, y) => y.weight - x.weight || (x.candidate.id < y.candidate.id ? -1 : 1))
      .slice(0, most_proposed)
    for (const { candidate, weight, band, version, steps } of likeliest) {
      const [a, b] = id < candidate.id ? [id, candidate.id] : [candidate.id, id]
      found.set(`${a} ${b}`, { a, b, kind, agency: candidate.agency_id, weight, band, version, steps: steps() })
    }
  }
  if (found.size === 0) return 0
  const versions = [...found.values()].map(({ version }) => version)
  await keepModels(tx, partnership, new Set(versions.filter((version) => !kept.has(version))), at)
  const pairs = [...found.values()].map((pair) => ({ id: newId(), ...pair }))
  const { rows } = await sql`
    insert into proposal (partnership_id, id, kind, a_id, b_id, agency_id, weight, band, model_version, steps, made_at)
    select ${partnership}, p.id, p.kind, p.a, p.b, p.agency, p.weight, p.band, p.version, p.steps, ${at}
    from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as p (id uuid, kind text, a uuid, b uuid, agency uuid,
      weight double precision, band text, version text, steps jsonb)
    cross join lateral (select ${knownAs(partnership, sql`p.a`)} as known_id offset 0) x
    cross join lateral (select ${knownAs(partnership, sql`p.b`)} as known_id offset 0) y
    where x.known_id is distinct from y.known_id and not ${apart(partnership)}
    on conflict (partnership_id, a_id, b_id) do update
      set weight = excluded.weight, band = excluded.band, model_version = excluded.model_version, steps = excluded.steps
      where proposal.settled_at is null
        and (proposal.weight, proposal.model_version) is distinct from (excluded.weight, excluded.model_version)
    returning id`.execute(tx)
  return rows.length
}

/** Looked up for each of the few: joined, the planner takes them for a hundred and reads everything that belongs anywhere. */
const knownAs = (partnership: string, record: RawBuilder<unknown>) => sql`(
  select b.known_id from belonging b where b.partnership_id = ${partnership} and b.record_id = ${record} and b.to_at is null)`

/** Whether somebody said of the two known ones (x, y) that they are not the same, and it stands. */
const apart = (partnership: string) => {
  const stands = sql`d.partnership_id = ${partnership} and d.answer = 'different' and d.undone_at is null and d.contradicts_id is null`
  return sql<boolean>`exists (
    select from belonging u
    cross join lateral (
      select d.b_id as record from join_decision d where ${stands} and d.a_id = u.record_id
      union all select d.a_id from join_decision d where ${stands} and d.b_id = u.record_id offset 0) other
    where u.partnership_id = ${partnership} and u.to_at is null and u.known_id = x.known_id
      and ${knownAs(partnership, sql`other.record`)} = y.known_id)`
}

/** The versions of the models that are kept already. */
export const modelsKept = async (tx: Tx, partnership: string): Promise<ReadonlySet<string>> => {
  const { rows } = await sql<{ version: string }>`
    select version from match_model where partnership_id = ${partnership}`.execute(tx)
  return new Set(rows.map(({ version }) => version))
}

/** Keeps each model that something was proposed by, so that it can be worked out again when another has come. */
const keepModels = async (tx: Tx, partnership: string, versions: ReadonlySet<string>, at: Date): Promise<void> => {
  for (const { version, kind, spec } of models())
    if (versions.has(version))
      await tx
        .insertInto('match_model')
        .values({ partnership_id: partnership, version, kind, spec: JSON.stringify(spec), used_since: at })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
}
