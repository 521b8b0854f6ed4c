import { sql } from 'kysely'
import { bareWords } from '../../guidance/index.ts'
import type { Tx } from '../../platform/index.ts'
import type { ReportContent } from '../report/content.ts'
import type { Asked } from './asked.ts'
import type { EntryKind } from './entry.ts'
import { anchorOf, passagesOf } from './passages.ts'
import type { Key } from './search.ts'
import { phrases as phraseList, phrasesIn, saidAs } from './spoken.ts'

/** A piece of text, with what was looked for standing out. */
export type Piece = { text: string; marked: boolean }
export type Found = {
  slug: string
  kind: EntryKind
  title: string
  summary: string
  area: string
  region: string
  year: number
  /** Why it was found: the finding or paragraph that fits best, with its address below the entry. */
  why?: { to: string; isFinding: boolean; pieces: Piece[] }
}

type Row = Omit<Found, 'why'> & {
  report: ReportContent | null
  prose: string
  findings: { number: number; words: string }[]
}

/** Entries in that order, each with why it was found where something was asked. */
export const foundBy = async (tx: Tx, keys: readonly Key[], asked?: Asked): Promise<Found[]> => {
  if (keys.length === 0) return []
  const { rows } = await sql<Row>`
    select e.slug, e.kind, e.title, e.summary, e.area, e.region, e.year,
      ${asked ? sql`e.report, e.prose` : sql`null as report, '' as prose`},
      coalesce((select jsonb_agg(jsonb_build_object('number', f.number, 'words', f.words) order by f.number)
        from library_finding f where f.partnership_id = e.partnership_id and f.entry_id = e.id and f.edition = e.edition), '[]') as findings
    from unnest(${keys.map(({ partnership }) => partnership)}::uuid[], ${keys.map(({ id }) => id)}::uuid[])
      with ordinality as k (partnership, id, at)
    join library_entry e on e.partnership_id = k.partnership and e.id = k.id order by k.at`.execute(tx)
  return rows.map(({ report, prose, findings, ...entry }) => ({
    ...entry,
    ...(asked && why(asked, { report, prose, findings })),
  }))
}

const why = (
  asked: Asked,
  { report, prose, findings }: Pick<Row, 'report' | 'prose' | 'findings'>,
): Pick<Found, 'why'> => {
  const might = beginnings(asked)
  let best = { score: 0, to: '', isFinding: false, text: '' }
  const weigh = (text: string, to: string, isFinding: boolean): void => {
    if (!might.test(text)) return
    const score = scoreOf(asked, text) + (isFinding ? 0.5 : 0)
    if (score > best.score + (isFinding ? 0 : 0.01) && score >= 1) best = { score, to, isFinding, text }
  }
  for (const { number, words } of findings) weigh(words, `/findings/${number}`, true)
  for (const passage of passagesOf({ report, prose })) weigh(passage.text, `#${anchorOf(passage)}`, false)
  if (best.score === 0) return {}
  const { to, isFinding, text } = best
  return { why: { to, isFinding, pieces: excerpt(marked(asked, text)) } }
}

/** What cannot hold anything of it is passed over unread: most of a report. */
const beginnings = ({ stems, themes }: Asked): RegExp => {
  const all = [...stems, ...phrasesOf(themes).map((said) => said[0]!)]
  return new RegExp([...new Set(all.map((word) => word.slice(0, 4)))].map(escaped).join('|') || '(?!)', 'i')
}
const escaped = (word: string): string => (word === '18' ? '18|eighteen' : word.replace(/[^\p{L}\p{N}]/gu, '.'))

const wordsIn = (text: string) => text.split(/(?<=\s)/)
const isMarked = ({ stems, themes }: Asked, words: readonly string[]): boolean[] => {
  const said = words.map((word) => bareWords(word).map(saidAs))
  const flat = said.flatMap((ones, at) => ones.map((one) => ({ one, at })))
  const marks = said.map((ones) => ones.some((one) => stems.has(one)))
  for (const { phrase, at } of phrasesIn(flat.map(({ one }) => one)))
    if (themes.includes(phrase.theme)) phrase.said.forEach((_, i) => (marks[flat[at + i]!.at] = true))
  return marks
}

const scoreOf = (asked: Asked, text: string): number => {
  const said = bareWords(text).map(saidAs)
  const typed = new Set(said.filter((word) => asked.stems.has(word))).size
  const meant = phrasesIn(said).filter(({ phrase }) => asked.themes.includes(phrase.theme)).length
  return typed + Math.min(meant, 2) * 1.5
}

const phrasesOf = (themes: readonly string[]) =>
  phraseList.filter(({ theme }) => themes.includes(theme)).map(({ said }) => said)

const marked = (asked: Asked, text: string): Piece[] => {
  const words = wordsIn(text)
  const marks = isMarked(asked, words)
  const pieces: Piece[] = []
  words.forEach((word, at) => {
    const last = pieces.at(-1)
    if (last && last.marked === marks[at]) last.text += word
    else pieces.push({ text: word, marked: marks[at]! })
  })
  return pieces
}

/** As much around the first thing that stands out as one reads at a glance. */
const excerpt = (pieces: readonly Piece[]): Piece[] => {
  const out: Piece[] = []
  let left = glance
  const first = Math.max(
    0,
    pieces.findIndex(({ marked }) => marked),
  )
  const before = pieces
    .slice(0, first)
    .map(({ text }) => text)
    .join('')
  if (before)
    out.push({ text: before.length > lead ? `…${before.slice(-lead).replace(/^\S*\s/, '')}` : before, marked: false })
  for (const { text, marked } of pieces.slice(first)) {
    if (left <= 0) break
    out.push({ text: text.length > left ? `${text.slice(0, left).replace(/\s\S*$/, '')}…` : text, marked })
    left -= text.length
  }
  return out
}
const glance = 220
const lead = 90
