// The library with as many reports as there might ever be, each as long as the one that this product began from: how long
// a search takes (the verb, and over HTTP), what the first view weighs, and how long the static copy takes to write, once
// new and once with nothing to change.
//   npm run bench -- library [reports]      (10,000 unless said; BENCH_DATABASE_URL names a superuser)
import { sql } from 'kysely'
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { themes } from '../src/learning/codes.ts'
import { enterLibrary } from '../src/learning/library/enter.ts'
import type { NewEntry } from '../src/learning/library/entry.ts'
import { foundBy } from '../src/learning/library/found.ts'
import { noFilter, search } from '../src/learning/library/search.ts'
import { emptyReport } from '../src/learning/report/content.ts'
import { asViewer, openPostgres, type StaffViewer } from '../src/platform/index.ts'
import { dice } from '../test/population.ts'
import { makeGround, quantile, startServer } from './server.ts'

const reports = Number(process.argv[2] ?? 10_000)
const chance = dice(7)
const pick = chance.of
const share = (): number => chance.below(1_000_000) / 1_000_000

const ground = await makeGround('postgres')
const loaded = spawnSync(process.execPath, ['dist/trellis.js', 'demo'], { env: { ...process.env, ...ground.env } })
if (loaded.status !== 0) throw new Error(String(loaded.stderr))

/** 9,000 words of which a few are everywhere, as in any language; and what the field says, theme by theme. */
const syllables = 'ba ce di fo gu ha ke li mo nu pa re si to vu wa ye zi an el or un ast ern ing ment tion ly'.split(
  ' ',
)
const vocabulary = Array.from({ length: 9000 }, () =>
  Array.from({ length: 2 + Math.floor(share() * 3) }, () => pick(syllables)).join(''),
)
const word = (): string => vocabulary[Math.floor(vocabulary.length * share() ** 4)]!
const phrase = (): string => pick(pick(themes).words)
const sentence = (): string => {
  const words = Array.from({ length: 10 + Math.floor(share() * 16) }, () => (share() < 0.03 ? phrase() : word()))
  return `${words.join(' ')}.`
}
const paragraphs = (count: number): string =>
  Array.from({ length: count }, () => Array.from({ length: 4 }, sentence).join(' ')).join('\n\n')

const regions = ['North East', 'North West', 'Midlands', 'East', 'South East', 'South West', 'London', 'Wales']
const report = (n: number): NewEntry => {
  const area = `${pick(vocabulary)}shire`
  const issue = () => ({
    whose: pick(['local', 'delivering', 'both'] as const),
    heading: '',
    number: '',
    words: sentence(),
    below: [{ number: '', words: sentence() }],
  })
  return {
    kind: 'report',
    title: `${area} ${n}: ${phrase()}`,
    summary: `${sentence()} ${sentence()}`,
    area,
    region: pick(regions),
    size: pick(['small', 'standard', 'large']),
    methodology: pick(['Partnership', 'Practice', 'Data', 'Strategy']),
    year: 2015 + Math.floor(share() * 12),
    areas: [],
    prose: '',
    draft: null,
    report: {
      ...emptyReport(),
      partnership_name: area,
      reasons: paragraphs(3),
      aims: paragraphs(3),
      methods: paragraphs(6),
      issues_intro: sentence(),
      issues: Array.from({ length: 12 }, issue),
      dots: paragraphs(5),
      learning: paragraphs(8),
      disruption: Array.from({ length: 6 }, () => ({ words: sentence() })),
      reflections: paragraphs(2),
    },
    findings: Array.from({ length: 6 }, (_, i) => ({
      words: sentence(),
      themes: [pick(themes).code],
      boundary: pick(['', 'age', 'agency']),
      strength: pick(['one-voice', 'several-voices', 'seen', 'measured']),
      source: { field: 'learning', paragraph: 1 + (i % 8) },
    })),
  }
}

const app = openPostgres(ground.env['DATABASE_URL']!, 4)
const owner = await ground.owner()
const { rows: staff } = await sql<{ partnership: string; staff: string; agency: string; name: string }>`
  select partnership_id as partnership, id as staff, agency_id as agency, name from account limit 1`.execute(owner.db)
const viewer: StaffViewer = { kind: 'staff', ...staff[0]!, roles: ['learning'], frontDoor: false }

/** So many are entered by the verb, one after another; the rest are copies of these, made in the database. */
const entered = Math.min(reports, 1000)
const began = performance.now()
const seconds = (from: number): string => `${((performance.now() - from) / 1000).toFixed(1)} s`
const at_once = 100
let letters = 0
for (let done = 0; done < entered; done += at_once) {
  const some = Array.from({ length: Math.min(at_once, entered - done) }, (_, i) => report(done + i))
  letters += some.reduce((sum, one) => sum + JSON.stringify(one.report).length, 0)
  await asViewer(app.db, viewer, async (tx) => {
    for (const one of some) await enterLibrary(tx, viewer, one, new Date(Date.now() - (reports - done) * 60_000))
  })
  if (done % 1000 === 0) console.log(`entered ${done}, ${seconds(began)}`)
}
for (let copy = 1; copy * entered < reports; copy++) {
  const most = Math.min(entered, reports - copy * entered)
  await sql`create temporary table those as select partnership_id, id, gen_random_uuid() as copy from library_entry
    where slug !~ '-copy-[0-9]+$' order by slug limit ${most}`.execute(owner.db)
  await sql`insert into library_entry select e.partnership_id, t.copy, rtrim(left(e.slug, 40), '-') || '-' || left(t.copy::text, 8) || '-copy-' || ${copy}::int,
      e.kind, null, e.edition, e.title, e.summary, e.area, e.region, e.size, e.methodology, e.year, e.areas, e.report, e.prose,
      e.entered_by, e.first_at, e.entered_at - ${copy}::int * interval '1 day'
    from library_entry e join those t using (partnership_id, id)`.execute(owner.db)
  await sql`insert into library_search select s.partnership_id, t.copy, s.kind, s.region, s.size, s.methodology, s.year, s.themes,
      s.entered_at - ${copy}::int * interval '1 day', s.body, s.head, s.search
    from library_search s join those t on t.partnership_id = s.partnership_id and t.id = s.entry_id`.execute(owner.db)
  await sql`insert into library_finding select f.partnership_id, gen_random_uuid(), t.copy, f.number, f.edition, f.words, f.themes,
      f.boundary, f.strength, f.field, f.paragraph, f.first_at
    from library_finding f join those t on t.partnership_id = f.partnership_id and t.id = f.entry_id`.execute(owner.db)
  await sql`drop table those`.execute(owner.db)
  console.log(`copied ${copy * entered + most}, ${seconds(began)}`)
}
await sql`vacuum analyze`.execute(owner.db)
console.log(`${reports} reports of ${Math.round(letters / entered)} characters entered in ${seconds(began)}`)

/** Common and rare words, phrases that mean a theme, slips of the finger, and what nothing answers. */
const asked = [
  'handing over at 18',
  'training',
  'turning eighteen',
  'trusted adult',
  'commissioning duplication',
  'informaton sharing',
  'voice of young people',
  'taxi drivers',
  'leadership and ownership',
  'what happens when they turn 18',
  'supervison for staff',
  'gap between vision and practice',
  'contextual safeguarding park',
  'qqqzzz',
  'transitoin to adult services',
  'board',
  'school',
  'data',
  'step down',
  vocabulary[1]!,
  vocabulary[4000]!,
  `${vocabulary[5]!} ${vocabulary[8000]!}`,
]
const filters = [noFilter, { ...noFilter, region: 'Midlands' }, { ...noFilter, theme: 'through-18', year: '2024' }]
const timed = async (times: number, work: (i: number) => Promise<unknown>): Promise<string> => {
  const took: number[] = []
  for (let i = 0; i < times; i++) {
    const from = performance.now()
    await work(i)
    took.push(performance.now() - from)
  }
  return `median ${quantile(took, 0.5).toFixed(0)} ms, 95th percentile ${quantile(took, 0.95).toFixed(0)} ms, most ${quantile(took, 1).toFixed(0)} ms (${times})`
}
const anyone = { kind: 'public', partnership: viewer.partnership } as const
const one = (i: number) =>
  asViewer(app.db, anyone, async (tx) => {
    const matches = await search(tx, asked[i % asked.length]!, filters[Math.floor(i / asked.length) % filters.length]!)
    return { matches, shown: await foundBy(tx, matches!.found.slice(0, 10), matches!.asked) }
  })
for (const [i, words] of asked.entries()) {
  const from = performance.now()
  const { matches, shown } = await one(i)
  const why = shown[0]?.why?.pieces.map(({ text, marked }) => (marked ? `[${text.trim()}] ` : text)).join('')
  console.log(
    `${words}: ${matches!.count}${matches!.closest ? ' and the closest' : ''}, ${(performance.now() - from).toFixed(0)} ms; ${(why ?? '').slice(0, 90)}`,
  )
}
console.log(`search: ${await timed(asked.length * 9, one)}`)

const server = await startServer(ground, 34_000 + (process.pid % 1000))
const get = async (address: string): Promise<string> => {
  const got = await fetch(server.url + address)
  if (got.status !== 200) throw new Error(`${address} ${got.status}`)
  return got.text()
}
await get('/library')
console.log(
  `first view, /library: ${(brotliCompressSync(await get('/library')).length / 1024).toFixed(1)} KB of HTML compressed`,
)
console.log(`first view over HTTP: ${await timed(60, () => get('/library'))}`)
console.log(
  `search over HTTP: ${await timed(asked.length * 6, (i) => get(`/library?q=${encodeURIComponent(asked[i % asked.length]!)}`))}`,
)
await server.stop()

const folder = path.join(ground.folder, 'site')
for (const turn of ['new', 'again']) {
  const from = performance.now()
  const { status, stderr } = spawnSync(process.execPath, ['dist/trellis.js', 'learning', 'publish', folder], {
    env: { ...process.env, ...ground.env },
    stdio: ['ignore', 'inherit', 'pipe'],
  })
  if (status !== 0) throw new Error(String(stderr))
  console.log(`static copy, ${turn}: ${seconds(from)}`)
}
await app.close()
await owner.close()
await ground.clear()
