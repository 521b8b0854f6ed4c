export type NearWords = { both: string; inside: string; outside: string; nearOutside: string }

/** What a point on a map is close to and lies in; either may be unknown. */
export type Near = { place?: string; area?: string }

/**
 * Where a point is, as one says it: "near Bedworth, in Nuneaton and Bedworth". The browser's map says it too, so this
 * imports nothing.
 * @param around what the whole map is of, for a point that lies beyond it
 */
export const nearInWords = (said: NearWords, { place, area }: Near, around: string): string => {
  const sentence = area ? (place ? said.both : said.inside) : place ? said.nearOutside : said.outside
  return sentence
    .replace('{place}', place ?? '')
    .replace('{area}', area ?? '')
    .replace('{around}', around)
}
