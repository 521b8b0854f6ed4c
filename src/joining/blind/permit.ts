import { sql } from 'kysely'
import {
  asProduct,
  dataKeyOf,
  hasRole,
  inTransaction,
  newId,
  NotFound,
  openBytes,
  record,
  sealBytes,
  type Keys,
  type Role,
  type StaffViewer,
  type Tx,
  type Viewer,
} from '../../platform/index.ts'
import { agreementsSignedBy } from '../../sharing/index.ts'
import { checksumOf, newSecret } from './encodings.ts'

/** Whoever asks for an agency: somebody who works there, or a system of theirs. */
export type Asker = StaffViewer | Extract<Viewer, { kind: 'client' }>

export type Permit = {
  id: string
  agency_id: string
  agency: string
  agreement_id: string
  agreement: string
  permitted_at: Date
  ended_at: Date | null
  /** Of the secret that counts; null while there is none. */
  checksum: string | null
  asked: number
}

/** Which agencies may ask blindly: for whoever keeps that. */
export const permits = async (tx: Tx, viewer: StaffViewer): Promise<Permit[]> => {
  if (!hasRole(viewer, 'administrator')) throw new NotFound()
  return read(tx, viewer, sql`true`)
}

/** The permit of the viewer's own agency, while its signature stands. @throws {NotFound} where there is none */
export const ownPermit = async (tx: Tx, viewer: Asker, now: Date): Promise<Permit> => {
  const [permit] = await read(tx, viewer, sql`p.agency_id = ${viewer.agency} and p.ended_at is null`)
  if (!permit) throw new NotFound()
  const signed = await agreementsSignedBy(tx, viewer.partnership, viewer.agency, now)
  if (!signed.has(permit.agreement_id)) throw new NotFound()
  return permit
}

/** Whether the page exists for this viewer: for the link to it. */
export const mayAskBlindly = async (tx: Tx, viewer: StaffViewer, now: Date): Promise<boolean> => {
  if (!hasRole(viewer, ...askers)) return false
  const permit = await ownPermit(tx, viewer, now).catch((error: unknown) => {
    if (error instanceof NotFound) return undefined
    throw error
  })
  return permit !== undefined
}

/** Whoever works with people; the page exists for those whose agency may ask. */
export const askers: readonly Role[] = ['reporter-agency', 'practitioner', 'duty', 'manager']

const read = (tx: Tx, viewer: Asker, which: ReturnType<typeof sql>): Promise<Permit[]> =>
  asProduct(tx, async () => {
    const { rows } = await sql<Permit>`
      select p.id, p.agency_id, g.name as agency, p.agreement_id, a.title as agreement, p.permitted_at, p.ended_at, s.checksum,
        (select coalesce(sum(q.people), 0)::int from blind_question q
          where q.partnership_id = p.partnership_id and q.permit_id = p.id) as asked
      from blind_permit p
      join agency g on g.partnership_id = p.partnership_id and g.id = p.agency_id
      join agreement a on a.partnership_id = p.partnership_id and a.id = p.agreement_id
      left join blind_secret s on s.partnership_id = p.partnership_id and s.permit_id = p.id and s.ended_at is null
      where p.partnership_id = ${viewer.partnership} and ${which}
      order by p.ended_at nulls first, g.name`.execute(tx)
    return rows
  })

const about = (id: string) => ({ kind: 'blind permit', id })

/** Lets an agency ask blindly under an agreement that it has signed. */
export const permit = (
  tx: Tx,
  viewer: StaffViewer,
  { agency, agreement }: { agency: string; agreement: string },
  at: Date,
): Promise<'permitted' | 'already' | 'not signed'> =>
  inTransaction(tx, async (inner) => {
    const signed = await agreementsSignedBy(inner, viewer.partnership, agency, at)
    if (!signed.has(agreement)) return 'not signed'
    const id = newId()
    const within = { partnership_id: viewer.partnership, agency_id: agency }
    const { numInsertedOrUpdatedRows: made } = await inner
      .insertInto('blind_permit')
      .values({ ...within, id, agreement_id: agreement, permitted_by: viewer.staff, permitted_at: at })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (made !== 1n) return 'already'
    await record(inner, viewer, 'blind questions permitted', about(id), { agency, agreement })
    return 'permitted'
  })

/** Ends it at once: its secret is emptied with it. */
export const endPermit = (tx: Tx, viewer: StaffViewer, id: string, at: Date): Promise<'ended' | 'already'> =>
  inTransaction(tx, async (inner) => {
    const { numUpdatedRows: ended } = await inner
      .updateTable('blind_permit')
      .set({ ended_at: at, ended_by: viewer.staff })
      .where('partnership_id', '=', viewer.partnership)
      .where('id', '=', id)
      .where('ended_at', 'is', null)
      .executeTakeFirst()
    if (ended !== 1n) return 'already'
    await asProduct(inner, () => emptySecrets(inner, viewer.partnership, id, at))
    await record(inner, viewer, 'blind questions ended', about(id))
    return 'ended'
  })

const emptySecrets = async (tx: Tx, partnership: string, permitId: string, at: Date): Promise<void> => {
  await tx
    .updateTable('blind_secret')
    .set({ ended_at: at, secret_sealed: Buffer.alloc(0) })
    .where('partnership_id', '=', partnership)
    .where('permit_id', '=', permitId)
    .where('ended_at', 'is', null)
    .execute()
}

const place = (row: string) => ({ table: 'blind_secret', column: 'secret', row })

/** Makes a new secret for the viewer's agency; the one before opens nothing any more. It is shown now and never again. */
export const makeSecret = (tx: Tx, keys: Keys, viewer: StaffViewer, permitId: string, at: Date): Promise<Buffer> =>
  inTransaction(tx, async (inner) => {
    const [id, secret] = [newId(), newSecret()]
    const within = { partnership_id: viewer.partnership, permit_id: permitId }
    await asProduct(inner, async () => {
      await sql`select from blind_permit where partnership_id = ${viewer.partnership} and id = ${permitId} for update`.execute(
        inner,
      )
      await emptySecrets(inner, viewer.partnership, permitId, at)
      const key = await partnershipKey(inner, keys, viewer.partnership)
      await inner
        .insertInto('blind_secret')
        .values({
          ...within,
          id,
          agency_id: viewer.agency,
          secret_sealed: sealBytes(key, place(id), secret),
          key_id: key.id,
          checksum: checksumOf(secret),
          made_by: viewer.staff,
          made_at: at,
        })
        .execute()
    })
    await record(inner, viewer, 'blind secret made', about(permitId))
    return secret
  })

export const partnershipKey = (tx: Tx, keys: Keys, partnership: string) =>
  dataKeyOf(tx, keys, partnership, { kind: 'partnership', id: partnership })

/** The secret that counts, for the product alone. */
export const secretOf = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  permitId: string,
): Promise<{ id: string; secret: Buffer; checksum: string } | undefined> => {
  const row = await tx
    .selectFrom('blind_secret')
    .select(['id', 'secret_sealed', 'checksum'])
    .where('partnership_id', '=', partnership)
    .where('permit_id', '=', permitId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (!row) return undefined
  const key = await partnershipKey(tx, keys, partnership)
  return { id: row.id, checksum: row.checksum, secret: openBytes(key, place(row.id), row.secret_sealed) }
}

/** Permits with a secret: those that asked last first. For the product alone. */
export const standingPermits = async (
  tx: Tx,
  partnership: string,
  most: number,
): Promise<{ id: string; agency_id: string }[]> => {
  const { rows } = await sql<{ id: string; agency_id: string }>`
    select p.id, p.agency_id from blind_permit p
    join blind_secret s on s.partnership_id = p.partnership_id and s.permit_id = p.id and s.ended_at is null
    where p.partnership_id = ${partnership} and p.ended_at is null
    order by (select max(q.asked_at) from blind_question q
      where q.partnership_id = p.partnership_id and q.permit_id = p.id) desc nulls last, s.made_at desc
    limit ${most}`.execute(tx)
  return rows
}
