import {
  asProduct,
  dataKeyOf,
  inTransaction,
  newId,
  randomBase32,
  record,
  sealText,
  type Db,
  type Keys,
  type StaffViewer,
  type Tx,
} from '../../platform/index.ts'
import { involve } from '../../sharing/index.ts'
import { sealWord } from '../sealed.ts'
import type { ContextSaid } from './context.ts'

/** Opens the record of a place, a group or an online space; whoever opens it leads from now on. @returns its id */
export const openContext = (
  db: Db | Tx,
  keys: Keys,
  viewer: StaffViewer,
  { kind, ...said }: ContextSaid,
  { contact, at }: { contact: string; at: Date },
): Promise<string> =>
  inTransaction(db, async (tx) => {
    const id = newId()
    const { partnership, agency } = viewer
    await tx
      .insertInto('subject')
      .values({
        partnership_id: partnership,
        id,
        agency_id: agency,
        reference: randomBase32(8).replace(/^(....)/, 'C-$1-'),
        kind,
        opened_by: viewer.staff,
        opened_at: at,
      })
      .execute()
    await describe(tx, keys, viewer, id, said, at)
    await involve(tx, viewer, { subject: id, agency, staff: viewer.staff, role: 'lead', contact, at })
    await record(tx, viewer, 'context record opened', { kind: 'person', id }, { sort: kind })
    return id
  })

/** What it is called and where it is, from now on. The earlier words stay. */
export const describe = (
  db: Db | Tx,
  keys: Keys,
  viewer: StaffViewer,
  subject: string,
  { name, name_words, where, area }: Omit<ContextSaid, 'kind'>,
  at: Date,
): Promise<void> =>
  inTransaction(db, (tx) =>
    asProduct(tx, async () => {
      const id = newId()
      const { partnership } = viewer
      const key = await dataKeyOf(tx, keys, partnership, { kind: 'subject', id: subject })
      await tx
        .updateTable('context')
        .set({ replaced_at: at })
        .where('partnership_id', '=', partnership)
        .where('subject_id', '=', subject)
        .where('replaced_at', 'is', null)
        .execute()
      await tx
        .insertInto('context')
        .values({
          partnership_id: partnership,
          id,
          subject_id: subject,
          agency_id: viewer.agency,
          area_id: area,
          name_words: [...name_words],
          name_sealed: sealText(key, { table: 'context', column: 'name', row: id }, name),
          where_sealed: sealWord(key, 'context', 'where', id, where),
          key_id: key.id,
          entered_by: viewer.staff,
          entered_at: at,
        })
        .execute()
    }),
  )
