import { sql } from 'kysely'
import { isId, type Tx } from '../../../platform/index.ts'
import type { Decision, Programme, Standing } from './decision.ts'

/** The partnership's programmes with the decision that stands of each, those to look at again first. */
export const programmesOf = async (tx: Tx, partnership: string): Promise<Standing[]> => {
  const { rows } = await sql<Standing>`select p.id, p.name, p.about, p.entered_by, p.entered_at, d.outcome,
      d.decided_on::text as decided_on, d.review_on::text as review_on
    from programme p left join lateral (select outcome, decided_on, review_on from programme_decision d
      where d.partnership_id = p.partnership_id and d.programme_id = p.id
      order by d.decided_on desc, d.written_at desc, d.id limit 1) d on true
    where p.partnership_id = ${partnership}
    order by d.review_on nulls first, p.name, p.id`.execute(tx)
  return rows
}

export const programmeWith = async (tx: Tx, partnership: string, id: string): Promise<Programme | undefined> => {
  if (!isId(id)) return undefined
  const { rows } = await sql<Programme>`select id, name, about, entered_by, entered_at from programme
    where partnership_id = ${partnership} and id = ${id}`.execute(tx)
  return rows[0]
}

/** What was decided of it, the latest first. */
export const decisionsOf = async (tx: Tx, partnership: string, programme: string): Promise<Decision[]> => {
  const { rows } =
    await sql<Decision>`select id, outcome, alternatives, why, decided_by, decided_on::text as decided_on,
      care, boundary, curiosity, review_on::text as review_on, written_by, written_at
    from programme_decision where partnership_id = ${partnership} and programme_id = ${programme}
    order by programme_decision.decided_on desc, written_at desc, id`.execute(tx)
  return rows
}

export type CitedEvidence = {
  decision_id: string
  id: string
  title: string
  strength: string
  source: string
  year: number
}

/** What these decisions cite of the partnership's evidence. */
export const evidenceCited = async (
  tx: Tx,
  partnership: string,
  decisions: readonly string[],
): Promise<CitedEvidence[]> => {
  const { rows } = await sql<CitedEvidence>`select c.decision_id, e.id, e.title, e.strength, e.source, e.year
    from decision_evidence c join evidence e on e.partnership_id = c.partnership_id and e.id = c.evidence_id
    where c.partnership_id = ${partnership} and c.decision_id = any(${decisions}::uuid[]) order by e.title, e.id`.execute(
    tx,
  )
  return rows
}

export type CitedFinding = { decision_id: string; id: string; words: string; area: string }

/** And of findings that it tries, as far as they still stand in the library. */
export const findingsCited = async (
  tx: Tx,
  partnership: string,
  decisions: readonly string[],
): Promise<CitedFinding[]> => {
  const { rows } = await sql<CitedFinding>`select c.decision_id, a.id, f.words, e.area
    from decision_finding c join adoption a on a.partnership_id = c.partnership_id and a.id = c.adoption_id
    join library_finding f on f.partnership_id = a.finding_partnership_id and f.id = a.finding_id
    join library_entry e on e.partnership_id = f.partnership_id and e.id = f.entry_id
    where c.partnership_id = ${partnership} and c.decision_id = any(${decisions}::uuid[]) order by f.words, a.id`.execute(
    tx,
  )
  return rows
}
