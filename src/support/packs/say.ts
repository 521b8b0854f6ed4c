import { sql } from 'kysely'
import { asProduct, inTransaction, newId, record, type Keys, type StaffViewer, type Tx } from '../../platform/index.ts'
import { partOf } from '../missing/report.ts'
import type { Of } from '../plan/write.ts'
import { sealerFor, sealSaid } from '../sealed.ts'
import type { Became, Consent } from './nrm.ts'

type About = { keys: Keys; subject: Of; pack: string }
export type ConsentSaid = Pick<Consent, 'about' | 'answer' | 'wants_support' | 'words' | 'asked_on'>

/** What the person says to it. What they said before stands. */
export const keepConsent = (
  tx: Tx,
  viewer: StaffViewer,
  { keys, subject, pack }: About,
  { words, ...said }: ConsentSaid,
  at: Date,
): Promise<void> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const id = newId()
      const { key_id, seal } = await sealerFor(inner, keys, viewer, subject.id, { table: 'pack_consent', row: id })
      const { rows } = await sql<{ last: Date | null }>`select max(entered_at) as last from pack_consent
        where partnership_id = ${viewer.partnership} and pack_id = ${pack}`.execute(inner)
      await inner
        .insertInto('pack_consent')
        .values({
          ...partOf(viewer, subject, id),
          pack_id: pack,
          ...said,
          words_sealed: seal('words', words),
          key_id,
          entered_by: viewer.staff,
          // What is said later stands later, also within one tick of the clock.
          entered_at: new Date(Math.max(at.getTime(), (rows[0]?.last?.getTime() ?? 0) + 1)),
        })
        .execute()
      const detail = { pack, answer: said.answer }
      await record(inner, viewer, 'pack consent asked', { kind: 'person', id: subject.id }, detail)
    }),
  )

/** That a person sent it, or what was decided. */
export const keepBecame = (
  tx: Tx,
  viewer: StaffViewer,
  { keys, subject, pack }: About,
  { what, outcome, on_date, reference, words }: Omit<Became, 'id'>,
  at: Date,
): Promise<void> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const id = newId()
      const { key_id, seal } = await sealerFor(inner, keys, viewer, subject.id, { table: 'pack_outcome', row: id })
      await inner
        .insertInto('pack_outcome')
        .values({
          ...partOf(viewer, subject, id),
          pack_id: pack,
          what,
          outcome,
          on_date,
          ...sealSaid(seal, { reference, words }),
          key_id,
          entered_by: viewer.staff,
          entered_at: at,
        })
        .execute()
      await record(inner, viewer, 'pack outcome kept', { kind: 'person', id: subject.id }, { pack, what })
    }),
  )
