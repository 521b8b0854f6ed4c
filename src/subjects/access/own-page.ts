import { sql } from 'kysely'
import { openText, type Tx } from '../../platform/index.ts'
import { keysOf, readable, type Held, type Item, type Sought } from './sought.ts'

type Row = Held & {
  kind: 'own message' | 'own message answer' | 'own way'
  first: Buffer | null
  second: Buffer | null
}
/** The sealed columns of each, in the order that they are told. */
const places = {
  'own message': { table: 'own_message', columns: ['words', 'reach'] },
  'own message answer': { table: 'own_message_answer', columns: ['words', ''] },
  'own way': { table: 'own_way', columns: ['name', 'why'] },
} as const

/** What the person said from their own page, what was answered, and who else was let in to it and why. */
export const ownPageHeld = async (tx: Tx, sought: Sought): Promise<Item[]> => {
  const { keys, request, at, words } = sought
  const of = sql`partnership_id = ${at.viewer.partnership} and subject_id = ${at.subject.id} and agency_id = ${request.agency_id}`
  const row = sql`data_class, handling::int as handling, key_id`
  const { rows } = await sql<Row>`
    select id, 'own message' as kind, said_at as at, ${row}, words_sealed as first, reach_sealed as second
      from own_message where ${of}
    union all select message_id, 'own message answer', answered_at, ${row}, words_sealed, null
      from own_message_answer where ${of}
    union all select id, 'own way', made_at, ${row}, name_sealed, why_sealed from own_way where ${of} and key_id is not null
    order by at, id`.execute(tx)
  const opened = await keysOf(tx, keys, at, rows)
  const { ownMessage, ownMessageAnswer, ownWay } = words.rights.access.kinds
  const titles = { 'own message': ownMessage, 'own message answer': ownMessageAnswer, 'own way': ownWay }
  return rows.flatMap(({ id, kind, at: then, data_class, handling, key_id, first, second }) => {
    const key = opened.get(key_id)
    if (!key) return []
    const { table, columns } = places[kind]
    const said = [first, second].flatMap((sealed, i) =>
      sealed ? [openText(key, { table, column: columns[i]!, row: id }, sealed)] : [],
    )
    return [readable(sought, { kind, id, title: titles[kind], at: then, text: said.join('\n') }, data_class, handling)]
  })
}
