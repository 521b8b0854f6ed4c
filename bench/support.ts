// A county at work on support, on PostgreSQL: workers of a team of 30 open people, plans and lists while others write, among
// a million people, 200,000 plans and five million entries; then a chronology of 2,000 entries and the team's gaps.
//   npm run bench -- support [people] [seconds] [readers] [written a second] [seconds between a reader's pages]
import { sql } from 'kysely'
import { spawnSync } from 'node:child_process'
import { sealWhatIsPlain } from '../src/commands/seal-plain.ts'
import { asViewer, newId, openKeys, type StaffViewer, type Tx } from '../src/platform/index.ts'
import { involve, statePurpose } from '../src/sharing/index.ts'
import { startSession } from '../src/staff/index.ts'
import { addEntry, identitySchema, openPerson, subjectFacts } from '../src/subjects/index.ts'
import { addAction } from '../src/support/plan/act.ts'
import { addGoal, startPlan } from '../src/support/plan/write.ts'
import { makeGround, memory, processorSeconds, quantile, startServer } from './server.ts'

const people = Number(process.argv[2] ?? 1_000_000)
const seconds = Number(process.argv[3] ?? 900)
const readers = Number(process.argv[4] ?? 100)
const written = Number(process.argv[5] ?? 10)
const pause = Number(process.argv[6] ?? 5)
const team = 30
const each = 10

const ground = await makeGround('postgres')
const owner = await ground.owner()
const keys = openKeys(`${ground.folder}/keys.json`)
await sealWhatIsPlain(owner.db, () => keys)
const loaded = spawnSync(process.execPath, ['dist/trellis.js', 'demo'], { env: { ...process.env, ...ground.env } })
if (loaded.status !== 0) throw new Error(String(loaded.stderr))
const run = (text: string) => sql.raw(text).execute(owner.db)

const { rows: found } = await sql<{ partnership: string; staff: string; agency: string; name: string }>`
  select partnership_id as partnership, id as staff, agency_id as agency, name from account where name like 'Lena%'`.execute(
  owner.db,
)
const lena: StaffViewer = { kind: 'staff', ...found[0]!, roles: ['practitioner'], frontDoor: false }
const { partnership, agency } = lena
const system = { kind: 'system', partnership } as const
const now = new Date()
const day = (days: number): string => new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10)

/** Everybody else: one in five has a plan and a lead, of any agency but the team's. Nobody reads their words here. */
const fillCounty = () =>
  run(`
    create temporary table who as select array_agg(id) as agencies from agency where partnership_id = '${partnership}' and id <> '${agency}';
    create temporary table made as select n, gen_random_uuid() as id, (select agencies[1 + n % cardinality(agencies)] from who) as agency,
      date '2015-01-01' + n % 9000 as adult from generate_series(1, ${people}) n;
    insert into subject (partnership_id, id, agency_id, reference, kind, adult_from, opened_at)
    select '${partnership}', id, agency, 'B' || n, 'person', adult, now() from made;
    insert into entry (partnership_id, id, subject_id, agency_id, adult_from, kind, happened_at, words_sealed, key_id, entered_at, data_class, handling)
    select '${partnership}', gen_random_uuid(), id, agency, adult, 'note',
      now() - k * interval '9 days', decode(repeat('ab', 200), 'hex'), id, now(), (array['D3','D4','D5'])[1 + (n + k) % 3], 0
    from made, generate_series(1, 5) k;
    insert into involvement (partnership_id, id, subject_id, agency_id, role, from_at)
    select '${partnership}', gen_random_uuid(), id, agency, 'lead', now() from made where n % 5 = 0;
    insert into plan (partnership_id, id, subject_id, agency_id, adult_from, kind, review_on, started_by, started_at)
    select '${partnership}', gen_random_uuid(), id, agency, adult, 'exploitation', current_date + n % 60 - 5, '${lena.staff}', now() from made where n % 5 = 0;
    insert into plan_goal (partnership_id, id, subject_id, agency_id, adult_from, part, whose, words_sealed, key_id, entered_by, entered_at, data_class, handling)
    select '${partnership}', gen_random_uuid(), id, agency, adult, 'safety', 'own', decode(repeat('ab', 80), 'hex'), id, '${lena.staff}', now(), 'D4', 0 from made where n % 5 = 0;
    insert into plan_action (partnership_id, id, subject_id, agency_id, adult_from, part, words_sealed, key_id, owner_id, owner_agency_id, due_on, entered_by, entered_at, data_class, handling)
    select '${partnership}', gen_random_uuid(), id, agency, adult, 'safety', decode(repeat('ab', 80), 'hex'), id, '${lena.staff}', agency,
      current_date + n % 40 - 5, '${lena.staff}', now(), 'D4', 0 from made where n % 5 = 0;
    insert into account (partnership_id, id, agency_id, email, name, job_title)
    select '${partnership}', gen_random_uuid(), '${agency}', 'bench' || n || '@example.test', 'Bench Worker ' || n, 'Social worker' from generate_series(1, ${team}) n;
    insert into role_grant (partnership_id, id, account_id, role)
    select partnership_id, gen_random_uuid(), id, 'practitioner' from account where name like 'Bench Worker%';`)

const began = performance.now()
await fillCounty()
const { rows: workers } = await sql<{ staff: string; name: string }>`
  select id as staff, name from account where name like 'Bench Worker%' order by name`.execute(owner.db)

const writeEntries = async (
  tx: Tx,
  by: StaffViewer,
  subject: { id: string; adult_from: string | null },
  many: number,
) => {
  for (let i = 0; i < many; i++) {
    const words = `Seen again at the flat on Mill Street, a little tired and glad of the company. Note ${i}.`
    const said = { kind: 'contact', data_class: 'D4', handling: 0, source: 'A visit', words } as const
    await addEntry(
      tx,
      keys,
      by,
      subject,
      { ...said, happened_at: new Date(now.getTime() - i * 3_600_000) },
      { at: now },
    )
  }
}
const stated = { purpose: 'child-safeguarding', basis: 'public-task', condition: 'para-18' }
const openOne = async (by: StaffViewer, n: number, entries: number): Promise<string> => {
  const id = await asViewer(owner.db, by, async (tx) => {
    const who = identitySchema.parse({ name: `Bench Person ${n}`, born_on: '2012-05-01' })
    const id = await openPerson(tx, keys, by, who, { as: 'lead', at: now })
    await statePurpose(tx, by, id, { ...stated, until: new Date(now.getTime() + 12 * 3_600_000) }, now)
    return id
  })
  const subject = (await asViewer(owner.db, system, (tx) => subjectFacts(tx, partnership, id)))!
  await asViewer(owner.db, by, async (tx) => {
    await involve(tx, by, { subject: id, agency, staff: lena.staff, role: 'circle', contact: '', at: now })
    await writeEntries(tx, by, subject, entries)
    await startPlan(tx, by, subject, { kind: 'exploitation', review_on: day((n % 40) - 5) }, now)
    const goal = await addGoal(tx, keys, by, subject, { part: 'safety', whose: 'own', words: 'To sleep at home' }, now)
    const owned = { staff: by.staff, agency }
    for (const days of [-2, 7])
      await addAction(
        tx,
        keys,
        by,
        subject,
        { part: 'safety', goal, words: 'Ring the school', owner: owned, due_on: day(days) },
        now,
      )
  })
  return id
}
const theirs = new Map<string, string[]>()
const team30 = workers.map((one): StaffViewer => ({ ...lena, ...one }))
for (const [w, by] of team30.entries()) {
  const ids: string[] = []
  for (let n = 0; n < each; n++) ids.push(await openOne(by, w * each + n, 6))
  theirs.set(by.staff, ids)
}
const long = await openOne(team30[0]!, 9999, 2000)
await run('vacuum analyze')
await run('checkpoint')
console.log(`filled in ${((performance.now() - began) / 60_000).toFixed(1)} minutes`)
const sessions: { by: StaffViewer; session: string }[] = []
for (let i = 0; i < readers; i++) {
  const by = team30[i % team]!
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
  const ids = theirs.get(reader.by.staff)!
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
    const id = pick(theirs.get(reader.by.staff)!)
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
for (const reader of sessions.slice(0, team)) for (const id of theirs.get(reader.by.staff)!) await readStory(reader, id)
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
  `${people} people, ${people / 5} plans, ${people * 5} entries; ${readers} readers of a team of ${team}, a page about every ${pause} s each, ${written} written a second, ${seconds} s`,
)
for (const [name, values] of Object.entries(taken)) console.log(row(name, values))
console.log(row('chronology of 2,000', chronology))
console.log(row("the team's gaps", gaps))
console.log(`errors ${errors.length}${errors.length ? `: ${[...new Set(errors)].slice(0, 5).join(' | ')}` : ''}`)
console.log(
  `server processor ${(share * 100).toFixed(0)} parts in a hundred of one core, memory ${used.peak.toFixed(0)} MB at its highest`,
)
process.exit(errors.length ? 1 : 0)
