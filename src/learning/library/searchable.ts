import { sql } from 'kysely'
import type { Tx } from '../../platform/index.ts'
import { sizes } from '../codes.ts'
import type { NewEntry } from './entry.ts'
import { passagesOf } from './passages.ts'
import { mentionsIn, themesSpokenOf } from './spoken.ts'

type Which = { partnership: string; id: string }

/** Lets an entry be found by its words, as the product. One that replaces another takes its place here too. */
export const keepSearchable = async (tx: Tx, which: Which, entry: NewEntry, at: Date): Promise<void> => {
  await forgetSearchable(tx, which)
  const { findings, report, prose, title, summary, area, region } = entry
  const said = findings.map(({ words }) => words).join('\n')
  const head = [title, summary, said].join('\n')
  // PostgreSQL keeps no more than a megabyte of words in one vector: this is a book of 400 pages.
  const body = passagesOf({ report, prose })
    .map(({ text }) => text)
    .join('\n')
    .slice(0, 900_000)
  const own = new Set(findings.flatMap(({ themes }) => themes))
  const mentions = mentionsIn(`${head}\n${body}`)
  const often = [...mentions].filter(([, times]) => times >= oftenEnough).map(([theme]) => theme)
  const lexemes = (themes: Iterable<string>) => sql`array_to_tsvector(${[...new Set(themes)].map(themeLexeme)}::text[])`
  const headVector = sql<string>`setweight(to_tsvector('english', ${title}), 'A')
    || setweight(to_tsvector('english', ${said}), 'B')
    || setweight(to_tsvector('english', ${[summary, area, region].join('\n')}), 'C')
    || ${lexemes([...own, ...themesSpokenOf(head)])}`
  await tx
    .insertInto('library_search')
    .values({
      partnership_id: which.partnership,
      entry_id: which.id,
      kind: entry.kind,
      region,
      size: sizeCode(entry.size),
      methodology: entry.methodology,
      year: entry.year,
      themes: [...new Set([...own, ...often])].sort(),
      entered_at: at,
      body: [head, area, region, body].join('\n'),
      head: headVector,
      search: sql`${headVector} || to_tsvector('english', ${body}) || ${lexemes([...own, ...mentions.keys()])}`,
    })
    .execute()
  await sql`insert into library_word (word)
    select word from (${wordsOf(which)}) as w order by word on conflict do nothing`.execute(tx)
}

/** A form says "Standard" where a project says it by its code: one question finds both. */
const sizeCode = (said: string): string => {
  const plain = said.trim().toLowerCase()
  return sizes.find(({ code, label }) => code === plain || label.toLowerCase() === plain)?.code ?? said.trim()
}

/** So many mentions of a theme make it one of the entry's own; once or twice is passing by. */
const oftenEnough = 3

/** A theme as a word that nobody types: whatever speaks of it has it, so a phrase need not be looked for as one. */
export const themeLexeme = (code: string): string => `theme:${code}`

/** Takes it out of every search, and those of its words that stand nowhere else from those that a search may offer. */
export const forgetSearchable = async (tx: Tx, which: Which): Promise<void> => {
  const { rows } = await sql<{ word: string }>`${wordsOf(which)}`.execute(tx)
  if (rows.length === 0) return
  await tx
    .deleteFrom('library_search')
    .where('partnership_id', '=', which.partnership)
    .where('entry_id', '=', which.id)
    .execute()
  await sql`delete from library_word w where word = any(${rows.map(({ word }) => word)}::text[])
    and not exists (select from library_search s where s.search @@ plainto_tsquery('english', w.word))`.execute(tx)
}

/** Those that may be misspelt: letters alone, neither short nor endless. */
const wordsOf = ({ partnership, id }: Which) => sql`
  select word from library_search, unnest(tsvector_to_array(to_tsvector('simple', body))) as word
  where partnership_id = ${partnership} and entry_id = ${id} and word ~ '^[[:alpha:]]{4,30}$'`
