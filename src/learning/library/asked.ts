import { sql } from 'kysely'
import { bareWords, slips, slipsAllowed, tellingWords } from '../../guidance/index.ts'
import type { Tx } from '../../platform/index.ts'
import { themeLexeme } from './searchable.ts'
import { phrases, phrasesIn, saidAs } from './spoken.ts'

/** What one part of a search means: words that go together, how else they may be spelt, and the themes they speak of. */
type Part = { words: string[]; also: string[]; themes: string[] }

export type Asked = {
  /** For PostgreSQL, as written there: the words themselves; those or what means the same; any of them. */
  exact: string
  meant: string
  any: string
  /** What was looked for besides what was typed, to say so. */
  also: string[]
  /** What stands out in what was found: words as they count, and themes with all their phrases. */
  stems: ReadonlySet<string>
  themes: readonly string[]
}

/** Reads what somebody typed: forgives its spelling, and knows what people say when they mean a theme. */
export const readAsked = async (tx: Tx, typed: string): Promise<Asked | undefined> => {
  const words = bareWords(typed.slice(0, 200))
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, 16)
  const telling = new Set(tellingWords(words.join(' ')))
  if (words.length === 0) return undefined
  const spelt = await otherSpellings(tx, [...telling])
  const parts = partsOf(words, telling, spelt)
  const query = (part: Part, wide: boolean) => {
    const own = sql`plainto_tsquery('english', ${part.words.join(' ')})`
    if (!wide) return own
    const others = part.also.map((word) => sql`plainto_tsquery('english', ${word})`)
    const themes = part.themes.map((theme) => sql`${`'${themeLexeme(theme)}'`}::tsquery`)
    return sql`(${sql.join([own, ...others, ...themes], sql` || `)})`
  }
  const joined = (wide: boolean, by: '&&' | '||') =>
    sql`(${sql.join(
      parts.map((part) => query(part, wide)),
      by === '&&' ? sql` && ` : sql` || `,
    )})::text`
  const { rows } = await sql<Pick<Asked, 'exact' | 'meant' | 'any'>>`
    select ${joined(false, '&&')} as exact, ${joined(true, '&&')} as meant, ${joined(true, '||')} as any`.execute(tx)
  const themes = [...new Set(parts.flatMap((part) => part.themes))]
  return {
    ...rows[0]!,
    also: [...new Set(parts.flatMap((part) => part.also))],
    stems: new Set([...telling, ...parts.flatMap(({ also }) => also)].map(saidAs)),
    themes,
  }
}

/** For each word that no text of the library has, those it has that are spelt most like it. */
const otherSpellings = async (tx: Tx, words: readonly string[]): Promise<Map<string, string[]>> => {
  const spelt = new Map<string, string[]>()
  const long = words.filter((word) => /^\p{L}{4,30}$/u.test(word))
  if (long.length === 0) return spelt
  const { rows } = await sql<{ word: string; near: string[] }>`
    select w.word, array(select l.word from library_word l where l.word % w.word
      order by similarity(l.word, w.word) desc limit 12) as near
    from unnest(${long}::text[]) as w (word)
    where not exists (select from library_word l where l.word = w.word)
      and not exists (select from library_search s where s.search @@ plainto_tsquery('english', w.word))`.execute(tx)
  for (const { word, near } of rows) {
    const known = [...near, ...phrases.flatMap(({ shown }) => bareWords(shown))]
    const counted = [...new Set(known)].map((one) => ({ one, away: slips(word, one, slipsAllowed(word)) }))
    const least = Math.min(...counted.map(({ away }) => away), slipsAllowed(word) + 1)
    const best = counted.filter(({ away }) => away === least && away <= slipsAllowed(word)).map(({ one }) => one)
    if (best.length > 0) spelt.set(word, best.slice(0, 3))
  }
  return spelt
}

/** Words of a phrase that means a theme go together; each other word that tells something stands for itself. */
const partsOf = (words: readonly string[], telling: ReadonlySet<string>, spelt: Map<string, string[]>): Part[] => {
  const said = words.map((word) => saidAs(spelt.get(word)?.[0] ?? word))
  const parts: Part[] = []
  const used = new Set<number>()
  for (const { phrase, at } of phrasesIn(said)) {
    const here = phrase.said.map((_, i) => at + i)
    const same = parts.find((part) => part.words.join(' ') === here.map((i) => words[i]!).join(' '))
    here.forEach((i) => used.add(i))
    if (same) same.themes.push(phrase.theme)
    else parts.push({ words: here.map((i) => words[i]!), also: [], themes: [phrase.theme] })
  }
  const all = new Set(said)
  const loose = phrases.filter(({ said: own }) => own.length > 1 && tellingOf(own).every((word) => all.has(word)))
  words.forEach((word, at) => {
    if (used.has(at) || !telling.has(word)) return
    const one = said[at]!
    const themes = loose.filter((phrase) => tellingOf(phrase.said).includes(one)).map(({ theme }) => theme)
    parts.push({ words: [word], also: spelt.get(word) ?? [], themes: [...new Set([...themes, ...ownThemeOf(one)])] })
  })
  return parts
}

const tellingOf = (said: readonly string[]): string[] => tellingWords(said.join(' '))

/** A word that stands in several phrases of one theme and in no other means that theme: '18' does. */
const ownThemeOf = (said: string): string[] => {
  const having = phrases.filter((phrase) => phrase.said.includes(said))
  const themes = new Set(having.map(({ theme }) => theme))
  return having.length > 1 && themes.size === 1 ? [...themes] : []
}
