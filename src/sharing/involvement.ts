import { sql } from 'kysely'
import {
  asProduct,
  dataKeyOf,
  inTransaction,
  newId,
  record,
  sealText,
  type Db,
  type Keys,
  type StaffViewer,
  type Tx,
} from '../platform/index.ts'
import { raiseAlert } from './alert.ts'
import { raiseForInvolved } from './duty.ts'

export const involvementRoles = ['lead', 'trusted adult', 'circle', 'triage', 'panel'] as const
/** `feed`: the agency's own list says that it works with them. It opens nothing to anybody. */
export type InvolvementRole = (typeof involvementRoles)[number] | 'feed'

export type Involving = {
  subject: string
  agency: string
  /** Null where an agency works with somebody and no name is known yet. */
  staff: string | null
  role: InvolvementRole
  /** How colleagues of other agencies reach them safely: a work number or address. */
  contact: string
  at: Date
}

/** What is said of it beside the codes, and sealed with the subject's key. */
export type SaidWhy = { keys: Keys; why: string }

/**
 * Notes that somebody works with a subject from now on. Whoever calls has asked whether the viewer may. Whoever notes
 * themself on a record that stands already has claimed it, and the event says so for those who look into it.
 * @returns its id
 */
export const involve = (
  db: Db | Tx,
  viewer: StaffViewer,
  { subject, staff, ...involving }: Involving,
  { said, claimed = false }: { said?: SaidWhy; claimed?: boolean } = {},
): Promise<string> =>
  inTransaction(db, async (tx) => {
    const id = newId()
    const why = said && (await sealWhy(tx, viewer, { subject, row: id, column: 'why' }, said))
    const nearer = staff === viewer.staff && (await comesNearer(tx, viewer, { subject, ...involving }))
    await asProduct(tx, () =>
      tx
        .insertInto('involvement')
        .values({
          partnership_id: viewer.partnership,
          id,
          subject_id: subject,
          agency_id: involving.agency,
          staff_id: staff,
          role: involving.role,
          contact: involving.contact,
          from_at: involving.at,
          entered_by: viewer.staff,
          self_claimed: claimed,
          why_sealed: why?.sealed,
          key_id: why?.key,
        })
        .execute(),
    )
    await raiseForInvolved(tx, viewer, { subject, agency: involving.agency, staff }, involving.at)
    const { role, at } = involving
    const event = await record(
      tx,
      viewer,
      claimed ? 'involvement self-claimed' : 'involvement begun',
      { kind: 'person', id: subject },
      { involvement: id, role },
    )
    if (nearer) await raiseAlert(tx, viewer, { kind: 'self-claimed', subject, object: id, event, at, role })
    return id
  })

/** Whether somebody comes nearer by it than they were. Whoever opens a new record claims nobody: nothing was there. */
const comesNearer = (
  tx: Tx,
  viewer: StaffViewer,
  { subject, role, at }: Pick<Involving, 'subject' | 'role' | 'at'>,
): Promise<boolean> =>
  asProduct(tx, async () => {
    const leads = sql`role in ('lead', 'trusted adult')`
    const { rows } = await sql<{ known: boolean; near: number }>`
      select exists (select from involvement where partnership_id = ${viewer.partnership} and subject_id = ${subject}) as known,
        coalesce((select max(case when ${leads} then 3 else 2 end) from involvement
          where partnership_id = ${viewer.partnership} and subject_id = ${subject} and staff_id = ${viewer.staff}
            and from_at <= ${at} and (to_at is null or to_at > ${at})), 0) as near`.execute(tx)
    return rows[0]!.known && rows[0]!.near < (role === 'lead' || role === 'trusted adult' ? 3 : 2)
  })

export const sealWhy = async (
  tx: Tx,
  viewer: StaffViewer,
  at: { subject: string; row: string; column: 'why' | 'why_ended' },
  { keys, why }: SaidWhy,
): Promise<{ sealed: Buffer; key: string }> => {
  const key = await dataKeyOf(tx, keys, viewer.partnership, { kind: 'subject', id: at.subject })
  return { sealed: sealText(key, { table: 'involvement', column: at.column, row: at.row }, why), key: key.id }
}

export type Involved = {
  id: string
  agency_id: string
  staff_id: string | null
  role: InvolvementRole
  contact: string
  from_at: Date
  self_claimed: boolean
}

/** Everybody who works with a subject now, whoever asks: what of it may be told is the caller's to ask of `decide`. */
export const involvedWith = (tx: Tx, partnership: string, subject: string, now: Date): Promise<Involved[]> =>
  asProduct(tx, async () => {
    const rows = await tx
      .selectFrom('involvement')
      .select(['id', 'agency_id', 'staff_id', 'role', 'contact', 'from_at', 'self_claimed'])
      .where('partnership_id', '=', partnership)
      .where('subject_id', '=', subject)
      .where('from_at', '<=', now)
      .where((where) => where.or([where('to_at', 'is', null), where('to_at', '>', now)]))
      .orderBy('from_at')
      .execute()
    return rows as Involved[]
  })

/** The subjects that somebody works with now, as what, the newest first. */
export const subjectsOf = async (
  tx: Tx,
  viewer: StaffViewer,
  now: Date,
): Promise<{ subject_id: string; role: InvolvementRole }[]> => {
  const rows = await tx
    .selectFrom('involvement')
    .select(['subject_id', 'role'])
    .where('partnership_id', '=', viewer.partnership)
    .where('staff_id', '=', viewer.staff)
    .where('from_at', '<=', now)
    .where((where) => where.or([where('to_at', 'is', null), where('to_at', '>', now)]))
    .orderBy('from_at', 'desc')
    .execute()
  return rows as { subject_id: string; role: InvolvementRole }[]
}

/** Keeps that somebody asked who else is involved, and why, in words that are sealed with the subject's key. */
export const keepAsked = (
  db: Db | Tx,
  keys: Keys,
  viewer: StaffViewer,
  { subject, why, shown, at }: { subject: string; why: string; shown: number; at: Date },
): Promise<void> =>
  inTransaction(db, async (tx) => {
    const id = newId()
    const key = await dataKeyOf(tx, keys, viewer.partnership, { kind: 'subject', id: subject })
    await asProduct(tx, () =>
      tx
        .insertInto('involvement_asked')
        .values({
          partnership_id: viewer.partnership,
          id,
          subject_id: subject,
          agency_id: viewer.agency,
          staff_id: viewer.staff,
          why_sealed: sealText(key, { table: 'involvement_asked', column: 'why', row: id }, why),
          key_id: key.id,
          shown,
          asked_at: at,
        })
        .execute(),
    )
    await record(tx, viewer, 'who is involved asked', { kind: 'person', id: subject }, { asked: id, shown })
  })
