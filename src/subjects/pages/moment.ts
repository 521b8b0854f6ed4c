import { dateFormat, type Ask } from '../../web/index.ts'

const dayOf = dateFormat({ dateStyle: 'long' })
const momentOf = dateFormat({ dateStyle: 'long', timeStyle: 'short' })

/** A day as people say it: 3 March 2026. */
export const day = ({ lang, place }: Ask, at: Date): string => dayOf(place.zone, lang.code).format(at)

/** A moment: 3 March 2026 at 14:05. */
export const moment = ({ lang, place }: Ask, at: Date): string => momentOf(place.zone, lang.code).format(at)
