import type { House } from '../web/index.ts'
import { panelsAtWork } from './panels/pages/at-work.tsx'
import { actionsAtWork } from './plan/pages/mine.tsx'

/** What this room has for whoever opens their work: what they took on in people's plans, and the next panel. */
export const atWork: House['atWork'] = async (ask) => {
  const parts = [await actionsAtWork(ask), await panelsAtWork(ask)].filter((part) => part !== null)
  return parts.length === 0 ? null : <>{parts}</>
}
