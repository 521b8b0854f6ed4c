// The linkage engine on an invented county by seed, without labels: time, pairs, how good, for whom, and how honest.
//   npm run bench -- link [records] [seed] [threads]
// With LINKAGE_DATA naming a folder that holds febrl3.csv, that set as well, with and without its identifier.
import fs from 'node:fs'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import {
  calibration,
  measureClusters,
  measurePairs,
  tableBuilder,
  type Field,
  type Kind,
  type Linked,
  type Measure,
  type Table,
} from '../src/linkage/index.ts'
import { usualThreads } from '../src/joining/crew.ts'
import { linkOnThreads } from '../src/joining/threads.ts'
import { columns, population, type Origin } from '../test/population.ts'

const records = Number(process.argv[2] ?? 100_000)
const seed = Number(process.argv[3] ?? 1)
const threads = Number(process.argv[4] ?? usualThreads())

const seconds = (from: number): string => `${((performance.now() - from) / 1000).toFixed(1)} s`

const tableOf = (fields: readonly Field[], rows: Iterable<readonly string[]>): Table => {
  const builder = tableBuilder(fields)
  for (const row of rows) builder.add(row)
  return builder.build()
}

/** Says how long each stage takes; how many pairs a second are compared, on how many threads. */
const run = async (fields: readonly Field[], table: Table): Promise<Linked> => {
  let [began, doing] = [performance.now(), '']
  const lap = (next: string): void => {
    if (doing === next) return
    if (doing !== '') console.log(`  ${doing.padEnd(11)} ${seconds(began)}`)
    ;[began, doing] = [performance.now(), next]
  }
  let [compared, since] = [0, 0]
  const linked = await linkOnThreads(fields, table, threads, (stage) => {
    if (stage.doing === 'comparing' && since === 0) since = performance.now()
    if (stage.doing === 'clustering') compared = (performance.now() - since) / 1000
    lap(stage.doing)
  })
  lap('')
  const pairs = linked.plan.kept.reduce((sum, kept) => sum + kept.pairs, 0)
  const rate = pairs / Math.max(1e-3, compared) / 1e6
  console.log(`  ${pairs} pairs, ${rate.toFixed(1)} million a second, threads: ${threads}`)
  return linked
}

const show = (name: string, { precision, recall, f1 }: Measure): void =>
  console.log(
    `  ${name.padEnd(22)} precision ${precision.toFixed(4)}  recall ${recall.toFixed(4)}  F1 ${f1.toFixed(4)}`,
  )

const quality = ({ edges, clusters, model }: Linked, truth: Int32Array, table: Table): void => {
  show('pairs, likely', measurePairs(edges, model.thresholds.link, truth, table))
  show('pairs, strong', measurePairs(edges, model.thresholds.strong, truth, table))
  show('clusters', measureClusters(clusters.of, truth, table))
}

const county = population(seed, records)
const kinds: Kind[] = ['given name', 'middle name', 'family name', 'date', 'sex', 'postcode', 'address', 'phone']
const fields = columns.map((name, i): Field => ({ name, kind: kinds[i]! }))
const truth = Int32Array.from(county, ({ person }) => person.id)
console.log(`An invented county, ${records} records, seed ${seed}`)
const began = performance.now()
const table = tableOf(
  fields,
  county.map(({ values }) => values),
)
console.log(`  reading     ${seconds(began)}`)
const linked = await run(fields, table)
console.log(`  all         ${seconds(began)}, ${Math.round(process.resourceUsage().maxRSS / 1000)} MB at most`)
quality(linked, truth, table)

console.log('Recall of pairs in clusters, by origin of the name')
const recalls = new Map<Origin, { all: number; found: number; people: Set<number> }>()
const recordsOf = Map.groupBy(county.keys(), (record) => county[record]!.person.id)
for (const own of recordsOf.values()) {
  const { origin, id } = county[own[0]!]!.person
  const sum = recalls.get(origin) ?? { all: 0, found: 0, people: new Set() }
  recalls.set(origin, sum)
  sum.people.add(id)
  own.forEach((a, i) => {
    for (const b of own.slice(i + 1)) {
      sum.all++
      if (linked.clusters.of[a] === linked.clusters.of[b]) sum.found++
    }
  })
}
for (const [origin, { all, found, people }] of recalls)
  console.log(`  ${origin.padEnd(14)} ${(found / all).toFixed(3)}  (${people.size} people)`)
const large = [...recalls.values()].filter(({ people }) => people.size >= 800).map(({ all, found }) => found / all)
if (large.length > 1)
  console.log(`  between best and worst served: ${(100 * (Math.max(...large) - Math.min(...large))).toFixed(1)} points`)

console.log('Calibration: of pairs shown as so likely, how many are true')
for (const { from, pairs: count, expected, right } of calibration(linked.edges, truth))
  console.log(
    `  from ${String(from).padEnd(6)} ${String(count).padStart(8)} pairs, expected ${expected.toFixed(4)}, true ${right.toFixed(4)}`,
  )

const febrl = path.join(process.env['LINKAGE_DATA'] ?? '', 'febrl3.csv')
if (process.env['LINKAGE_DATA'] === undefined || !fs.existsSync(febrl)) console.log('FEBRL3: not here (LINKAGE_DATA).')
else {
  const rows: Record<string, string>[] = parse(fs.readFileSync(febrl, 'utf8'), { columns: true, trim: true })
  const people = Int32Array.from(rows, (row) => Number(row['rec_id']!.split('-')[1]))
  const held: [string, Kind][] = [
    ['given_name', 'given name'],
    ['surname', 'family name'],
    ['date_of_birth', 'date'],
    ['street_number', 'code'],
    ['address_1', 'text'],
    ['address_2', 'text'],
    ['suburb', 'text'],
    ['postcode', 'identifier'],
    ['state', 'code'],
    ['soc_sec_id', 'identifier'],
  ]
  for (const of of [held, held.slice(0, -1)]) {
    console.log(`FEBRL3 ${of === held ? 'with' : 'without'} soc_sec_id`)
    const own = of.map(([name, kind]): Field => ({ name, kind }))
    const all = tableOf(
      own,
      rows.map((row) => own.map(({ name }) => row[name]!)),
    )
    const found = await run(own, all)
    quality(found, people, all)
    // Below the look nothing is kept: what is here is what people would be shown.
    for (const { from, pairs: count, expected, right } of calibration(found.edges, people))
      if (count > 0)
        console.log(`  shown from ${from}: ${count} pairs, expected ${expected.toFixed(3)}, true ${right.toFixed(3)}`)
  }
}
