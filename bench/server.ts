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
  /** Of its database on PostgreSQL. */
  name: string
  folder: string
  env: Record<string, string>
  /** Opens the database past the app, as its owner, while no server runs on it. */
  owner: () => Promise<Database>
  clear: () => Promise<void>
}

/** @throws {Error} when PostgreSQL is asked for and BENCH_DATABASE_URL (a superuser's) is not set */
export const makeGround = async (where: Where): Promise<Ground> => {
  const ground = groundIn(
    where,
    fs.mkdtempSync(path.join(os.tmpdir(), 'trellis-bench-')),
    `trellis_bench_${process.pid}`,
  )
  if (where === 'postgres') {
    await asSuperuser(`create database ${ground.name}`)
    await asSuperuser(
      `do $$ begin create role trellis_bench_app login nosuperuser nobypassrls password 'bench'; exception when duplicate_object then null; end $$`,
    )
  }
  await prepare(ground)
  return ground
}

/**
 * A ground and what `fill` says it put there. With BENCH_KEEP=FILE it stays after the run, and the next run with that
 * file fills nothing: filling takes twenty minutes where measuring takes one. What is said must fit in JSON.
 */
export const filledGround = async <Filled>(
  where: Where,
  fill: (ground: Ground) => Promise<Filled>,
): Promise<{ ground: Ground; filled: Filled }> => {
  const file = process.env['BENCH_KEEP']
  if (!file) {
    const ground = await makeGround(where)
    return { ground, filled: await fill(ground) }
  }
  const leave = async () => undefined
  if (fs.existsSync(file)) {
    const kept = JSON.parse(fs.readFileSync(file, 'utf8')) as { folder: string; name: string; filled: Filled }
    const ground = groundIn(where, kept.folder, kept.name)
    await prepare(ground)
    return { ground: { ...ground, clear: leave }, filled: kept.filled }
  }
  const ground = await makeGround(where)
  const filled = await fill(ground)
  fs.writeFileSync(file, JSON.stringify({ folder: ground.folder, name: ground.name, filled }))
  return { ground: { ...ground, clear: leave }, filled }
}

const groundIn = (where: Where, folder: string, name: string): Ground => {
  const remove = () => fs.rmSync(folder, { recursive: true, force: true })
  const env = { DATA_DIR: folder, HOST: '127.0.0.1', LOG_LEVEL: 'error', REPORTS_A_MINUTE: '1000000' }
  if (where === 'embedded') {
    const owner = () => openEmbedded(path.join(folder, 'database'))
    return { where, name, folder, env, owner, clear: async () => remove() }
  }
  const clear = async () => {
    await asSuperuser(`drop database ${name} with (force)`)
    remove()
  }
  const owner = () => Promise.resolve(openPostgres(at(superuser(), name), 4))
  const appUrl = at(superuser(), name, 'trellis_bench_app', 'bench')
  return { where, name, folder, env: { ...env, DATABASE_URL: appUrl }, owner, clear }
}

const prepare = async ({ where, folder, env, owner }: Ground): Promise<void> => {
  const database = await owner()
  await migrate(database.db)
  if (where === 'postgres') {
    // A server that may not own the tables does not start before their owner has checked that nothing plain is left.
    await sealWhatIsPlain(database.db, () => openKeys(path.join(folder, 'keys.json')))
    await letAppIn(database.db, env['DATABASE_URL']!)
  }
  await database.close()
}

const superuser = (): string => {
  const url = process.env['BENCH_DATABASE_URL']
  if (!url)
    throw new Error(
      'Set BENCH_DATABASE_URL to a PostgreSQL superuser: the bench makes and drops a database of its own.',
    )
  return url
}

const asSuperuser = async (text: string): Promise<void> => {
  const admin = new pg.Client({ connectionString: superuser() })
  await admin.connect()
  await admin.query(text)
  await admin.end()
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
