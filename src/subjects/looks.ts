import { sql } from 'kysely'
import { asProduct, type Tx } from '../platform/index.ts'

export type Look = {
  id: string
  at: Date
  kind: string
  /** Null where it was no member of staff: an agency's system, or the product. */
  name: string | null
  jobTitle: string | null
  agency: string | null
  system: boolean
  purpose: string | null
  clause: string | null
}
export type LooksWanted = { agency?: string | undefined; kind?: string | undefined; page: number }
export const looks_page = 25

// That somebody is too close is theirs and their manager's to know (D7), and what touches a sealed matter stays with
// the people named for it.
const tellable = sql`e.kind not like 'conflict %' and e.handling < 2
  and coalesce(e.detail ->> 'handling', '0') <> '2'`

/** An act that named no purpose was done under the one its worker had stated for this subject at that moment. */
const purpose = sql<string | null>`coalesce(e.detail ->> 'purpose', (select p.purpose from purpose_statement p
  where p.partnership_id = e.partnership_id and p.subject_id = e.about_id and p.staff_id = e.staff_id
    and p.stated_at <= e.at and p.until_at > e.at order by p.stated_at desc limit 1))`

/** Who looked at or did something with a subject, newest first, as the events say. The caller has asked who may read it. */
export const looksAt = (tx: Tx, partnership: string, subject: string, { agency, kind, page }: LooksWanted) =>
  asProduct(tx, async () => {
    const chosen = sql`e.partnership_id = ${partnership} and e.about_id = ${subject} and ${tellable}
      and (${agency ?? null}::uuid is null or e.agency_id = ${agency ?? null})
      and (${kind ?? null}::text is null or e.kind = ${kind ?? null})`
    const { rows } = await sql<Look>`
      select e.id, e.at, e.kind, a.name, a.job_title as "jobTitle", g.name as agency, e.client_id is not null as system,
        ${purpose} as purpose, coalesce(c.number || ' ' || c.title, e.detail ->> 'clause') as clause
      from event e
        left join account a on a.partnership_id = e.partnership_id and a.id = e.staff_id
        left join agency g on g.partnership_id = e.partnership_id and g.id = e.agency_id
        left join clause c on c.partnership_id = e.partnership_id and c.id::text = e.detail ->> 'clause'
      where ${chosen} order by e.seq desc limit ${looks_page} offset ${(page - 1) * looks_page}`.execute(tx)
    const counted = await sql<{ total: number }>`select count(*)::int as total from event e where ${chosen}`.execute(tx)
    return { looks: rows, total: counted.rows[0]?.total ?? 0 }
  })

/** What the log of a subject can be narrowed to: agencies and kinds that are in it. */
export const looksHold = (tx: Tx, partnership: string, subject: string) =>
  asProduct(tx, async () => {
    const of = sql`from event e where e.partnership_id = ${partnership} and e.about_id = ${subject} and ${tellable}`
    const agencies = await sql<{ id: string; name: string }>`
      select id, name from agency where partnership_id = ${partnership} and id in (select e.agency_id ${of}) order by name`.execute(
      tx,
    )
    const kinds = await sql<{ kind: string }>`select distinct e.kind ${of} order by 1`.execute(tx)
    return { agencies: agencies.rows, kinds: kinds.rows.map(({ kind }) => kind) }
  })

const untold = sql`('crime', 'immigration')`

export type PersonsLook = {
  day: string
  agency: string
  roles: string[]
  /** Only of somebody they know: their own lead worker or trusted adult. */
  name: string | null
  purpose: string | null
  kind: string
}

/**
 * The log as the person themself may have it: a line a day for each agency, role, kind and reason. Only kinds that are
 * named here come in, so that nothing new is ever told by accident; nor what was asked to prevent or detect a crime
 * (Data Protection Act 2018, schedule 2, paragraph 2) or was a meeting that only the circle knows of, which `left`
 * counts for the worker. Of what was shared only what they were told of: whoever shared the rest wrote down why telling
 * them was not safe.
 */
export const looksForPerson = (
  tx: Tx,
  partnership: string,
  subject: string,
  { kinds, zone, now }: { kinds: readonly string[]; zone: string; now: Date },
) =>
  asProduct(tx, async () => {
    const { rows } = await sql<PersonsLook & { withheld: boolean }>`
      with told as (
        select (e.at at time zone ${zone})::date::text as day, e.kind, e.staff_id, e.agency_id, ${purpose} as purpose,
          e.kind like 'meeting %' and (e.detail ->> 'handling' is distinct from '0'
            or coalesce(e.detail ->> 'for' in ${untold}, false)) as kept,
          exists (select from involvement i where i.partnership_id = e.partnership_id and i.subject_id = e.about_id
            and i.staff_id = e.staff_id and i.role in ('lead', 'trusted adult')
            and i.from_at <= ${now} and (i.to_at is null or i.to_at > ${now})) as known
        from event e
        where e.partnership_id = ${partnership} and e.about_id = ${subject} and e.viewer = 'staff' and ${tellable}
          and (e.kind <> 'information shared' or e.detail ->> 'told' = 'true') and e.kind = any(${kinds}::text[]))
      select distinct t.day, g.name as agency, t.kind, t.purpose, case when t.known then a.name end as name,
        array(select r.role from role_grant r where r.partnership_id = ${partnership} and r.account_id = t.staff_id
          and r.ended_at is null order by r.role) as roles,
        t.kept or coalesce(t.purpose in ${untold}, false) as withheld
      from told t join agency g on g.partnership_id = ${partnership} and g.id = t.agency_id
        left join account a on a.partnership_id = ${partnership} and a.id = t.staff_id
      order by t.day desc, g.name, t.kind`.execute(tx)
    return { told: rows.filter(({ withheld }) => !withheld), left: rows.filter(({ withheld }) => withheld).length }
  })
