import type { Ask } from '../../web/index.ts'

/** '1 November 2027', from YYYY-MM-DD. */
export const day = (ask: Pick<Ask, 'lang'>, date: string): string =>
  new Intl.DateTimeFormat(ask.lang.code === 'en' ? 'en-GB' : ask.lang.code, {
    dateStyle: 'long',
    timeZone: 'UTC',
  }).format(new Date(`${date}T00:00:00Z`))

/** The same day some years on, as YYYY-MM-DD. */
export const yearsLater = (date: string, years: number): string => `${Number(date.slice(0, 4)) + years}${date.slice(4)}`
