import { sql } from 'kysely'
import { dataKeys, openText } from '../../platform/index.ts'
import { fill, type Held, type House } from '../../web/index.ts'

type Row = Omit<Held, 'kind' | 'title' | 'text'> & {
  what: 'minutes' | 'decision' | 'part' | 'item' | 'deferral'
  detail: string
  key_id: string
  a: Buffer
  b: Buffer | null
}
/** The sealed columns of each table, in the order of the statement below. */
const places: Record<Row['what'], readonly [table: string, ...columns: string[]]> = {
  minutes: ['written', 'words'],
  decision: ['panel_decision', 'words', 'why'],
  part: ['panel_part', 'words'],
  item: ['panel_item', 'reason'],
  deferral: ['panel_deferral', 'reason'],
}

/** What an agency's people wrote of a person in meetings: minutes, decisions, their part, and why they were spoken about or not. */
export const panelsHeld: House['heldAbove'] = async (tx, keys, { partnership, subject, agency, words: w }) => {
  const of = sql`x.partnership_id = ${partnership} and x.subject_id = ${subject} and x.agency_id = ${agency}`
  const common = sql`x.id, x.data_class, x.handling::int as handling, x.key_id`
  const { rows } = await sql<Row>`
    select 'minutes' as what, x.field as detail, x.written_at as at, ${common}, array[x.written_by] as workers,
      x.words_sealed as a, null::bytea as b
      from written x join meeting m on m.partnership_id = x.partnership_id and m.id = x.document_id where ${of}
    union all select 'decision', '', x.decided_at, ${common}, array[x.decided_by], x.words_sealed, x.why_sealed
      from panel_decision x where ${of}
    union all select 'part', x.said, x.entered_at, ${common}, array[x.entered_by], x.words_sealed, null
      from panel_part x where ${of} and x.words_sealed is not null
    union all select 'item', '', x.added_at, ${common}, array[x.added_by], x.reason_sealed, null
      from panel_item x where ${of} and x.reason_sealed is not null
    union all select 'deferral', '', x.deferred_at, ${common}, array[x.deferred_by], x.reason_sealed, null
      from panel_deferral x where ${of}
    order by at, id`.execute(tx)
  const opened = await dataKeys(
    tx,
    keys,
    partnership,
    rows.map(({ key_id }) => key_id),
  )
  const { held, minutes, part } = w.panels
  const labels: Record<string, { label: string }> = minutes.questions
  const saids: Record<string, string> = part.saids
  return rows.flatMap(({ what, detail, key_id, a, b, ...row }): Held[] => {
    const key = opened.get(key_id)
    if (!key) return []
    const [table, ...columns] = places[what]
    const told = [a, b].flatMap((sealed, i) =>
      sealed ? [openText(key, { table, column: columns[i]!, row: row.id }, sealed)] : [],
    )
    const lines = what === 'part' ? [saids[detail], ...told] : told
    const text = lines.filter(Boolean).join('\n')
    const title = fill(held[what], { question: labels[detail]?.label ?? detail })
    return text.trim() ? [{ ...row, kind: 'panel', title, text }] : []
  })
}
