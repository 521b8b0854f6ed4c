import { sql } from 'kysely'
import type { Tx } from '../platform/index.ts'
import { newId } from '../platform/index.ts'
import type { Known } from './look-up.ts'
import { exactModel, personModel } from './model.ts'
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
 * @returns how many are new or weigh differently
 */
export const propose = async (tx: Tx, partnership: string, looked: readonly Looked[], at: Date): Promise<number> => {
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
      found.set(`${a} ${b}`, { a, b, kind, agency: candidate.agency_id, weight, band, version, steps })
    }
  }
  if (found.size === 0) return 0
  await keepModels(tx, partnership, new Set([...found.values()].map(({ version }) => version)), at)
  const pairs = [...found.values()].map((pair) => ({ id: newId(), ...pair }))
  const { rows } = await sql`
    insert into proposal (partnership_id, id, kind, a_id, b_id, agency_id, weight, band, model_version, steps, made_at)
    select ${partnership}, p.id, p.kind, p.a, p.b, p.agency, p.weight, p.band, p.version, p.steps, ${at}
    from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as p (id uuid, kind text, a uuid, b uuid, agency uuid,
      weight double precision, band text, version text, steps jsonb)
    left join belonging x on x.partnership_id = ${partnership} and x.record_id = p.a and x.to_at is null
    left join belonging y on y.partnership_id = ${partnership} and y.record_id = p.b and y.to_at is null
    where x.known_id is distinct from y.known_id and not ${apart(partnership)}
    on conflict (partnership_id, a_id, b_id) do update
      set weight = excluded.weight, band = excluded.band, model_version = excluded.model_version, steps = excluded.steps
      where proposal.settled_at is null
        and (proposal.weight, proposal.model_version) is distinct from (excluded.weight, excluded.model_version)
    returning id`.execute(tx)
  return rows.length
}

/** Whether somebody said of the two known ones (x, y) that they are not the same, and it stands. */
export const apart = (partnership: string) => sql<boolean>`exists (
  select from belonging u
  join join_decision d on d.partnership_id = u.partnership_id and u.record_id in (d.a_id, d.b_id)
    and d.answer = 'different' and d.undone_at is null and d.contradicts_id is null
  join belonging v on v.partnership_id = u.partnership_id and v.to_at is null
    and v.record_id = case when u.record_id = d.a_id then d.b_id else d.a_id end
  where u.partnership_id = ${partnership} and u.to_at is null and u.known_id = x.known_id and v.known_id = y.known_id)`

/** Keeps each model that something was proposed by, so that it can be worked out again when another has come. */
const keepModels = async (tx: Tx, partnership: string, versions: ReadonlySet<string>, at: Date): Promise<void> => {
  const { rows } = await sql<{ version: string }>`
    select version from match_model where partnership_id = ${partnership}`.execute(tx)
  const kept = new Set(rows.map(({ version }) => version))
  for (const { version, kind, spec } of [personModel(), exactModel])
    if (versions.has(version) && !kept.has(version))
      await tx
        .insertInto('match_model')
        .values({ partnership_id: partnership, version, kind, spec: JSON.stringify(spec), used_since: at })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
}
