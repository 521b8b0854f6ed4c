import type { Ask } from '../../web/index.ts'

/** A long story says some thousand days, and to make what formats them takes longer than to use it. */
const formats = new Map<string, Intl.DateTimeFormat>()
const format = ({ lang, place }: Ask, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const code = lang.code === 'en' ? 'en-GB' : lang.code
  const key = `${code} ${place.zone} ${JSON.stringify(options)}`
  const known = formats.get(key) ?? new Intl.DateTimeFormat(code, { ...options, timeZone: place.zone })
  formats.set(key, known)
  return known
}

/** A day as people say it: 3 March 2026. */
export const day = (ask: Ask, at: Date): string => format(ask, { dateStyle: 'long' }).format(at)

/** A moment: 3 March 2026 at 14:05. */
export const moment = (ask: Ask, at: Date): string => format(ask, { dateStyle: 'long', timeStyle: 'short' }).format(at)
