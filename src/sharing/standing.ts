import { sql } from 'kysely'
import { asProduct, type Tx } from '../platform/index.ts'
import { warningDue } from './lapse-warning.ts'
import { refused } from './refused.ts'

export type VersionState = 'draft' | 'offered' | 'scheduled' | 'in force' | 'ending' | 'lapsed' | 'replaced'
export type Version = {
  id: string
  agreement_id: string
  code: string
  title: string
  tier: number
  under_id: string | null
  number: number
  summary: string
  offered_at: Date | null
  live_at: Date | null
  effective_from: Date | null
  effective_to: Date | null
  review_on: string | null
  clauses: number
  state: VersionState
}

/** Every version of every agreement, the overarching first, the newest version first. */
export const versionsOf = async (tx: Tx, partnership: string, now: Date): Promise<Version[]> => {
  const { rows } = await sql<Omit<Version, 'state'>>`
    select v.id, v.agreement_id, a.code, a.title, a.tier, a.under_id, v.number, v.summary, v.offered_at, v.live_at,
      v.effective_from, v.effective_to, v.review_on,
      (select count(*)::int from clause c where c.partnership_id = v.partnership_id and c.version_id = v.id) as clauses
    from agreement_version v join agreement a on a.partnership_id = v.partnership_id and a.id = v.agreement_id
    where v.partnership_id = ${partnership}
    order by a.tier, a.title, v.number desc`.execute(tx)
  return rows.map((row) => ({ ...row, state: stateOf(row, rows, now) }))
}

type Spans = Pick<Version, 'agreement_id' | 'offered_at' | 'live_at' | 'effective_from' | 'effective_to'>

const stateOf = (version: Spans, all: readonly Spans[], now: Date): VersionState => {
  const { offered_at, live_at, effective_from, effective_to } = version
  if (!live_at) return offered_at ? 'offered' : 'draft'
  if (effective_from! > now) return 'scheduled'
  const followed = all.some(
    (other) =>
      other.agreement_id === version.agreement_id &&
      other.live_at !== null &&
      other.effective_from!.getTime() === effective_to?.getTime(),
  )
  if (effective_to && effective_to <= now) return followed ? 'replaced' : 'lapsed'
  return !followed && warningDue(effective_to, now) !== undefined ? 'ending' : 'in force'
}

/** The version that people mean by an agreement: the one in force, else the next, else the latest. */
export const currentOf = (versions: readonly Version[]): Version =>
  versions.find(({ state }) => state === 'in force' || state === 'ending') ??
  versions.find(({ state }) => state === 'scheduled') ??
  versions[0]!

export type PartyState = {
  version_id: string
  agency_id: string
  agency: string
  code: string
  founding: boolean
  controller_role: string
  contact_name: string
  contact_reach: string
  deputy_name: string
  deputy_reach: string
  contact_until: string | null
  ig_lead: string
  seats: number
  /** Whoever signed, and for a signature on paper who recorded it. */
  signatories: { name: string; recorder: string | null }[]
  withdrawn: boolean
  briefed: boolean
  accounts: boolean
  first_use: Date | null
}

/**
 * How far each agency has come under the versions named: signed, briefed, accounts, first use. First use is when
 * somebody there first said that they were on a subject's page for a purpose of that version.
 */
export const partiesOf = (tx: Tx, partnership: string, versions: readonly string[]): Promise<PartyState[]> =>
  // Whoever reads the register may know that an agency has used it, and nothing of whose pages its people were on.
  asProduct(tx, async () => {
    const { rows } = await sql<PartyState>`
      select p.version_id, p.agency_id, g.name as agency, g.code, p.founding, p.controller_role, p.contact_name,
        p.contact_reach, p.deputy_name, p.deputy_reach, p.contact_until, p.ig_lead,
        coalesce(s.seats, 0) as seats, coalesce(s.names, '[]') as signatories,
        exists (select from agreement_withdrawal w where w.partnership_id = p.partnership_id
          and w.agreement_id = v.agreement_id and w.agency_id = p.agency_id and w.returned_at is null) as withdrawn,
        exists (select from adoption_step d where d.partnership_id = p.partnership_id
          and d.agreement_id = v.agreement_id and d.agency_id = p.agency_id and d.step = 'briefed') as briefed,
        exists (select from adoption_step d where d.partnership_id = p.partnership_id
          and d.agreement_id = v.agreement_id and d.agency_id = p.agency_id and d.step = 'accounts live') as accounts,
        (select min(u.stated_at) from purpose_statement u where u.partnership_id = p.partnership_id and u.agency_id = p.agency_id
          and u.purpose in (select unnest(c.purposes) from clause c where c.partnership_id = v.partnership_id and c.version_id = v.id
            and c.effect <> 'bar')) as first_use
      from party p
      join agreement_version v on v.partnership_id = p.partnership_id and v.id = p.version_id
      join agency g on g.partnership_id = p.partnership_id and g.id = p.agency_id
      left join lateral (
        select count(*)::int as seats, json_agg(json_build_object(
            'name', case when s.job_title = '' then s.name else s.name || ', ' || s.job_title end,
            'recorder', case when s.staff_id is null then e.name end) order by s.seat) as names
        from signature s left join account e on e.partnership_id = s.partnership_id and e.id = s.entered_by
        where s.partnership_id = p.partnership_id and s.version_id = p.version_id and s.agency_id = p.agency_id) s on true
      where p.partnership_id = ${partnership} and p.version_id = any (${versions as string[]}::uuid[])
      order by g.name`.execute(tx)
    return rows
  })

/** How often somebody was refused since a moment, by the clause or else the reason: numbers, and no one's name. */
export const refusalsByClause = (
  tx: Tx,
  partnership: string,
  since: Date,
): Promise<{ clause: string | null; cite: string | null; title: string | null; reason: string; times: number }[]> =>
  asProduct(tx, async () => {
    const { rows } = await sql<{
      clause: string | null
      cite: string | null
      title: string | null
      reason: string
      times: number
    }>`
      select c.id as clause, a.code || ' ' || c.number as cite, c.title, coalesce(e.detail->>'reason', '') as reason, count(*)::int as times
      from event e
      left join clause c on c.partnership_id = e.partnership_id and c.id::text = e.detail->>'clause'
      left join agreement_version v on v.partnership_id = c.partnership_id and v.id = c.version_id
      left join agreement a on a.partnership_id = v.partnership_id and a.id = v.agreement_id
      where e.partnership_id = ${partnership} and e.kind = ${sql.lit(refused)} and e.at >= ${since}
      group by c.id, a.code, c.number, c.title, e.detail->>'reason'
      order by times desc, cite limit 20`.execute(tx)
    return rows
  })

export type Happened = { kind: string; at: Date; detail: Record<string, string | number>; agency: string | null }

/** What happened to an agreement, newest first. */
export const historyOf = (tx: Tx, partnership: string, agreement: string): Promise<Happened[]> =>
  asProduct(tx, async () => {
    const { rows } = await sql<Happened>`
      select e.kind, e.at, e.detail, g.name as agency from event e
      left join agency g on g.partnership_id = e.partnership_id and g.id::text = e.detail->>'agency'
      where e.partnership_id = ${partnership} and e.about_kind = 'agreement' and e.about_id = ${agreement}
      order by e.at desc, e.id limit 60`.execute(tx)
    return rows
  })
