import { linkFiles, WrongFile, type LinkReport } from '../joining/index.ts'
import { Usage } from './sentence.ts'

export type LinkValues = { readonly all?: boolean } & Partial<
  Record<'out' | 'clusters' | 'model' | 'save-model' | 'settings' | 'report' | 'threads', string>
>

/** `trellis link LEFT.csv [RIGHT.csv] --out links.csv --clusters clusters.csv` */
export const linkCommand = async (files: string[], values: LinkValues): Promise<void> => {
  const [left, right, ...more] = files
  if (left === undefined || more.length > 0) throw new Usage('Say one file, or two: trellis link LEFT.csv [RIGHT.csv].')
  const began = performance.now()
  let said = ''
  const say = (text: string): void => {
    if (text === said) return
    said = text
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`)
    else process.stderr.write(`${text}\n`)
  }
  try {
    const { 'save-model': saveModel, threads, ...rest } = values
    if (threads !== undefined && !/^([1-9]|[1-5]\d|6[0-4])$/.test(threads))
      throw new Usage('--threads is a number from 1 to 64.')
    const ask = {
      left,
      ...rest,
      ...(right !== undefined && { right }),
      ...(saveModel !== undefined && { saveModel }),
      ...(threads !== undefined && { threads: Number(threads) }),
    }
    const report = await linkFiles(ask, (stage, count) =>
      // Tenths are enough to see that it moves.
      say(
        stage === 'reading'
          ? `reading ${count}`
          : stage === 'measuring'
            ? stage
            : stage.done === 0
              ? stage.doing
              : `${stage.doing} ${Math.floor(stage.done * 10) * 10} %`,
      ),
    )
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
    print(report, (performance.now() - began) / 1000, values)
  } catch (error) {
    if (error instanceof WrongFile) throw new Usage(error.message)
    throw error
  }
}

const print = (report: LinkReport, seconds: number, { out, clusters, report: page }: LinkValues): void => {
  const { columns, records, pairs, links, strong, measured, broken, sameId } = report
  console.log(
    `Compared: ${columns.fields.map(({ name, kind }) => (name === kind ? name : `${name} (${kind})`)).join(', ')}.`,
  )
  console.log(
    `${records} records, ${pairs} pairs compared, ${links} more likely than not (${strong} strong), ` +
      `${report.clusters} clusters, in ${seconds.toFixed(1)} s.`,
  )
  for (const note of report.model.notes) console.log(`  ${note}`)
  const left = report.costs.filter(({ runs, pairs }) => !runs && pairs > 0)
  for (const { rule, pairs } of left) console.log(`  Too dear, not run: ${rule.join(' + ')}, ${pairs} pairs.`)
  if (measured !== undefined)
    for (const [name, { precision, recall, f1 }] of Object.entries(measured))
      console.log(
        `Against ${columns.truth}, ${name.padEnd(8)}: precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}, F1 ${f1.toFixed(4)}`,
      )
  if (sameId > 0) console.log(`Records with an id that another has already, kept: ${sameId}.`)
  if (broken.length > 0) {
    console.log(`Rows that could not be read, left out: ${broken.length}.`)
    for (const { file, line, reason } of broken.slice(0, shown)) console.log(`  ${file} line ${line}: ${reason}`)
    if (broken.length > shown)
      console.log(
        `  and ${broken.length - shown} more${page === undefined ? '; --report FILE lists them' : ', listed in the report'}.`,
      )
  }
  if (out !== undefined) console.log(`Pairs: ${out}`)
  if (clusters !== undefined) console.log(`Clusters: ${clusters}`)
  if (page !== undefined) console.log(`Report: ${page}`)
}

/** So many broken rows are listed; a file with more of them has one thing wrong with it. */
const shown = 100
