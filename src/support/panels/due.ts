import { sql } from 'kysely'
import { redConcerns } from '../../concerns/index.ts'
import { peopleInConcerns } from '../../joining/index.ts'
import { localDate, type Tx } from '../../platform/index.ts'
import type { Episode } from '../missing/missing.ts'
import { reasonsFor } from '../missing/triggers.ts'
import { missingWithinDays, redWithinDays, type DueKind } from './sitting.ts'

/** Why somebody, or a place or group, belongs on an agenda, and since or from which day. */
export type Due = { subject_id: string; adult_from: string | null; why: DueKind; on: string }

const most = 200

/**
 * Whoever has something due by the day of a sitting, the longest overdue first. Asked as the viewer, for the purpose of
 * the sitting: what the agreement does not show them brings nobody onto their agenda.
 * @param on the day of the sitting, YYYY-MM-DD
 */
export const dueBy = async (
  tx: Tx,
  partnership: string,
  { on, now, zone }: { on: string; now: Date; zone: string },
): Promise<Due[]> => {
  const of = sql`x.partnership_id = ${partnership}`
  const { rows } = await sql<Due>`
    select x.subject_id, x.adult_from::text as adult_from, 'review' as why, coalesce(r.next_on, x.review_on)::text as on
      from plan x left join lateral (select next_on from plan_review r where r.partnership_id = x.partnership_id
        and r.subject_id = x.subject_id order by r.held_at desc, r.id limit 1) r on true
      where ${of} and coalesce(r.next_on, x.review_on) <= ${on}::date and not exists (select from plan_closure c
        where c.partnership_id = x.partnership_id and c.subject_id = x.subject_id and c.closed_at is not null and c.ended_at is null)
        and not exists (select from context_closure c where c.partnership_id = x.partnership_id and c.subject_id = x.subject_id
          and c.ended_at is null)
    union all select x.subject_id, min(x.adult_from)::text, 'stuck action', min(x.due_on)::text
      from plan_action x join lateral (select said from plan_progress p where p.partnership_id = x.partnership_id
        and p.action_id = x.id order by p.said_at desc, p.id desc limit 1) p on true
      where ${of} and p.said not in ('done', 'not done') and (p.said = 'stuck' or x.due_on < ${on}::date) group by x.subject_id
    union all select x.subject_id, x.adult_from::text, 'assessment', x.review_on::text
      from (select distinct on (f.subject_id) f.* from assessment_finish f where f.partnership_id = ${partnership}
        and f.review_on is not null order by f.subject_id, f.finished_at desc) x
      where x.review_on <= ${on}::date
    union all select x.subject_id, null, 'known', x.review_on::text
      from (select distinct on (a.subject_id) a.* from context_assessment a where a.partnership_id = ${partnership}
        order by a.subject_id, a.assessed_at desc) x
      where x.review_on <= ${on}::date and not exists (select from context_closure c where c.partnership_id = x.partnership_id
        and c.subject_id = x.subject_id and c.ended_at is null)
    union all select x.subject_id, x.adult_from::text, 'watch', x.until_on::text
      from plan_closure x where ${of} and x.closed_at is not null and x.ended_at is null and x.until_on <= ${on}::date
    union all select x.subject_id, min(x.adult_from)::text, 'transition', min(x.due_on)::text
      from transition_task x left join lateral (select outcome from transition_answer a where a.partnership_id = x.partnership_id
        and a.task_id = x.id order by a.said_at desc, a.id desc limit 1) a on true
      where ${of} and x.due_on <= ${on}::date and coalesce(a.outcome, 'open again') = 'open again' group by x.subject_id
    order by 4, 1 limit ${most}`.execute(tx)
  return [...(await redOnes(tx, partnership, now)), ...(await missingOnes(tx, partnership, { now, zone })), ...rows]
}

const day = 86_400_000

/** People, and places, of whom a concern that was rated red has lately been said to tell. */
const redOnes = async (tx: Tx, partnership: string, now: Date): Promise<Due[]> => {
  const red = await redConcerns(tx, partnership, new Date(now.getTime() - redWithinDays * day))
  const ids = red.map(({ id }) => id)
  const told = [...(await peopleInConcerns(tx, partnership, ids)), ...(await contextsInConcerns(tx, partnership, ids))]
  if (told.length === 0) return []
  const seen = await tx
    .selectFrom('subject')
    .select(['id', 'adult_from'])
    .where('partnership_id', '=', partnership)
    .where('id', 'in', [...new Set(told.map(({ subject }) => subject))])
    .execute()
  return seen.map(({ id, adult_from }) => {
    const concerns = told.filter(({ subject }) => subject === id).map(({ concern }) => concern)
    const first = red.filter((one) => concerns.includes(one.id)).map(({ received_at }) => received_at.toISOString())
    return { subject_id: id, adult_from, why: 'red concern', on: first.sort()[0]!.slice(0, 10) }
  })
}

/** Places, groups and online spaces that somebody linked these concerns to. */
const contextsInConcerns = async (
  tx: Tx,
  partnership: string,
  ids: readonly string[],
): Promise<{ concern: string; subject: string }[]> => {
  const { rows } = await sql<{ concern: string; subject: string }>`
    select concern_id as concern, subject_id as subject from context_concern
    where partnership_id = ${partnership} and undone_at is null and concern_id = any(${ids}::uuid[])`.execute(tx)
  return rows
}

type Missed = Pick<Episode, 'started_at' | 'ended_at' | 'looked_after' | 'out_of_county' | 'exploitation'> & {
  subject_id: string
  adult_from: string | null
}

/** Who is missing now, and who lately was so that one of the rules of missing holds. */
const missingOnes = async (tx: Tx, partnership: string, { now, zone }: { now: Date; zone: string }): Promise<Due[]> => {
  const { rows } =
    await sql<Missed>`select subject_id, adult_from::text as adult_from, started_at, ended_at, looked_after,
      out_of_county, exploitation from missing_episode
    where partnership_id = ${partnership} and (ended_at is null or started_at >= ${new Date(now.getTime() - year)})
    order by started_at desc limit 1000`.execute(tx)
  const since = now.getTime() - missingWithinDays * day
  return [...Map.groupBy(rows, ({ subject_id }) => subject_id)].flatMap(([subject_id, episodes]): Due[] => {
    const [last] = episodes
    const { adult_from, started_at, ended_at } = last!
    const of = { subject_id, adult_from, on: localDate(started_at, zone) }
    if (ended_at === null) return [{ ...of, why: 'missing' }]
    const starts = episodes.map((one) => one.started_at)
    const asked = { episode: last!, starts, others: 0, adultFrom: adult_from, now, zone }
    return started_at.getTime() >= since && reasonsFor(asked).length ? [{ ...of, why: 'missing rule' }] : []
  })
}
const year = 365 * day

/** The same, person by person: each once, with everything that is due for them. */
export const bySubject = (all: readonly Due[]): { subject_id: string; adult_from: string | null; due: Due[] }[] =>
  [...Map.groupBy(all, ({ subject_id }) => subject_id)].map(([subject_id, due]) => ({
    subject_id,
    adult_from: due[0]!.adult_from,
    due,
  }))
