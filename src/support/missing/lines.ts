import { sql } from 'kysely'
import { instant } from '../../platform/index.ts'
import type { Line, Through } from '../../subjects/index.ts'
import { fill, type Ask } from '../../web/index.ts'
import { hoursMissing, turnedEighteen, type OfferAnswer } from './missing.ts'
import { hoursSaid } from './pages/when.tsx'

type Row = { id: string; episode: string; agency_id: string; at: Date; started_at: Date; ended_at: Date | null } & {
  what: 'missing' | 'back' | 'talk' | OfferAnswer
}

/** When they went missing and came back, whether they turned 18 meanwhile, what they were offered and answered. */
export const missingLines = async (ask: Ask, { worker, subject, now }: Through): Promise<Line[]> => {
  const of = sql`e.partnership_id = ${worker.partnership} and e.subject_id = ${subject.id}`
  const row = sql`e.id as episode, e.started_at, e.ended_at`
  const joined = (table: string) =>
    sql`missing_episode e join ${sql.table(table)} x on x.partnership_id = e.partnership_id and x.episode_id = e.id where ${of}`
  const { rows } = await sql<Row>`
    select e.id, ${row}, e.agency_id, e.started_at as at, 'missing' as what from missing_episode e where ${of}
    union all select x.id, ${row}, x.agency_id, e.ended_at, 'back' from ${joined('missing_return')}
    union all select x.id, ${row}, x.agency_id, x.offered_at, x.answer from ${joined('missing_offer')}
    union all select x.id, ${row}, x.agency_id, x.held_at, 'talk' from ${joined('missing_talk')}`.execute(ask.tx)
  const words = ask.w.missing.lines
  const line = (
    { id, episode, agency_id, at }: Pick<Row, 'id' | 'episode' | 'agency_id' | 'at'>,
    text: string,
  ): Line => ({
    id,
    kind: 'missing',
    agency_id,
    at,
    text,
    href: `/people/${subject.id}/missing/${episode}`,
  })
  return rows.flatMap((one) => {
    const told = line(one, fill(words[one.what], { span: hoursSaid(ask, hoursMissing(one, now)) }))
    if (one.what !== 'missing' || !turnedEighteen(one, subject.adult_from, now, ask.place.zone)) return [told]
    return [told, line({ ...one, at: instant(subject.adult_from!, 0, ask.place.zone) }, words.eighteen)]
  })
}
