import { fill, type Words } from '../../web/index.ts'
import type { Reviewed, Span } from './review.ts'

/** What a person gets: words only, in reading order. Nothing in it says where something is hidden beyond that it is. */
export type Pack = {
  title: string
  made: string
  what: string[]
  about: string
  entries: { date: string | null; title: string; text: string }[]
  others: string[]
  hidden: string
  withheld: { reason: string; count: string }[]
  maybe: string
  rights: string[]
}

/** The text with what is hidden replaced by what sort of thing it is. */
export const masked = (text: string, spans: readonly Span[], words: Words): string => {
  const { placeholders } = words.rights.access
  let at = 0
  let told = ''
  for (const { from, to, kind } of apart(spans)) {
    told += text.slice(at, from) + `[${placeholders[kind]}]`
    at = to
  }
  return told + text.slice(at)
}

/** Stretches that are hidden, in order; where two overlap, both are. */
const apart = (spans: readonly Span[]): Span[] => {
  const hidden: Span[] = []
  for (const span of spans.filter(({ hide }) => hide).sort((a, b) => a.from - b.from)) {
    const last = hidden.at(-1)
    if (last && span.from < last.to) hidden[hidden.length - 1] = { ...last, to: Math.max(last.to, span.to) }
    else hidden.push(span)
  }
  return hidden
}

type Made = {
  words: Words
  agency: string
  reference: string
  partnership: string
  day: (at: Date) => string
  now: Date
}

/**
 * The pack of an approved review. What is withheld is counted by reason, except what would get in the way of stopping a
 * crime: to count that would tell of it, so every pack says that some of it may be there.
 */
export const packOf = (items: readonly Reviewed[], { words, agency, reference, partnership, day, now }: Made): Pack => {
  const { pack } = words.rights.access
  const released = items.filter(({ decision }) => decision?.outcome === 'release')
  const withheld = items.flatMap(({ decision }) => (decision?.exemption ? [decision.exemption] : []))
  const counted = [...new Set(withheld)].filter((reason) => reason !== 'crime')
  const hidden = released.reduce((sum, { decision }) => sum + decision!.spans.filter(({ hide }) => hide).length, 0)
  return {
    title: pack.title,
    made: fill(pack.made, { agency, partnership, day: day(now), reference }),
    what: pack.what.map((line) => fill(line, { agency })),
    about: pack.about,
    entries: released
      .filter(({ kind, text }) => kind !== 'supplier' && text !== null)
      .map(({ at, title, text, decision }) => ({
        date: at && day(at),
        title,
        text: masked(text!, decision!.spans, words),
      })),
    others: released.filter(({ kind }) => kind === 'supplier').map(({ title }) => title),
    hidden: hidden === 0 ? pack.hidden.none : hidden === 1 ? pack.hidden.one : fill(pack.hidden.many, { hidden }),
    withheld: counted.map((reason) => {
      const count = withheld.filter((one) => one === reason).length
      return { reason: pack.reasons[reason], count: count === 1 ? pack.items.one : fill(pack.items.many, { count }) }
    }),
    maybe: pack.maybe,
    rights: pack.rights.map((line) => fill(line, { agency })),
  }
}
