import { sql } from 'kysely'
import { isId, type Tx } from '../../../platform/index.ts'
import type { Citing, Evidence, EvidenceKind, Fit, LocalFit } from './evidence.ts'

const columns = sql`id, kind, title, source, link, year, summary, strength, added_by, added_at`

export type Listed = Evidence & { fit: Fit | null; cited: number }

/** The partnership's evidence, the newest first, each with the latest word on how it fits and how often it was cited. */
export const evidenceOf = async (tx: Tx, partnership: string, kind?: EvidenceKind): Promise<Listed[]> => {
  const { rows } = await sql<Listed>`select ${columns},
      (select f.fit from evidence_fit f where f.partnership_id = e.partnership_id and f.evidence_id = e.id
        order by f.said_at desc, f.id limit 1) as fit,
      (select count(*)::int from decision_evidence c where c.partnership_id = e.partnership_id and c.evidence_id = e.id) as cited
    from evidence e where e.partnership_id = ${partnership} and (${kind ?? null}::text is null or e.kind = ${kind ?? null})
    order by e.year desc, e.added_at desc, e.id`.execute(tx)
  return rows
}

export const evidenceWith = async (tx: Tx, partnership: string, id: string): Promise<Evidence | undefined> => {
  if (!isId(id)) return undefined
  const { rows } = await sql<Evidence>`select ${columns} from evidence
    where partnership_id = ${partnership} and id = ${id}`.execute(tx)
  return rows[0]
}

export const fitsOf = async (tx: Tx, partnership: string, evidence: string): Promise<LocalFit[]> => {
  const { rows } = await sql<LocalFit>`select fit, words, according_to, said_by, said_at from evidence_fit
    where partnership_id = ${partnership} and evidence_id = ${evidence} order by said_at desc, id`.execute(tx)
  return rows
}

/** The decisions that cite it, the latest first. */
export const citingOf = async (tx: Tx, partnership: string, evidence: string): Promise<Citing[]> => {
  const { rows } = await sql<Citing>`select d.programme_id, p.name, d.outcome, d.decided_on::text as decided_on
    from decision_evidence c
    join programme_decision d on d.partnership_id = c.partnership_id and d.id = c.decision_id
    join programme p on p.partnership_id = d.partnership_id and p.id = d.programme_id
    where c.partnership_id = ${partnership} and c.evidence_id = ${evidence}
    order by d.decided_on desc, d.id`.execute(tx)
  return rows
}
