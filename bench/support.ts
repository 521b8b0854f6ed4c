// A county at work on support, on PostgreSQL: workers of a team of 30 open people, plans and lists while others write, among
// a million people, 200,000 plans and five million entries; then a chronology of 2,000 entries and the team's gaps.
//   npm run bench -- support [people] [seconds] [readers] [written a second] [seconds between a reader's pages]
import { asViewer, newId, openKeys, type StaffViewer } from '../src/platform/index.ts'
import { startSession } from '../src/staff/index.ts'
import { filledGround, memory, processorSeconds, quantile, startServer } from './server.ts'
import { fillSupport, stateWhy } from './support-county.ts'

const people = Number(process.argv[2] ?? 1_000_000)
const seconds = Number(process.argv[3] ?? 900)
const readers = Number(process.argv[4] ?? 100)
const written = Number(process.argv[5] ?? 10)
const pause = Number(process.argv[6] ?? 5)

const began = performance.now()
const { ground, filled } = await filledGround('postgres', (ground) => fillSupport(ground, people))
console.log(`filled in ${((performance.now() - began) / 60_000).toFixed(1)} minutes`)
const { workers, theirs, long } = filled
const owner = await ground.owner()
const keys = openKeys(`${ground.folder}/keys.json`)
const { partnership } = workers[0]!
const system = { kind: 'system', partnership } as const
const now = new Date()
for (const by of workers)
  await asViewer(owner.db, by, async (tx) => {
    for (const id of [...theirs[by.staff]!, ...(by === workers[0] ? [long] : [])]) await stateWhy(tx, by, id)
  })
const sessions: { by: StaffViewer; session: string }[] = []
for (let i = 0; i < readers; i++) {
  const by = workers[i % workers.length]!
  sessions.push({
    by,
    session: await asViewer(owner.db, system, (tx) => startSession(tx, keys, partnership, by.staff, now, true)),
  })
}
await owner.close()

const server = await startServer(ground, 20_000 + (process.pid % 20_000))
process.on('exit', () => server.child.kill('SIGKILL'))
const taken: Record<string, number[]> = { person: [], plan: [], people: [], gaps: [], written: [] }
const errors: string[] = []
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const pick = <T>(from: readonly T[]): T => from[Math.floor(Math.random() * from.length)]!
type Reader = (typeof sessions)[number]

const ask = async (into: number[], { session }: Reader, path: string, form?: URLSearchParams): Promise<string> => {
  const began = performance.now()
  try {
    const reply = await fetch(server.url + path, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie: `session=${session}`, 'accept-encoding': 'gzip', ...(form ? { origin: server.url } : {}) },
      ...(form ? { body: form } : {}),
    })
    const text = await reply.text()
    into.push(performance.now() - began)
    if (reply.status !== (form ? 303 : 200)) errors.push(`${path.replace(/[0-9a-f-]{36}/, ':id')} ${reply.status}`)
    return text
  } catch (error) {
    errors.push(String(error))
    return ''
  }
}
// The story stands before anything else of a person, for each reader once: this is the bench's own way past that page.
const readStory = async (reader: Reader, id: string): Promise<void> => {
  const page = await ask([], reader, `/people/${id}`)
  const form = /<form[^>]*action="([^"]*story[^"]*)"[\s\S]*?<\/form>/.exec(page)
  if (form) await ask([], reader, form[1]!, new URLSearchParams(hidden(form[0])))
}
const hidden = (html: string) =>
  [...html.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([input]) => [
    /name="([^"]*)"/.exec(input)![1]!,
    /value="([^"]*)"/.exec(input)?.[1] ?? '',
  ])

let going = true
const read = async (reader: Reader): Promise<void> => {
  const ids = theirs[reader.by.staff]!
  await wait(Math.random() * pause * 1000)
  for (let turn = 0; going; turn++) {
    const id = pick(ids)
    if (turn % 4 === 3) await ask(taken['people']!, reader, '/people')
    else if (turn % 12 === 6) await ask(taken['gaps']!, reader, '/gaps')
    else if (turn % 4 === 1) await ask(taken['plan']!, reader, `/people/${id}/plan`)
    else await ask(taken['person']!, reader, `/people/${id}`)
    await wait(pause * 1000 * (0.5 + Math.random()))
  }
}
const write = async (): Promise<void> => {
  const [d, m, y] = [now.getDate(), now.getMonth() + 1, now.getFullYear()].map(String)
  const open: Promise<unknown>[] = []
  while (going) {
    const reader = pick(sessions)
    const id = pick(theirs[reader.by.staff]!)
    open.push(
      (async () => {
        // One of each name: the page has a form to sign out with a token of its own.
        const form = new URLSearchParams(Object.fromEntries(hidden(await ask([], reader, `/people/${id}/add`))))
        for (const [name, value] of Object.entries({
          kind: 'contact',
          words: `Rang; all well. ${newId()}`,
          class: 'D4',
          handling: '0',
          'happened_on-day': d!,
          'happened_on-month': m!,
          'happened_on-year': y!,
        }))
          form.set(name, value)
        await ask(taken['written']!, reader, `/people/${id}/add`, form)
      })(),
    )
    await wait(1000 / written)
  }
  await Promise.all(open)
}
for (const reader of sessions.slice(0, workers.length))
  for (const id of theirs[reader.by.staff]!) await readStory(reader, id)
await readStory(sessions[0]!, long)
errors.length = 0
setTimeout(() => {
  for (const values of Object.values(taken)) values.length = 0
}, 10_000)
setTimeout(() => (going = false), (10 + seconds) * 1000)
const cpu = processorSeconds(server.pid)
await Promise.all([...sessions.map(read), write()])
const share = (processorSeconds(server.pid) - cpu) / (seconds + 10)
const chronology: number[] = []
const gaps: number[] = []
for (let i = 0; i < 20; i++) {
  await ask(chronology, sessions[0]!, `/people/${long}/chronology`)
  await ask(gaps, sessions[i]!, '/gaps?whose=agency')
}
const used = memory(server.pid)
await server.stop()
await ground.clear()

const row = (name: string, values: readonly number[]) =>
  `${name.padEnd(22)} n ${String(values.length).padStart(6)}   median ${quantile(values, 0.5).toFixed(1)} ms   95th ${quantile(values, 0.95).toFixed(1)} ms   max ${Math.max(...values).toFixed(0)} ms`
console.log(
  `${people} people, ${people / 5} plans, ${people * 5} entries; ${readers} readers of a team of ${workers.length}, a page about every ${pause} s each, ${written} written a second, ${seconds} s`,
)
for (const [name, values] of Object.entries(taken)) console.log(row(name, values))
console.log(row('chronology of 2,000', chronology))
console.log(row("the team's gaps", gaps))
console.log(`errors ${errors.length}${errors.length ? `: ${[...new Set(errors)].slice(0, 5).join(' | ')}` : ''}`)
console.log(
  `server processor ${(share * 100).toFixed(0)} parts in a hundred of one core, memory ${used.peak.toFixed(0)} MB at its highest`,
)
process.exit(errors.length ? 1 : 0)
