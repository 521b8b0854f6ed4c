// The engine beside Splink's method on DuckDB: same file, same fields, same blocking rules, same number of pairs to learn
// from, in turns, each run in a process of its own. Ratios of medians; read them and not the seconds.
//   npm run bench -- proxy [RECORDS] [TURNS] [THREADS] [small|many] [usual|all]
import os from 'node:os'
import { countyFile } from './county-file.ts'
import { median, runAlone, shown, type RunFigures } from './same-rules.ts'

const records = Number(process.argv[2] ?? 1e6)
const turns = Number(process.argv[3] ?? 3)
const threads = process.argv[4] ?? String(os.availableParallelism())
const which = process.argv[5] ?? 'many'
const howMuch = process.argv[6] ?? 'all'
const file = countyFile(records)
const runs: { readonly engine: RunFigures; readonly proxy: RunFigures }[] = []
for (let turn = 1; turn <= turns; turn++) {
  console.log(`Turn ${turn}, load ${os.loadavg()[0]!.toFixed(1)} on ${os.availableParallelism()} processors`)
  const engine = runAlone('relink', file, threads, which, howMuch)
  console.log(`  engine ${shown(engine)}`)
  const proxy = runAlone('proxy-run', file, threads, which, howMuch)
  console.log(`  proxy  ${shown(proxy)}`)
  runs.push({ engine, proxy })
}
const scoring = (phases: RunFigures['phases']): number =>
  (phases['blocking'] ?? 0) + (phases['comparing'] ?? 0) + (phases['scoring'] ?? 0)
const ratio = (of: (run: RunFigures) => number): string => {
  const [engine, proxy] = [median(runs.map((run) => of(run.engine))), median(runs.map((run) => of(run.proxy)))]
  return `${(proxy / engine).toFixed(1)} times (${proxy.toFixed(1)} s and ${engine.toFixed(1)} s; turns ${runs.map((run) => (of(run.proxy) / of(run.engine)).toFixed(1)).join(', ')})`
}
console.log(`Whole run:            ${ratio(({ seconds }) => seconds)}`)
console.log(`  of a processor:     ${ratio(({ processor }) => processor)}`)
console.log(`Blocking and scoring: ${ratio(({ phases }) => scoring(phases))}`)
console.log(`  of a processor:     ${ratio(({ processors }) => scoring(processors))}`)
