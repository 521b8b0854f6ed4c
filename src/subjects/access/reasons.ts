import { sql, type RawBuilder } from 'kysely'
import { openText, type DataKey, type Tx } from '../../platform/index.ts'
import { namingHistory } from '../../sharing/index.ts'
import { namesFor } from '../../staff/index.ts'
import { fill } from '../../web/index.ts'
import { day } from '../pages/said.tsx'
import { keysOf, readable, type Held, type Item, type Sought } from './sought.ts'

type Row = Held & {
  kind: 'involvement' | 'asked' | 'glass' | 'glass review' | 'put off' | 'request'
  /** Where the words lie, and what a title says of them: a role, an outcome, a day. */
  table: string
  column: string
  note: string
  sealed: Buffer
}

/**
 * Reasons of the agency's own people for what they did around the person: why they worked with them, asked who does,
 * opened their record in an emergency, what was made of that, why it was kept longer, and how they were answered before.
 * Of this request itself nothing: what is said as it ends must not change what was approved.
 */
export const reasonsHeld = async (tx: Tx, sought: Sought): Promise<Item[]> => {
  const { keys, request, at } = sought
  const of = sql`x.partnership_id = ${at.viewer.partnership} and x.agency_id = ${request.agency_id}`
  const about = sql`${of} and x.subject_id = ${at.subject.id}`
  // Why somebody was asked in are the words of whoever did it, and so of that one's agency.
  const writtenBy = (who: RawBuilder<unknown>) => sql`x.partnership_id = ${at.viewer.partnership}
    and x.subject_id = ${at.subject.id} and ${who} in (select a.id from account a
      where a.partnership_id = x.partnership_id and a.agency_id = ${request.agency_id})`
  const earlier = sql`access_request r on r.partnership_id = x.partnership_id and r.id = x.request_id
    and r.subject_id = ${at.subject.id} and r.id <> ${request.id}`
  const { rows } = await sql<Row>`
    select x.id, 'involvement' as kind, x.from_at as at, 'D4' as data_class, x.handling::int as handling, x.key_id,
      'involvement' as table, 'why' as column, x.role as note, x.why_sealed as sealed
      from involvement x where ${writtenBy(sql.ref('x.entered_by'))} and x.why_sealed is not null
    union all select x.id, 'involvement', x.from_at, 'D4', x.handling::int, x.key_id,
      'involvement', 'why_ended', x.role, x.why_ended_sealed
      from involvement x where ${writtenBy(sql.ref('x.ended_by'))} and x.why_ended_sealed is not null
    union all select x.id, 'asked', x.asked_at, x.data_class::text, x.handling::int, x.key_id,
      'involvement_asked', 'why', '', x.why_sealed
      from involvement_asked x where ${about}
    union all select x.id, 'glass', x.from_at, x.data_class::text, x.handling::int, x.key_id,
      'break_glass', 'why', '', x.why_sealed
      from break_glass x where ${about}
    union all select x.id, 'glass review', x.reviewed_at, x.data_class::text, x.handling::int, x.key_id,
      'break_glass_review', 'words', x.outcome, x.words_sealed
      from break_glass_review x where ${about}
    union all select x.id, 'put off', x.answered_at, x.data_class::text, x.handling::int, x.key_id,
      'destruction_answer', 'why', x.until_on::text, x.why_sealed
      from destruction_answer x
        join destruction_proposal p on p.partnership_id = x.partnership_id and p.id = x.proposal_id
          and p.subject_id = ${at.subject.id} where ${of} and x.answer = 'defer'
    union all select x.request_id, 'request', x.closed_at, x.data_class::text, x.handling::int, x.key_id,
      'access_closure', 'words', x.outcome, x.words_sealed
      from access_closure x join ${earlier} where ${of}
    order by at, id, "column"`.execute(tx)
  const opened = await keysOf(tx, keys, at, rows)
  const items = new Map<string, { row: Row; lines: string[] }>()
  for (const row of rows) {
    const key = opened.get(row.key_id)
    if (!key) continue
    const one = items.get(row.id) ?? { row, lines: [] }
    one.lines.push(lineOf(sought, row, key))
    items.set(row.id, one)
  }
  return [...items.values()].map(({ row, lines }) => {
    const { id, kind, at: then, data_class, handling } = row
    return readable(
      sought,
      { kind, id, title: titleOf(sought, row), at: then, text: lines.join('\n') },
      data_class,
      handling,
    )
  })
}

const lineOf = ({ words }: Sought, row: Row, key: DataKey): string => {
  const said = openText(key, { table: row.table, column: row.column, row: row.id }, row.sealed)
  const { why, ended } = words.rights.access.reasons
  return row.column === 'words' ? said : fill(row.column === 'why_ended' ? ended : why, { said })
}

const titleOf = ({ words }: Sought, { kind, note }: Row): string => {
  const { subjects, rights } = words
  const notes: Record<string, string> = {
    ...subjects.roles,
    ...subjects.reviews.outcomes,
    ...rights.access.request.ended,
  }
  return fill(rights.access.reasons.titles[kind], { note: kind === 'put off' ? day(note) : (notes[note] ?? note) })
}

/** Who was named for sealed rows after they were written, and why: lines that stand beneath each of them. */
export const namingsOf = async (tx: Tx, { keys, at, words }: Sought, rows: readonly string[]) => {
  const found = await namingHistory(tx, keys, at.viewer.partnership, rows)
  const names = await namesFor(
    tx,
    found.map(({ staff_id }) => staff_id),
  )
  const { named, namedEnded } = words.rights.access
  const lines = new Map<string, string[]>()
  for (const { row_id, staff_id, why, why_ended } of found) {
    const name = names.get(staff_id)?.name ?? words.subjects.circle.somebody
    const said = [why && fill(named, { name, why }), why_ended && fill(namedEnded, { name, why: why_ended })]
    lines.set(row_id, [...(lines.get(row_id) ?? []), ...said.filter((line) => line !== '')])
  }
  return lines
}
