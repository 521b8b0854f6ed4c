/** A stretch of time in milliseconds since 1970: from inclusive, to exclusive; Infinity while nothing ends it. */
export type Span = { from: number; to: number }

export const anAlways: Span[] = [{ from: -Infinity, to: Infinity }]

/** When both hold: every overlap of the one list with the other. */
export const meet = (these: readonly Span[], those: readonly Span[]): Span[] =>
  these.flatMap((a) =>
    those.flatMap((b) => {
      const from = Math.max(a.from, b.from)
      const to = Math.min(a.to, b.to)
      return from < to ? [{ from, to }] : []
    }),
  )
