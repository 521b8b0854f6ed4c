import { sql } from 'kysely'
import { asProduct, inTransaction, NotFound, record, type Db, type StaffViewer, type Tx } from '../platform/index.ts'
import { keepHandover, noPerson, type HandoverCheck } from './handover.ts'
import { involvedWith, sealWhy, type InvolvementRole, type SaidWhy } from './involvement.ts'

export const endReasons = ['work done', 'left post', 'person asked', 'not needed', 'mistake'] as const
export type EndReason = (typeof endReasons)[number] | 'handed over'

/** One at a time changes who works with a subject, so that two at once leave neither two leads nor none. */
export const takeTurns = async (tx: Tx, subject: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`circle ${subject}`}, 0))`.execute(tx)
}

type Ending = {
  subject: string
  involvement: string
  reason: EndReason
  at: Date
  said: SaidWhy
  handover: HandoverCheck
}

/**
 * Ends an involvement, with its handover check; what it opened is closed from that moment. The last lead goes only with
 * words that say why nobody leads from now on. Whoever calls has asked whether the viewer may.
 * @throws {NotFound} when it has ended already
 */
export const endInvolvement = (db: Db | Tx, viewer: StaffViewer, ending: Ending): Promise<'ended' | 'say why'> =>
  inTransaction(db, async (tx) => {
    await takeTurns(tx, ending.subject)
    const live = await involvedWith(tx, viewer.partnership, ending.subject, ending.at)
    const one = live.find(({ id }) => id === ending.involvement)
    if (!one) throw new NotFound()
    const isLast = one.role === 'lead' && !live.some(({ id, role }) => role === 'lead' && id !== one.id)
    if (isLast && ending.said.why.trim() === '') return 'say why'
    await end(tx, viewer, one, ending)
    if (isLast)
      await record(tx, viewer, 'left without a lead', { kind: 'person', id: ending.subject }, { involvement: one.id })
    return 'ended'
  })

/** The row, its handover and its event; the caller holds the turn. */
export const end = async (
  tx: Tx,
  viewer: StaffViewer,
  one: { id: string; staff_id: string | null; role: InvolvementRole },
  { subject, reason, at, said, handover }: Omit<Ending, 'involvement'>,
): Promise<void> => {
  const why = said.why ? await sealWhy(tx, viewer, { subject, row: one.id, column: 'why_ended' }, said) : undefined
  await asProduct(tx, () =>
    tx
      .updateTable('involvement')
      .set({ to_at: at, end_reason: reason, ended_by: viewer.staff })
      .$if(why !== undefined, (update) => update.set({ why_ended_sealed: why!.sealed, key_id: why!.key }))
      .where('partnership_id', '=', viewer.partnership)
      .where('id', '=', one.id)
      .execute(),
  )
  await keepHandover(tx, said.keys, viewer, { involvement: one.id, subject }, handover, at)
  await record(
    tx,
    viewer,
    'involvement ended',
    { kind: 'person', id: subject },
    {
      involvement: one.id,
      role: one.role,
      reason,
      ...(handover !== noPerson && handover.without && { without: handover.without }),
    },
  )
}

export type Told = { id: string; subject_id: string; role: InvolvementRole; to_at: Date; ended_by: string }

/** What others have ended for this viewer, and they have not read yet: by the subject's id, nothing of the person. */
export const toldOf = (tx: Tx, viewer: StaffViewer): Promise<Told[]> =>
  asProduct(tx, async () => {
    const { rows } = await sql<Told>`
      select id, subject_id, role, to_at, ended_by from involvement
      where partnership_id = ${viewer.partnership} and staff_id = ${viewer.staff} and ended_by is not null
        and ended_by <> staff_id and told_at is null order by to_at desc limit 50`.execute(tx)
    return rows
  })

/** They have read these. Ids that are not theirs change nothing. */
export const keepTold = (tx: Tx, viewer: StaffViewer, ids: readonly string[], at: Date): Promise<void> =>
  asProduct(tx, async () => {
    await sql`update involvement set told_at = ${at} where partnership_id = ${viewer.partnership}
      and staff_id = ${viewer.staff} and told_at is null and id = any(${ids}::uuid[])`.execute(tx)
  })
