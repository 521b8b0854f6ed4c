import { sql, type RawBuilder } from 'kysely'
import { bornOn, isSupported } from '../transition/make-tasks.ts'
import { eighteenMonths, ownersByMonths } from '../transition/transition.ts'
import { contactKinds, daysOf, type GapKind } from './gap.ts'

export type Now = { today: string; at: Date }
/** `closed`: the accounts that nobody can sign in to any more. */
export type Standing = Now & { closed: readonly string[] }
export type PersonGap = Exclude<GapKind, 'unowned concern'>

const of = (alias: string) => sql.raw(`${alias}.partnership_id = s.partnership_id and ${alias}.subject_id = s.id`)
const live = (at: Date) =>
  sql`${of('i')} and i.role not in ('feed', 'triage') and i.from_at <= ${at} and (i.to_at is null or i.to_at > ${at})`
const isContact = sql`e.kind = any (${contactKinds}::text[])`
/** When somebody met, rang or heard them: an entry, what they said, or the conversation after a return. */
const contacts = sql`(select e.happened_at as at, e.entered_by from entry e where ${of('e')} and ${isContact}
  union all select v.heard_on, v.entered_by from voice v where ${of('v')} and v.entered_by is not null
  union all select t.held_at, t.entered_by from missing_talk t where ${of('t')}) k`
/** A plan that is not closed with watch. */
const openPlan = sql`from plan p where ${of('p')} and not exists (select from plan_closure c
  where ${of('c')} and c.closed_at is not null and c.ended_at is null)`

/** Nobody who turns 18 later than in so many days is as old yet as both owners have to be named by. */
export const nearDays = (eighteenMonths - ownersByMonths) * 32

/**
 * For each kind of gap one question of a person (`s`): since when it is so, or null. All are asked of a whole team's
 * people at once.
 */
export const sinceWhen: Readonly<Record<PersonGap, (now: Standing) => RawBuilder<unknown>>> = {
  'no lead': ({
    at,
  }) => sql`select coalesce((select max(i.to_at) from involvement i where ${of('i')} and i.role = 'lead'), p.started_at)::date
    ${openPlan} and not exists (select from involvement i where ${live(at)} and i.role = 'lead')`,
  // Whoever took it on has neither written anything nor heard them since.
  'stalled transfer': ({
    at,
    today,
  }) => sql`select max(o.to_at)::date from involvement o where ${of('o')} and o.end_reason = 'handed over'
    and o.to_at <= ${today}::date - ${daysOf('stalled transfer')}::int and o.to_at > ${today}::date - 365
    and exists (select from involvement i where ${live(at)} and i.role = o.role and i.from_at = o.to_at
      and not exists (select from entry e where ${of('e')} and e.entered_at >= o.to_at and e.entered_by = i.staff_id)
      and not exists (select from ${contacts} where k.at >= o.to_at::date and k.entered_by = i.staff_id))`,
  'nobody named': ({
    at,
    today,
  }) => sql`select min(i.from_at)::date from involvement i where ${live(at)} and i.staff_id is null
    and i.from_at < ${today}::date - ${daysOf('nobody named')}::int and not exists (select from involvement n
      where ${of('n')} and n.agency_id = i.agency_id and n.staff_id is not null and (n.to_at is null or n.to_at > ${at}))`,
  'no contact': ({
    today,
  }) => sql`select l.last from (select coalesce((select max(k.at) from ${contacts}), p.started_at)::date as last ${openPlan}) l
    where l.last < ${today}::date - ${daysOf('no contact')}::int`,
  // Its end is planned, or whoever it is cannot sign in any more; or somebody said that a good one may be lost.
  ending: ({ at, today, closed }) => sql`select min(least(i.ends_on, r.since)) from
    (select min(case when i.staff_id = any(${closed}::uuid[]) then ${today}::date else e.ends_on end) as ends_on
      from involvement i left join planned_ending e on e.partnership_id = i.partnership_id and e.involvement_id = i.id and e.replaced_at is null
        and e.ends_on < ${today}::date + ${daysOf('ending')}::int
      where ${live(at)} and i.staff_id is not null and i.role in ('lead', 'trusted adult')) i,
    (select min(r.entered_at)::date as since from relationship r where ${of('r')} and r.replaced_at is null
      and r.continuity = 'may be lost' and r.effect <> 'harmful'
      and not exists (select from relationship_end x where x.partnership_id = r.partnership_id and x.tie_id = r.tie_id)) r`,
  // They were missing over the border, agencies do not agree which area is theirs, or an address lies in another one and
  // nobody who works there is named yet.
  'over the border': ({ at, today }) => sql`select min(b.since) from (
    select max(m.started_at)::date as since from missing_episode m where ${of('m')} and m.out_of_county = 'yes'
      and m.started_at > ${today}::date - ${daysOf('over the border')}::int
    union all select min(a.entered_at)::date from identity a where ${of('a')} and a.replaced_at is null and a.over_border
      and not exists (select from involvement i join agency_area g on g.partnership_id = i.partnership_id
        and g.agency_id = i.agency_id and g.area_id = a.area_id where ${live(at)} and i.staff_id is not null)
    union all select min(d.raised_at)::date from boundary_dispute d where ${of('d')} and d.about = 'area' and not exists
      (select from boundary_step x where x.partnership_id = d.partnership_id and x.dispute_id = d.id and x.step = 'resolved')) b`,
  'single agency': ({
    at,
    today,
  }) => sql`select p.started_at::date ${openPlan} and p.started_at < ${today}::date - ${daysOf('single agency')}::int
    and (select count(distinct i.agency_id) from involvement i where ${live(at)}) = 1`,
  'late review': ({
    today,
  }) => sql`select d.next_on from (select coalesce((select r.next_on from plan_review r where ${of('r')}
      order by r.held_at desc limit 1), p.review_on) as next_on ${openPlan}) d where d.next_on < ${today}::date - ${daysOf('late review')}::int`,
  // As the plan says it: the account was closed, or nobody says any more that they, or their agency, work with the person.
  'unowned action': ({ at, closed }) => sql`select min(a.due_on) from plan_action a where ${of('a')}
    and (select g.said from plan_progress g where g.partnership_id = a.partnership_id and g.action_id = a.id
      order by g.said_at desc limit 1) not in ('done', 'not done')
    and (not exists (select from involvement i where ${live(at)}
        and case when a.owner_id is null then i.agency_id = a.owner_agency_id else i.staff_id = a.owner_id end)
      or a.owner_id = any(${closed}::uuid[]))`,
  'expired warning': ({ today }) => sql`select min(coalesce(r.review_on, w.review_on)) from warning w
    left join lateral (select r.review_on, r.outcome from warning_review r where r.partnership_id = w.partnership_id
      and r.warning_id = w.id order by r.reviewed_at desc, r.id desc limit 1) r on true
    where ${of('w')} and r.outcome is distinct from 'ended'
      and coalesce(r.review_on, w.review_on) < ${today}::date - ${daysOf('expired warning')}::int`,
  'watch over': ({ today }) => sql`select c.until_on from plan_closure c where ${of('c')} and c.closed_at is not null
    and c.ended_at is null and c.until_on < ${today}::date`,
  'no adult owner': ({
    at,
    today,
  }) => sql`select d.falls_on from (select age_day(${bornOn}, ${ownersByMonths}) as falls_on
      where s.adult_from between ${today}::date - ${daysOf('no adult owner')}::int and ${today}::date + ${nearDays}::int) d
    where d.falls_on <= ${today}::date and ${isSupported(at)} and s.opened_at < s.adult_from
      and not exists (select from transition_owner o where ${of('o')} and o.side = 'adult' and o.task_id is null and o.ended_at is null)`,
  'late task': ({ today }) => sql`select min(t.due_on) from transition_task t where ${of('t')} and t.data_class = 'D4'
    and t.due_on < ${today}::date and coalesce((select a.outcome from transition_answer a where a.partnership_id = t.partnership_id
      and a.task_id = t.id order by a.said_at desc limit 1), 'open again') = 'open again'`,
  'no birthday': () => sql`select p.started_at::date ${openPlan} and s.adult_from is null`,
  'silent after 18': ({ at, today }) =>
    sql`select s.adult_from where ${turnedLately(today)} and ${isSupported(at)} and ${isSilent}`,
  'closed near 18': ({
    today,
  }) => sql`select max(c.closed_at)::date from plan_closure c where ${of('c')} and c.near_eighteen
    and c.closed_at > ${today}::date - ${daysOf('closed near 18')}::int and c.ended_at is null`,
  dispute: ({
    today,
  }) => sql`select min(d.answer_by) from boundary_dispute d where ${of('d')} and d.answer_by < ${today}::date
    and not exists (select from boundary_step b where b.partnership_id = d.partnership_id and b.dispute_id = d.id and b.step = 'resolved')`,
}

/** Turned 18 in the last year, and long enough ago for the days afterwards to be over; known before. */
export const turnedLately = (
  today: string,
) => sql`s.adult_from between ${today}::date - 365 and ${today}::date - ${daysOf('silent after 18')}::int
  and s.opened_at < s.adult_from`
/** Nobody was in touch from the birthday on, for so many days. */
export const isSilent = sql`not exists (select from ${contacts}
  where k.at >= s.adult_from and k.at < s.adult_from + ${daysOf('silent after 18')}::int)`
