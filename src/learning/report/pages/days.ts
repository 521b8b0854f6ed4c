import { day } from '../../../subjects/index.ts'
import type { Ask } from '../../../web/index.ts'

/** '3 March 2026' of '2026-03-03'. */
export const dayOf = (ask: Ask, date: string): string => day(ask, new Date(`${date}T12:00:00Z`))
