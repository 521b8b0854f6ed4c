// The method that Splink publishes (comparison levels, blocking rules one excluding the next, u by random sampling, EM on
// blocked pairs, term frequencies), as SQL on DuckDB, which is what Splink runs on. It is not Splink: no Python, no charts,
// no chunks. One run in a process of its own; its figures as one line of JSON.
//   node .cache/bench/proxy-run.js FILE THREADS small|many usual|all
import { columns, compared } from './proxy-levels.ts'
import { efforts, processorSeconds, rulesOf, type HowMuch, type RunFigures, type Which } from './same-rules.ts'

const [file, threads, which, howMuch] = process.argv.slice(2) as [string, string, Which, HowMuch]
const effort = efforts[howMuch]

type Rows = { readonly getRowsJson: () => (string | number | null)[][] }
type Connection = {
  readonly run: (sql: string) => Promise<unknown>
  readonly runAndReadAll: (sql: string) => Promise<Rows>
}
type DuckDb = {
  readonly DuckDBInstance: {
    create: (file: string, options: object) => Promise<{ connect: () => Promise<Connection> }>
  }
}
// A development dependency that nothing else needs: whoever has not installed it can do everything but this.
const { DuckDBInstance } = (await import('@duckdb/node-api' as string)) as DuckDb
const db = await (await DuckDBInstance.create(':memory:', { threads })).connect()
const rowsOf = async (sql: string): Promise<number[][]> =>
  (await db.runAndReadAll(sql)).getRowsJson().map((row) => row.map(Number))
const one = async (sql: string): Promise<number> => (await rowsOf(sql))[0]![0]!

const phases: Record<string, number> = {}
const processors: Record<string, number> = {}
const began = performance.now()
const phase = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
  const [since, taken] = [performance.now(), processorSeconds()]
  const result = await work()
  phases[name] = (phases[name] ?? 0) + (performance.now() - since) / 1000
  processors[name] = (processors[name] ?? 0) + processorSeconds() - taken
  return result
}

/** The levels of pairs as numbers: 0 for missing, the most different 1. */
const levelsOf = (pairs: string): string =>
  `select ${compared
    .map(
      ({ name, missing, levels }) =>
        `case when ${missing} then 0 ${levels.map(({ when }, i) => `when ${when} then ${levels.length - i}`).join(' ')} end as of_${name}`,
    )
    .join(', ')}, * from (${pairs})`
const sides = columns.map((column) => `l.${column} as l_${column}, r.${column} as r_${column}`).join(', ')
const patternsOf = (pairs: string): Promise<number[][]> =>
  rowsOf(
    `select ${compared.map(({ name }) => `of_${name}`).join(', ')}, count(*) from (${levelsOf(pairs)}) group by all`,
  )

/** A rule of the engine as a condition between two records. */
const conditionOf = (rule: readonly string[]): string =>
  rule
    .map((part) => {
      const [field, form] = part.split(':') as [string, string?]
      const column = field === 'date_of_birth' ? 'born' : field
      const of = (side: string): string => {
        if (form === undefined) return `${side}.${column}`
        if (form === 'year') return `substr(${side}.born, 1, 4)`
        if (form === 'district') return `split_part(${side}.postcode, ' ', 1)`
        if (form === 'area') return `regexp_extract(${side}.postcode, '^[A-Z]+')`
        return `substr(${side}.${column}, 1, ${form.slice('prefix'.length)})`
      }
      return `${of('l')} = ${of('r')}`
    })
    .join(' and ')

await phase('reading', async () => {
  await db.run(
    `create table plain as select row_number() over () as uid, cluster::int as truth, nullif(first_name, '') as given,
       nullif(surname, '') as family, nullif(date_of_birth, '') as born, nullif(sex, '') as sex,
       nullif(postcode, '') as postcode, nullif(phone, '') as phone,
       case when first_name <> '' and surname <> '' then first_name || ' ' || surname end as whole
     from read_csv('${file}', all_varchar = true, header = true)`,
  )
  await db.run(
    `create table record as select plain.*, ${['whole', 'family', 'given'].map((name) => `of_${name}.share as share_${name}`).join(', ')} from plain
     ${['whole', 'family', 'given']
       .map(
         (name) =>
           `left join (select ${name}, count(*) / (select count(${name}) from plain)::double as share from plain
              where ${name} is not null group by ${name}) of_${name} on plain.${name} = of_${name}.${name}`,
       )
       .join('\n')}`,
  )
})
const size = await one('select count(*) from record')
const allPairs = (size * (size - 1)) / 2

type Weights = { readonly m: number[][]; readonly u: number[][]; share: number }
const learned = await phase('learning', async (): Promise<Weights> => {
  // u from as many random pairs as the engine takes: all pairs of a sample of records, as Splink draws them.
  const sample = Math.sqrt(2 * effort.random) / size
  const random = await patternsOf(
    `with drawn as (select * from record where hash(uid * 7919) % 1000000 < ${Math.round(sample * 1e6)})
     select ${sides} from drawn l join drawn r on l.uid < r.uid`,
  )
  const u = compared.map(({ levels }, c) => sharesBy(random, c, levels.length, () => 1))
  // m from EM in two blocks, each with as many pairs at most as the engine takes.
  const blocks = [
    { rule: ['given', 'family'], without: 'name' },
    { rule: ['date_of_birth'], without: 'born' },
  ]
  const found: { without: string; m: number[][]; share: number; pairs: number }[] = []
  for (const { rule, without } of blocks) {
    const key = rule.map((part) => (part === 'date_of_birth' ? 'born' : part)).join(', ')
    const pairs = await one(
      `select sum(n * (n - 1) / 2) from (select count(*) as n from record where ${key.replace(', ', ' is not null and ')} is not null group by ${key})`,
    )
    const share = Math.min(1, effort.training / pairs)
    const patterns = await patternsOf(
      `select ${sides} from record l join record r on ${conditionOf(rule)} and l.uid < r.uid
       where hash(${rule.map((part) => `l.${part === 'date_of_birth' ? 'born' : part}`).join(', ')}) % 1000000 < ${Math.ceil(share * 1e6)}`,
    )
    found.push({
      without,
      pairs,
      ...expectation(
        patterns,
        u,
        compared.findIndex(({ name }) => name === without),
      ),
    })
  }
  const m = compared.map(({ name, levels }, c) => {
    const from = found.filter(({ without }) => without !== name)
    return levels.map((_, g) => from.reduce((sum, each) => sum + each.m[c]![g]!, 0) / from.length)
  })
  const told = found.map(
    ({ pairs, share, without }) =>
      (pairs * share) / Math.max(0.05, m[compared.findIndex(({ name }) => name === without)]!.at(-1)!),
  )
  return { m, u, share: Math.min(...told) / allPairs }
})

/** Shares by level of what is not missing; the most different first. */
function sharesBy(patterns: readonly number[][], c: number, levels: number, weight: (row: number) => number): number[] {
  const counts = new Array<number>(levels).fill(0)
  patterns.forEach((pattern, row) => {
    if (pattern[c]! > 0) counts[pattern[c]! - 1]! += pattern.at(-1)! * weight(row)
  })
  const all = counts.reduce((sum, count) => sum + count, 0)
  return counts.map((count) => Math.max(1e-7, count / all))
}

function expectation(
  patterns: readonly number[][],
  u: readonly number[][],
  without: number,
): { m: number[][]; share: number } {
  let m = compared.map(({ levels }) =>
    levels.map((_, g) => (g === levels.length - 1 ? 0.9 : 0.1 / (levels.length - 1))),
  )
  let share = 0.2
  const all = patterns.reduce((sum, pattern) => sum + pattern.at(-1)!, 0)
  for (let round = 0; round < 200; round++) {
    const match = patterns.map((pattern) => {
      let odds = Math.log(share / (1 - share))
      for (let c = 0; c < compared.length; c++)
        if (c !== without && pattern[c]! > 0) odds += Math.log(m[c]![pattern[c]! - 1]! / u[c]![pattern[c]! - 1]!)
      return 1 / (1 + Math.exp(-odds))
    })
    const next = patterns.reduce((sum, pattern, row) => sum + pattern.at(-1)! * match[row]!, 0) / all
    m = compared.map(({ levels }, c) => sharesBy(patterns, c, levels.length, (row) => match[row]!))
    if (Math.abs(next - share) < 1e-5) break
    share = next
  }
  return { m, share }
}

const pairs = await phase('blocking', async () => {
  const conditions = rulesOf[which].map(conditionOf)
  await db.run(
    `create table blocked as ${conditions
      .map(
        (condition, i) =>
          `select l.uid as l_uid, r.uid as r_uid from record l join record r on ${condition} and l.uid < r.uid` +
          (i === 0
            ? ''
            : ` where ${conditions
                .slice(0, i)
                .map((earlier) => `not coalesce(${earlier}, false)`)
                .join(' and ')}`),
      )
      .join(' union all ')}`,
  )
  return one('select count(*) from blocked')
})

await phase('scoring', async () => {
  const weights = compared.map(({ name, levels }, c) => {
    const of = levels.map(({ frequency }, i) => {
      const g = levels.length - 1 - i
      const [m, u] = [learned.m[c]![g]!, learned.u[c]![g]!]
      const plain = `${Math.log2(m / u)}::double`
      const own = frequency && ` + log2(${u}::double / greatest(l_share_${frequency}, r_share_${frequency}))`
      return `when ${g + 1} then ${plain}${own ?? ''}`
    })
    return `case of_${name} when 0 then 0 ${of.join(' ')} end`
  })
  const prior = Math.log2(learned.share / (1 - learned.share))
  await db.run(
    `create table scored as select * from (select l_uid, r_uid, ${prior}::double + ${weights.join(' + ')} as weight
       from (${levelsOf(`select b.l_uid, b.r_uid, ${sides} from blocked b join record l on l.uid = b.l_uid join record r on r.uid = b.r_uid`)}))
     where weight >= ${Math.log2(0.01 / 0.99)}`,
  )
})

await phase('clustering', async () => {
  // Connected components, each record taking the least number around it until nothing changes.
  await db.run(`create table edge as select l_uid as a, r_uid as b from scored where weight >= 7
                union all select r_uid, l_uid from scored where weight >= 7`)
  await db.run('create table label as select uid, uid as of from record')
  for (let changed = 1; changed > 0;) {
    await db.run(`create or replace table next as select label.uid, least(label.of, coalesce(min(other.of), label.of)) as of
                  from label left join edge on edge.a = label.uid left join label other on other.uid = edge.b
                  group by label.uid, label.of`)
    changed = await one('select count(*) from label join next using (uid) where label.of <> next.of')
    await db.run(
      'create or replace table label as select next.uid, least(next.of, via.of) as of from next join next via on via.uid = next.of',
    )
  }
})
const seconds = (performance.now() - began) / 1000
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
const within = (key: string): Promise<number> =>
  one(`select sum(n * (n - 1) / 2) from (select count(*) as n from label join record using (uid) group by ${key})`)
const [right, found, all] = [await within('label.of, truth'), await within('label.of'), await within('truth')]
const figures: RunFigures = {
  seconds,
  processor: (userCPUTime + systemCPUTime) / 1e6,
  megabytes: maxRSS / 1000,
  records: size,
  pairs,
  phases,
  processors,
  f1: (2 * right) / (found + all),
}
console.log(JSON.stringify(figures))
