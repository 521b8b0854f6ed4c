import { calendarOf, clockOf } from '../../partnership/index.ts'
import {
  asProduct,
  dueAt,
  inTransaction,
  localDate,
  newId,
  record,
  type Keys,
  type StaffViewer,
  type Tx,
} from '../../platform/index.ts'
import { sealerFor } from '../sealed.ts'
import { keepHeard, type Heard } from './heard.ts'
import { clockAfter, type Kind } from './plan.ts'
import { rowOf, type Of } from './write.ts'

export type ReviewSaid = {
  kind: Kind
  held_on: string
  next_on: string
  changed: string
  decisions: string
  person: Heard
}

/** Keeps a review that was held. What is late is shown and holds up nothing, so any day may be said. */
export const holdReview = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  subject: Of,
  { kind, held_on, next_on, changed, decisions, person }: ReviewSaid,
  at: Date,
): Promise<string> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const id = newId()
      const { key_id, seal } = await sealerFor(inner, keys, viewer, subject.id, { table: 'plan_review', row: id })
      await inner
        .insertInto('plan_review')
        .values({
          ...rowOf(viewer, subject, id),
          kind,
          held_on,
          next_on,
          changed_sealed: seal('changed', changed),
          view_sealed: 'view' in person ? seal('view', person.view) : null,
          unheard_sealed: 'unheard' in person ? seal('unheard', person.unheard) : null,
          decisions_sealed: seal('decisions', decisions),
          key_id,
          held_by: viewer.staff,
          held_at: at,
        })
        .execute()
      // Of a place it is its people who were asked: nobody's own voice.
      if (kind !== 'context')
        await keepHeard(
          inner,
          keys,
          viewer,
          subject,
          { stage: 'review', person, heard_on: held_on, next_try_on: next_on },
          at,
        )
      await record(inner, viewer, 'plan reviewed', { kind: 'person', id: subject.id }, { review: id, next: next_on })
      return id
    }),
  )

/** The day of the next review by the clock of this sort of plan, after so many were held; undefined where there is no such clock. */
export const nextReview = async (
  tx: Tx,
  partnership: string,
  { kind, held, from, zone }: { kind: Kind; held: number; from: Date; zone: string },
): Promise<string | undefined> => {
  const clock = await clockOf(tx, partnership, clockAfter(kind, held), from)
  return clock && localDate(dueAt(from, clock, await calendarOf(tx, partnership)), zone)
}
