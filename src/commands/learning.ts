import fs from 'node:fs'
import path from 'node:path'
import { beginReport, doubtOf, outcomeOf, readFile, whereOf, type Reading } from '../learning/index.ts'
import { asViewer, type Config, type Database } from '../platform/index.ts'
import { fill, wordsIn } from '../web/index.ts'
import { actingAs } from './acting-as.ts'
import { partnershipCalled } from './partnership-called.ts'
import { publishCommand } from './publish.ts'
import { Usage } from './sentence.ts'
import { openUpToDate } from './up-to-date.ts'

export type LearningOptions = { partnership?: string; as?: string; 'dry-run'?: boolean }

const w = wordsIn('en').learningReading

/** `trellis learning import FILE…` and `trellis learning publish DIR` */
export const learningCommand = async (
  config: Config,
  [act, ...files]: string[],
  options: LearningOptions,
): Promise<void> => {
  if (act === 'publish') return publishCommand(config, files)
  if (act !== 'import') throw new Usage('trellis learning can import FILE… and publish DIR.')
  if (files.length === 0) throw new Usage('Say which file: trellis learning import FILE….')
  // Every file is read before the first is kept: one that is missing changes nothing.
  const sent = files.map((file) => ({ name: path.basename(file), bytes: fs.readFileSync(file) }))
  const read: { name: string; reading: Reading }[] = []
  for (const { name, bytes } of sent) {
    const answer = await readFile(bytes, name)
    if ('reading' in answer) read.push({ name, reading: answer.reading })
    else {
      console.error(`${name}: ${w.refusals[answer.refusal]} ${w.command.unchanged}`)
      process.exitCode = 1
    }
  }
  if (options['dry-run']) {
    for (const { name, reading } of read) say(name, reading)
    if (read.length) console.log(w.command.dry)
    return
  }
  if (read.length === 0) return
  const { database } = await openUpToDate(config)
  try {
    for (const { name, reading } of read) {
      say(name, reading)
      const isForm = reading.found.length > 0
      console.log(isForm ? await keep(config, database, name, reading, options) : w.command.none)
      if (isForm && reading.left.length) console.log(w.command.leftOut)
    }
  } finally {
    await database.close()
  }
}

const keep = async (
  { publicUrl }: Config,
  database: Database,
  name: string,
  { title, content }: Reading,
  options: LearningOptions,
): Promise<string> => {
  const partnership = await partnershipCalled(database, options.partnership)
  const viewer = await actingAs(database.db, partnership, 'learning', options.as)
  const id = await asViewer(database.db, viewer, (tx) =>
    beginReport(tx, viewer, { project: null, title, content, source: name }, new Date()),
  )
  return fill(w.command.made, { who: viewer.name, address: `${publicUrl}/learning/reports/${id}` })
}

const wide = 78
const begun = (words: string, room: number): string => {
  const line = words.replace(/\s+/g, ' ')
  return line.length <= room ? line : `${line.slice(0, room - 1)}…`
}

/** What was recognised, what was not, and what to look at. Names of whoever signed stay in the file. */
const say = (file: string, reading: Reading): void => {
  const { kind, pages, found, left, doubts, missing } = reading
  const many = pages === 1 ? w.command.page : fill(w.command.pages, { count: pages })
  const where = (from: Reading['found'][number]['from'], to = from) => whereOf(w, pages, from, to)
  console.log(fill(w.command.head, { file, kind: w.kinds[kind], pages: many }))
  console.log(`\n${w.command.found} (${found.length})`)
  for (const field of new Set(found.map(({ field }) => field))) {
    const at = found.filter((one) => one.field === field).map(({ from, to }) => where(from, to))
    console.log(`  ${w.fields[field]} (${at.join('; ')})\n    ${begun(outcomeOf(w, reading, field), wide)}`)
  }
  console.log(`\n${w.command.left} (${left.length})`)
  for (const one of left) console.log(`  ${where(one)}: ${begun(one.words, wide - 12)}`)
  if (doubts.length) console.log(`\n${w.command.check} (${doubts.length})`)
  for (const one of doubts) console.log(`  ${where(one)}: ${doubtOf(w, one)}`)
  if (missing.length)
    console.log(`\n${fill(w.command.missing, { fields: missing.map((field) => w.fields[field]).join('; ') })}`)
  console.log('')
}
