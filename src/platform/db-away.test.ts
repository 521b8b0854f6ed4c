import { sql } from 'kysely'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { asViewer, inTransaction, isDatabaseAway } from './index.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse()
})
afterAll(() => house.close())

test.skipIf('folder' in inject('copyFrom'))(
  'a connection cut in the middle of a transaction fails that transaction and nothing else',
  async () => {
    const cut = inTransaction(house.db, async (tx) => {
      // pg_terminate_backend on oneself is what a dying server does to its clients.
      await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx)
      await sql`select 1`.execute(tx)
    })
    const error = await cut.then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    expect(isDatabaseAway(error)).toBe(true)
    expect(await asViewer(house.db, house.system, () => Promise.resolve('still here'))).toBe('still here')
  },
)
