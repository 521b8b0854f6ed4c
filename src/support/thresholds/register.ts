import { sql } from 'kysely'
import { decisionBelow } from '../../concerns/index.ts'
import {
  asProduct,
  inTransaction,
  localDate,
  newId,
  record,
  type Keys,
  type StaffViewer,
  type Tx,
} from '../../platform/index.ts'
import { frameOn } from '../../subjects/index.ts'
import { rowOf, type Of } from '../plan/write.ts'
import { sealerFor } from '../sealed.ts'
import { bandOf, bornBefore, limbs, routesBelow } from './threshold.ts'

export type NotMet = {
  test: string
  agency: string
  decided_on: string
  exploitation: string | null
  why: string
  offer: string
  offered: string
}

/** Writes down that a test was not met for somebody, and what was offered instead: never one without the other. */
export const registerThreshold = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  subject: Of,
  { test, agency, decided_on, exploitation, why, offer, offered }: NotMet,
  at: Date,
): Promise<string> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const id = newId()
      const { key_id, seal } = await sealerFor(inner, keys, viewer, subject.id, { table: 'threshold', row: id })
      const frame = frameOn(subject.adult_from, decided_on)
      await inner
        .insertInto('threshold')
        .values({
          ...rowOf(viewer, subject, id),
          test,
          decided_agency_id: agency,
          decided_on,
          age_band: bandOf(bornBefore(subject.adult_from), decided_on, frame === 'unknown' ? 'context' : frame),
          exploitation,
          why_sealed: seal('why', why),
          offer,
          offered_sealed: seal('offered', offered),
          key_id,
          entered_by: viewer.staff,
          entered_at: at,
          data_class: 'D5',
          handling: '0',
        })
        .execute()
      await record(inner, viewer, 'threshold not met', { kind: 'person', id: subject.id }, { threshold: id, test })
      return id
    }),
  )

/**
 * What a decision about a concern said of legal tests comes into the register by itself, with the way that it chose as
 * what was offered; what an earlier decision said ends with it. A second time it writes nothing.
 */
export const registerDecision = (
  tx: Tx,
  partnership: string,
  { concern, decision, zone, at }: { concern: string; decision: string; zone: string; at: Date },
): Promise<void> =>
  asProduct(tx, async () => {
    const said = await decisionBelow(tx, partnership, decision)
    if (!said) return
    await sql`update threshold set ended_at = ${at} where partnership_id = ${partnership} and concern_id = ${concern}
      and decision_id <> ${decision} and ended_at is null`.execute(tx)
    const below = said.frame === 'child' ? routesBelow[said.route] : undefined
    const decided_on = localDate(said.decided_at, zone)
    const tests = [...said.limbs.map((limb) => limbs[limb]), ...(below ? [below] : [])]
    for (const test of tests)
      await tx
        .insertInto('threshold')
        .values({
          partnership_id: partnership,
          id: newId(),
          concern_id: concern,
          decision_id: decision,
          agency_id: said.agency_id,
          test,
          decided_agency_id: said.agency_id,
          decided_on,
          age_band: bandOf(said.born_on, decided_on, said.frame),
          offer: said.route,
          entered_at: at,
          data_class: 'D5',
          handling: '1',
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
  })
