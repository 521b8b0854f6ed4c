import { sql } from 'kysely'
import { type Tx, type Viewer } from '../platform/index.ts'

/** One in so many pairs is asked about again. */
const one_in = 10
/** Of fewer nothing is said: neither would it mean much, nor should it point at anybody's case. */
export const least_checked = 10

/**
 * Draws the pairs that somebody else is asked about without hearing what was answered: of those that were answered, and of
 * those that count as nearly certain and were not. Each is drawn once, by the seed, so that its share is known.
 * @param share of all pairs, from 0 to 1
 * @returns how many were drawn now. Runs as the product.
 */
export const drawSample = async (
  tx: Tx,
  partnership: string,
  at: Date,
  { seed = partnership, share = 1 / one_in }: { seed?: string; share?: number } = {},
): Promise<number> => {
  const { rows } = await sql`
    insert into pair_question (partnership_id, id, a_id, b_id, agency_id, reason, band, share, decision_id, asked_at)
    select p.partnership_id, gen_random_uuid(), p.a_id, p.b_id, p.agency_id, 'sample', p.band, ${share}, d.id, ${at}
    from proposal p
    left join join_decision d on d.partnership_id = p.partnership_id and d.a_id = p.a_id and d.b_id = p.b_id
      and d.answer <> 'not sure' and d.undone_at is null and d.contradicts_id is null
    where p.partnership_id = ${partnership} and (d.id is not null or p.band = 'strong' and p.settled_at is null)
      and ('x' || substr(md5(${seed} || coalesce(d.id, p.id)), 1, 7))::bit(28)::int < ${share}::float8 * 268435456
      and not exists (select from pair_question q where q.partnership_id = p.partnership_id and q.a_id = p.a_id
        and q.b_id = p.b_id and q.reason = 'sample' and (q.closed_at is null or q.decision_id is not distinct from d.id))
    returning id`.execute(tx)
  return rows.length
}

export type Interval = { share: number; low: number; high: number }

/**
 * Wilson's interval of a share at 95%: Wilson, "Probable inference", JASA 22 (1927). With weighted answers `n` is their
 * effective number, (sum of weights)² / sum of squares (Kish 1965).
 */
export const wilson = (share: number, n: number, z = 1.959964): Interval => {
  const middle = (share + (z * z) / (2 * n)) / (1 + (z * z) / n)
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))
  return { share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) }
}

type Counted = {
  band: 'strong' | 'look'
  n: number
  weight: number
  squares: number
  same: number
  same_squares: number
}

/** Works out from a year's blind answers how well it works, and keeps it for this month. Runs as the product. */
export const measureQuality = async (tx: Tx, partnership: string, at: Date): Promise<void> => {
  const { rows } = await sql<Counted>`
    select q.band, count(*)::int as n, sum(1 / q.share) as weight, sum(1 / q.share ^ 2) as squares,
      coalesce(sum(1 / q.share) filter (where s.answer = 'same'), 0) as same,
      coalesce(sum(1 / q.share ^ 2) filter (where s.answer = 'same'), 0) as same_squares
    from pair_question q join pair_answer s on s.partnership_id = q.partnership_id and s.question_id = q.id
    where q.partnership_id = ${partnership} and q.reason = 'sample' and s.answer <> 'not sure'
      and s.at > ${at}::timestamptz - interval '1 year' and s.at <= ${at} group by q.band`.execute(tx)
  const sum = (of: (one: Counted) => number): number => rows.reduce((total, one) => total + of(one), 0)
  const alike = { weight: sum(({ same }) => same), squares: sum(({ same_squares }) => same_squares) }
  for (const band of ['strong', 'look'] as const) {
    const of = rows.find((one) => one.band === band)
    const told = of && of.n >= least_checked ? of : undefined
    const same = told && wilson(told.same / told.weight, told.weight ** 2 / told.squares)
    const found =
      told && sum(({ n }) => n) >= least_checked && alike.weight > 0
        ? wilson(told.same / alike.weight, alike.weight ** 2 / alike.squares)
        : undefined
    const kept = {
      checked: told?.n ?? null,
      same: same?.share ?? null,
      same_low: same?.low ?? null,
      same_high: same?.high ?? null,
      found: found?.share ?? null,
      found_low: found?.low ?? null,
      found_high: found?.high ?? null,
      measured_at: at,
    }
    await tx
      .insertInto('match_quality')
      .values({ partnership_id: partnership, month: `${at.toISOString().slice(0, 7)}-01`, band, ...kept })
      .onConflict((conflict) => conflict.columns(['partnership_id', 'month', 'band']).doUpdateSet(kept))
      .execute()
  }
}

/** What was measured, the newest first: two years of months. For anyone. */
export const qualityKept = async (tx: Tx, viewer: Viewer) =>
  tx
    .selectFrom('match_quality')
    .selectAll()
    .select(sql<string>`month::text`.as('month_text'))
    .where('partnership_id', '=', viewer.partnership)
    .orderBy('month', 'desc')
    .orderBy('band', 'desc')
    .limit(48)
    .execute()
