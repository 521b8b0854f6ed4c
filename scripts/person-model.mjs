// Makes content/linkage/person.json: how records of people are compared when they come in one by one. Learned without
// labels from the invented county of test/population.ts, by seed, so that anybody gets the same file:
//   node scripts/person-model.mjs
import fs from 'node:fs'
import path from 'node:path'
import { format } from 'prettier'
import { fileURLToPath } from 'node:url'
import {
  estimate,
  freeze,
  levelsOf,
  planBlocking,
  proposeRules,
  tableBuilder,
  usualBudget,
} from '../src/linkage/index.ts'
import { columns, population } from '../test/population.ts'

const [seed, records] = [4, 200_000]
const names = { first_name: 'given', middle_name: 'middle', surname: 'family', date_of_birth: 'born' }
const kinds = ['given name', 'middle name', 'family name', 'date', 'sex', 'postcode', 'address', 'phone']
const fields = columns.map((column, i) => ({ name: names[column] ?? column, kind: kinds[i] }))

const builder = tableBuilder(fields)
for (const { values } of population(seed, records)) builder.add(values)
const table = builder.build()
const rules = planBlocking(proposeRules(fields), fields, table, usualBudget(records)).kept.map(({ rule }) => rule)
const learned = freeze(estimate(fields, rules, table, seed), table)

// What the invented county does not have. Said, not learned: each is a judgement, and the notes tell which.
const said = [
  {
    name: 'nhs number',
    kind: 'nhs number',
    m: [0.01, 0.02, 0.97],
    u: [0.9999898, 0.00001, 0.0000002],
    home: [0.98, 0.01, 0.01],
  },
  {
    name: 'school',
    kind: 'text',
    m: [0.5, 0.1, 0.1, 0.1, 0.2],
    u: [0.975, 0.02, 0.003, 0.001, 0.001],
    home: [0.5, 0.1, 0.1, 0.1, 0.2],
  },
  // A plate, phone, account or place named in the same concern. That there is none in common says nothing.
  { name: 'said with', kind: 'identifier', m: [0.94, 0.01, 0.05], u: [0.9898, 0.01, 0.0002], home: [0.7, 0.01, 0.29] },
]
const comparisons = said.map(({ name, kind, m, u }) => ({
  name,
  fields: [name],
  levels: levelsOf(kind).map((level, g) => ({ name: level, m: m[g], u: u[g] })),
}))
// No list of values: agreement on any weighs what its level does.
const unlisted = (levels) => ({ least: round(Math.log2(levels.at(-1).u)), shares: {} })

// Only what is common enough to matter is listed: the file stays short, and a day of birth is one in thousands anyway.
const common = (name, frequency) => {
  const least = Math.max(frequency.least, -15)
  const shares = Object.entries(frequency.shares).filter(([, share]) => share > (name === 'born' ? -12 : least + 1.5))
  return { least: round(least), shares: Object.fromEntries(shares.map(([text, share]) => [text, round(share)])) }
}
const round = (n) => Math.round(n * 100) / 100
const exact = (n) => Math.min(1, Number(n.toPrecision(9)))

const model = {
  version: 'person/1',
  ...learned,
  fields: [...fields, ...said.map(({ name, kind }) => ({ name, kind }))],
  comparisons: [
    ...learned.comparisons.map((each) => ({
      ...each,
      levels: each.levels.map(({ name, m, u }) => ({ name, m: exact(m), u: exact(u) })),
    })),
    ...comparisons,
  ],
  blocking: rules,
  prior: round(learned.prior),
  ...(learned.household && {
    household: {
      prior: round(learned.household.prior),
      levels: {
        ...Object.fromEntries(Object.entries(learned.household.levels).map(([name, each]) => [name, each.map(exact)])),
        ...Object.fromEntries(said.map(({ name, home }) => [name, home])),
      },
    },
  }),
  frequencies: {
    ...Object.fromEntries(Object.entries(learned.frequencies).map(([name, each]) => [name, common(name, each)])),
    ...Object.fromEntries(
      [...learned.comparisons.filter(({ name }) => ['phone', 'address'].includes(name)), ...comparisons]
        .filter(({ name }) => name !== 'nhs number')
        .map(({ name, levels }) => [name, unlisted(levels)]),
    ),
  },
  notes: [
    `Learned without labels from ${records.toLocaleString('en-GB')} records of an invented county, seed ${seed}: no real person is in it.`,
    'The weights of NHS number, school and what was said in the same concern are judgements, not learned.',
    ...learned.notes,
  ],
}
const file = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../content/linkage/person.json')
fs.mkdirSync(path.dirname(file), { recursive: true })
fs.writeFileSync(file, await format(JSON.stringify(model), { parser: 'json', printWidth: 120 }))
console.log(`${file}: ${fs.statSync(file).size} bytes`)
for (const { name, levels } of model.comparisons)
  console.log(name, levels.map((l) => `${l.name} ${Math.log2(l.m / l.u).toFixed(1)}`).join('; '))
console.log('prior', model.prior, model.thresholds)
for (const [name, f] of Object.entries(model.frequencies)) console.log(name, f.least, Object.keys(f.shares).length)
