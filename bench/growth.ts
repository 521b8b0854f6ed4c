// How time and memory grow from a hundred thousand to ten million records: a table, and a plot beside n log n.
//   npm run bench -- growth [MOST] [THREADS]
import fs from 'node:fs'
import os from 'node:os'
import { countyFile } from './county-file.ts'
import { runAlone, shown, type RunFigures } from './same-rules.ts'

const most = Number(process.argv[2] ?? 1e7)
const threads = process.argv[3] ?? String(os.availableParallelism())
const sizes = [1e5, 2e5, 5e5, 1e6, 2e6, 5e6, 1e7].filter((size) => size <= most)
const runs: RunFigures[] = []
console.log(
  `Threads: ${threads}; load ${os.loadavg()[0]!.toFixed(1)} on ${os.availableParallelism()} processors at the start.`,
)
for (const size of sizes) {
  const file = countyFile(size)
  runs.push(runAlone('relink', file, threads, 'fields'))
  console.log(`${String(size).padStart(9)}  ${shown(runs.at(-1)!)}`)
}

const perRecord = (run: RunFigures): number => (run.processor * 1e6) / run.records
const allowed = (run: RunFigures): number => (perRecord(runs[0]!) * Math.log(run.records)) / Math.log(runs[0]!.records)
console.log('records    s       processor s  µs of it a record  n log n from the first  MB')
for (const run of runs)
  console.log(
    [
      String(run.records).padEnd(10),
      run.seconds.toFixed(1).padEnd(7),
      run.processor.toFixed(1).padEnd(12),
      perRecord(run).toFixed(2).padEnd(18),
      allowed(run).toFixed(2).padEnd(23),
      Math.round(run.megabytes),
    ].join(' '),
  )

/** Both axes logarithmic: n log n is nearly a straight line. */
const plot = (): string => {
  const [width, height, edge] = [640, 420, 60]
  const [left, right] = [Math.log10(runs[0]!.records), Math.log10(runs.at(-1)!.records)]
  const steadily = (allowed(runs.at(-1)!) * runs.at(-1)!.records) / 1e6
  const top = Math.log10(Math.max(steadily, ...runs.map(({ processor }) => processor)) * 1.2)
  const bottom = Math.log10(runs[0]!.processor / 1.5)
  const x = (records: number): number =>
    edge + ((Math.log10(records) - left) / Math.max(1e-9, right - left)) * (width - 2 * edge)
  const y = (seconds: number): number =>
    height - edge - ((Math.log10(seconds) - bottom) / (top - bottom)) * (height - 2 * edge)
  const line = (points: readonly (readonly [number, number])[]): string =>
    points.map(([n, s]) => `${x(n).toFixed(1)},${y(s).toFixed(1)}`).join(' ')
  const first = runs[0]!
  const steady = runs.map(({ records }): [number, number] => [
    records,
    (first.processor * records * Math.log(records)) / (first.records * Math.log(first.records)),
  ])
  const seconds = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].filter(
    (s) => Math.log10(s) > bottom && Math.log10(s) < top,
  )
  const text = (at: number, to: number, words: string, more = ''): string =>
    `<text x="${at.toFixed(1)}" y="${to.toFixed(1)}" ${more}>${words}</text>`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" font-family="Arial, sans-serif" font-size="13">
<title>Processor time of a whole re-link by number of records, and n log n</title>
<rect width="${width}" height="${height}" fill="white"/>
${seconds.map((s) => `<path d="M${edge} ${y(s).toFixed(1)}H${width - edge}" stroke="#ddd"/>${text(edge - 8, y(s) + 4, `${s} s`, 'text-anchor="end"')}`).join('\n')}
${runs.map(({ records }) => text(x(records), height - edge + 20, records >= 1e6 ? `${records / 1e6}M` : `${records / 1e3}k`, 'text-anchor="middle"')).join('\n')}
<polyline points="${line(steady)}" fill="none" stroke="#505a5f" stroke-width="2" stroke-dasharray="6 4"/>
<polyline points="${line(runs.map(({ records, processor }) => [records, processor]))}" fill="none" stroke="#1d70b8" stroke-width="3"/>
${runs.map(({ records, processor }) => `<circle cx="${x(records).toFixed(1)}" cy="${y(processor).toFixed(1)}" r="4" fill="#1d70b8"/>`).join('\n')}
${text(edge + 12, edge - 8, 'measured (processor seconds)', 'fill="#1d70b8"')}${text(edge + 230, edge - 8, 'n log n from the first point', 'fill="#505a5f"')}
${text(width / 2, height - 14, 'records', 'text-anchor="middle"')}
</svg>
`
}
fs.mkdirSync('bench/plots', { recursive: true })
fs.writeFileSync('bench/plots/growth.svg', plot())
console.log('Plot: bench/plots/growth.svg')
