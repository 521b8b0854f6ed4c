import { spawn, type ChildProcess } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import memoryFlags from '../scripts/memory-flags.json' with { type: 'json' }
import { sealWhatIsPlain } from '../src/commands/seal-plain.ts'
import { letAppIn, migrate, openEmbedded, openKeys, openPostgres, type Database } from '../src/platform/index.ts'

export type Where = 'embedded' | 'postgres'

/** A place for one measurement: its own folder and, on PostgreSQL, its own database with an owner and a plain app role. */
export type Ground = {
  where: Where
  folder: string
  env: Record<string, string>
  /** Opens the database past the app, as its owner, while no server runs on it. */
  owner: () => Promise<Database>
  clear: () => Promise<void>
}

/** @throws {Error} when PostgreSQL is asked for and BENCH_DATABASE_URL (a superuser's) is not set */
export const makeGround = async (where: Where): Promise<Ground> => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'trellis-bench-'))
  const remove = () => fs.rmSync(folder, { recursive: true, force: true })
  const env = { DATA_DIR: folder, HOST: '127.0.0.1', LOG_LEVEL: 'error', REPORTS_A_MINUTE: '1000000' }
  if (where === 'embedded') {
    const owner = () => openEmbedded(path.join(folder, 'database'))
    const database = await owner()
    await migrate(database.db)
    await database.close()
    return { where, folder, env, owner, clear: async () => remove() }
  }
  const superuser = process.env['BENCH_DATABASE_URL']
  if (!superuser)
    throw new Error(
      'Set BENCH_DATABASE_URL to a PostgreSQL superuser: the bench makes and drops a database of its own.',
    )
  const name = `trellis_bench_${process.pid}`
  const admin = new pg.Client({ connectionString: superuser })
  await admin.connect()
  await admin.query(`create database ${name}`)
  await admin.query(
    `do $$ begin create role trellis_bench_app login nosuperuser nobypassrls password 'bench'; exception when duplicate_object then null; end $$`,
  )
  await admin.end()
  const ownerUrl = at(superuser, name)
  const appUrl = at(superuser, name, 'trellis_bench_app', 'bench')
  const owner = () => Promise.resolve(openPostgres(ownerUrl, 4))
  const database = await owner()
  await migrate(database.db)
  // A server that may not own the tables does not start before their owner has checked that nothing plain is left.
  await sealWhatIsPlain(database.db, () => openKeys(path.join(folder, 'keys.json')))
  await letAppIn(database.db, appUrl)
  await database.close()
  return {
    where,
    folder,
    env: { ...env, DATABASE_URL: appUrl },
    owner,
    clear: async () => {
      const again = new pg.Client({ connectionString: superuser })
      await again.connect()
      await again.query(`drop database ${name} with (force)`)
      await again.end()
      remove()
    },
  }
}

const at = (url: string, database: string, user?: string, password?: string): string => {
  const to = new URL(url)
  to.pathname = `/${database}`
  if (user) to.username = user
  if (password) to.password = password
  return to.href
}

export type Server = {
  url: string
  pid: number
  child: ChildProcess
  readyMs: number
  stop: (signal?: NodeJS.Signals) => Promise<void>
}

/** Starts the built server on `port` and waits until it answers. */
export const startServer = async (ground: Ground, port: number): Promise<Server> => {
  const began = performance.now()
  const child = spawn(process.execPath, [...memoryFlags, 'dist/trellis.js', 'serve'], {
    env: { ...process.env, ...ground.env, PORT: String(port), PUBLIC_URL: `http://127.0.0.1:${port}` },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const url = `http://127.0.0.1:${port}`
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the server stopped with ${child.exitCode}`)
    const ready = await fetch(`${url}/ready`)
      .then((r) => r.ok)
      .catch(() => false)
    if (ready) break
    if (performance.now() - began > 60_000) throw new Error('the server did not get ready within a minute')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return {
    url,
    pid: child.pid!,
    child,
    readyMs: performance.now() - began,
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal)
      await gone
    },
  }
}

/** Resident memory of a process in MB: now and at its highest (Linux). */
export const memory = (pid: number): { now: number; peak: number } => {
  const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8')
  const kb = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0)
  return { now: kb('VmRSS') / 1024, peak: kb('VmHWM') / 1024 }
}

/** Processor time a process has used, in seconds (Linux counts it in hundredths). */
export const processorSeconds = (pid: number): number => {
  const fields = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}

export const quantile = (values: readonly number[], q: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN
}
