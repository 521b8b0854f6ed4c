import { asProduct, inTransaction, newId, record, type Db, type StaffViewer, type Tx } from '../../../platform/index.ts'
import type { Cited, DecisionSaid } from './decision.ts'

/** A programme that somebody will decide about. @returns its id */
export const enterProgramme = (
  db: Db | Tx,
  viewer: StaffViewer,
  said: { name: string; about: string },
  at: Date,
): Promise<string> =>
  inTransaction(db, (tx) =>
    asProduct(tx, async () => {
      const id = newId()
      await tx
        .insertInto('programme')
        .values({
          partnership_id: viewer.partnership,
          id,
          agency_id: viewer.agency,
          ...said,
          entered_by: viewer.staff,
          entered_at: at,
        })
        .execute()
      await record(tx, viewer, 'programme entered', { kind: 'programme', id })
      return id
    }),
  )

/** Writes down what was decided of a programme, by what, and when it is looked at again. Earlier decisions stay beside it. */
export const decideProgramme = (
  db: Db | Tx,
  viewer: StaffViewer,
  programme: string,
  { said, cited }: { said: DecisionSaid; cited: Cited },
  at: Date,
): Promise<string> =>
  inTransaction(db, (tx) =>
    asProduct(tx, async () => {
      const id = newId()
      const of = { partnership_id: viewer.partnership }
      await tx
        .insertInto('programme_decision')
        .values({
          ...of,
          id,
          programme_id: programme,
          agency_id: viewer.agency,
          ...said,
          written_by: viewer.staff,
          written_at: at,
        })
        .execute()
      if (cited.evidence.length > 0)
        await tx
          .insertInto('decision_evidence')
          .values(cited.evidence.map((evidence_id) => ({ ...of, decision_id: id, evidence_id })))
          .execute()
      if (cited.findings.length > 0)
        await tx
          .insertInto('decision_finding')
          .values(cited.findings.map((adoption_id) => ({ ...of, decision_id: id, adoption_id })))
          .execute()
      const about = { kind: 'programme', id: programme }
      await record(tx, viewer, 'programme decided', about, { decision: id, outcome: said.outcome })
      return id
    }),
  )
