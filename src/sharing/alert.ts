import { sql } from 'kysely'
import { asProduct, newId, record, type StaffViewer, type Tx } from '../platform/index.ts'

/*
 * An alert says that something happened which the agreement lets happen, and which somebody else should hear of. It is
 * written in the transaction of the act, so that the one is never there without the other. There are five, and few:
 *
 * - self-claimed: somebody gave themself an involvement that opens more of a person than was theirs. Opening a new
 *   record claims nobody.
 * - override: the glass was broken. Its lead worker finds it under the reviews at once; the review answers the alert.
 * - cross-organisation: somebody of another agency than the one that opened the record opened it. Not for a lead worker
 *   or trusted adult, and not while the glass is broken, which was told already.
 * - restricted class: rows of D5 to D7, or kept to the circle, were opened by somebody who neither wrote them nor is
 *   the lead worker or trusted adult. Sealed rows tell nobody: that somebody is named for one is part of the seal.
 * - mass view: one worker opened more different people in so many minutes than the partnership's rule allows.
 *
 * An override or a claim always alerts. The other three are quiet while an earlier one of the same kind, worker and
 * person has no answer yet, for the rest of its day, and for 28 days after it was answered as expected.
 *
 * It concerns the managers of the agency that opened the record (of a mass view: of the worker's own) and the guardian.
 */
export const alertKinds = ['self-claimed', 'override', 'cross-organisation', 'restricted class', 'mass view'] as const
export type AlertKind = (typeof alertKinds)[number]
export const quiet_days = 28

/** Facts that the page tells: codes and numbers. */
type Facts = { purpose?: string; role?: string; classes?: string[]; people?: number; minutes?: number }
type Raising = {
  kind: AlertKind
  /** Null for a mass view. */
  subject: string | null
  object: string
  /** The event of the act. */
  event: string
  at: Date
} & Facts

/** Raises one where it is due. @returns whether it was */
export const raiseAlert = (tx: Tx, viewer: StaffViewer, raising: Raising): Promise<boolean> =>
  asProduct(tx, async () => {
    const { kind, subject, object, event, at } = raising
    const again = kind === 'self-claimed' || kind === 'override'
    const id = newId()
    // Two pages of one worker at once are one alert: the second asks when the first is written.
    if (!again)
      await sql`select pg_advisory_xact_lock(715519, hashtext(${`${viewer.staff} ${kind} ${subject}`}))`.execute(tx)
    const { rows } = await sql`
      insert into alert (partnership_id, id, kind, agency_id, subject_id, object_id, caused_by, caused_agency_id, event_id,
        raised_at, purpose, role, classes, people, minutes)
      select p.id, ${id}, ${kind}, o.agency_id, ${subject}, ${object}, ${viewer.staff}, ${viewer.agency}, ${event},
        ${at}, ${raising.purpose ?? null}, ${raising.role ?? null}, ${raising.classes ?? []}::text[],
        ${raising.people ?? null}, ${raising.minutes ?? null}
      from partnership p
        cross join lateral (select ${viewer.agency}::uuid as agency_id where ${subject === null}
          union all select agency_id from subject_owner where partnership_id = p.id and subject_id = ${subject}) o
      where p.id = ${viewer.partnership} and (${again} or not exists (
        select from alert a left join alert_answer w on w.partnership_id = a.partnership_id and w.alert_id = a.id
        where a.partnership_id = p.id and a.caused_by = ${viewer.staff} and a.kind = ${kind}
          and a.subject_id is not distinct from ${subject}
          and (w.alert_id is null
            or (a.raised_at at time zone p.zone)::date = (${at}::timestamptz at time zone p.zone)::date
            or w.outcome = 'expected' and w.answered_at > ${at}::timestamptz - make_interval(days => ${quiet_days}))))
      returning id`.execute(tx)
    if (rows.length === 0) return false
    await record(tx, viewer, 'alert raised', { kind: 'alert', id }, { kind })
    return true
  })
