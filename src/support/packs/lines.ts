import { sql } from 'kysely'
import type { Line, Through } from '../../subjects/index.ts'
import type { Ask } from '../../web/index.ts'
import type { Outcome, What } from './nrm.ts'

type Row = {
  id: string
  pack: string
  agency_id: string
  at: Date
  what: What | 'started' | 'consent'
  outcome: Outcome | null
}

/** When a referral was begun, when the person was asked, and what became of it. */
export const packLines = async (ask: Ask, { worker, subject }: Through): Promise<Line[]> => {
  const of = sql`p.partnership_id = ${worker.partnership} and p.subject_id = ${subject.id}`
  const joined = (table: string) =>
    sql`pack p join ${sql.table(table)} x on x.partnership_id = p.partnership_id and x.pack_id = p.id where ${of}`
  const { rows } = await sql<Row>`
    select p.id, p.id as pack, p.agency_id, p.started_at as at, 'started' as what, null as outcome from pack p where ${of}
    union all select x.id, p.id, x.agency_id, x.entered_at, 'consent', null from ${joined('pack_consent')}
    union all select x.id, p.id, x.agency_id, x.on_date::timestamp at time zone ${ask.place.zone}, x.what, x.outcome
      from ${joined('pack_outcome')}`.execute(ask.tx)
  const { lines, nrm, outcome: said } = ask.w.packs
  const text = ({ what, outcome }: Row): string =>
    what === 'started' || what === 'consent'
      ? lines[what]
      : [nrm, said.whats[what], outcome && said.outcomes[outcome].toLowerCase()].filter(Boolean).join(': ')
  return rows.map((row) => ({
    id: row.id,
    kind: 'referral',
    agency_id: row.agency_id,
    at: row.at,
    text: text(row),
    href: `/people/${subject.id}/packs/${row.pack}`,
  }))
}
