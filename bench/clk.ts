// Blind comparison: comparisons a second on one core, encodings a second, and how often an answer would be right.
//   npm run bench -- clk [records] [encodings to scan] [seed]
import { createHmac } from 'node:crypto'
import { clkBytes, clkEncoder, clkThresholds, diceIndex, type Clk } from '../src/linkage/index.ts'
import { dice, population } from '../test/population.ts'

const records = Number(process.argv[2] ?? 50_000)
const many = Number(process.argv[3] ?? 1_000_000)
const seed = Number(process.argv[4] ?? 1)
const chance = dice(seed)

{
  // A bit in four, as in life.
  const byte = (): number => chance.below(256) & chance.below(256)
  const some = Array.from({ length: 1000 }, () => Uint8Array.from({ length: clkBytes }, byte))
  for (const [name, wasm, size] of [
    ['WebAssembly', true, many],
    ['JavaScript', false, Math.min(many, 20_000)],
  ] as const) {
    const index = diceIndex(size, wasm)
    for (let i = 0; i < size; i++) index.add(some[i % 1000]!)
    const rates = [0, 1, 2, 3, 4].map((turn) => {
      const began = performance.now()
      for (let asked = 0; asked < 5; asked++) index.scan(some[(turn * 5 + asked) * 7]!, 0.999)
      return (size * 5) / (performance.now() - began) / 1000
    })
    console.log(`${name.padEnd(12)} ${rates.sort((a, b) => a - b)[2]!.toFixed(1)} M comparisons a second on one core`)
  }
}

const fieldKeys = new Map<string, Buffer>()
const encode = clkEncoder((field, text) => {
  const key = fieldKeys.get(field) ?? createHmac('sha256', 'bench').update(field).digest()
  fieldKeys.set(field, key)
  return createHmac('sha256', key).update(text).digest()
})
const county = population(seed, records)
const began = performance.now()
const made = county.flatMap(({ person, values: [given, , family, born, , postcode] }) => {
  const { clk } = encode({ given: given!, family: family!, born: born!, postcode: postcode! })
  return clk === undefined ? [] : [{ person: person.id, clk }]
})
const rate = (records / (performance.now() - began)) * 1000
console.log(`${Math.round(rate)} encodings a second; ${made.length} of ${records} records say enough for one`)

/** The best of each answer for a record that is asked about, among all others. */
const indexed = (which: keyof Clk) => {
  const own = made.filter(({ clk }) => clk[which] !== undefined)
  const index = diceIndex(own.length)
  for (const { clk } of own) index.add(clk[which]!)
  return (asked: (typeof made)[number], least: number) => {
    const clk = asked.clk[which]
    if (clk === undefined) return { own: 0, other: 0 }
    const hits = index.scan(clk, least).filter(({ at }) => own[at] !== asked)
    const right = hits.filter(({ at }) => own[at]!.person === asked.person).length
    return { own: right, other: hits.length - right }
  }
}
const [full, core] = [indexed('full'), indexed('core')]
const sums = { known: 0, yes: 0, ask: 0, wrongYes: 0, wrongAsk: 0, pairs: 0, wrongPairs: 0 }
const recordsOf = Map.groupBy(made, ({ person }) => person)
for (const asked of made) {
  const isKnown = recordsOf.get(asked.person)!.length > 1
  const certain = full(asked, clkThresholds.yes)
  sums.pairs += certain.own + certain.other
  sums.wrongPairs += certain.other
  const [close, bare] = [full(asked, clkThresholds.ask.full), core(asked, clkThresholds.ask.core)]
  const yes = certain.own + certain.other > 0
  const ask = !yes && close.own + close.other + bare.own + bare.other > 0
  if (isKnown) sums.known++
  if (yes && certain.own === 0) sums.wrongYes++
  if (ask && close.own + bare.own === 0) sums.wrongAsk++
  if (yes && isKnown) sums.yes++
  if (ask && isKnown) sums.ask++
}
const share = (part: number, of: number): string => `${((100 * part) / Math.max(1, of)).toFixed(2)}%`
console.log(
  `Of ${sums.known} who are known by another record: yes ${share(sums.yes, sums.known)}, ask ${share(sums.ask, sums.known)}`,
)
console.log(`Pairs answered yes: ${sums.pairs}, true ${share(sums.pairs - sums.wrongPairs, sums.pairs)}`)
console.log(
  `Of all ${made.length} asked: a wrong yes ${sums.wrongYes} (${share(sums.wrongYes, made.length)}), a wrong ask ${sums.wrongAsk} (${share(sums.wrongAsk, made.length)})`,
)
