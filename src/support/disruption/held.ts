import { sql } from 'kysely'
import { dataKeys, openText } from '../../platform/index.ts'
import type { Held, House } from '../../web/index.ts'
import { toolOf, type Step } from './disruption.ts'

const columns = {
  specialist_pointer: ['contact'],
  disruption: ['aim', 'grounds', 'applied_by'],
  disruption_step: ['words', 'view', 'unheard', 'harmed', 'criminalise'],
} as const
type Table = keyof typeof columns
type Row = {
  id: string
  table: Table
  tool: string | null
  step: Step | null
  at: Date
  sealed: (Buffer | null)[]
  key_id: string
  workers: string[]
  data_class: string
  handling: number
}

/** What an agency's people wrote of stopping whoever does the harm, and whom to ask about a specialist process. */
export const disruptionHeld: House['heldAbove'] = async (tx, keys, { partnership, subject, agency, words }) => {
  const of = sql`x.partnership_id = ${partnership} and x.subject_id = ${subject} and x.agency_id = ${agency}`
  const common = sql`x.entered_at as at, x.key_id, array[x.entered_by] as workers, x.data_class, x.handling::int as handling`
  const { rows } = await sql<Row>`
    select x.id, 'specialist_pointer' as "table", null as tool, null as step, array[x.contact_sealed] as sealed, ${common}
      from specialist_pointer x where ${of}
    union all select x.id, 'disruption', x.tool, null, array[x.aim_sealed, x.grounds_sealed, x.applied_by_sealed], ${common}
      from disruption x where ${of}
    union all select x.id, 'disruption_step', null, x.step,
      array[x.words_sealed, x.view_sealed, x.unheard_sealed, x.harmed_sealed, x.criminalise_sealed], ${common}
      from disruption_step x where ${of}
    order by at, id`.execute(tx)
  const opened = await dataKeys(
    tx,
    keys,
    partnership,
    rows.map(({ key_id }) => key_id),
  )
  const { held, disruption } = words.packs
  const titles = { specialist_pointer: held.pointer, disruption: held.disruption, disruption_step: held.step }
  return rows.flatMap(({ id, table, tool, step, at, sealed, key_id, workers, data_class, handling }): Held[] => {
    const key = opened.get(key_id)
    if (!key) return []
    const told = sealed.flatMap((bytes, i) =>
      bytes ? [openText(key, { table, column: columns[table][i]!, row: id }, bytes)] : [],
    )
    const text = [tool && toolOf(tool).label, step && disruption.steps[step], ...told].filter(Boolean).join('\n')
    return [{ kind: 'pack', id, title: titles[table], at, text, data_class, handling, workers }]
  })
}
