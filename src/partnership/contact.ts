import { inTransaction, newId, NotFound, record, type Tx, type Viewer } from '../platform/index.ts'
import { freeCode } from './agency.ts'

export const audiences = ['both', 'public', 'professional'] as const
export type Audience = (typeof audiences)[number]

export type ContactFacts = {
  label: string
  audience: Audience
  phone: string | null
  text: string | null
  email: string | null
  url: string | null
  hours: string | null
  note: string | null
}

const about = (id: string) => ({ kind: 'contact point', id })
/** Whoever enters or changes one vouches for it: it is no longer made up. */
const columns = ({ text, ...facts }: ContactFacts) => ({ ...facts, text_number: text, checked: true, demo: false })

/** Adds a way to reach the partnership, at the end of the list. Returns its id. */
export const addContact = (tx: Tx, viewer: Viewer, facts: ContactFacts): Promise<string> =>
  inTransaction(tx, async (inner) => {
    const id = newId()
    const last = await inner
      .selectFrom('contact_point')
      .select(({ fn }) => fn.max('position').as('position'))
      .where('partnership_id', '=', viewer.partnership)
      .executeTakeFirst()
    await inner
      .insertInto('contact_point')
      .values({
        partnership_id: viewer.partnership,
        id,
        code: await freeCode(inner, viewer, 'contact_point', facts.label),
        position: (last?.position ?? -1) + 1,
        ...columns(facts),
      })
      .execute()
    await record(inner, viewer, 'contact point added', about(id))
    return id
  })

export const changeContact = (tx: Tx, viewer: Viewer, id: string, facts: ContactFacts): Promise<void> =>
  inTransaction(tx, async (inner) => {
    const { numUpdatedRows } = await inner
      .updateTable('contact_point')
      .set(columns(facts))
      .where('partnership_id', '=', viewer.partnership)
      .where('id', '=', id)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw new NotFound()
    await record(inner, viewer, 'contact point changed', about(id))
  })

export const removeContact = (tx: Tx, viewer: Viewer, id: string): Promise<void> =>
  inTransaction(tx, async (inner) => {
    const { numDeletedRows } = await inner
      .deleteFrom('contact_point')
      .where('partnership_id', '=', viewer.partnership)
      .where('id', '=', id)
      .executeTakeFirst()
    if (numDeletedRows === 0n) throw new NotFound()
    await record(inner, viewer, 'contact point removed', about(id))
  })
