// What the agreement costs: `decide`, one subject's chronology, and a page with row-level security on against the same
// page with it off, side by side in one run, among 1,000,000 subjects and 3,000,000 entries on PostgreSQL.
//   npm run bench -- sharing [subjects]
import { sql } from 'kysely'
import { asViewer, openPostgres, type Db, type Tx } from '../src/platform/index.ts'
import { decide, registerOf } from '../src/sharing/index.ts'
import { enter } from '../test/cast.ts'
import { makeManyAgencies, stated } from '../test/many-agencies.ts'
import { makeGround, quantile } from './server.ts'

const subjects = Number(process.argv[2] ?? 1_000_000)
const agencies = 30
const ground = await makeGround('postgres')
const owner = await ground.owner()
const { partnership } = await owner.db.transaction().execute(enter)
const many = await makeManyAgencies(owner.db, partnership, agencies, { clause: 'all', entries: 1 })
const long = many.subjects[0]!
const run = (text: string) => sql.raw(text).execute(owner.db)
const words = `decode(repeat('ab', 200), 'hex')`
const suppliers = `(array[${many.viewers.map(({ agency }) => `'${agency}'::uuid`).join(',')}])`
await run(`
  create temporary table made as select n, gen_random_uuid() as id from generate_series(1, ${subjects}) n;
  insert into subject (partnership_id, id, agency_id, reference, kind, adult_from, opened_at)
  select '${partnership}', id, ${suppliers}[1 + n % ${agencies}], 'S' || n, 'person', date '2015-01-01' + n % 9000, now() from made;
  insert into entry (partnership_id, id, subject_id, agency_id, adult_from, kind, happened_at, words_sealed, key_id, entered_at, data_class, handling)
  select '${partnership}', gen_random_uuid(), id, ${suppliers}[1 + (n + k) % ${agencies}], date '2015-01-01' + n % 9000, 'note',
    now() - k * interval '1 day', ${words}, id, now(), (array['D3','D4','D5'])[1 + (n + k) % 3], 0 from made, generate_series(1, 3) k;
  insert into entry (partnership_id, id, subject_id, agency_id, kind, happened_at, words_sealed, key_id, entered_at, data_class, handling)
  select '${partnership}', gen_random_uuid(), '${long}', ${suppliers}[1 + k % ${agencies}], 'note', now() - k * interval '1 hour', ${words}, '${long}', now(), 'D4', 0
  from generate_series(1, 499) k;
  insert into involvement (partnership_id, id, subject_id, agency_id, staff_id, role, from_at)
  select '${partnership}', gen_random_uuid(), id, '${many.viewers[0]!.agency}', '${many.viewers[0]!.staff}', 'circle', now() from made where n <= 300;`)
await run('vacuum analyze')
const sample = (
  await sql<{ id: string }>`select id from subject where partnership_id = ${partnership} order by id limit 400`.execute(
    owner.db,
  )
).rows.map(({ id }) => id)

const app = openPostgres(ground.env['DATABASE_URL']!, 2)
const viewer = many.viewers[0]!
const inDatabase = async (tx: Tx, subject: string): Promise<{ ms: number; rows: number }> => {
  const { rows } = await sql<{
    'QUERY PLAN': [{ Plan: { 'Actual Rows': number }; 'Planning Time': number; 'Execution Time': number }]
  }>`
    explain (analyze, timing off, format json) select id, kind, happened_at, words_sealed from entry
    where partnership_id = ${partnership} and subject_id = ${subject} order by happened_at desc`.execute(tx)
  const [plan] = rows[0]!['QUERY PLAN']
  return { ms: plan['Execution Time'] + plan['Planning Time'], rows: plan.Plan['Actual Rows'] }
}
const read = (db: Db, subject: string) =>
  asViewer(db, viewer, async (tx) => ({
    subject: await tx
      .selectFrom('subject')
      .select(['id', 'reference'])
      .where('partnership_id', '=', partnership)
      .where('id', '=', subject)
      .execute(),
    entries: await tx
      .selectFrom('entry')
      .select(['id', 'kind', 'happened_at', 'words_sealed'])
      .where('partnership_id', '=', partnership)
      .where('subject_id', '=', subject)
      .orderBy('happened_at', 'desc')
      .execute(),
  }))

const chronology: number[] = []
let seen = 0
for (let i = 0; i < 60; i++) {
  const { ms, rows } = await asViewer(app.db, viewer, (tx) => inDatabase(tx, long))
  seen = rows
  if (i >= 10) chronology.push(ms)
}
console.log(
  `chronology of ${seen} entries, all visible: median ${quantile(chronology, 0.5).toFixed(2)} ms, 95th ${quantile(chronology, 0.95).toFixed(2)} ms in the database, planning included`,
)

const side = { on: { page: [] as number[], long: [] as number[] }, off: { page: [] as number[], long: [] as number[] } }
const timed = async (into: number[], work: () => Promise<unknown>) => {
  const began = performance.now()
  await work()
  into.push(performance.now() - began)
}
// Off means the tables' owner with row-level security taken off for the moment, through the same code and settings.
const switchTo = async (state: 'enable' | 'disable') => {
  for (const table of ['subject', 'entry']) await run(`alter table ${table} ${state} row level security`)
}
for (let turn = 0; turn < 12; turn++)
  for (const state of ['on', 'off'] as const) {
    await switchTo(state === 'on' ? 'enable' : 'disable')
    for (const [i, id] of sample.slice(0, 40).entries()) if (i < 5) await read(app.db, id)
    for (const id of sample.slice(5, 45)) await timed(side[state].page, () => read(app.db, id))
    for (let i = 0; i < 10; i++) await timed(side[state].long, () => read(app.db, long))
  }
await switchTo('enable')
for (const which of ['page', 'long'] as const) {
  const [on, off] = [quantile(side.on[which], 0.5), quantile(side.off[which], 0.5)]
  console.log(
    `${which === 'page' ? 'a subject with 3 entries' : 'a subject with 500 entries'}: ${on.toFixed(2)} ms with row-level security, ${off.toFixed(2)} ms without: ${(on / off).toFixed(2)} times`,
  )
}

const register = await asViewer(app.db, viewer, (tx) => registerOf(tx, partnership))
const asker = { active: true, agency: viewer.agency, stated }
const context = {
  register,
  now: new Date(),
  conflict: false,
  named: false,
  closeness: 0,
  brokenGlass: false,
  secondApprover: false,
} as const
const resources = many.viewers.map(
  ({ agency }) => ({ supplier: agency, dataClass: 'D4', age: 'child', handling: 0 }) as const,
)
let allowed = 0
const ask = (times: number): number => {
  const began = performance.now()
  for (let i = 0; i < times; i++)
    if (decide(asker, 'view', resources[i % resources.length]!, context).effect === 'allow') allowed++
  return ((performance.now() - began) * 1e6) / times
}
ask(200_000)
console.log(
  `decide: ${[1, 2, 3, 4, 5]
    .map(() => ask(1_000_000))
    .sort((a, b) => a - b)[2]!
    .toFixed(0)} ns (median of 5 million-fold turns; ${allowed} allowed)`,
)
await app.close()
await owner.close()
await ground.clear()
