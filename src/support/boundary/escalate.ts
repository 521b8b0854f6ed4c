import { sql } from 'kysely'
import { asProduct, record, type Tx } from '../../platform/index.ts'
import { guardianAfterDays } from './dispute.ts'

/**
 * What the clock does: past its day a dispute goes to the managers of both agencies, and some days later to the guardian,
 * each once. Nobody is told the words by it, and it resolves nothing.
 */
export const escalateDisputes = (
  tx: Tx,
  partnership: string,
  { today, at }: { today: string; at: Date },
): Promise<void> =>
  asProduct(tx, async () => {
    for (const [step, days] of [
      ['to managers', 0],
      ['to guardian', guardianAfterDays],
    ] as const) {
      const { rows } = await sql<{ dispute: string; subject: string | null; concern: string | null }>`
        with late as (select d.* from boundary_dispute d where d.partnership_id = ${partnership}
            and d.answer_by < ${today}::date - ${days}::int and not exists (select from boundary_step b
              where b.partnership_id = d.partnership_id and b.dispute_id = d.id and b.step in (${step}, 'resolved'))),
          made as (insert into boundary_step (partnership_id, id, dispute_id, subject_id, agency_id, step, taken_at, data_class, handling)
            select partnership_id, gen_random_uuid(), id, subject_id, agency_id, ${step}, ${at}, data_class, handling from late
            on conflict do nothing returning dispute_id)
        select late.id as dispute, late.subject_id as subject, late.concern_id as concern from late join made on made.dispute_id = late.id`.execute(
        tx,
      )
      for (const { dispute, subject, concern } of rows) {
        const about = subject ? { kind: 'person', id: subject } : { kind: 'concern', id: concern! }
        await record(tx, { kind: 'system', partnership }, `boundary dispute ${step}`, about, { dispute })
      }
    }
  })
