// What the agreement costs, under the agreement and the partnership that are shipped, on PostgreSQL: `decide`, one
// person's chronology of 500 entries in the database, and the whole page of a person over HTTP with row-level security
// on against the same page with it off, turn and turn about in one run, among 1,000,000 subjects and 3,000,000 entries.
//   npm run bench -- sharing [subjects]
import { sql } from 'kysely'
import { spawnSync } from 'node:child_process'
import { sealWhatIsPlain } from '../src/commands/seal-plain.ts'
import {
  asViewer,
  become,
  inTransaction,
  openKeys,
  openPostgres,
  type StaffViewer,
  type Tx,
} from '../src/platform/index.ts'
import { decide, involve, registerOf, statePurpose } from '../src/sharing/index.ts'
import { startSession } from '../src/staff/index.ts'
import { addEntry, identitySchema, openPerson } from '../src/subjects/index.ts'
import { makeGround, quantile, startServer } from './server.ts'

const subjects = Number(process.argv[2] ?? 1_000_000)
const ground = await makeGround('postgres')
const owner = await ground.owner()
const keys = openKeys(`${ground.folder}/keys.json`)
await sealWhatIsPlain(owner.db, () => keys)
const loaded = spawnSync(process.execPath, ['dist/trellis.js', 'demo'], { env: { ...process.env, ...ground.env } })
if (loaded.status !== 0) throw new Error(String(loaded.stderr))
const run = (text: string) => sql.raw(text).execute(owner.db)

const { rows: people } = await sql<{ partnership: string; staff: string; agency: string; name: string }>`
  select partnership_id as partnership, id as staff, agency_id as agency, name from account`.execute(owner.db)
const called = (name: string): StaffViewer => {
  const found = people.find((one) => one.name.startsWith(name))
  if (!found) throw new Error(`Nobody in the demo is called ${name}.`)
  return { kind: 'staff', ...found, roles: ['practitioner'], frontDoor: false }
}
const lena = called('Lena')
const { partnership } = lena
const others = [called('Hana'), called('Colm')]
const now = new Date()
const stated = {
  purpose: 'child-safeguarding',
  basis: 'public-task',
  condition: 'para-18',
  until: new Date(now.getTime() + 12 * 60 * 60_000),
}

await run(`
  create temporary table who as select array_agg(id) as agencies from agency where partnership_id = '${partnership}';
  create temporary table made as select n, gen_random_uuid() as id from generate_series(1, ${subjects}) n;
  insert into subject (partnership_id, id, agency_id, reference, kind, adult_from, opened_at)
  select '${partnership}', id, agencies[1 + n % cardinality(agencies)], 'S' || n, 'person', date '2015-01-01' + n % 9000, now() from made, who;
  insert into entry (partnership_id, id, subject_id, agency_id, adult_from, kind, happened_at, words_sealed, key_id, entered_at, data_class, handling)
  select '${partnership}', gen_random_uuid(), id, agencies[1 + (n + k) % cardinality(agencies)], date '2015-01-01' + n % 9000, 'note',
    now() - k * interval '1 day', decode(repeat('ab', 200), 'hex'), id, now(), (array['D3','D4','D5'])[1 + (n + k) % 3], 0
  from made, who, generate_series(1, 3) k;
  insert into involvement (partnership_id, id, subject_id, agency_id, staff_id, role, from_at)
  select '${partnership}', gen_random_uuid(), id, '${lena.agency}', '${lena.staff}', 'circle', now() from made where n <= 30;`)

const openOne = async (tx: Tx, n: number, entries: number): Promise<string> => {
  await become(tx, lena)
  const who = identitySchema.parse({ name: `Bench Person ${n}`, born_on: '2012-05-01' })
  const id = await openPerson(tx, keys, lena, who, { as: 'lead', at: now })
  const subject = { id, adult_from: '2030-05-01' }
  for (const one of others)
    await involve(tx, lena, { subject: id, agency: one.agency, staff: one.staff, role: 'circle', contact: '', at: now })
  for (let i = 0; i < entries; i++) {
    const by = [lena, ...others][i % 3]!
    const said = {
      kind: 'contact',
      data_class: 'D4',
      handling: 0,
      source: 'A visit',
      words: `Seen again at the flat on Mill Street, a little tired and glad of the company. Note ${i}.`,
      happened_at: new Date(now.getTime() - i * 3_600_000),
    } as const
    await become(tx, by)
    await addEntry(tx, keys, by, subject, said, { at: now })
  }
  await become(tx, lena)
  await statePurpose(tx, lena, id, stated, now)
  return id
}
const short: string[] = []
const { long, session } = await inTransaction(owner.db, async (tx) => {
  for (let n = 0; n < 25; n++) short.push(await openOne(tx, n, 3))
  const many = await openOne(tx, 100, 500)
  await become(tx, { kind: 'system', partnership })
  return { long: many, session: await startSession(tx, keys, partnership, lena.staff, now, true) }
})
await run('vacuum analyze')
await run('checkpoint')

const app = openPostgres(ground.env['DATABASE_URL']!, 2)
const inDatabase: number[] = []
let seen = 0
for (let i = 0; i < 60; i++) {
  const [plan] = await asViewer(app.db, { ...lena, stated }, async (tx) => {
    const { rows } = await sql<{
      'QUERY PLAN': [{ Plan: { 'Actual Rows': number }; 'Planning Time': number; 'Execution Time': number }]
    }>`
      explain (analyze, timing off, format json) select id, kind, happened_at, words_sealed from entry
      where partnership_id = ${partnership} and subject_id = ${long} order by happened_at desc`.execute(tx)
    return rows[0]!['QUERY PLAN']
  })
  seen = plan.Plan['Actual Rows']
  if (i >= 10) inDatabase.push(plan['Execution Time'] + plan['Planning Time'])
}
console.log(
  `chronology of ${seen} entries, all visible: median ${quantile(inDatabase, 0.5).toFixed(2)} ms, 95th ${quantile(inDatabase, 0.95).toFixed(2)} ms in the database, planning included`,
)

const register = await asViewer(app.db, lena, (tx) => registerOf(tx, partnership))
await app.close()
const server = await startServer(ground, 20_000 + (process.pid % 20_000))
process.on('exit', () => server.child.kill('SIGKILL'))
const page = async (id: string): Promise<number> => {
  const began = performance.now()
  const reply = await fetch(`${server.url}/people/${id}`, { headers: { cookie: `session=${session}` } })
  const text = await reply.text()
  if (reply.status !== 200 || !text.includes('Bench Person')) throw new Error(`${reply.status} ${text.slice(0, 200)}`)
  return performance.now() - began
}
// Off means row-level security taken off every table for the moment, through the same code and settings.
const { rows: guarded } = await sql<{ name: string }>`
  select relname as name from pg_class where relrowsecurity and relkind = 'r' and relnamespace = 'public'::regnamespace`.execute(
  owner.db,
)
// One at a time: the server's own jobs go on, and two waiting for each other's tables would never end.
const switchTo = async (state: 'enable' | 'disable') => {
  for (const { name } of guarded) await run(`alter table ${name} ${state} row level security`)
}
const side = {
  on: { short: [] as number[], long: [] as number[] },
  off: { short: [] as number[], long: [] as number[] },
}
for (let turn = 0; turn < 16; turn++)
  for (const state of ['on', 'off'] as const) {
    await switchTo(state === 'on' ? 'enable' : 'disable')
    for (let i = 0; i < 20; i++) await page(short[i]!)
    // The first turn is for the engine to warm up.
    for (const id of short) side[state].short.push(await page(id))
    for (let i = 0; i < 10; i++) side[state].long.push(await page(long))
    if (turn === 0) Object.assign(side[state], { short: [], long: [] })
  }
await switchTo('enable')
for (const which of ['short', 'long'] as const) {
  const [on, off] = [quantile(side.on[which], 0.5), quantile(side.off[which], 0.5)]
  console.log(
    `the page of a person with ${which === 'short' ? 3 : 500} entries: ${on.toFixed(2)} ms with row-level security, ${off.toFixed(2)} ms without: ${(on / off).toFixed(2)} times`,
  )
}
await server.stop()

const asker = { active: true, agency: lena.agency, stated }
const context = {
  register,
  now,
  conflict: false,
  named: false,
  closeness: 3,
  brokenGlass: false,
  secondApprover: false,
} as const
const resources = people.map(
  ({ agency }, n) =>
    ({ supplier: agency, dataClass: n % 2 ? 'D4' : 'D5', age: n % 3 ? 'child' : 'adult', handling: 0 }) as const,
)
let allowed = 0
const ask = (times: number): number => {
  const began = performance.now()
  for (let i = 0; i < times; i++)
    if (decide(asker, 'view', resources[i % resources.length]!, context).effect === 'allow') allowed++
  return ((performance.now() - began) * 1e6) / times
}
ask(200_000)
const turns = [1, 2, 3, 4, 5].map(() => ask(1_000_000))
console.log(`decide: ${quantile(turns, 0.5).toFixed(0)} ns (median of 5 million-fold turns; ${allowed} allowed)`)
await owner.close()
await ground.clear()
