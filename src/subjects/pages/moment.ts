import type { Ask } from '../../web/index.ts'

/** A day as people say it: 3 March 2026. */
export const day = ({ lang, place }: Ask, at: Date): string =>
  new Intl.DateTimeFormat(lang.code === 'en' ? 'en-GB' : lang.code, { dateStyle: 'long', timeZone: place.zone }).format(
    at,
  )

/** A moment: 3 March 2026 at 14:05. */
export const moment = ({ lang, place }: Ask, at: Date): string =>
  new Intl.DateTimeFormat(lang.code === 'en' ? 'en-GB' : lang.code, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: place.zone,
  }).format(at)
