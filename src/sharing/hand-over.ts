import { inTransaction, type Db, type StaffViewer, type Tx } from '../platform/index.ts'
import { end, takeTurns } from './end-involvement.ts'
import type { HandoverCheck } from './handover.ts'
import { involve, involvedWith, type SaidWhy } from './involvement.ts'

export type HandOver = {
  subject: string
  role: 'lead' | 'trusted adult'
  /** Who has it from now on, and how colleagues reach them. */
  to: { agency: string; staff: string; contact: string }
  /** The involvements that end with it, as the page showed them. */
  replaces: readonly string[]
  /** Whether those who had it stay in the circle. */
  stay: boolean
  at: Date
  said: SaidWhy
  /** The check without which nobody's part ends; there is none where nobody had it. */
  handover?: HandoverCheck | undefined
}

/**
 * Gives a subject another lead worker or trusted adult: the old part ends in the moment in which the new one begins.
 * Whoever had it reads of it on their own list. Whoever calls has asked whether the viewer may.
 * @returns 'changed' when somebody else was named meanwhile, and nothing was done
 */
export const handOver = (
  db: Db | Tx,
  viewer: StaffViewer,
  { subject, role, to, replaces, stay, at, said, handover }: HandOver,
): Promise<'named' | 'changed' | 'already'> =>
  inTransaction(db, async (tx) => {
    await takeTurns(tx, subject)
    const live = await involvedWith(tx, viewer.partnership, subject, at)
    const theirs = live.filter((one) => one.role === role)
    const there = theirs.filter(({ id }) => replaces.includes(id))
    if (there.length < replaces.length || (replaces.length === 0 && theirs.length > 0)) return 'changed'
    const has = theirs.find(({ staff_id }) => staff_id === to.staff)
    const old = there.filter((one) => one !== has)
    if (has && old.length === 0) return 'already'
    const claimed = to.staff === viewer.staff
    if (!has)
      await involve(
        tx,
        viewer,
        { subject, agency: to.agency, staff: to.staff, role, contact: to.contact, at },
        { said, claimed },
      )
    for (const one of old) {
      if (!handover) throw new Error('A part was handed over without its check')
      await end(tx, viewer, one, { subject, reason: 'handed over', at, said, handover })
      const stays = stay && !live.some(({ id, staff_id }) => staff_id === one.staff_id && id !== one.id)
      if (stays)
        await involve(
          tx,
          viewer,
          {
            subject,
            agency: one.agency_id,
            staff: one.staff_id,
            role: 'circle',
            contact: one.contact,
            at,
          },
          { said },
        )
    }
    return 'named'
  })
