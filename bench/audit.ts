// A million events (or as many as you say) in the log: how long to bring them into the tree, to verify them all, to prove
// one, to check an export with the separate verifier, and what tampering is found.
//   npm run bench -- audit [events, usually 1000000]
// BENCH_DATABASE_URL names a PostgreSQL superuser whose server it may make a database on; otherwise it starts its own.
import { sql } from 'kysely'
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { auditCommand } from '../src/commands/audit.ts'
import {
  asViewer,
  checkpointNote,
  inTransaction,
  makeLogGrower,
  migrate,
  openKeys,
  openPostgres,
  proveEvent,
  readConfig,
} from '../src/platform/index.ts'
import { enter } from '../test/cast.ts'
import { startOwnPostgres } from './own-postgres.ts'

const many = Number(process.argv[2] ?? 1_000_000)
const given = process.env['BENCH_DATABASE_URL']
const own = given ? undefined : await startOwnPostgres()
const server = given ?? own!.url
const name = `trellis_audit_${process.pid}`
const admin = new pg.Client({ connectionString: server })
await admin.connect()
await admin.query(`create database ${name}`)
const url = new URL(server)
url.pathname = `/${name}`
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'trellis-audit-'))
const config = readConfig({ DATABASE_URL: url.href, DATABASE_OWNER_URL: url.href, DATA_DIR: folder })
const keys = openKeys(config.keysFile)
const database = openPostgres(url.href, 4)
const { db } = database
const at = (file: string): string => path.join(folder, file)

const timed = async (what: string, work: () => unknown): Promise<number> => {
  const began = performance.now()
  const processor = process.cpuUsage()
  await work()
  const took = performance.now() - began
  const { user, system } = process.cpuUsage(processor)
  const load = os.loadavg()[0]!.toFixed(1)
  console.log(
    `${what}: ${(took / 1000).toFixed(2)} s (${((user + system) / 1e6).toFixed(1)} s of a processor here; load ${load})`,
  )
  return took
}

try {
  await migrate(db)
  const { partnership, people, agencies } = await inTransaction(db, enter)
  await timed(`${many} events written`, async () => {
    await sql
      .raw(
        `insert into event (partnership_id, id, kind, viewer, staff_id, agency_id, about_kind, about_id, detail)
        select '${partnership}', gen_random_uuid(), (array['person looked at','concern taken','concern decided','signed in'])[1 + n % 4], 'staff',
          '${people.dena.id}', '${agencies['childrens']}', 'concern', gen_random_uuid(), jsonb_build_object('n', n, 'why', null, 'route', 'family-help')
        from generate_series(1, ${many}) n`,
      )
      .execute(db)
    await sql`vacuum analyze`.execute(db)
  })
  await timed('brought into the tree, with a checkpoint for each thousand', () => makeLogGrower(db, keys)('now'))
  await sql`vacuum analyze`.execute(db)
  const growLog = makeLogGrower(db, keys)
  await timed('the first walk after a start, with nothing new', () => growLog())
  await timed('the next', () => growLog())

  const verifying = await timed('trellis audit verify', () => auditCommand(config, ['verify'], {}))
  console.log(
    `  ${process.exitCode === 1 ? 'FAILED' : 'passed'}; the goal of 30 s is ${verifying < 30_000 ? 'met' : 'missed'}`,
  )
  process.exitCode = 0

  const ids = (await sql<{ id: string }>`select id from event order by random() limit 500`.execute(db)).rows
  const times: number[] = []
  await asViewer(db, { kind: 'system', partnership }, async (tx) => {
    const note = (await checkpointNote(tx, partnership))!
    for (const { id } of ids) {
      const began = performance.now()
      await proveEvent(tx, partnership, id, note, false)
      times.push(performance.now() - began)
    }
  })
  times.sort((a, b) => a - b)
  console.log(
    `an inclusion proof: median ${times[250]!.toFixed(2)} ms, 95th percentile ${times[475]!.toFixed(2)} ms, highest ${times.at(-1)!.toFixed(2)} ms; the goal of 10 ms is ${times[475]! < 10 ? 'met' : 'missed'}`,
  )

  await auditCommand(config, ['checkpoint'], { out: at('kept.checkpoint') })
  await auditCommand(config, ['key'], { out: at('key') })
  await timed('trellis audit export', () => auditCommand(config, ['export'], { out: at('leaves.jsonl') }))
  await timed('the separate verifier over the export', () => {
    const run = spawnSync(process.execPath, [
      'verifier/trellis-verify.mjs',
      'log',
      at('key'),
      at('leaves.jsonl'),
      at('kept.checkpoint'),
    ])
    console.log(`  ${run.stdout.toString()}${run.stderr.toString()}`.trimEnd())
  })

  await sql`update event set kind = 'nothing' where id = ${ids[0]!.id}`.execute(db)
  await timed('trellis audit verify, with one row edited', () =>
    auditCommand(config, ['verify'], { checkpoint: [at('kept.checkpoint')] }),
  )
  process.exitCode = process.exitCode === 1 ? 0 : 1
} finally {
  await database.close()
  await admin.query(`drop database ${name} with (force)`)
  await admin.end()
  await own?.remove()
  fs.rmSync(folder, { recursive: true, force: true })
}
