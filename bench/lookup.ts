// One at a time among many: how long it takes from a record to its explained candidates, among identities of an invented
// county in PostgreSQL with row-level security on, and through HTTP with the concern and its proposals written.
//   npm run bench -- lookup [identities] [seed]      (200,000 unless said; BENCH_DATABASE_URL names a superuser)
import { sql } from 'kysely'
import { spawnSync } from 'node:child_process'
import { sealWhatIsPlain } from '../src/commands/seal-plain.ts'
import { keysOf } from '../src/joining/keys.ts'
import { lookUp, standardOf } from '../src/joining/look-up.ts'
import { standardPerson, type PersonSupplied } from '../src/joining/standard.ts'
import { weigh } from '../src/joining/weigh.ts'
import {
  asViewer,
  become,
  dataKeysOf,
  inTransaction,
  newId,
  openKeys,
  openPostgres,
  sealText,
  type Database,
} from '../src/platform/index.ts'
import { addApiClient } from '../src/staff/index.ts'
import { dice, people, written, type Person } from '../test/population.ts'
import { filledGround, quantile, startServer } from './server.ts'

const identities = Number(process.argv[2] ?? 200_000)
const seed = Number(process.argv[3] ?? 1)
const [asked, sent] = [2000, 400]

const suppliedAs = ([
  given,
  middle,
  family,
  born,
  sex,
  postcode,
  address,
  phone,
]: readonly string[]): PersonSupplied => ({
  name: [given, middle, family].filter(Boolean).join(' '),
  born_on: born ?? '',
  sex: sex ?? '',
  postcode: postcode ?? '',
  address: address ?? '',
  phone: phone ?? '',
})

const chance = dice(seed + 1)
const at = new Date()
const took = (from: number): string => `${((performance.now() - from) / 1000).toFixed(0)} s`
const { ground, filled } = await filledGround('postgres', async (ground) => {
  const owner = await ground.owner()
  const keys = openKeys(`${ground.folder}/keys.json`)
  await sealWhatIsPlain(owner.db, () => keys)
  const loaded = spawnSync(process.execPath, ['dist/trellis.js', 'demo'], { env: { ...process.env, ...ground.env } })
  if (loaded.status !== 0) throw new Error(String(loaded.stderr))
  const { rows: agencies } = await sql<{ partnership: string; id: string; code: string }>`
    select partnership_id as partnership, id, code from agency order by code`.execute(owner.db)
  const { partnership } = agencies[0]!
  const school = agencies.find(({ code }) => code === 'hartsbrook-academy')!.id

  const county = people(seed)
  const began = performance.now()
  /** People who are asked about later. */
  const remembered: Person[] = []
  const at_once = 2000
  /** What is looked up by nothing while the table fills is built once at its end, as any bulk load would. */
  const later = await indexesToBuildLater(owner)
  for (let done = 0; done < identities; done += at_once)
    await inTransaction(owner.db, async (tx) => {
      // Every row is ours, and none refers to what is not there: checking so for a hundred million would be the measurement.
      await sql`set local session_replication_role = replica`.execute(tx)
      const batch = Array.from({ length: Math.min(at_once, identities - done) }, () => {
        const person = county.next().value
        if (remembered.length < asked + sent && chance.happens((2 * (asked + sent)) / identities))
          remembered.push(person)
        const standard = standardPerson(suppliedAs(written(person, chance)), at.getUTCFullYear(), [])
        return { id: newId(), subject: newId(), standard, hashes: keysOf(keys, partnership, standard) }
      })
      const sealing = await dataKeysOf(
        tx,
        keys,
        partnership,
        'subject',
        batch.map(({ subject }) => subject),
      )
      const rows = batch.map(({ id, subject, standard }) => {
        const key = sealing.get(subject)!
        return { id, subject, key: key.id, sealed: sealText(key, standardOf(id), JSON.stringify(standard)) }
      })
      await sql`insert into noted_record (partnership_id, id, kind, source, source_id, subject_id, agency_id, standard_sealed, key_id, normaliser, noted_at)
        select ${partnership}, r.id, 'person', 'identity', r.id, r.subject, ${school}, r.sealed, r.key, 1, ${at}
        from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ subject }) => subject)}::uuid[],
          ${rows.map(({ key }) => key)}::uuid[], ${rows.map(({ sealed }) => sealed)}::bytea[]) as r (id, subject, key, sealed)`.execute(
        tx,
      )
      const postings = batch.flatMap(({ id, hashes }) => hashes.map((hash) => ({ id, hash })))
      await sql`insert into record_key (partnership_id, hash, record_id)
        select ${partnership}, k.hash, k.id from unnest(${postings.map(({ hash }) => hash)}::int[], ${postings.map(({ id }) => id)}::uuid[]) as k (hash, id)`.execute(
        tx,
      )
      await sql`with made as (select r.id, gen_random_uuid() as known from unnest(${rows.map(({ id }) => id)}::uuid[]) as r (id)),
        k as (insert into known (partnership_id, id, agency_id, kind, since) select ${partnership}, known, ${school}, 'person', ${at} from made)
        insert into belonging (partnership_id, id, record_id, known_id, agency_id, from_at)
        select ${partnership}, gen_random_uuid(), id, known, ${school}, ${at} from made`.execute(tx)
      if (done % 200_000 === 0 && done > 0) console.log(`  ${done} identities after ${took(began)}`)
      // The planner knows nothing of a table that has just been filled, and would read all of it for each batch.
      if (Number.isInteger(Math.log2(done / at_once))) await sql`analyze data_key`.execute(tx)
    })
  for (const index of later) await sql.raw(index).execute(owner.db)
  await sql`vacuum analyze noted_record, record_key, known, belonging, data_key`.execute(owner.db)
  const sizes = await sql<{ name: string; size: string }>`
    select relname as name, pg_size_pretty(pg_total_relation_size(oid)) as size from pg_class
    where relname in ('noted_record', 'record_key', 'data_key') order by relname`.execute(owner.db)
  console.log(
    `${identities} identities in ${took(began)}: ${sizes.rows.map(({ name, size }) => `${name} ${size}`).join(', ')}`,
  )
  const apiKey = await inTransaction(owner.db, async (tx) => {
    await become(tx, { kind: 'system', partnership })
    const { rows } = await sql<{ id: string; agency: string; name: string }>`
      select id, agency_id as agency, name from account where partnership_id = ${partnership} and name like 'Ada%'`.execute(
      tx,
    )
    const ada = {
      kind: 'staff',
      partnership,
      staff: rows[0]!.id,
      agency: rows[0]!.agency,
      name: 'Ada',
      roles: ['administrator'],
      frontDoor: false,
    } as const
    await become(tx, ada)
    return (await addApiClient(tx, keys, ada, { agency: school, name: 'Bench' }, at)).key
  })
  await owner.close()
  return { partnership, remembered, apiKey }
})
const { partnership, remembered, apiKey } = filled
const keys = openKeys(`${ground.folder}/keys.json`)

/** Drops what only reading needs of the tables that are filled. @returns the statements that build it again */
async function indexesToBuildLater(owner: Database): Promise<string[]> {
  const { rows } = await sql<{ drop: string; build: string }>`
    select coalesce('alter table ' || t.relname || ' drop constraint ' || c.conname, 'drop index ' || x.relname) as drop,
      coalesce('alter table ' || t.relname || ' add constraint ' || c.conname || ' ' || pg_get_constraintdef(c.oid),
        pg_get_indexdef(x.oid)) as build
    from pg_index i join pg_class t on t.oid = i.indrelid join pg_class x on x.oid = i.indexrelid
    left join pg_constraint c on c.conindid = x.oid and c.contype in ('p', 'u')
    where t.relname in ('noted_record', 'record_key', 'known', 'belonging')
      and not exists (select from pg_constraint f where f.contype = 'f' and f.conindid = x.oid)`.execute(owner.db)
  for (const { drop } of rows) await sql.raw(drop).execute(owner.db)
  return rows.map(({ build }) => build)
}

/** Three in four are known to somebody here; the others are strangers. */
const strangers = people(seed + 1000)
const query = (n: number): PersonSupplied =>
  suppliedAs(written(n % 4 === 3 ? strangers.next().value : remembered[n % remembered.length]!, chance))
const say = (what: string, ms: number[]): void =>
  console.log(
    `${what}: median ${quantile(ms, 0.5).toFixed(1)} ms, 95th ${quantile(ms, 0.95).toFixed(1)}, 99th ${quantile(ms, 0.99).toFixed(1)} (${ms.length})`,
  )

const app = openPostgres(ground.env['DATABASE_URL']!, 1)
const times: number[] = []
let [candidates, proposed, turn] = [0, 0, 0]
let before = process.cpuUsage()
await asViewer(app.db, { kind: 'system', partnership }, async (tx) => {
  for (; turn < asked + 200; turn++) {
    const standard = standardPerson(query(turn), at.getUTCFullYear(), [])
    const from = performance.now()
    const [found] = await lookUp(tx, keys, partnership, [
      { kind: 'person', hashes: keysOf(keys, partnership, standard) },
    ])
    const weighed = weigh(
      standard,
      found!.map((one) => one.standard),
    )
    // The first go to warm plans and code.
    if (turn < 200) {
      before = process.cpuUsage()
      continue
    }
    times.push(performance.now() - from)
    candidates += found!.length
    proposed += weighed.filter(({ band }) => band !== 'below').length
  }
})
const { user, system } = process.cpuUsage(before)
await app.close()
say('In the database, keys to explained candidates', times)
console.log(
  `  ${(candidates / asked).toFixed(1)} candidates opened and ${(proposed / asked).toFixed(2)} proposed on average`,
)
// Where others use the machine the clock tells more of them than of this.
console.log(`  ${((user + system) / 1000 / asked).toFixed(2)} ms of this process’s own processor each`)

const server = await startServer(ground, 41_000 + (process.pid % 10_000))
const posts: number[] = []
for (let n = 0; n < sent + 50; n++) {
  const { sex, born_on, ...person } = query(n + 7)
  const body = { worry: 'A measurement', people: [{ ...person, ...(sex && { sex }), ...(born_on && { born_on }) }] }
  const from = performance.now()
  const reply = await fetch(`${server.url}/api/concerns`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
    body: JSON.stringify(body),
  })
  if (reply.status !== 201) throw new Error(`${reply.status}: ${await reply.text()}`)
  if (n >= 50) posts.push(performance.now() - from)
}
say('Through HTTP, a concern with its proposals written', posts)
await server.stop()
await ground.clear()
