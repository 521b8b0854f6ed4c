import { sql } from 'kysely'
import { enqueue, inTransaction, record, type Tx, type Viewer } from '../platform/index.ts'
import { compile } from './compile.ts'
import { aboutAgreement, lockAgreement, openVersion } from './draft.ts'
import { raiseFrom } from './duty-begun.ts'
import { warningDays } from './lapse-warning.ts'

/** An agency that still stands in the way of an agreement, and what it lacks. */
export type Lacking = {
  name: string
  lacks: 'both signatures' | 'a second signature' | 'the agreement above' | 'its return'
}
export type WentLive =
  | 'live'
  | 'not offered'
  | 'already'
  | 'in the past'
  | 'ends before it begins'
  | 'another begins later'
  | 'nothing above'
  | { lacking: Lacking[] }

/**
 * Makes a version count from a moment on, and the one before it end there.
 * @returns who lacks a signature where somebody does: it does not go live without every founding agency
 */
export const goLive = (
  tx: Tx,
  viewer: Viewer,
  version: string,
  { from, to }: { from: Date; to: Date | null },
  at: Date,
): Promise<WentLive> =>
  inTransaction(tx, async (inner) => {
    const { agreement, number, offered_at, live } = await openVersion(inner, viewer, version)
    if (live) return 'already'
    if (!offered_at) return 'not offered'
    await lockAgreement(inner, viewer, agreement)
    if (from < at) return 'in the past'
    if (to && to <= from) return 'ends before it begins'
    if (await hasLaterOne(inner, viewer, agreement, from)) return 'another begins later'
    if (!(await standsUnderSomething(inner, viewer, agreement, from))) return 'nothing above'
    const lacking = await lackingOf(inner, viewer, version, at)
    if (lacking.length) return { lacking }
    await inner
      .updateTable('agreement_version')
      .set({ effective_to: from })
      .where('partnership_id', '=', viewer.partnership)
      .where('agreement_id', '=', agreement)
      .where('live_at', 'is not', null)
      .where((where) => where.or([where('effective_to', 'is', null), where('effective_to', '>', from)]))
      .execute()
    await inner
      .updateTable('agreement_version')
      .set({ live_at: at, effective_from: from, effective_to: to })
      .where('partnership_id', '=', viewer.partnership)
      .where('id', '=', version)
      .execute()
    if (to) await warnBefore(inner, viewer, version, to)
    await compile(inner, viewer.partnership)
    await raiseFrom(inner, viewer, version, from)
    await record(inner, viewer, 'agreement live', aboutAgreement(agreement), {
      version,
      number,
      from: from.toISOString(),
    })
    return 'live'
  })

const hasLaterOne = async (tx: Tx, viewer: Viewer, agreement: string, from: Date): Promise<boolean> =>
  (await tx
    .selectFrom('agreement_version')
    .select('id')
    .where('partnership_id', '=', viewer.partnership)
    .where('agreement_id', '=', agreement)
    .where('live_at', 'is not', null)
    .where('effective_from', '>=', from)
    .executeTakeFirst()) !== undefined

/** Tier 2 counts only while the agreement it stands under does. */
const standsUnderSomething = async (tx: Tx, viewer: Viewer, agreement: string, from: Date): Promise<boolean> => {
  const { rows } = await sql<{ stands: boolean }>`
    select a.under_id is null or exists (
      select from agreement_version v where v.partnership_id = a.partnership_id and v.agreement_id = a.under_id
        and v.live_at is not null and v.effective_from <= ${from} and (v.effective_to is null or v.effective_to > ${from})) as stands
    from agreement a where a.partnership_id = ${viewer.partnership} and a.id = ${agreement}`.execute(tx)
  return rows[0]!.stands
}

/** Every founding agency that has not signed twice, has taken its signature back, or has not signed the one above. */
export const lackingOf = async (tx: Tx, viewer: Viewer, version: string, at: Date): Promise<Lacking[]> => {
  const { rows } = await sql<{ name: string; seats: number; withdrawn: boolean; above: boolean }>`
    select g.name,
      (select count(*)::int from signature s
        where s.partnership_id = p.partnership_id and s.version_id = p.version_id and s.agency_id = p.agency_id) as seats,
      exists (select from agreement_withdrawal w
        where w.partnership_id = p.partnership_id and w.agency_id = p.agency_id and w.returned_at is null
          and w.agreement_id in (a.id, a.under_id)) as withdrawn,
      a.under_id is null or exists (
        select from agreement_version u join signature s on s.partnership_id = u.partnership_id and s.version_id = u.id
        where u.partnership_id = a.partnership_id and u.agreement_id = a.under_id and u.live_at is not null
          and (u.effective_to is null or u.effective_to > ${at}) and s.agency_id = p.agency_id
        having count(distinct s.seat) = 2) as above
    from party p
    join agreement_version v on v.partnership_id = p.partnership_id and v.id = p.version_id
    join agreement a on a.partnership_id = v.partnership_id and a.id = v.agreement_id
    join agency g on g.partnership_id = p.partnership_id and g.id = p.agency_id
    where p.partnership_id = ${viewer.partnership} and p.version_id = ${version} and p.founding
    order by g.name`.execute(tx)
  return rows.flatMap(({ name, seats, withdrawn, above }): Lacking[] => {
    if (seats === 0) return [{ name, lacks: 'both signatures' }]
    if (seats === 1) return [{ name, lacks: 'a second signature' }]
    if (withdrawn) return [{ name, lacks: 'its return' }]
    return above ? [] : [{ name, lacks: 'the agreement above' }]
  })
}

/** Leaves word with the worker for each time that the end of a version is to be said. */
export const warnBefore = async (tx: Tx, viewer: Viewer, version: string, to: Date): Promise<void> => {
  for (const days of warningDays)
    await enqueue(
      tx,
      viewer,
      'agreement nears its end',
      { version },
      { key: `${version} ${String(days)} ${to.toISOString()}`, at: new Date(to.getTime() - days * 86_400_000) },
    )
}

export type Lapsed = 'lapses' | 'not live' | 'not begun' | 'later than signed'

/** Says when a version ends: now, or sooner than was signed. To let it run longer takes a new version. */
export const lapse = (tx: Tx, viewer: Viewer, version: string, when: Date, at: Date): Promise<Lapsed> =>
  inTransaction(tx, async (inner) => {
    const { agreement, live } = await openVersion(inner, viewer, version)
    if (!live) return 'not live'
    const span = await inner
      .selectFrom('agreement_version')
      .select(['effective_from', 'effective_to'])
      .where('partnership_id', '=', viewer.partnership)
      .where('id', '=', version)
      .executeTakeFirstOrThrow()
    const end = when < at ? at : when
    if (end <= span.effective_from!) return 'not begun'
    if (span.effective_to && end > span.effective_to) return 'later than signed'
    await inner
      .updateTable('agreement_version')
      .set({ effective_to: end })
      .where('partnership_id', '=', viewer.partnership)
      .where('id', '=', version)
      .execute()
    await warnBefore(inner, viewer, version, end)
    await compile(inner, viewer.partnership)
    await record(inner, viewer, 'agreement lapses', aboutAgreement(agreement), { version, at: end.toISOString() })
    return 'lapses'
  })
