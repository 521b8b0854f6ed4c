import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { noticed } from '../../test/noticed.ts'
import { asViewer, inTransaction, newId, openEmbedded, record, type Tx } from './index.ts'

let house: TestHouse
let partnership: string
beforeAll(async () => {
  house = await openTestHouse()
  partnership = house.cast.partnership
})
afterAll(() => house.close())

const mark = (tx: Tx, kind: string): Promise<string> => record(tx, house.system, kind, { kind: 'test', id: newId() })
const marks = async (like: string): Promise<string[]> =>
  (
    await house.seen(house.system, (tx) =>
      tx.selectFrom('event').select('kind').where('kind', 'like', `${like}%`).orderBy('seq').execute(),
    )
  ).map(({ kind }) => kind)

describe('a transaction of somebody', () => {
  const settings = (tx: Tx) =>
    sql<
      Record<string, string | null>
    >`select current_user as role, viewer_kind() as kind, viewer_partnership() as partnership,
      viewer_agency() as agency, viewer_staff() as staff, viewer_front_door() as door, viewer_administrator() as administrator`.execute(
      tx,
    )

  test('takes on the role that cannot bypass the rules, and says who asks', async () => {
    const { id, agency } = house.cast.people.dena
    const { rows } = await house.seen(house.as('dena'), settings)
    expect(rows[0]).toEqual({
      role: 'trellis_app',
      kind: 'staff',
      partnership,
      agency,
      staff: id,
      door: true,
      administrator: false,
    })
  })

  test('leaves nothing behind for the next', async () => {
    await house.seen(house.as('ada'), settings)
    const { rows } = await inTransaction(house.db, settings)
    expect(rows[0]).toMatchObject({ kind: null, partnership: null, agency: null, staff: null })
    expect(rows[0]!['role']).not.toBe('trellis_app')
  })

  test('keeps to itself beside many others', async () => {
    const names = ['dena', 'priya', 'ada', 'otto'] as const
    const seen = await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        house.seen(house.as(names[i % 4]!), async (tx) => (await settings(tx)).rows[0]!['staff']),
      ),
    )
    expect(seen).toEqual(Array.from({ length: 40 }, (_, i) => house.cast.people[names[i % 4]!].id))
  })

  test('without a word of who asks, nothing is seen', async () => {
    const counts = await inTransaction(house.db, async (tx) => {
      await sql`set local role trellis_app`.execute(tx)
      return (
        await sql<{
          n: number
        }>`select (select count(*) from account) + (select count(*) from event) + (select count(*) from agency) as n`.execute(
          tx,
        )
      ).rows
    })
    expect(counts).toEqual([{ n: 0 }])
  })
})

describe('verbs compose', () => {
  test('what a verb did goes when the outer one fails', async () => {
    const failed = house.seen(house.system, async (tx) => {
      await inTransaction(tx, (inner) => mark(inner, 'gone'))
      throw new Error('outer')
    })
    await expect(failed).rejects.toThrow('outer')
    expect(await marks('gone')).toEqual([])
  })

  test('what a verb did before it failed goes, and the outer one carries on', async () => {
    await house.seen(house.system, async (tx) => {
      await mark(tx, 'kept 1')
      await inTransaction(tx, async (inner) => {
        await mark(inner, 'kept not')
        await sql`select 1 / 0`.execute(inner)
      }).catch(() => {})
      await mark(tx, 'kept 2')
    })
    expect(await marks('kept')).toEqual(['kept 1', 'kept 2'])
  })

  test('a verb that bore with a failed one inside it, and then fails itself, leaves nothing', async () => {
    await house.seen(house.system, async (tx) => {
      await inTransaction(tx, async (middle) => {
        await mark(middle, 'deep before')
        await inTransaction(middle, () => Promise.reject(new Error('inner'))).catch(() => {})
        await mark(middle, 'deep after')
        throw new Error('middle')
      }).catch(() => {})
    })
    expect(await marks('deep')).toEqual([])
  })

  test('outside of any, a verb opens its own', async () => {
    const failed = inTransaction(house.db, async (tx) => {
      await sql`create table half_made ()`.execute(tx)
      throw new Error('no')
    })
    await expect(failed).rejects.toThrow()
    const { rows } = await sql`select to_regclass('half_made') as there`.execute(house.db)
    expect(rows).toEqual([{ there: null }])
  })
})

describe('types', () => {
  test('a date is a day, whatever the time zone; large numbers are numbers', async () => {
    const { rows } =
      await sql`select date '2008-02-29' as born, 9007199254740991::bigint as many, null::date as never`.execute(
        house.db,
      )
    expect(rows).toEqual([{ born: '2008-02-29', many: 9007199254740991, never: null }])
  })
})

test.skipIf('owner' in inject('copyFrom'))(
  'with one connection, the outer handle inside a transaction fails rather than waiting for ever',
  async () => {
    const database = await openEmbedded(undefined, 500)
    const nested = inTransaction(database.db, () => sql`select 1`.execute(database.db))
    await expect(nested).rejects.toThrow(/timeout/)
    await database.close()
  },
  60_000,
)

describe('events', () => {
  test('say who, in which partnership, and about what', async () => {
    const about = { kind: 'agency', id: newId() }
    await house.seen(house.as('dena'), (tx) =>
      record(tx, house.as('dena'), 'agency looked at', about, { n: 1, why: null }),
    )
    const rows = await house.seen(house.as('dena'), (tx) =>
      tx.selectFrom('event').selectAll().where('about_id', '=', about.id).execute(),
    )
    const { id, agency } = house.cast.people.dena
    expect(rows).toMatchObject([
      {
        kind: 'agency looked at',
        viewer: 'staff',
        staff_id: id,
        agency_id: agency,
        partnership_id: partnership,
        detail: { n: 1, why: null },
      },
    ])
  })

  test('are seen by whoever did it, those about a concern by the front door that sees it, and never elsewhere', async () => {
    const { concern } = await noticed(house, {}, { viewer: house.as('priya'), channel: 'professional' })
    const about = { kind: 'agency', id: newId() }
    await house.seen(house.as('priya'), (tx) => record(tx, house.as('priya'), 'agency looked at', about))
    const seenBy = async (name: 'dena' | 'priya' | 'saul' | 'otto', id: string) =>
      (
        await house.seen(house.as(name), (tx) =>
          tx.selectFrom('event').select('id').where('about_id', '=', id).execute(),
        )
      ).length
    const names = ['dena', 'priya', 'saul', 'otto'] as const
    const counts = async (id: string) => Promise.all(names.map((name) => seenBy(name, id)))
    expect(await counts(concern)).toEqual([1, 1, 0, 0])
    expect(await counts(about.id)).toEqual([0, 1, 0, 0])
  })

  test('cannot be written for another partnership, changed or removed', async () => {
    await expect(
      house.seen(house.anyone, (tx) => record(tx, house.as('otto'), 'x', { kind: 'x', id: newId() })),
    ).rejects.toThrow('row-level security')
    await expect(
      house.seen(house.system, (tx) => tx.updateTable('event').set({ kind: 'other' }).execute()),
    ).rejects.toThrow('permission denied')
    await expect(house.seen(house.system, (tx) => tx.deleteFrom('event').execute())).rejects.toThrow(
      'permission denied',
    )
  })

  test('go when the act they belong to fails', async () => {
    const failed = asViewer(house.db, house.system, async (tx) => {
      await mark(tx, 'undone')
      throw new Error('no')
    })
    await expect(failed).rejects.toThrow()
    expect(await marks('undone')).toEqual([])
  })
})
