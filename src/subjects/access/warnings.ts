import { sql } from 'kysely'
import { openText, type Tx } from '../../platform/index.ts'
import { fill } from '../../web/index.ts'
import { keysOf, readable, type Held, type Item, type Sought } from './sought.ts'

type Row = Held & { table: string; words_sealed: Buffer; warning_id: string; review_on: string | null }

/** Warnings that the agency gave about the person, each with why its people said that it still stands or has ended. */
export const warningsHeld = async (tx: Tx, sought: Sought): Promise<Item[]> => {
  const { keys, request, at, words } = sought
  const of = sql`x.partnership_id = ${at.viewer.partnership} and x.subject_id = ${at.subject.id}
    and x.agency_id = ${request.agency_id}`
  const { rows } = await sql<Row>`
    select x.id, 'warning' as kind, x.entered_at as at, x.data_class, x.handling::int as handling, x.key_id,
      'warning' as "table", x.words_sealed, x.id as warning_id, x.review_on::text as review_on
      from warning x where ${of}
    union all select x.id, 'warning', x.reviewed_at, x.data_class, x.handling::int, x.key_id,
      'warning_review', x.why_sealed, x.warning_id, x.review_on::text
      from warning_review x where ${of}
    order by at, id`.execute(tx)
  const opened = await keysOf(tx, keys, at, rows)
  const { kinds, warningReview } = words.rights.access
  return rows.flatMap(({ id, at: then, data_class, handling, key_id, table, words_sealed, review_on }) => {
    const key = opened.get(key_id)
    if (!key) return []
    const isReview = table === 'warning_review'
    const said = openText(key, { table, column: isReview ? 'why' : 'words', row: id }, words_sealed)
    const outcome = review_on ? fill(words.subjects.warnings.until, { day: review_on }) : words.subjects.warnings.ended
    const title = isReview ? warningReview : kinds.warning
    return [
      readable(sought, { kind: 'warning', id, title, at: then, text: `${said}\n${outcome}` }, data_class, handling),
    ]
  })
}
