// Workers reading the queue and concerns while reports arrive. Prints percentiles, errors and memory.
//   npm run bench -- load postgres|embedded [seconds] [concerns] [workers] [reports a second] [seconds between a worker's pages]
import { asViewer, openKeys } from '../src/platform/index.ts'
import { addApiClient, startSession } from '../src/staff/index.ts'
import { fillCounty } from './county.ts'
import { filledGround, memory, processorSeconds, quantile, startServer, type Where } from './server.ts'

const where = (process.argv[2] ?? 'postgres') as Where
const usual =
  where === 'postgres' ? { concerns: 100_000, workers: 50, reports: 20 } : { concerns: 20_000, workers: 5, reports: 2 }
const seconds = Number(process.argv[3] ?? 30)
const many = Number(process.argv[4] ?? usual.concerns)
const workers = Number(process.argv[5] ?? usual.workers)
const reports = Number(process.argv[6] ?? usual.reports)
const pause = Number(process.argv[7] ?? 1)

const { ground, filled: cast } = await filledGround(where, async (ground) => {
  const database = await ground.owner()
  const cast = await fillCounty(database, openKeys(`${ground.folder}/keys.json`), many)
  await database.close()
  return cast
})
const keys = openKeys(`${ground.folder}/keys.json`)
const database = await ground.owner()
const partnership = cast.partnership
const system = { kind: 'system', partnership } as const
const sessions: string[] = []
for (let i = 0; i < workers; i++)
  sessions.push(
    await asViewer(database.db, system, (tx) =>
      startSession(tx, keys, partnership, i % 2 ? cast.people.dena.id : cast.people.colm.id, new Date(), true),
    ),
  )
const client = await asViewer(database.db, system, (tx) =>
  addApiClient(tx, keys, system, { agency: cast.agencies['school']!, name: `bench ${process.pid}` }, new Date()),
)
const ids = (
  await database.db.selectFrom('concern').select('id').orderBy('received_at', 'desc').limit(3000).execute()
).map(({ id }) => id)
await database.close()

const port = 20_000 + (process.pid % 20_000)
const server = await startServer(ground, port)
const taken = { queue: [] as number[], concern: [] as number[], report: [] as number[] }
const errors: string[] = []
let going = true

const timed = async (into: number[], what: string, ask: () => Promise<Response>, expected: number): Promise<void> => {
  const began = performance.now()
  try {
    const reply = await ask()
    const text = await reply.text()
    into.push(performance.now() - began)
    if (reply.status !== expected) errors.push(`${what} ${reply.status} ${text.slice(0, 80)}`)
  } catch (error) {
    errors.push(`${what} ${String(error)}`)
  }
}
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const pick = <T>(from: readonly T[]): T => from[Math.floor(Math.random() * from.length)]!

const work = async (session: string): Promise<void> => {
  const headers = { cookie: `session=${session}`, 'accept-encoding': 'gzip' }
  await wait(Math.random() * pause * 1000)
  while (going) {
    await timed(taken.queue, 'queue', () => fetch(`${server.url}/queue`, { headers }), 200)
    await wait(pause * 1000 * (0.5 + Math.random()))
    await timed(taken.concern, 'concern', () => fetch(`${server.url}/concerns/${pick(ids)}`, { headers }), 200)
    await wait(pause * 1000 * (0.5 + Math.random()))
  }
}
const arrive = async (): Promise<void> => {
  const sending: Promise<void>[] = []
  while (going) {
    const n = taken.report.length + sending.length
    const body = JSON.stringify({
      worry: `A grey car with AB${String(n % 7000).padStart(4, '0')}X waits by the school every Friday and a girl gets in.`,
      about: 'one',
      people: [{ nickname: `Girl ${n}`, age_group: 'child' }],
      details: [{ kind: 'vehicle', said: `AB${String(n % 7000).padStart(4, '0')}X` }],
      signs: ['SC03'],
    })
    sending.push(
      timed(
        taken.report,
        'report',
        () =>
          fetch(`${server.url}/api/concerns`, {
            method: 'POST',
            body,
            headers: { 'content-type': 'application/json', authorization: `Bearer ${client.key}` },
          }),
        201,
      ),
    )
    await wait(1000 / reports)
  }
  await Promise.all(sending)
}

await Promise.all(
  sessions
    .slice(0, 3)
    .map((s) => fetch(`${server.url}/queue`, { headers: { cookie: `session=${s}` } }).then((r) => r.text())),
)
// The first seconds fill caches and let the engine compile; then the counting begins.
const warm = 10
const start = { cpu: 0 }
setTimeout(() => {
  for (const values of Object.values(taken)) values.length = 0
  start.cpu = processorSeconds(server.pid)
}, warm * 1000)
setTimeout(() => (going = false), (warm + seconds) * 1000)
await Promise.all([...sessions.map(work), arrive()])
const used = memory(server.pid)
const share = (processorSeconds(server.pid) - start.cpu) / seconds
await server.stop()
await ground.clear()

const row = (name: string, values: readonly number[]) =>
  `${name.padEnd(10)} n ${String(values.length).padStart(6)}   median ${quantile(values, 0.5).toFixed(1)} ms   95th ${quantile(values, 0.95).toFixed(1)} ms   99th ${quantile(values, 0.99).toFixed(1)} ms   max ${Math.max(...values).toFixed(0)} ms`
console.log(
  `${where}: ${many} concerns, ${workers} workers (a page about every ${pause} s each), ${reports} reports a second, ${seconds} s`,
)
console.log(row('queue', taken.queue))
console.log(row('concern', taken.concern))
console.log(row('report', taken.report))
console.log(`errors ${errors.length}${errors.length ? `: ${[...new Set(errors)].slice(0, 5).join(' | ')}` : ''}`)
console.log(`server processor ${(share * 100).toFixed(0)} parts in a hundred of one core`)
console.log(`server memory ${used.now.toFixed(0)} MB at the end, ${used.peak.toFixed(0)} MB at its highest`)
process.exit(errors.length ? 1 : 0)
