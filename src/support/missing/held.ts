import { sql } from 'kysely'
import { dataKeys, openText } from '../../platform/index.ts'
import type { Held, House } from '../../web/index.ts'

const tables = {
  missing_episode: ['reported_by', 'seen_by', 'seen_where', 'clothing', 'place', 'what'],
  missing_grade: ['reference', 'why'],
  missing_link: ['words'],
  missing_return: ['where', 'by', 'how', 'well_words'],
  missing_offer: ['offered_by', 'spoke', 'carer', 'why'],
  missing_talk: ['held_by', 'where', 'said', 'push', 'pull', 'harm', 'others', 'actions', 'shared'],
} as const
type Table = keyof typeof tables
/** What stands open beside the words, as columns of text. */
const open: Record<Table, string> = {
  missing_episode: 'looked_after, absence, out_of_county, exploitation',
  missing_grade: 'grade',
  missing_link: 'kind',
  missing_return: 'prevention, well',
  missing_offer: 'answer, again_on::text',
  missing_talk: `case when independent then 'independent' end`,
}

type Row = {
  id: string
  at: Date
  said: string
  sealed: (Buffer | null)[]
  key_id: string
  workers: string[]
  data_class: string
  handling: number
}

/** Everything that an agency's people wrote down of the times a person was missing. */
export const missingHeld: House['heldAbove'] = async (tx, keys, { partnership, subject, agency, words }) => {
  const held: Held[] = []
  for (const [table, columns] of Object.entries(tables) as [Table, readonly string[]][]) {
    const { rows } = await sql<Row>`
      select id, entered_at as at, concat_ws(', ', ${sql.raw(open[table])}) as said, key_id, array[entered_by] as workers,
        array[${sql.raw(columns.map((one) => `${one}_sealed`).join(', '))}] as sealed, data_class, handling::int as handling
      from ${sql.table(table)}
      where partnership_id = ${partnership} and subject_id = ${subject} and agency_id = ${agency} order by entered_at, id`.execute(
      tx,
    )
    const opened = await dataKeys(
      tx,
      keys,
      partnership,
      rows.map(({ key_id }) => key_id),
    )
    for (const { id, at, said, sealed, key_id, workers, data_class, handling } of rows) {
      const key = opened.get(key_id)
      if (!key) continue
      const told = sealed.flatMap((bytes, i) =>
        bytes ? [openText(key, { table, column: columns[i]!, row: id }, bytes)] : [],
      )
      const text = [said, ...told].filter(Boolean).join('\n')
      held.push({ kind: 'missing', id, title: words.missing.held[table], at, text, data_class, handling, workers })
    }
  }
  return held
}
