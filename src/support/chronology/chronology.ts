import {
  besideEntries,
  chronologyOf,
  entryKinds,
  significances,
  suppliersOf,
  type Entry,
  type Line,
  type Told,
  type Through,
  type Wanted,
} from '../../subjects/index.ts'
import { abreast, instant, isId } from '../../platform/index.ts'
import type { Ask } from '../../web/index.ts'
import { agencyNames } from '../../partnership/index.ts'
import { lineKinds, linesOf } from './lines.ts'

export const page_size = 200
const most = 10_000

/** What somebody wants to see: codes and dates, as they stand in the address. Words are never among them. */
export type Asked = { wanted: Wanted; page: number; size: number; all: boolean }

/** Reads the address; what makes no sense in it narrows nothing. */
export const askedIn = ({ query, place }: Ask): Asked => {
  const code = <T extends string>(name: string, known: readonly T[]): T | undefined =>
    known.find((one) => one === query[name])
  const from = dayIn(query, 'from')
  const to = dayIn(query, 'to')
  return {
    wanted: {
      kind: code('kind', [...new Set<string>([...entryKinds, ...lineKinds])]),
      agency: isId(query['source'] ?? '') ? query['source'] : undefined,
      significance: code('significance', significances),
      from: from === undefined ? undefined : instant(from, 0, place.zone),
      before: to === undefined ? undefined : instant(dayAfter(to), 0, place.zone),
    },
    page: Math.min(1000, Math.max(1, Math.floor(Number(query['page'])) || 1)),
    size: page_size,
    all: query['all'] !== undefined,
  }
}

/** Three boxes of the address as a day, where they are one. */
export const dayIn = (query: Ask['query'], name: string): string | undefined => {
  const [day, month, year] = ['day', 'month', 'year'].map((part) => (query[`${name}-${part}`] ?? '').trim())
  const said = `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`
  const parsed = /^\d{4}-\d{2}-\d{2}$/.test(said) ? new Date(`${said}T00:00:00Z`) : undefined
  return parsed && !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(said) ? said : undefined
}
const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)

export type Chronicle = Told & {
  lines: Line[]
  /** What the team keeps in view: with the first part alone. */
  pinned: Entry[]
  /** Every agency that something of it comes from. */
  sources: ReadonlyMap<string, string>
  hasMore: boolean
  found: number | undefined
}

/**
 * One part of a person's story, the newest first: what was written, and what the rooms' own rows tell between the first
 * and the last of it. With `words`, whatever of all of it holds them, of what the viewer may see.
 */
export const readChronology = async (ask: Ask, at: Through, asked: Asked, words?: string): Promise<Chronicle> => {
  const { partnership } = at.worker
  const of = [ask.tx, ask.house.keys, partnership, at.subject.id] as const
  const isFirst = asked.page === 1 && !words
  const [part, every, pinned, suppliers] = await abreast(
    ask.tx,
    () => entriesOf(ask, at, asked, words),
    () => linesOf(ask, at),
    () => (isFirst ? chronologyOf(...of, { wanted: { pinned: true } }) : Promise.resolve([])),
    () => suppliersOf(ask.tx, partnership, at.subject.id),
  )
  const { entries, hasMore, newest, oldest } = part
  const lines = narrowed(every, asked).filter(
    (line) => line.at.getTime() <= newest && line.at.getTime() > oldest && (!words || holds(line.text, words)),
  )
  const found = words ? entries.length + lines.length : undefined
  const [sources, told] = await abreast(
    ask.tx,
    () => agencyNames(ask.tx, [...suppliers, ...every.map(({ agency_id }) => agency_id)]),
    () => besideEntries(ask, at, entries),
  )
  return { ...told, agencies: new Map([...told.agencies, ...sources]), sources, lines, pinned, hasMore, found }
}

const holds = (text: string, words: string): boolean => text.toLowerCase().includes(words.toLowerCase())

type Part = { entries: Entry[]; hasMore: boolean; newest: number; oldest: number }
/** One more entry on either side says where the part before it ended, and whether another follows. */
const entriesOf = async (ask: Ask, at: Through, { wanted, page, size, all }: Asked, words?: string): Promise<Part> => {
  const whole = { newest: Infinity, oldest: -Infinity, hasMore: false }
  if (wanted.kind && !entryKinds.some((kind) => kind === wanted.kind)) return { entries: [], ...whole }
  const of = [ask.tx, ask.house.keys, at.worker.partnership, at.subject.id] as const
  if (words || all) {
    const every = await chronologyOf(...of, { limit: most, wanted })
    const entries = words ? every.filter((entry) => holds(`${entry.words}\n${entry.source}`, words)) : every
    return { entries, ...whole }
  }
  const before = page > 1 ? 1 : 0
  const rows = await chronologyOf(...of, {
    wanted,
    offset: (page - 1) * size - before,
    limit: before + size + 1,
  })
  const entries = rows.slice(before, before + size)
  const hasMore = rows.length > before + size
  return {
    entries,
    hasMore,
    newest: before ? (rows[0]?.happened_at.getTime() ?? -Infinity) : Infinity,
    oldest: hasMore ? entries.at(-1)!.happened_at.getTime() : -Infinity,
  }
}

/** A line is as ordinary as nobody has chosen it to be otherwise. */
const narrowed = (lines: readonly Line[], { wanted }: Asked): Line[] => {
  const { kind, agency, significance, from, before } = wanted
  if (significance && significance !== 'ordinary') return []
  return lines.filter(
    (line) =>
      (!kind || line.kind === kind) &&
      (!agency || line.agency_id === agency) &&
      (!from || line.at >= from) &&
      (!before || line.at < before),
  )
}
