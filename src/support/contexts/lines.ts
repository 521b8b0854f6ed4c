import { sql } from 'kysely'
import { concernsSeen } from '../../concerns/index.ts'
import { homeOf, isContext, type Line, type Through } from '../../subjects/index.ts'
import { fill, type Ask } from '../../web/index.ts'
import { linksOf } from './queries.ts'

type Row = {
  id: string
  agency_id: string
  at: Date
  what: 'assessed' | 'guardian' | 'ended' | 'told' | 'closed' | 'concern' | 'asked'
}
/** Where each of them stands. */
const pages: Record<Row['what'], string> = {
  assessed: 'assessment',
  guardian: 'plan',
  ended: 'plan',
  told: 'map',
  closed: 'close',
  concern: 'close',
  asked: 'close',
}

/** What was done about a context, from its own rows; and the concerns about it that this viewer reads. */
export const contextLines = async (ask: Ask, { worker, subject }: Through): Promise<Line[]> => {
  if (!isContext(subject)) return []
  const of = sql`x.partnership_id = ${worker.partnership} and x.subject_id = ${subject.id}`
  const { rows } = await sql<Row>`
    select x.id, x.agency_id, x.assessed_at as at, 'assessed' as what from context_assessment x where ${of}
    union all select x.id, x.agency_id, x.named_at, 'guardian' from context_guardian x where ${of}
    union all select x.id, x.agency_id, x.ended_at, 'ended' from context_guardian x where ${of} and x.ended_at is not null
    union all select (array_agg(x.id order by x.kept_at))[1], x.agency_id, max(x.kept_at), 'told'
      from context_spot_said x where ${of} group by x.agency_id, (x.kept_at at time zone ${ask.place.zone})::date
    union all select x.id, x.agency_id, x.closed_at, 'closed' from context_closure x where ${of}
    union all select x.id, x.agency_id, x.reopened_at, x.cause from context_reopening x where ${of}`.execute(ask.tx)
  const words = ask.w.contexts.lines
  const own = rows.map(({ id, agency_id, at, what }): Line => ({
    id,
    kind: 'context',
    agency_id,
    at,
    text: words[what],
    href: `${homeOf(subject)}/${pages[what]}`,
  }))
  const links = await linksOf(ask.tx, worker.partnership, subject.id)
  const seen = await concernsSeen(
    ask.tx,
    worker.partnership,
    links.map(({ concern_id }) => concern_id),
  )
  const concerns = seen.map(({ id, agency_id, reference, received_at }): Line => ({
    id,
    kind: 'concern',
    agency_id,
    at: received_at,
    text: fill(ask.w.support.chronology.concern, { reference }),
    href: `/concerns/${id}`,
  }))
  return [...own, ...concerns]
}
