import { isId, NotFound, type Keys, type StaffViewer, type Tx } from '../platform/index.ts'
import { openRows, wrappedKey } from './sealed.ts'

/** What the viewer's agency is asked, the open ones first. Never anything of the concern. */
export const checksAsked = async (tx: Tx, keys: Keys, viewer: StaffViewer) => {
  const checks = await asked(tx, viewer)
    .orderBy('answered_at', (order) => order.desc().nullsFirst())
    .orderBy('asked_at')
    .limit(200)
    .execute()
  return openRows(tx, keys, viewer.partnership, 'partner_check', checks)
}

const asked = (tx: Tx, viewer: StaffViewer) =>
  tx
    .selectFrom('partner_check')
    .select([
      'id',
      'question',
      'reason',
      'asked_by',
      'asked_at',
      'answered_by',
      'answered_at',
      'known',
      'answer',
      'key_id',
    ])
    .select(wrappedKey(viewer.partnership, 'partner_check.key_id').as('wrapped'))
    .where('partnership_id', '=', viewer.partnership)
    .where('asked_agency_id', '=', viewer.agency)
    .where('withdrawn_at', 'is', null)

/** One question to the viewer's agency. @throws {NotFound} for one that was asked of somebody else, or taken back */
export const checkAsked = async (tx: Tx, keys: Keys, viewer: StaffViewer, id: string) => {
  if (!isId(id)) throw new NotFound()
  const row = await asked(tx, viewer).where('id', '=', id).executeTakeFirst()
  if (!row) throw new NotFound()
  const [check] = await openRows(tx, keys, viewer.partnership, 'partner_check', [row])
  const clock = await tx
    .selectFrom('clock_run')
    .select('due_at')
    .where('partnership_id', '=', viewer.partnership)
    .where('clock', '=', 'partner-check-reply')
    .where('of_id', '=', id)
    .executeTakeFirst()
  return { ...check!, due_at: clock?.due_at }
}
