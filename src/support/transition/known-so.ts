import { sql } from 'kysely'
import { agencies } from '../../partnership/index.ts'
import { tellable, type Through } from '../../subjects/index.ts'
import { fill, type Ask } from '../../web/index.ts'
import { dayOf } from '../plan/pages/dates.ts'
import { circumstances } from './transition.ts'

type Source = 'looked after' | 'missing' | 'child protection'
const codeOf: Readonly<Record<Source, string>> = {
  'looked after': 'looked-after',
  missing: 'missing',
  'child protection': 'child-protection',
}

/**
 * What is so for them as far as the record says it already, with where it says so: rows that this viewer sees, and which
 * agencies work with them as far as the viewer may hear of it. Nothing counts before somebody confirms it.
 */
export const knownSo = async (ask: Ask, at: Through): Promise<ReadonlyMap<string, string>> => {
  const { partnership } = at.worker
  const of = sql`x.partnership_id = ${partnership} and x.subject_id = ${at.subject.id}`
  const { rows } = await sql<{ source: Source; on: string }>`
    select 'looked after' as source, m.on from (select x.looked_after, x.reported_at::date::text as on from missing_episode x
      where ${of} and x.looked_after <> 'not known' order by x.reported_at desc limit 1) m where m.looked_after = 'yes'
    union all select 'missing', x.started_at::date::text from missing_episode x where ${of} and x.ended_at is null
    union all select 'child protection', p.on from (select k.kind, k.on from
      (select x.kind, x.started_at::date::text as on, x.started_at as said_at from plan x where ${of}
        union all select x.kind, x.held_on::text, x.held_at from plan_review x where ${of}) k
      order by k.said_at desc limit 1) p where p.kind = 'child protection'`.execute(ask.tx)
  const words = ask.w.eighteen.circumstances.known
  const known = new Map(rows.map(({ source, on }) => [codeOf[source], fill(words[source], { day: dayOf(ask, on) })]))
  const around = new Set((await tellable(ask, at)).map(({ agency_id }) => agency_id))
  const near =
    around.size === 0 ? [] : (await agencies(ask.tx, partnership, { on: at.today })).filter(({ id }) => around.has(id))
  for (const { code, agencies: kinds } of circumstances) {
    const one = near.find(({ kind }) => kinds.includes(kind))
    if (one && !known.has(code)) known.set(code, fill(words.agency, { agency: one.name }))
  }
  return known
}
