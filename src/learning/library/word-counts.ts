import { sql } from 'kysely'
import type { Tx } from '../../platform/index.ts'

/** Counts each word of an entry once, as the product. Taken in one order, so that two who publish at once do not lock each other. */
export const countWords = async (tx: Tx, partnership: string, entry: string): Promise<void> => {
  await sql`insert into library_word (word, entries)
    select word, 1 from (${wordsOf(partnership, entry)}) as w order by word
    on conflict (word) do update set entries = library_word.entries + 1`.execute(tx)
}

/** And takes them away with it, or a search would still offer the words of what is gone. */
export const forgetWords = async (
  tx: Tx,
  entry: { partnership_id: string; id: string; standing: boolean },
): Promise<void> => {
  if (!entry.standing) return
  const gone = wordsOf(entry.partnership_id, entry.id)
  await sql`delete from library_word where entries = 1 and word in (${gone})`.execute(tx)
  await sql`update library_word set entries = entries - 1 where entries > 1 and word in (${gone})`.execute(tx)
}

/** Those that may be misspelt: letters alone, neither short nor endless. */
const wordsOf = (partnership: string, entry: string) => sql`
  select word from library_entry, unnest(tsvector_to_array(to_tsvector('simple', body))) as word
  where partnership_id = ${partnership} and id = ${entry} and word ~ '^[[:alpha:]]{4,30}$'`
