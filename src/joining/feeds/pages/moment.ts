import { dateFormat, type Ask } from '../../../web/index.ts'

const momentOf = dateFormat({ dateStyle: 'long', timeStyle: 'short' })

/** "25 November 2026, 09:30", by the clocks of the place. */
export const moment = ({ place }: Ask, at: Date): string => momentOf(place.zone).format(at)
