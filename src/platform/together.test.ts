import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { askedAsProduct, asProduct, become, inTransaction, together, type Tx } from './index.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse()
})
afterAll(() => house.close())

const as = <T>(work: (tx: Tx) => Promise<T>) => house.seen(house.as('colm'), work)
const who = sql<{ who: string }>`select current_setting('trellis.viewer') as who`
const set = (to: string) => sql`select set_config('trellis.test', ${to}, true)`
const told = sql<{ told: string }>`select current_setting('trellis.test', true) as told`
const wrong = sql`select 1 / ${0}::int`

test('what is asked together is answered in order, and what comes later sees what was written before', async () => {
  const answers = await as((tx) =>
    together(tx, set('one'), told, set('two'), told, tx.selectFrom('agency').select('id').limit(1)),
  )
  expect([answers[1], answers[3]]).toEqual([[{ told: 'one' }], [{ told: 'two' }]])
  expect(answers[4]).toHaveLength(1)
})

test('the first failure among them is the one that is heard, and nothing of the transaction stays', async () => {
  await expect(as((tx) => together(tx, told, wrong, told))).rejects.toThrow('division by zero')
  expect(await as((tx) => together(tx, who))).toEqual([[{ who: 'staff' }]])
})

test('a question asked as the product is asked as the product, and its asker is themself again whatever happens', async () => {
  await as(async (tx) => {
    expect(await askedAsProduct(tx, who)).toEqual([{ who: 'system' }])
    expect(await together(tx, who)).toEqual([[{ who: 'staff' }]])
    const failing: (() => Promise<unknown>)[] = [
      () => askedAsProduct(tx, wrong),
      () => asProduct(tx, () => wrong.execute(tx)),
    ]
    for (const one of failing) await expect(inTransaction(tx, one)).rejects.toThrow('division by zero')
    expect(await together(tx, who)).toEqual([[{ who: 'staff' }]])
    expect(await asProduct(tx, () => askedAsProduct(tx, who))).toEqual([{ who: 'system' }])
    expect(await together(tx, who)).toEqual([[{ who: 'staff' }]])
  })
})

test('what became somebody else and was undone leaves whoever went on as they were', async () => {
  await as((tx) =>
    asProduct(tx, async () => {
      const undone = inTransaction(tx, async (inner) => {
        await become(inner, house.as('wes'))
        throw new Error('undone')
      })
      await expect(undone).rejects.toThrow('undone')
      await asProduct(tx, async () => expect(await together(tx, who)).toEqual([[{ who: 'system' }]]))
      expect(await together(tx, who)).toEqual([[{ who: 'system' }]])
    }),
  )
})

test('a transaction in which nothing was asked ends like any other, and its connection serves the next', async () => {
  for (let i = 0; i < 20; i++) await house.db.transaction().execute(() => Promise.resolve())
  expect(await as((tx) => together(tx, who))).toEqual([[{ who: 'staff' }]])
})
