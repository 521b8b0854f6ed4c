import { sql } from 'kysely'
import { asProduct } from '../../platform/index.ts'
import { asksNothing, handoversOf, type Handover } from '../../sharing/index.ts'
import type { Ask } from '../../web/index.ts'
import type { Through } from '../gate.ts'
import { mayHearOf } from '../tellable.ts'

export type Workers = {
  /** How many different people worked with them, of those whom the agreement lets the viewer hear of. */
  count: number
  months: number
  handovers: Handover[]
  /** How many of the handovers were made without a meeting. */
  unmet: number
}

/** By how many hands somebody went, and in how long: what a person would say of it themself. */
export const workersOf = async (ask: Ask, at: Through): Promise<Workers> => {
  const { partnership } = at.worker
  type Row = { staff_id: string; agency_id: string; from_at: Date }
  const parts = await asProduct(ask.tx, async () => {
    const { rows } = await sql<Row>`select staff_id, agency_id, min(from_at) as from_at from involvement
      where partnership_id = ${partnership} and subject_id = ${at.subject.id} and staff_id is not null
        and role in ('lead', 'trusted adult', 'circle') and from_at <= ${at.now}
        and end_reason is distinct from 'mistake' group by staff_id, agency_id`.execute(ask.tx)
    return rows
  })
  const heard = parts.filter(({ agency_id }) => mayHearOf(at, agency_id))
  const first = Math.min(...heard.map(({ from_at }) => from_at.getTime()))
  const all = await handoversOf(ask.tx, ask.house.keys, partnership, at.subject.id)
  const handovers = all.filter(({ without }) => !asksNothing(without))
  return {
    count: new Set(heard.map(({ staff_id }) => staff_id)).size,
    months: heard.length === 0 ? 0 : Math.max(1, Math.round((at.now.getTime() - first) / month)),
    handovers,
    unmet: handovers.filter(({ met_on }) => met_on === null).length,
  }
}
const month = 30.44 * 86_400_000
