// An agency's list of many people, sent by its system to a running server on PostgreSQL: how long until it is received, read
// and applied, how much memory the server takes, and whether a server that is killed with signal 9 while it reads and while
// it applies goes on where it was, to the same list. Then the next night's file, with few changes.
//   npm run bench -- feeds [people] [seed]      (100,000 unless said; BENCH_DATABASE_URL names a superuser)
import { sql } from 'kysely'
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { Readable } from 'node:stream'
import { sealWhatIsPlain } from '../src/commands/seal-plain.ts'
import { guessColumns } from '../src/joining/feeds/columns.ts'
import { keepFeed } from '../src/joining/feeds/keep-feed.ts'
import { become, inTransaction, openKeys, type StaffViewer } from '../src/platform/index.ts'
import { addApiClient } from '../src/staff/index.ts'
import { dice, people, written } from '../test/population.ts'
import { makeGround, startServer, type Server } from './server.ts'

const many = Number(process.argv[2] ?? 100_000)
const seed = Number(process.argv[3] ?? 1)
const port = 20_000 + (process.pid % 20_000)

const ground = await makeGround('postgres')
const owner = await ground.owner()
const keys = openKeys(`${ground.folder}/keys.json`)
await sealWhatIsPlain(owner.db, () => keys)
const loaded = spawnSync(process.execPath, ['dist/trellis.js', 'demo'], { env: { ...process.env, ...ground.env } })
if (loaded.status !== 0) throw new Error(String(loaded.stderr))

const header = ['Tenant ID', 'Forename', 'Middle name', 'Surname', 'DOB', 'Sex', 'Postcode', 'Address', 'Phone']
const now = new Date()
const { feed, apiKey, partnership } = await inTransaction(owner.db, async (tx) => {
  const { rows } = await sql<{ partnership: string; id: string; agency: string; name: string }>`
    select partnership_id as partnership, id, agency_id as agency, name from account where name like any (array['Ada%', 'Hana%'])`.execute(
    tx,
  )
  const viewer = (name: string, role: 'administrator' | 'manager'): StaffViewer => {
    const { partnership, id, agency } = rows.find((row) => row.name.startsWith(name))!
    return { kind: 'staff', partnership, staff: id, agency, name, roles: [role], frontDoor: false }
  }
  const [ada, hana] = [viewer('Ada', 'administrator'), viewer('Hana', 'manager')]
  await become(tx, hana)
  const said = { name: 'Tenants', sends: 'whole', contact: '01632 960520', by_system: true, senders: [] } as const
  const id = await keepFeed(tx, hana, undefined, said, now)
  await become(tx, { kind: 'system', partnership: hana.partnership })
  await tx
    .updateTable('feed')
    .set({ columns: JSON.stringify(guessColumns(header, null)) })
    .where('id', '=', id)
    .execute()
  await become(tx, ada)
  const { key } = await addApiClient(tx, keys, ada, { agency: hana.agency, name: 'Bench' }, now)
  return { feed: id, apiKey: key, partnership: ada.partnership }
})

const chance = dice(seed + 1)
const county = people(seed)
const rows = Array.from({ length: many }, (_, i) => {
  const [given, middle, family, born, sex, postcode, address, phone] = written(county.next().value, chance)
  return [`T${i}`, given, middle, family, born, sex, postcode, address, phone].map(quoted).join(',')
})
function quoted(value: string | undefined): string {
  return `"${(value ?? '').replaceAll('"', '""')}"`
}

let server: Server = await startServer(ground, port)
let peak = 0
const watchMemory = (): void => {
  try {
    const kilobytes = /VmHWM:\s+(\d+)/.exec(fs.readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]
    peak = Math.max(peak, Number(kilobytes ?? 0) / 1000)
  } catch {
    // Where there is no /proc, or the server was just killed, there is nothing to read.
  }
}
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
type Row = { state: string; read_rows: number; applied_line: number } & Counts
type Counts = { new_rows: number; changed_rows: number; gone_rows: number; broken_rows: number }
const runNow = async (run: string): Promise<Row> =>
  inTransaction(owner.db, async (tx) => {
    await become(tx, { kind: 'system', partnership })
    return (await sql<Row>`select * from feed_run where id = ${run}`.execute(tx)).rows[0]!
  })

/** Signal 9, and a new server. The worker waits until the lease of the killed one's job has ended: that wait is left out. */
const killed = async (): Promise<void> => {
  await server.stop('SIGKILL')
  await sql`update job set locked_until = now() where done_at is null`.execute(owner.db)
  server = await startServer(ground, port)
}

const send = async (what: string, lines: readonly string[], kills: { reading?: number; applying?: number } = {}) => {
  const body = async function* (): AsyncGenerator<Uint8Array> {
    yield Buffer.from(`${header.join(',')}\n`)
    for (let from = 0; from < lines.length; from += 500)
      yield Buffer.from(`${lines.slice(from, from + 500).join('\n')}\n`)
  }
  const began = performance.now()
  const reply = await fetch(`${server.url}/api/feeds/${feed}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'text/csv' },
    body: Readable.toWeb(Readable.from(body())),
    duplex: 'half',
  } as RequestInit)
  const { run } = (await reply.json()) as { run: string }
  if (!reply.ok) throw new Error(`${reply.status}`)
  const phases: Record<string, number> = { receiving: performance.now() - began }
  let since = performance.now()
  let deaths = 0
  for (;;) {
    const { state, read_rows, applied_line, ...counts } = await runNow(run)
    const elapsed = performance.now() - since
    since = performance.now()
    phases[state] = (phases[state] ?? 0) + elapsed
    watchMemory()
    if (state === 'applied') {
      const said = Object.entries(phases)
        .filter(([name]) => name !== 'applied')
        .map(([name, ms]) => `${name} ${(ms / 1000).toFixed(1)} s`)
      const { new_rows, changed_rows, gone_rows, broken_rows } = counts
      console.log(
        `${what}: ${said.join(', ')}; ${new_rows} new, ${changed_rows} changed, ${gone_rows} gone, ${broken_rows} left out; killed ${deaths} times; server at most ${peak.toFixed(0)} MB`,
      )
      return
    }
    if (state === 'stopped' || state === 'refused' || state === 'second look') throw new Error(`it is ${state}`)
    const isDue =
      (state === 'reading' && read_rows > (kills.reading ?? Infinity)) ||
      (state === 'applying' && applied_line > (kills.applying ?? Infinity))
    if (isDue) {
      deaths++
      if (state === 'reading') kills.reading = Infinity
      else kills.applying = Infinity
      await killed()
      since = performance.now()
    } else await pause(200)
  }
}

const listed = async (): Promise<number> =>
  inTransaction(owner.db, async (tx) => {
    await become(tx, { kind: 'system', partnership })
    const { rows: found } = await sql<{ n: number; records: number }>`
      select count(*)::int as n, (select count(*)::int from noted_record r join fed_person p on p.id = r.fed_id
        where p.feed_id = ${feed} and r.withdrawn_at is null) as records
      from fed_person where feed_id = ${feed} and ended_at is null`.execute(tx)
    if (found[0]!.n !== found[0]!.records) throw new Error(`${found[0]!.n} people and ${found[0]!.records} records`)
    return found[0]!.n
  })

try {
  await send(`${many} people, the first time`, rows, { reading: many / 2, applying: many / 2 })
  const first = await listed()
  const next = rows.map((row, i) => (i % 100 === 0 ? row.replace(/"[^"]*"$/, '"07700 900461"') : row)).slice(many / 100)
  await send('The next night, with one in a hundred changed and as many gone', next)
  console.log(`On the list after the first file ${first}, after the next ${await listed()}`)
} finally {
  await server.stop()
  await owner.close()
  await ground.clear()
}
