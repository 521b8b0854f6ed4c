import { sql } from 'kysely'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { inspect } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { dataKeyOf, dataKeys, dataKeysOf, destroyDataKey, KeyDestroyed } from './data-key.ts'
import { newId } from './id.ts'
import { addKey, blindIndex, openKeys, readKeys, type Keys } from './keys.ts'
import { rotateKeys } from './rotate-keys.ts'
import { openText, sealText } from './sealed-text.ts'

let house: TestHouse
let folder: string
let file: string
let keys: Keys
let partnership: string
beforeAll(async () => {
  house = await openTestHouse()
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'trellis-data-keys-'))
  file = path.join(folder, 'keys.json')
  keys = openKeys(file)
  partnership = house.cast.partnership
})
afterAll(async () => {
  await house.close()
  fs.rmSync(folder, { recursive: true })
})

/** The same secrets in another process: nothing of this one's is remembered. */
const elsewhere = () => openKeys(file)
const subject = () => ({ kind: 'subject', id: newId() }) as const
const keyOf = (of: { kind: 'subject'; id: string }, by = keys, viewer = house.anyone) =>
  house.seen(viewer, (tx) => dataKeyOf(tx, by, partnership, of))
const opened = (ids: readonly string[], by = keys) =>
  house.seen(house.system, (tx) => dataKeys(tx, by, partnership, ids))

test('a key is made on first use, once, however many ask at the same moment, and every process opens the same', async () => {
  const of = subject()
  const made = await Promise.all(Array.from({ length: 8 }, () => keyOf(of)))
  expect(new Set(made.map(({ id }) => id)).size).toBe(1)
  const there = await keyOf(of, elsewhere())
  expect(there.secret.equals(made[0]!.secret)).toBe(true)
  expect((await opened([there.id], elsewhere())).get(there.id)!.secret.equals(there.secret)).toBe(true)
  expect((await keyOf(subject())).secret.equals(there.secret)).toBe(false)
})

test('no key is listed, printed, or lies open in the database', async () => {
  const key = await keyOf(subject())
  const shown = inspect(key, { depth: 9 }) + JSON.stringify(key)
  expect(shown).not.toContain(key.secret.export().toString('hex').slice(0, 8))
  expect(shown).not.toContain('ecret')
  const { rows } = await house.seen(house.system, (tx) =>
    sql<{ line: string }>`select d::text || k::text as line from data_key d, partnership_key k`.execute(tx),
  )
  expect(rows.some(({ line }) => line.includes(key.secret.export().toString('hex')))).toBe(false)
})

test('a wrapped key moved to another row opens nothing', async () => {
  const [a, b] = [await keyOf(subject()), await keyOf(subject())]
  const moved = house.seen(house.system, async (tx) => {
    await sql`update data_key set wrapped = (select wrapped from data_key where id = ${a.id}) where id = ${b.id}`.execute(
      tx,
    )
    return dataKeys(tx, elsewhere(), partnership, [b.id])
  })
  await expect(moved).rejects.toThrow('unable to authenticate')
})

test('another partnership sees no key, and nobody but staff and the product destroys one', async () => {
  const of = subject()
  const key = await keyOf(of)
  const stranger = { kind: 'system', partnership: newId() } as const
  const { rows } = await house.seen(stranger, (tx) =>
    sql`select id from data_key union all select id from partnership_key`.execute(tx),
  )
  expect(rows).toEqual([])
  await house.seen(house.anyone, (tx) => destroyDataKey(tx, house.anyone, of, 'retention'))
  expect((await opened([key.id])).has(key.id)).toBe(true)
})

test('more keys than are remembered open as those that are', async () => {
  const owners = Array.from({ length: 3 }, () => Array.from({ length: 4000 }, () => newId()))
  const keysNow = async () => {
    const all: Awaited<ReturnType<typeof dataKeysOf>>[] = []
    for (const some of owners)
      all.push(await house.seen(house.system, (tx) => dataKeysOf(tx, keys, partnership, 'subject', some)))
    return new Map(all.flatMap((some) => [...some]))
  }
  const [made, again] = [await keysNow(), await keysNow()]
  expect([made.size, again.size]).toEqual([12_000, 12_000])
  expect([...made].filter(([id, { secret }]) => !again.get(id)!.secret.equals(secret))).toEqual([])
})

test('a destroyed key is useless at once in every process, is never made again, and the event says so in codes', async () => {
  const of = subject()
  const other = elsewhere()
  const key = await keyOf(of)
  await keyOf(of, other)
  const mina = house.as('mina')
  await house.seen(mina, (tx) => destroyDataKey(tx, mina, of, 'right to erasure'))
  for (const by of [keys, other, elsewhere()]) {
    await expect(keyOf(of, by)).rejects.toThrow(KeyDestroyed)
    expect((await opened([key.id], by)).size).toBe(0)
  }
  const { rows } = await house.seen(house.system, (tx) =>
    sql`select wrapped, destroyed_by, destroyed_why from data_key where id = ${key.id}`.execute(tx),
  )
  expect(rows).toEqual([{ wrapped: null, destroyed_by: mina.staff, destroyed_why: 'right to erasure' }])
  const events = await house.seen(house.system, (tx) =>
    tx.selectFrom('event').select(['kind', 'detail']).where('about_id', '=', of.id).execute(),
  )
  expect(events).toEqual([{ kind: 'data key destroyed', detail: { key: key.id, why: 'right to erasure' } }])
  await expect(
    house.seen(mina, (tx) =>
      sql`update data_key set wrapped = '\\x00', destroyed_at = null where id = ${key.id}`.execute(tx),
    ),
  ).resolves.toMatchObject({ numAffectedRows: 0n })
})

test('keys rotate while the house runs: nothing is lost, and the older secret opens nothing any more', async () => {
  const running = elsewhere()
  const where = { table: 'concern', column: 'worry', row: 'a row' }
  const made: { id: string; sealed: Buffer }[] = []
  let rotating = true
  const work = async () => {
    for (let i = 0; i < 40 || (rotating && i < 200); i++) {
      const key = await keyOf(subject(), running)
      made.push({ id: key.id, sealed: sealText(key, where, key.id) })
      const some = made[Math.floor(Math.random() * made.length)]!
      expect(openText((await opened([some.id], running)).get(some.id)!, where, some.sealed)).toBe(some.id)
    }
  }
  const workers = [work(), work(), work()]
  const rotation = openKeys(file)
  for (let i = 0; i < 3; i++) {
    addKey(file, rotation)
    expect(await rotateKeys(house.db, rotation, partnership)).toBeGreaterThan(0)
  }
  rotating = false
  await Promise.all(workers)

  const content = JSON.parse(fs.readFileSync(file, 'utf8')) as { current: string; keys: Record<string, string> }
  expect(content.current).toBe('k4')
  const newest = readKeys(JSON.stringify({ ...content, keys: { k4: content.keys['k4'] } }), 'it')
  const all = await opened(
    made.map(({ id }) => id),
    newest,
  )
  for (const { id, sealed } of made) expect(openText(all.get(id)!, where, sealed)).toBe(id)
  const { rows } = await house.seen(house.system, (tx) =>
    sql<{ kek: string }>`select distinct kek_id as kek from partnership_key where wrapped is not null`.execute(tx),
  )
  expect(rows).toEqual([{ kek: 'k4' }])
})

test('a blind index is the same for the same value, and no other, in one partnership and use', () => {
  const index = blindIndex(keys, partnership, 'phone', '07700900123')
  expect(blindIndex(elsewhere(), partnership, 'phone', '07700900123')).toEqual(index)
  const others = [
    blindIndex(keys, partnership, 'phone', '07700900124'),
    blindIndex(keys, partnership, 'name', '07700900123'),
    blindIndex(keys, newId(), 'phone', '07700900123'),
    blindIndex(openKeys(path.join(folder, 'other.json')), partnership, 'phone', '07700900123'),
  ]
  expect(others.filter((other) => other.equals(index))).toEqual([])
})
