import { sql } from 'kysely'
import { asProduct, record, type Tx } from '../../platform/index.ts'
import { eighteenMonths, tasks, untilMonths } from './transition.ts'

/** Tasks of the time before 18 are of no use long after it: whoever is found so late has reviews alone. */
const graceDays = 60

/** The birthday of a subject: an agency's own that agrees with the record's eighteenth, or else counted back from that. */
export const bornOn = sql`coalesce((select i.born_on from identity i where i.partnership_id = s.partnership_id
    and i.subject_id = s.id and i.replaced_at is null and age_day(i.born_on, ${sql.lit(eighteenMonths)}) = s.adult_from
    order by i.entered_at desc limit 1), (s.adult_from - interval '18 years')::date)`

/** Somebody is being supported: there is a plan, or somebody leads or is trusted. A plan closed with watch is one still. */
export const isSupported = (at: Date) => sql`(exists (select from plan p where p.partnership_id = s.partnership_id
    and p.subject_id = s.id) or exists (select from involvement v where v.partnership_id = s.partnership_id
    and v.subject_id = s.id and v.role in ('lead', 'trusted adult') and v.from_at <= ${at} and (v.to_at is null or v.to_at > ${at})))`

/**
 * Makes every task that an age has called for and that is not there yet: for one person, or for everybody. By the same
 * birthdays and the same day it makes the same rows, and a second time none. Whose birthday nobody knows has none.
 * @returns how many were made
 */
export const makeTasks = (
  tx: Tx,
  partnership: string,
  { subject, today, at }: { subject?: string; today: string; at: Date },
): Promise<number> =>
  asProduct(tx, async () => {
    const called = JSON.stringify(
      tasks.map(({ code, months, days, when, beforeBirthday, class: data_class }) => ({
        code,
        months,
        days,
        whens: when,
        early: beforeBirthday,
        data_class,
      })),
    )
    const { rows } = await sql<{ made: number }>`
      with called as materialized (select * from jsonb_to_recordset(${called}::jsonb)
        as t (code text, months int, days int, whens text[], early boolean, data_class text)),
      near as materialized (
        select s.partnership_id, s.id, s.agency_id, s.adult_from, s.opened_at::date as begun, ${bornOn} as born
        from subject s
        where s.partnership_id = ${partnership} and s.kind = 'person' and s.erased_at is null
          and (${subject ?? null}::uuid is null or s.id = ${subject ?? null}::uuid)
          and s.adult_from between ${today}::date - ${untilMonths - eighteenMonths + 1} * interval '1 month' and ${today}::date + interval '25 months'
          and ${isSupported(at)}),
      -- Roughly first, by days that need no calendar; then to the day, and only what is not there yet.
      called_for as materialized (select n.*, t.*, age_day(n.born, t.months) as falls_on from near n join called t
        on n.born + t.months * 30 <= ${today}::date and case when t.months <= ${eighteenMonths}
          then n.begun < n.adult_from and ${today}::date < n.adult_from + ${graceDays}::int
          else n.begun <= n.born + t.months * 31 end
        where not exists (select from transition_task k where k.partnership_id = n.partnership_id and k.subject_id = n.id and k.code = t.code)),
      made as (insert into transition_task (partnership_id, id, subject_id, agency_id, adult_from, code, falls_on, due_on, made_at, data_class)
        select c.partnership_id, gen_random_uuid(), c.id, c.agency_id, c.adult_from, c.code, c.falls_on,
          case when c.early then least(k.known_on + c.days, c.adult_from - 1) else k.known_on + c.days end, ${at}, c.data_class
        from called_for c
          -- From the age on, or from when there was support, or from when it was said to be so: whichever was last.
          left join lateral (select min(w.said_at)::date as said_on from transition_circumstance w
            where w.partnership_id = c.partnership_id and w.subject_id = c.id and w.ended_at is null
              and w.code = any (c.whens)) so on c.whens <> '{}'
          cross join lateral (select greatest(c.falls_on, c.begun, so.said_on) as known_on) k
        where c.falls_on <= ${today}::date and (c.months <= ${eighteenMonths} or c.begun <= c.falls_on)
          and (c.whens = '{}' or so.said_on is not null
            or 'missing' = any (c.whens) and exists (select from missing_episode m
              where m.partnership_id = c.partnership_id and m.subject_id = c.id and m.ended_at is null)
            or 'level' = any (c.whens) and (select l.level in ('significant', 'experiencing') from assessment_finish l
              where l.partnership_id = c.partnership_id and l.subject_id = c.id and l.level is not null
              order by l.finished_at desc limit 1))
        on conflict (partnership_id, subject_id, code) do nothing returning 1)
      select count(*)::int as made from made`.execute(tx)
    const { made } = rows[0]!
    const of = subject ? { kind: 'person', id: subject } : { kind: 'partnership', id: partnership }
    if (made > 0) await record(tx, { kind: 'system', partnership }, 'transition tasks made', of, { made })
    return made
  })
