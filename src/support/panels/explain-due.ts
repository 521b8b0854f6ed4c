import { sql } from 'kysely'
import { localDate } from '../../platform/index.ts'
import type { meetingKinds, Through } from '../../subjects/index.ts'
import { fill, type Ask } from '../../web/index.ts'

/** Meetings that decided something about a person who has not been told yet what it was. */
export const explainDue = async (ask: Ask, at: Through): Promise<{ on: string; what: string; href: string }[]> => {
  if (at.subject.kind !== 'person') return []
  const { partnership } = at.worker
  const { rows } = await sql<{ id: string; kind: (typeof meetingKinds)[number]; starts_at: Date }>`
    select m.id, m.kind, m.starts_at from meeting m
    where m.partnership_id = ${partnership} and m.subject_id = ${at.subject.id} and m.starts_at <= ${at.now}
      and exists (select from panel_decision d where d.partnership_id = m.partnership_id and d.meeting_id = m.id)
      and not exists (select from panel_part p where p.partnership_id = m.partnership_id and p.meeting_id = m.id
        and p.said = 'explained')
    order by m.starts_at, m.id limit 20`.execute(ask.tx)
  return rows.map(({ id, kind, starts_at }) => ({
    on: localDate(starts_at, ask.place.zone),
    what: fill(ask.w.panels.explain, { kind: ask.w.subjects.meetings.kinds[kind] }),
    href: `/people/${at.subject.id}/meetings/${id}/part`,
  }))
}
