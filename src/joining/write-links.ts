import fs from 'node:fs'
import { once } from 'node:events'
import { stringify } from 'csv-stringify'
import { bandOf, probability, strongestFirst, type Linked, type Table } from '../linkage/index.ts'
import type { LinkFiles } from './link-files.ts'

/** Writes what a run was asked to write: pairs, clusters, the model. */
export const writeLinks = async (
  { out, clusters: into, saveModel, all }: LinkFiles,
  { edges, model, clusters }: Linked,
  { idOf, table }: { readonly idOf: (record: number) => string; readonly table: Table },
): Promise<void> => {
  const least = all ? -Infinity : model.thresholds.link
  if (out !== undefined)
    await writeCsv(out, ['left', 'right', 'band', 'probability', 'weight'], function* () {
      for (const e of strongestFirst(edges, least)) {
        const weight = edges.weight[e]!
        const [a, b] = [edges.a[e]!, edges.b[e]!]
        yield [idOf(a), idOf(b), bandOf(weight, model.thresholds), probability(weight).toFixed(6), weight.toFixed(3)]
      }
    })
  if (into !== undefined)
    await writeCsv(into, ['cluster', 'file', 'id'], function* () {
      for (let record = 0; record < table.size; record++)
        yield [`c${clusters.of[record]! + 1}`, table.files[record] === 1 ? 'right' : 'left', idOf(record)]
    })
  if (saveModel !== undefined) fs.writeFileSync(saveModel, `${JSON.stringify(model, undefined, 2)}\n`)
}

/** Beside the file and then into its place, so that a run that breaks off leaves what was there. */
const writeCsv = async (
  file: string,
  header: readonly string[],
  rows: () => Generator<readonly string[]>,
): Promise<void> => {
  const beside = `${file}.part`
  const text = stringify({ header: true, columns: [...header] })
  const done = once(text.pipe(fs.createWriteStream(beside)), 'finish')
  for (const row of rows()) if (!text.write(row.map(asText))) await once(text, 'drain')
  text.end()
  await done
  fs.renameSync(beside, file)
}

/** A spreadsheet runs what begins so as a formula; numbers below nought are none. */
const asText = (value: string): string => (/^[=+@\t\r]|^-(?![\d.]+$)/.test(value) ? `'${value}` : value)
