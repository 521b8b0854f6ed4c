import type { House } from '../web/index.ts'
import { disputesAtWork } from './boundary/pages/at-work.tsx'
import { panelsAtWork } from './panels/pages/at-work.tsx'
import { actionsAtWork } from './plan/pages/mine.tsx'

/** What this room has for whoever opens their work: what they took on in people's plans, the next panel, and what waits. */
export const atWork: House['atWork'] = async (ask) => {
  const parts = [await actionsAtWork(ask), await panelsAtWork(ask), await disputesAtWork(ask)].filter(
    (part) => part !== null,
  )
  return parts.length === 0 ? null : <>{parts}</>
}
