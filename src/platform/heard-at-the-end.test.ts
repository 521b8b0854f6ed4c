import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { askedInOneGo, heardAtTheEnd, inTransaction, newId, record, type Tx } from './index.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse()
})
afterAll(() => house.close())

const noted = (id: string) => (tx: Tx) => record(tx, house.as('colm'), 'noted', { kind: 'concern', id })
const wrong = (tx: Tx) => sql`select 1 / ${0}::int`.execute(tx)
const isNoted = async (id: string): Promise<boolean> =>
  house.seen(house.system, async (tx) => {
    const { rows } = await sql<{ there: boolean }>`
      select exists (select from event where about_id = ${id}) as there`.execute(tx)
    return rows[0]!.there
  })

test('what nobody waited for is there when the transaction has ended', async () => {
  const id = newId()
  const answered = await house.seen(house.as('colm'), (tx) => {
    heardAtTheEnd(tx, noted(id)(tx))
    return Promise.resolve('answered')
  })
  expect([answered, await isNoted(id)]).toEqual(['answered', true])
})

test('a transaction fails with what failed in it, though nobody waited for that, and nothing of it stays', async () => {
  for (const failsFirst of [true, false]) {
    const id = newId()
    const asked = house.seen(house.as('colm'), async (tx) => {
      if (failsFirst) heardAtTheEnd(tx, wrong(tx))
      const writing = noted(id)(tx)
      if (failsFirst) heardAtTheEnd(tx, writing)
      else await writing
      if (!failsFirst) heardAtTheEnd(tx, wrong(tx))
    })
    await expect(asked).rejects.toThrow('division by zero')
    expect(await isNoted(id)).toBe(false)
  }
})

test('what was undone on the way is not heard again at the end', async () => {
  const [kept, undone] = [newId(), newId()]
  await house.seen(house.as('colm'), async (tx) => {
    heardAtTheEnd(tx, noted(kept)(tx))
    const within = inTransaction(tx, async (inner) => {
      await noted(undone)(inner)
      heardAtTheEnd(inner, wrong(inner))
      await sql`select 1`.execute(inner)
    })
    await expect(within).rejects.toThrow()
  })
  expect([await isNoted(kept), await isNoted(undone)]).toEqual([true, false])
})

test('what is known before is asked in one go, and fails as a whole', async () => {
  const who = sql<{ who: string }>`select current_setting('trellis.viewer') as who`
  const answers = await askedInOneGo(house.db, house.as('colm'), who, sql<{ n: number }>`select ${7}::int as n`)
  expect(answers).toEqual([[{ who: 'staff' }], [{ n: 7 }]])
  await expect(askedInOneGo(house.db, house.as('colm'), who, sql`select 1 / ${0}::int`)).rejects.toThrow('by zero')
})
