import { noteConcern, notNoted } from '../joining/index.ts'
import { asViewer, type Db, type JobHandler, type Keys, type Tx } from '../platform/index.ts'
import { keysOfRows, opened, wrappedKey } from './sealed.ts'

const at_once = 50

/** Notes, once, the concerns that came before joining was there: what was said in them is looked up like anything new. */
export const noteEarlier =
  (keys: Keys): JobHandler =>
  async ({ partnership }, db) => {
    let after = '00000000-0000-0000-0000-000000000000'
    for (;;) {
      const last = await noteSome(db, keys, partnership, after)
      if (!last) return
      after = last
    }
  }

/** Each part commits by itself: a run that was killed begins again and leaves alone what is noted. */
const noteSome = (db: Db, keys: Keys, partnership: string, after: string): Promise<string | undefined> =>
  asViewer(db, { kind: 'system', partnership }, async (tx) => {
    const rows = await tx
      .selectFrom('concern')
      .select(['id', 'agency_id', 'place', 'postcode', 'received_at', 'key_id'])
      .select(wrappedKey(partnership, 'concern.key_id').as('wrapped'))
      .where('partnership_id', '=', partnership)
      .where('id', '>', after)
      .orderBy('id')
      .limit(at_once)
      .execute()
    const notYet = new Set(
      await notNoted(
        tx,
        partnership,
        rows.map(({ id }) => id),
      ),
    )
    const waiting = rows.filter(({ id }) => notYet.has(id))
    const open = await keysOfRows(tx, keys, partnership, waiting)
    for (const row of waiting) {
      const key = open.get(row.key_id ?? '')
      // Of what was erased nothing is noted.
      if (!key) continue
      const { place, postcode } = opened(open, 'concern', row)
      const people = (await peopleOf(tx, partnership, row.id)).map((one) => opened(open, 'concern_person', one))
      const details = (await detailsOf(tx, partnership, row.id)).map((one) => opened(open, 'detail', one))
      await noteConcern(tx, keys, partnership, {
        concern: row.id,
        agency: row.agency_id,
        key,
        at: row.received_at,
        people,
        details: details.filter(
          ({ kind, said }) => kind !== 'postcode' || !people.some((one) => one.postcode === said),
        ),
        place: { id: row.id, address: place, postcode },
      })
    }
    return rows.at(-1)?.id
  })

const peopleOf = (tx: Tx, partnership: string, concern: string) =>
  tx
    .selectFrom('concern_person')
    .selectAll()
    .where('partnership_id', '=', partnership)
    .where('concern_id', '=', concern)
    .orderBy('position')
    .execute()

const detailsOf = (tx: Tx, partnership: string, concern: string) =>
  tx
    .selectFrom('detail')
    .selectAll()
    .where('partnership_id', '=', partnership)
    .where('concern_id', '=', concern)
    .execute()
