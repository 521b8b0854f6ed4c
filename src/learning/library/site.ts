import { dateFormat, type Ask, type Words } from '../../web/index.ts'

/** What a page of the library is written for: a browser that asked, or a file of a copy that needs no server. */
export type Site = {
  w: Words
  lang: string
  zone: string
  /** The address of another page, from this one. */
  href: (path: string) => string
  /** The same for whoever is elsewhere: citations, feeds, search engines. */
  whole: (path: string) => string
  /** A copy: nothing in it may ask a server. */
  still: boolean
}

export const siteOf = (ask: Ask): Site => ({
  w: ask.w,
  lang: ask.lang.code,
  zone: ask.place.zone,
  href: ask.href,
  whole: wholeAt(ask.house.config.publicUrl),
  still: false,
})

export const wholeAt =
  (base: string) =>
  (path: string): string =>
    `${base.replace(/\/$/, '')}${path}`

const longDay = dateFormat({ day: 'numeric', month: 'long', year: 'numeric' })
export const dayIn = ({ zone, lang }: Site, at: Date): string => longDay(zone, lang).format(at)
