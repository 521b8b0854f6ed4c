// Kills the server (or the database below it) with signal 9 again and again while reports are sent, then opens every
// receipt that was shown. Prints how many were shown and how many opened.
//   npm run bench -- kill embedded|postgres server [kills]
//   npm run bench -- kill postgres database [kills]
import { asViewer, inTransaction, openKeys } from '../src/platform/index.ts'
import { openReceipt } from '../src/concerns/receipt.ts'
import { addApiClient } from '../src/staff/index.ts'
import { enter } from '../test/cast.ts'
import { startOwnPostgres } from './own-postgres.ts'
import { makeGround, startServer, type Server, type Where } from './server.ts'

const where = (process.argv[2] ?? 'embedded') as Where
const what = process.argv[3] ?? 'server'
const kills = Number(process.argv[4] ?? 100)

const postgres = what === 'database' ? await startOwnPostgres() : undefined
if (postgres) process.env['BENCH_DATABASE_URL'] = postgres.url
const ground = await makeGround(where)
const keys = openKeys(`${ground.folder}/keys.json`)
const first = await ground.owner()
const cast = await inTransaction(first.db, enter)
const system = { kind: 'system', partnership: cast.partnership } as const
const client = await asViewer(first.db, system, (tx) =>
  addApiClient(tx, keys, system, { agency: cast.agencies['school']!, name: 'kill' }, new Date()),
)
await first.close()

const shown: { receipt: string; id: string }[] = []
let refused = 0
let going = true
let server: Server | undefined
const port = 20_000 + (process.pid % 20_000)
const url = `http://127.0.0.1:${port}/api/concerns`

/** A sender that retries under its own key, as a phone on a bad line does. */
const send = async (who: number): Promise<void> => {
  for (let n = 0; going; n++) {
    const headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${client.key}`,
      'idempotency-key': `${who}-${n}`,
    }
    const body = JSON.stringify({
      worry: `Sender ${who}, report ${n}`,
      details: [{ kind: 'phone', said: '07700 900123' }],
    })
    for (let done = false; going && !done;) {
      try {
        const reply = await fetch(url, { method: 'POST', headers, body })
        const answer = (await reply.json()) as { receipt?: string; id?: string }
        if (reply.status === 201 && answer.receipt) {
          shown.push({ receipt: answer.receipt, id: answer.id! })
          done = true
        } else refused++
      } catch {
        refused++
      }
      if (!done) await wait(20)
    }
  }
}
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

const senders = [0, 1, 2, 3].map(send)
const began = performance.now()
server = await startServer(ground, port)
for (let kill = 0; kill < kills; kill++) {
  const before = shown.length
  // At least one report lands between kills, then the blow falls at a random moment of the next ones.
  while (shown.length <= before) await wait(5)
  await wait(Math.random() * 120)
  if (postgres) {
    await postgres.kill()
    await postgres.start()
  } else {
    await server.stop('SIGKILL')
    server = await startServer(ground, port)
  }
}
going = false
await Promise.all(senders)
await server.stop()

const last = await ground.owner()
let opened = 0
for (const { receipt, id } of shown)
  if (
    (await asViewer(last.db, system, (tx) => openReceipt(tx, keys, cast.partnership, receipt, new Date())))?.concern ===
    id
  )
    opened++
const { n } = (await last.db
  .selectFrom('concern')
  .select((eb) => eb.fn.countAll<string>().as('n'))
  .executeTakeFirstOrThrow()) as { n: string }
await last.close()
await ground.clear()
await postgres?.remove()
console.log(
  `${where}, ${what} killed ${kills} times in ${((performance.now() - began) / 1000).toFixed(0)} s: ${shown.length} receipts shown, ${opened} open their report, ${shown.length - opened} lost; ${n} concerns kept; ${refused} tries met a dead server and were retried`,
)
process.exit(opened === shown.length && Number(n) <= shown.length + 4 ? 0 : 1)
