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
      made as (insert into transition_task (partnership_id, id, subject_id, agency_id, adult_from, code, falls_on, due_on, made_at, data_class)
        select n.partnership_id, gen_random_uuid(), n.id, n.agency_id, n.adult_from, t.code, f.falls_on,
          case when t.early then least(f.known_on + t.days, n.adult_from - 1) else f.known_on + t.days end, ${at}, t.data_class
        from near n cross join called t
          -- From the age on, or from when there was support, or from when it was said to be so: whichever was last.
          cross join lateral (select min(c.said_at)::date as said_on from transition_circumstance c
            where c.partnership_id = n.partnership_id and c.subject_id = n.id and c.ended_at is null and c.code = any (t.whens)) so
          cross join lateral (select a.falls_on, greatest(a.falls_on, n.begun, so.said_on) as known_on
            from (select age_day(n.born, t.months) as falls_on) a) f
        where f.falls_on <= ${today}::date
          and case when t.months <= ${eighteenMonths} then n.begun < n.adult_from and ${today}::date < n.adult_from + ${graceDays}::int
            else n.begun <= f.falls_on end
          and (t.whens = '{}' or so.said_on is not null
            or 'level' = any (t.whens) and (select l.level in ('significant', 'experiencing') from assessment_finish l
              where l.partnership_id = n.partnership_id and l.subject_id = n.id and l.level is not null
              order by l.finished_at desc limit 1))
        on conflict (partnership_id, subject_id, code) do nothing returning 1)
      select count(*)::int as made from made`.execute(tx)
    const { made } = rows[0]!
    const of = subject ? { kind: 'person', id: subject } : { kind: 'partnership', id: partnership }
    if (made > 0) await record(tx, { kind: 'system', partnership }, 'transition tasks made', of, { made })
    return made
  })
