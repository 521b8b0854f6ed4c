import { sql } from 'kysely'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openGround, type Ground } from '../../test/ground.ts'
import { openAsOwner } from '../commands/backup.ts'
import { type Database, migrate, migrationsIn, pendingMigrations, ranMigrations } from './index.ts'

let ground: Ground
let database: Database
let folder: string
beforeAll(async () => {
  ground = await openGround()
  database = await openAsOwner(ground.config)
})
beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'trellis-migrations-'))
  await sql`drop schema public cascade`.execute(database.db)
  await sql`create schema public`.execute(database.db)
})
afterAll(async () => {
  await database.close()
  await ground.clear()
})

const write = (name: string, text: string): void => fs.writeFileSync(path.join(folder, name), text)
const tables = async () =>
  (
    await sql<{
      name: string
    }>`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`.execute(
      database.db,
    )
  ).rows.map(({ name }) => name)

test('each file runs once, in the order of its number', async () => {
  write('0002_b.sql', 'create table b (a_id integer references a (id));')
  write('0001_a.sql', 'create table a (id integer primary key); insert into a values (1);')
  write('notes.txt', 'not a migration')
  expect(await migrate(database.db, folder)).toEqual(['0001_a.sql', '0002_b.sql'])
  expect(await migrate(database.db, folder)).toEqual([])
  write('0003_c.sql', 'create table c ();')
  expect(await pendingMigrations(database.db, folder)).toEqual(['0003_c.sql'])
  expect(await migrate(database.db, folder)).toEqual(['0003_c.sql'])
  expect(await tables()).toEqual(['a', 'b', 'c', 'migration'])
})

test('a file that changed after it ran is refused', async () => {
  write('0001_a.sql', 'create table a ();')
  await migrate(database.db, folder)
  write('0001_a.sql', 'create table a (id integer);')
  await expect(migrate(database.db, folder)).rejects.toThrow('The migration 0001_a.sql has changed since it ran here')
})

test('a file that fails leaves nothing of itself, and what ran before it stays', async () => {
  write('0001_a.sql', 'create table a ();')
  write('0002_b.sql', 'create table b (); select 1 / 0;')
  await expect(migrate(database.db, folder)).rejects.toThrow('division by zero')
  expect(await tables()).toEqual(['a', 'migration'])
  write('0002_b.sql', 'create table b ();')
  expect(await migrate(database.db, folder)).toEqual(['0002_b.sql'])
})

test('one can stop at a file, as restoring an older backup does', async () => {
  for (const name of ['0001_a', '0002_b', '0003_c']) write(`${name}.sql`, `create table ${name.slice(5)} ();`)
  expect(await migrate(database.db, folder, '0002_b.sql')).toEqual(['0001_a.sql', '0002_b.sql'])
  expect((await ranMigrations(database.db)).map(({ name }) => name)).toEqual(['0001_a.sql', '0002_b.sql'])
})

test('two that start together take turns', async () => {
  for (const name of ['0001_a', '0002_b'])
    write(`${name}.sql`, `create table ${name.slice(5)} (); select pg_sleep(0.1);`)
  const second = ground.config.databaseUrl ? await openAsOwner(ground.config) : database
  const [one, two] = await Promise.all([migrate(database.db, folder), migrate(second.db, folder)])
  expect([...one, ...two].sort()).toEqual(['0001_a.sql', '0002_b.sql'])
  if (second !== database) await second.close()
})

test('an empty database has run nothing, and everything waits', async () => {
  expect(await ranMigrations(database.db)).toEqual([])
  expect(await pendingMigrations(database.db)).toEqual(migrationsIn().map(({ name }) => name))
})
