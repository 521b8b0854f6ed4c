import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { sealWhatIsPlain } from '../src/commands/seal-plain.ts'
import { type Db, inTransaction, migrate, openEmbedded, openKeys, openPostgres } from '../src/platform/index.ts'
import { enter, type Cast } from './cast.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    cast: Cast
    /** Where tests write what nobody keeps. */
    folder: string
    /** Where each test file finds its own copy of the house: the folder of an embedded database, or a template on PostgreSQL. */
    copyFrom: { folder: string } | { owner: string; template: string; app: string }
  }
}

/** Migrates one database and brings the cast in, once; every test file gets a copy of its own. */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  execFileSync(process.execPath, ['scripts/build.mjs', '--assets'], { stdio: 'inherit' })
  const folder = fs.mkdtempSync(path.join(roomiest(), 'trellis-tests-'))
  project.provide('folder', folder)
  const owner = process.env['TEST_DATABASE_URL']
  const clear = owner ? await onPostgres(project, owner) : await onEmbedded(project, path.join(folder, 'cast'))
  return async () => {
    await clear?.()
    // Also what a test left behind that was interrupted.
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

/** In memory where the system has room for files there: a database is thousands of them. */
const roomiest = (): string => {
  const memory = '/dev/shm'
  if (!fs.existsSync(memory)) return os.tmpdir()
  const { bavail, bsize } = fs.statfsSync(memory)
  return bavail * bsize > 2 ** 31 ? memory : os.tmpdir()
}

const prepare = async (db: Db): Promise<Cast> => {
  await migrate(db)
  // There is nothing yet, so no key is asked for; the rules against plain words are checked.
  await sealWhatIsPlain(db, () => openKeys('none'))
  return inTransaction(db, enter)
}

const onEmbedded = async (project: TestProject, folder: string): Promise<void> => {
  const database = await openEmbedded(folder)
  project.provide('cast', await prepare(database.db))
  // Closed before it is copied, so that no copy has to recover from a crash when it is opened.
  await database.close()
  project.provide('copyFrom', { folder })
}

const onPostgres = async (project: TestProject, owner: string): Promise<() => Promise<void>> => {
  const template = `trellis_test_${process.pid}`
  const admin = new pg.Client({ connectionString: owner })
  await admin.connect()
  await admin.query(`create database ${template}`)
  // The app's own login: a plain role, so that what holds here holds in production.
  await admin.query(
    `do $$ begin create role trellis_test_app login nosuperuser nobypassrls password 'test'; exception when duplicate_object then null; end $$`,
  )
  const url = new URL(owner)
  url.pathname = `/${template}`
  const database = openPostgres(url.href, 2)
  const cast = await prepare(database.db)
  await database.close()
  await admin.query('grant trellis_app to trellis_test_app')
  const app = new URL(owner)
  app.username = 'trellis_test_app'
  app.password = 'test'
  project.provide('cast', cast)
  project.provide('copyFrom', { owner, template, app: app.href })
  return async () => {
    const { rows } = await admin.query<{ datname: string }>(`select datname from pg_database where datname like $1`, [
      `${template}%`,
    ])
    for (const { datname } of rows) await admin.query(`drop database if exists ${datname} with (force)`)
    await admin.end()
  }
}
