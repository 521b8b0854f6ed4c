import {
  inTransaction,
  isId,
  newId,
  NotFound,
  record,
  type Db,
  type Keys,
  type Tx,
  type Viewer,
} from '../platform/index.ts'
import { startClock, stopClocks } from './clock.ts'
import { concernFor, frontDoor, within } from './front-door.ts'
import { keyOfRow, sealed, wrappedKey } from './sealed.ts'

export const known = ['known', 'not known', 'cannot say'] as const
export type Known = (typeof known)[number]

/** Asks partner agencies whether they know more. Each sees the question written for them and who asks: never the concern. */
export const askPartners = (
  db: Db | Tx,
  keys: Keys,
  viewer: Viewer,
  id: string,
  { agencies, question, reason, at }: { agencies: readonly string[]; question: string; reason: string; at: Date },
): Promise<string[]> =>
  inTransaction(db, async (tx) => {
    const worker = frontDoor(viewer)
    const concern = await concernFor(tx, worker, id)
    const key = await keyOfRow(tx, keys, worker.partnership, concern)
    const checks = agencies.map((agency) => ({ id: newId(), asked_agency_id: agency }))
    await tx
      .insertInto('partner_check')
      .values(
        checks.map((check) =>
          sealed(key, 'partner_check', {
            ...within(worker, concern),
            ...check,
            asked_by: worker.staff,
            question,
            reason,
            asked_at: at,
          }),
        ),
      )
      .execute()
    for (const { id: check, asked_agency_id: agency } of checks) {
      await startClock(tx, worker, {
        concern: id,
        agency: concern.agency_id,
        clock: 'partner-check-reply',
        of: check,
        from: at,
      })
      await record(tx, worker, 'partner check asked', { kind: 'concern', id }, { check, agency })
    }
    return checks.map(({ id: check }) => check)
  })

/** Answers what one's agency was asked. Row-level security shows nobody else the question. */
export const answerCheck = (
  db: Db | Tx,
  keys: Keys,
  viewer: Viewer,
  check: string,
  { known: said, answer, at }: { known: Known; answer: string; at: Date },
): Promise<'answered' | 'already answered'> =>
  inTransaction(db, async (tx) => {
    const asked = await checkFor(tx, viewer, check)
    if (viewer.kind !== 'staff' || asked.asked_agency_id !== viewer.agency) throw new NotFound()
    const key = await keyOfRow(tx, keys, viewer.partnership, asked)
    const said_back = sealed(key, 'partner_check', { id: check, answer })
    const answered = await tx
      .updateTable('partner_check')
      .set({ ...said_back, known: said, answered_by: viewer.staff, answered_at: at })
      .where('partnership_id', '=', viewer.partnership)
      .where('id', '=', check)
      .where('answered_at', 'is', null)
      .executeTakeFirst()
    if (answered.numUpdatedRows === 0n) return 'already answered'
    await stopClocks(tx, viewer, asked.concern_id, ['partner-check-reply'], at, check)
    await record(
      tx,
      viewer,
      'partner check answered',
      { kind: 'concern', id: asked.concern_id },
      { check, known: said },
    )
    return 'answered'
  })

/** Takes a question back. The partner no longer sees it. */
export const withdrawCheck = (
  db: Db | Tx,
  viewer: Viewer,
  check: string,
  at: Date,
): Promise<'withdrawn' | 'already answered'> =>
  inTransaction(db, async (tx) => {
    const worker = frontDoor(viewer)
    const asked = await checkFor(tx, worker, check)
    const ended = await tx
      .updateTable('partner_check')
      .set({ withdrawn_at: at })
      .where('partnership_id', '=', worker.partnership)
      .where('id', '=', check)
      .where('answered_at', 'is', null)
      .where('withdrawn_at', 'is', null)
      .executeTakeFirst()
    if (ended.numUpdatedRows === 0n) return 'already answered'
    await stopClocks(tx, worker, asked.concern_id, ['partner-check-reply'], at, check)
    await record(tx, worker, 'partner check withdrawn', { kind: 'concern', id: asked.concern_id }, { check })
    return 'withdrawn'
  })

const checkFor = async (tx: Tx, viewer: Viewer, id: string) => {
  if (!isId(id)) throw new NotFound()
  const check = await tx
    .selectFrom('partner_check')
    .select(['id', 'concern_id', 'asked_agency_id', 'key_id'])
    .select(wrappedKey(viewer.partnership, 'partner_check.key_id').as('wrapped'))
    .where('partnership_id', '=', viewer.partnership)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!check) throw new NotFound()
  return check
}
