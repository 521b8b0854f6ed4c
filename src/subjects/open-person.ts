import {
  dataKeyOf,
  enqueue,
  inTransaction,
  newId,
  randomBase32,
  record,
  type Db,
  type Keys,
  type StaffViewer,
  type Tx,
} from '../platform/index.ts'
import { involve, raiseForRow, type InvolvementRole } from '../sharing/index.ts'
import { areaSeen } from './area-seen.ts'
import { sealIdentity } from './sealed.ts'
import { searchKeys } from './search-keys.ts'
import { adultFrom, type IdentitySaid } from './subject.ts'

/**
 * Opens a record of a person: who they are as this agency knows them, and the opener's own part, in one transaction.
 * @param as what the opener is to the person from now on
 * @returns the subject's id
 */
export const openPerson = (
  db: Db | Tx,
  keys: Keys,
  viewer: StaffViewer,
  said: IdentitySaid,
  { as, contact = '', at }: { as: InvolvementRole; contact?: string; at: Date },
): Promise<string> =>
  inTransaction(db, async (tx) => {
    const id = newId()
    const adult_from = said.born_on ? adultFrom(said.born_on) : null
    await tx
      .insertInto('subject')
      .values({
        partnership_id: viewer.partnership,
        id,
        agency_id: viewer.agency,
        reference: randomBase32(8).replace(/^(....)/, 'P-$1-'),
        kind: 'person',
        adult_from,
        opened_by: viewer.staff,
        opened_at: at,
      })
      .execute()
    await addIdentity(tx, keys, viewer, { id, adult_from }, said, at)
    await involve(tx, viewer, { subject: id, agency: viewer.agency, staff: viewer.staff, role: as, contact, at })
    await record(tx, viewer, 'person record opened', { kind: 'person', id })
    return id
  })

/** What this agency knows of who somebody is. Its earlier row stays, and is no longer the one that is shown. */
export const addIdentity = (
  db: Db | Tx,
  keys: Keys,
  viewer: StaffViewer,
  subject: { id: string; adult_from: string | null },
  said: IdentitySaid,
  at: Date,
  before?: Parameters<typeof areaSeen>[3],
): Promise<string> =>
  inTransaction(db, async (tx) => {
    const id = newId()
    const within = {
      partnership_id: viewer.partnership,
      subject_id: subject.id,
      agency_id: viewer.agency,
      adult_from: subject.adult_from,
    }
    const key = await dataKeyOf(tx, keys, viewer.partnership, { kind: 'subject', id: subject.id })
    await tx
      .insertInto('identity')
      .values({
        ...within,
        id,
        ...sealIdentity(key, id, said),
        ...(await areaSeen(tx, viewer, said, before)),
        born_on: said.born_on,
        key_id: key.id,
        entered_by: viewer.staff,
        entered_at: at,
      })
      .execute()
    await tx
      .insertInto('identity_key')
      .values(
        searchKeys(keys, viewer.partnership, said).map((one) => ({ ...within, id: newId(), identity_id: id, ...one })),
      )
      .execute()
    await raiseForRow(tx, viewer, subject.id, { dataClass: 'D3', handling: 0 }, at)
    await enqueue(tx, viewer, 'identity changed', { subject: subject.id })
    return id
  })
