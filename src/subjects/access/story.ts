import { sql } from 'kysely'
import { openText, type Tx } from '../../platform/index.ts'
import { fill } from '../../web/index.ts'
import type { CardName } from '../story/story.ts'
import { keysOf, readable, type Held, type Item, type Sought } from './sought.ts'

type Row = Held & { kind: 'story' | 'story note'; card: CardName; words_sealed: Buffer }

/** The story that the person told, every version of every card, and what this agency's people wrote beside it. */
export const storyHeld = async (tx: Tx, sought: Sought): Promise<Item[]> => {
  const { keys, request, at, words } = sought
  const of = sql`partnership_id = ${at.viewer.partnership} and subject_id = ${at.subject.id} and agency_id = ${request.agency_id}`
  const { rows } = await sql<Row>`
    select id, 'story' as kind, card, entered_at as at, data_class, handling::int as handling, words_sealed, key_id
      from story_card where ${of}
    union all select id, 'story note', card, entered_at, data_class, handling::int, words_sealed, key_id
      from story_note where ${of}
    order by at, id`.execute(tx)
  const opened = await keysOf(tx, keys, at, rows)
  const { kinds } = words.rights.access
  return rows.flatMap(({ id, kind, card, at: then, data_class, handling, words_sealed, key_id }) => {
    const key = opened.get(key_id)
    if (!key) return []
    const table = kind === 'story' ? 'story_card' : 'story_note'
    const text = openText(key, { table, column: 'words', row: id }, words_sealed)
    const title = fill(kind === 'story' ? kinds.story : kinds.storyNote, { card: words.story.cards[card] })
    return [readable(sought, { kind, id, title, at: then, text }, data_class, handling)]
  })
}
