import { asProduct, inTransaction, record, type Db, type Keys, type StaffViewer, type Tx } from '../platform/index.ts'
import { addIdentity } from './open-person.ts'
import { identitiesOf } from './queries.ts'
import { adultFrom, type IdentitySaid } from './subject.ts'

/**
 * What the viewer's agency knows of who somebody is has changed: another name, a birthday that was not known. What it knew
 * before stays, and is no longer shown. The frame that counts follows the birthday of the agency that holds the record;
 * where that knows none, the one that was said last.
 */
export const changeIdentity = (
  db: Db | Tx,
  keys: Keys,
  viewer: StaffViewer,
  subject: { id: string; adult_from: string | null },
  said: IdentitySaid,
  at: Date,
): Promise<void> =>
  inTransaction(db, async (tx) => {
    const known = await identitiesOf(tx, keys, viewer.partnership, [subject.id])
    const before = known.find(({ agency_id }) => agency_id === viewer.agency)
    await asProduct(tx, () =>
      tx
        .updateTable('identity')
        .set({ replaced_at: at })
        .where('partnership_id', '=', viewer.partnership)
        .where('subject_id', '=', subject.id)
        .where('agency_id', '=', viewer.agency)
        .where('replaced_at', 'is', null)
        .execute(),
    )
    await addIdentity(tx, keys, viewer, subject, said, at, before)
    await asProduct(tx, () => followBirthday(tx, viewer.partnership, subject.id))
    await record(tx, viewer, 'person identity changed', { kind: 'person', id: subject.id })
  })

/** The rows about the person carry the day from which they count as an adult's; a trigger moves them with the person's. */
const followBirthday = async (tx: Tx, partnership: string, id: string): Promise<void> => {
  const born = await tx
    .selectFrom('identity as i')
    .innerJoin('subject as s', (join) =>
      join.onRef('s.partnership_id', '=', 'i.partnership_id').onRef('s.id', '=', 'i.subject_id'),
    )
    .select('i.born_on')
    .where('i.partnership_id', '=', partnership)
    .where('i.subject_id', '=', id)
    .where('i.replaced_at', 'is', null)
    .where('i.born_on', 'is not', null)
    .orderBy((by) => by('i.agency_id', '=', by.ref('s.agency_id')), 'desc')
    .orderBy('i.entered_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  await tx
    .updateTable('subject')
    .set({ adult_from: born?.born_on ? adultFrom(born.born_on) : null })
    .where('partnership_id', '=', partnership)
    .where('id', '=', id)
    .execute()
}
