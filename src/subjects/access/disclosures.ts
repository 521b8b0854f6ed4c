import { sql } from 'kysely'
import { openText, type Tx } from '../../platform/index.ts'
import { fill } from '../../web/index.ts'
import { namingsOf } from './reasons.ts'
import { keysOf, readable, type Held, type Item, type Sought } from './sought.ts'

const disclosed = ['why', 'wishes', 'why_not_told', 'outside', 'recipient_name', 'recipient_role'] as const

/**
 * What the agency told others about the person, or decided not to tell: to whom and why, in its own words. It is kept as
 * close as what it speaks of: one for named people only is read, and given, by those named for it, the decider first.
 */
export const disclosuresHeld = async (tx: Tx, sought: Sought): Promise<Item[]> => {
  const { keys, request, at, words } = sought
  const { rows } = await sql<
    Held & { recipient: string; second_sealed: Buffer | null; second_key_id: string | null } & Record<
        `${(typeof disclosed)[number]}_sealed`,
        Buffer | null
      >
  >`
    select d.id, d.outcome as kind, d.decided_at as at, d.data_class,
      greatest(d.handling, d.kept)::int as handling, d.key_id, d.why_sealed,
      d.wishes_sealed, d.why_not_told_sealed, d.outside_sealed, d.recipient_name_sealed, d.recipient_role_sealed,
      g.name as recipient, s.words_sealed as second_sealed, s.key_id as second_key_id
    from disclosure d
      left join disclosure_second s on s.partnership_id = d.partnership_id and s.disclosure_id = d.id
      join agency g on g.partnership_id = d.partnership_id and g.id = d.recipient_agency_id
    where d.partnership_id = ${at.viewer.partnership} and d.subject_id = ${at.subject.id}
      and d.agency_id = ${request.agency_id} order by d.decided_at, d.id`.execute(tx)
  const opened = await keysOf(tx, keys, at, rows)
  const namings = await namingsOf(
    tx,
    sought,
    rows.flatMap(({ id, handling }) => (handling === 2 ? [id] : [])),
  )
  const { kinds, disclosure } = words.rights.access
  return rows.flatMap((row) => {
    const key = opened.get(row.key_id)
    if (!key) return []
    const lines = disclosed.flatMap((column) => {
      const sealed = row[`${column}_sealed`]
      const place = { table: 'disclosure', column: column.replaceAll('_', ' '), row: row.id }
      const said = sealed && openText(key, place, sealed)
      return said ? [fill(disclosure[column], { said })] : []
    })
    const second = opened.get(row.second_key_id ?? '')
    if (second && row.second_sealed) {
      const place = { table: 'disclosure_second', column: 'words', row: row.id }
      lines.push(fill(disclosure.second, { said: openText(second, place, row.second_sealed) }))
    }
    const title = fill(row.kind === 'shared' ? kinds.shared : kinds.notShared, { agency: row.recipient })
    const item = {
      kind: 'disclosure' as const,
      id: row.id,
      title,
      at: row.at,
      text: [...lines, ...(namings.get(row.id) ?? [])].join('\n'),
    }
    return [readable(sought, item, row.data_class, row.handling)]
  })
}
