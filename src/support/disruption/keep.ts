import { sql } from 'kysely'
import { asProduct, inTransaction, newId, record, type Keys, type StaffViewer, type Tx } from '../../platform/index.ts'
import { partOf } from '../missing/report.ts'
import { rowOf, type Of } from '../plan/write.ts'
import { sealerFor, sealSaid } from '../sealed.ts'
import type { Criminalise, Step } from './disruption.ts'

export type StepSaid = {
  step: Step
  on_date: string
  until_on: string | null
  words: string
  /** What the person says of it, or why they were not asked: each time. */
  person: { view: string } | { unheard: string }
  harmed: string
  criminalise: Criminalise
  criminalise_why: string
}
export type ToolSaid = { tool: string; aim: string; grounds: string; applied_by: string; first: StepSaid }

/** Writes down what is used to stop whoever does the harm, with where it stands. @returns its id */
export const keepDisruption = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  subject: Of,
  { tool, aim, grounds, applied_by, first }: ToolSaid,
  at: Date,
): Promise<string> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const id = newId()
      const { key_id, seal } = await sealerFor(inner, keys, viewer, subject.id, { table: 'disruption', row: id })
      await inner
        .insertInto('disruption')
        .values({
          ...rowOf(viewer, subject, id),
          tool,
          aim_sealed: seal('aim', aim),
          grounds_sealed: seal('grounds', grounds),
          applied_by_sealed: seal('applied_by', applied_by),
          key_id,
          entered_by: viewer.staff,
          entered_at: at,
        })
        .execute()
      await record(inner, viewer, 'disruption written', { kind: 'person', id: subject.id }, { disruption: id, tool })
      await keepStep(inner, viewer, { keys, subject, disruption: id }, first, at)
      return id
    }),
  )

/** The next step of it. The questions of the first are asked again. */
export const keepStep = (
  tx: Tx,
  viewer: StaffViewer,
  { keys, subject, disruption }: { keys: Keys; subject: Of; disruption: string },
  { step, on_date, until_on, words, person, harmed, criminalise, criminalise_why }: StepSaid,
  at: Date,
): Promise<void> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const id = newId()
      const { key_id, seal } = await sealerFor(inner, keys, viewer, subject.id, { table: 'disruption_step', row: id })
      const { rows } = await sql<{ last: Date | null }>`select max(entered_at) as last from disruption_step
        where partnership_id = ${viewer.partnership} and disruption_id = ${disruption}`.execute(inner)
      await inner
        .insertInto('disruption_step')
        .values({
          ...partOf(viewer, subject, id),
          disruption_id: disruption,
          step,
          on_date,
          until_on,
          ...sealSaid(seal, { words }),
          view_sealed: 'view' in person ? seal('view', person.view) : null,
          unheard_sealed: 'unheard' in person ? seal('unheard', person.unheard) : null,
          harmed_sealed: seal('harmed', harmed),
          criminalise,
          criminalise_sealed: seal('criminalise', criminalise_why),
          key_id,
          entered_by: viewer.staff,
          // What is said later stands later, also within one tick of the clock.
          entered_at: new Date(Math.max(at.getTime(), (rows[0]?.last?.getTime() ?? 0) + 1)),
        })
        .execute()
      await record(inner, viewer, 'disruption step kept', { kind: 'person', id: subject.id }, { disruption, step })
    }),
  )
