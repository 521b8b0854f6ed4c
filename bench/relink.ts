// One run over a county's file in a process of its own, so that its memory is its own; its figures as one line of JSON.
//   node .cache/bench/relink.js FILE THREADS [fields|small|many] [usual|all]
// What `trellis link` does by itself; fields: with those that the proxy has too; small, many: with its rules as well.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
// Not by the room's door: behind it stand the pages and the database, whose loading is no part of a run.
import { linkFiles } from '../src/joining/link-files.ts'
import type { Stage } from '../src/linkage/index.ts'
import { efforts, processorSeconds, rulesOf, type HowMuch, type RunFigures } from './same-rules.ts'

const [file, threads, how, howMuch = 'usual'] = process.argv.slice(2) as [
  string,
  string,
  ('fields' | 'small' | 'many')?,
  HowMuch?,
]
const began = performance.now()
const phases: Record<string, number> = {}
const processors: Record<string, number> = {}
let [doing, since, taken] = [
  'reading' as Stage['doing'] | 'reading' | 'measuring' | 'writing',
  began,
  processorSeconds(),
]
const turn = (next: typeof doing): void => {
  const now = performance.now()
  phases[doing] = (phases[doing] ?? 0) + (now - since) / 1000
  processors[doing] = (processors[doing] ?? 0) + processorSeconds() - taken
  ;[doing, since, taken] = [next, now, processorSeconds()]
}
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'relink-'))
const settings = path.join(folder, 'settings.json')
if (how !== undefined)
  fs.writeFileSync(settings, JSON.stringify({ columns: { middle_name: 'ignore', address: 'ignore' } }))
const report = await linkFiles(
  {
    left: file,
    threads: Number(threads),
    effort: efforts[howMuch],
    ...(how !== undefined && { settings }),
    ...((how === 'small' || how === 'many') && { rules: rulesOf[how], budget: { all: Infinity, one: Infinity } }),
  },
  (stage) => {
    const now = typeof stage === 'string' ? stage : stage.doing
    if (now !== doing) turn(now)
  },
)
turn('writing')
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
// Nobody who links has the truth to measure by, and the proxy's time ends before it too.
const figures: RunFigures = {
  seconds: (performance.now() - began) / 1000 - (phases['measuring'] ?? 0),
  processor: (userCPUTime + systemCPUTime) / 1e6 - (processors['measuring'] ?? 0),
  megabytes: maxRSS / 1000,
  records: report.records,
  pairs: report.pairs,
  phases,
  processors,
  f1: report.measured?.clusters.f1 ?? 0,
}
fs.rmSync(folder, { recursive: true })
console.log(JSON.stringify(figures))
