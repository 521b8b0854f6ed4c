import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { inTransaction, newId, record, together, type Tx } from './index.ts'
import { nameStatements } from './named-statements.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse()
})
afterAll(() => house.close())

describe('a statement', () => {
  const ask = (name: (text: string, values: unknown[]) => string | undefined, text: string, times: number) =>
    Array.from({ length: times }, () => name(text, [1]))

  test('gets a name when it is asked again and again, and keeps it', () => {
    const { nameOf } = nameStatements()
    expect(ask(nameOf, 'select $1', 5)).toEqual([undefined, undefined, undefined, 's0', 's0'])
    expect(ask(nameOf, 'select $1 + 1', 4).at(-1)).toBe('s1')
  })

  test('that takes nothing has none', () => {
    const { nameOf } = nameStatements()
    for (let i = 0; i < 5; i++) expect(nameOf('commit', [])).toBeUndefined()
  })

  test('that was asked longest ago loses its name to one that is asked more', () => {
    const { nameOf, dropped, stands } = nameStatements(2)
    for (const text of ['select $1', 'select $2', 'select $1', 'select $3']) ask(nameOf, text, 4)
    expect([nameOf('select $1', [1]), nameOf('select $3', [1])]).toEqual(['s0', 's2'])
    expect(['s0', 's1', 's2'].map(stands)).toEqual([true, false, true])
    expect(dropped()).toBe(1)
    expect(ask(nameOf, 'select $2', 4)).toEqual([undefined, undefined, undefined, 's3'])
  })

  test('that is one of very many asked once each takes no name from those that have one', () => {
    const { nameOf, dropped } = nameStatements(2)
    ask(nameOf, 'select $1', 4)
    for (let n = 0; n < 12_000; n++) nameOf(`select $1 + ${n}`, [1])
    expect(nameOf('select $1', [1])).toBe('s0')
    expect(dropped()).toBe(0)
  })
})

test('a connection lets go of the plans of statements that lost their names', async () => {
  const many = Array.from({ length: 520 }, (_, n) => sql`select ${1}::int + ${sql.raw(String(n))}`)
  const named = (tx: Tx) => sql`select from pg_prepared_statements where name ~ '^s[0-9]+$'`.execute(tx)
  const before = await house.seen(house.system, async (tx) => {
    for (let i = 0; i < 4; i++) await together(tx, ...many)
    return named(tx)
  })
  expect(before.rows.length).toBeGreaterThan(500)
  expect((await house.seen(house.system, named)).rows.length).toBeLessThanOrEqual(500)
})

test('under a name, whoever asks sees their own rows and no others', async () => {
  const about = { kind: 'agency', id: newId() }
  await house.seen(house.as('priya'), (tx) => record(tx, house.as('priya'), 'agency looked at', about))
  const seen = (tx: Tx) => tx.selectFrom('event').select('kind').where('about_id', '=', about.id).execute()
  for (let round = 0; round < 12; round++) {
    for (const viewer of [house.system, house.as('priya')]) expect(await house.seen(viewer, seen)).toHaveLength(1)
    for (const name of ['dena', 'saul', 'otto'] as const) expect(await house.seen(house.as(name), seen)).toEqual([])
    expect(await house.seen(house.anyone, seen)).toEqual([])
  }
})

test('when a column comes while the server runs, a statement fails once and then answers', async () => {
  await inTransaction(house.db, async (tx) => {
    await sql`create temporary table shelf (name text) on commit drop`.execute(tx)
    await sql`insert into shelf values ('first')`.execute(tx)
    const ask = () => inTransaction(tx, (inner) => sql`select * from shelf where name = ${'first'}`.execute(inner))
    for (let i = 0; i < 8; i++) expect((await ask()).rows).toEqual([{ name: 'first' }])
    await sql`alter table shelf add column place text`.execute(tx)
    await expect(ask()).rejects.toThrow('cached plan must not change result type')
    for (let i = 0; i < 8; i++) expect((await ask()).rows).toEqual([{ name: 'first', place: null }])
  })
})
