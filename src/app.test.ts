import { sql } from 'kysely'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../test/house.ts'

let house: TestHouse
beforeEach(async () => {
  house = await openTestHouse()
})
afterEach(() => house.close())

const ask = async (url: string) => {
  const reply = await house.app.inject(url)
  return { status: reply.statusCode, said: reply.json<unknown>() }
}

test('a house that is up and current says so', async () => {
  expect(await ask('/health')).toEqual({ status: 200, said: { status: 'up' } })
  expect(await ask('/ready')).toEqual({ status: 200, said: { status: 'ready' } })
})

// On PostgreSQL whoever serves may not write that table.
test.skipIf('owner' in inject('copyFrom'))('one whose migrations have not all run is up, but not ready', async () => {
  await sql`delete from migration where name = '0001_platform.sql'`.execute(house.db)
  expect(await ask('/ready')).toEqual({ status: 503, said: { status: 'not ready', why: 'migrations have not run' } })
  expect((await ask('/health')).status).toBe(200)
})

test('one whose database is gone is up, but not ready, and does not say why in its words', async () => {
  await house.db.destroy()
  expect(await ask('/ready')).toEqual({
    status: 503,
    said: { status: 'not ready', why: 'the database does not answer' },
  })
  expect((await ask('/health')).status).toBe(200)
})
