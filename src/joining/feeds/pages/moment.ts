import type { Ask } from '../../../web/index.ts'

/** "25 November 2026, 09:30", by the clocks of the place. */
export const moment = ({ place }: Ask, at: Date): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: place.zone }).format(at)
