import { sql } from 'kysely'
import type { Line, Through } from '../../subjects/index.ts'
import { fill, type Ask } from '../../web/index.ts'
import { aboutLabel } from '../boundary/dispute.ts'
import { offerLabel, testLabel } from '../thresholds/threshold.ts'

type Row = {
  id: string
  agency_id: string
  at: Date
  what: 'threshold' | 'raised' | 'resolved'
  detail: string
  offer: string
}

/** What the rows tell of tests that were not met, and of agencies that did not agree and do again. */
export const gapLines = async (ask: Ask, { worker, subject }: Through): Promise<Line[]> => {
  const of = sql`x.partnership_id = ${worker.partnership} and x.subject_id = ${subject.id}`
  const { rows } = await sql<Row>`
    select x.id, x.agency_id, x.entered_at as at, 'threshold' as what, x.test as detail, x.offer from threshold x where ${of}
    union all select x.id, x.agency_id, x.raised_at, 'raised', x.about, '' from boundary_dispute x where ${of}
    union all select d.id, x.agency_id, x.taken_at, 'resolved', d.about, '' from boundary_step x
      join boundary_dispute d on d.partnership_id = x.partnership_id and d.id = x.dispute_id where ${of} and x.step = 'resolved'`.execute(
    ask.tx,
  )
  const words = ask.w.gaps.lines
  return rows.map(({ id, agency_id, at, what, detail, offer }) => ({
    id,
    kind: 'gap',
    agency_id,
    at,
    text: fill(words[what], {
      what: what === 'threshold' ? testLabel(detail) : aboutLabel(detail),
      offer: offerLabel(offer),
    }),
    href: what === 'threshold' ? `/people/${subject.id}/thresholds` : `/people/${subject.id}/disputes/${id}`,
  }))
}
