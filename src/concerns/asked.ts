import type { StaffViewer, Tx } from '../platform/index.ts'
import { isId, NotFound } from '../platform/index.ts'

/** What the viewer's agency is asked, the open ones first. Never anything of the concern. */
export const checksAsked = (tx: Tx, viewer: StaffViewer) =>
  tx
    .selectFrom('partner_check')
    .select(['id', 'question', 'reason', 'asked_by', 'asked_at', 'answered_by', 'answered_at', 'known', 'answer'])
    .where('partnership_id', '=', viewer.partnership)
    .where('asked_agency_id', '=', viewer.agency)
    .where('withdrawn_at', 'is', null)
    .orderBy('answered_at', (order) => order.desc().nullsFirst())
    .orderBy('asked_at')
    .limit(200)
    .execute()

/** One question to the viewer's agency. @throws {NotFound} for one that was asked of somebody else, or taken back */
export const checkAsked = async (tx: Tx, viewer: StaffViewer, id: string) => {
  if (!isId(id)) throw new NotFound()
  const check = await tx
    .selectFrom('partner_check')
    .select(['id', 'question', 'reason', 'asked_by', 'asked_at', 'answered_by', 'answered_at', 'known', 'answer'])
    .where('partnership_id', '=', viewer.partnership)
    .where('asked_agency_id', '=', viewer.agency)
    .where('withdrawn_at', 'is', null)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!check) throw new NotFound()
  const clock = await tx
    .selectFrom('clock_run')
    .select('due_at')
    .where('partnership_id', '=', viewer.partnership)
    .where('clock', '=', 'partner-check-reply')
    .where('of_id', '=', id)
    .executeTakeFirst()
  return { ...check, due_at: clock?.due_at }
}
