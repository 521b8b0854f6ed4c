import fs from 'node:fs'
import {
  asViewer,
  checkpointNote,
  isId,
  keysOf,
  leafOf,
  leavesIn,
  logKeys,
  proveConsistency,
  proveEvent,
  readCheckpoint,
  saidBy,
  signLogNow,
  speakUtc,
  type Config,
  type Keys,
  type Tx,
} from '../platform/index.ts'
import { partnershipCalled } from './partnership-called.ts'
import { Usage } from './sentence.ts'
import { openUpToDate } from './up-to-date.ts'
import { verify } from './verify.ts'

export type AuditOptions = { out?: string; checkpoint?: string[]; partnership?: string; open?: boolean }

const takenBy = new Map([
  ['verify', 0],
  ['checkpoint', 0],
  ['prove', 1],
  ['consistency', 2],
  ['export', 0],
  ['key', 0],
])

/** `trellis audit verify | checkpoint | prove EVENT | consistency OLD NEW | export | key` */
export const auditCommand = async (config: Config, words: string[], options: AuditOptions): Promise<void> => {
  const [act, ...rest] = words
  const takes = takenBy.get(act ?? '')
  if (takes === undefined)
    throw new Usage(
      'trellis audit can checkpoint, verify, prove EVENT, show consistency OLD NEW, export, and print its key.',
    )
  if (rest.length !== takes)
    throw new Usage(
      act === 'prove'
        ? 'Say which event: trellis audit prove EVENT.'
        : `trellis audit ${act} takes ${takes || 'no'} names after it.`,
    )
  const keys = keysThere(config)
  if (act === 'verify') return verify(config, keys, options.checkpoint ?? [], options.partnership)
  const { database } = await openUpToDate(config)
  try {
    const partnership = await partnershipCalled(database, options.partnership)
    if (act === 'key') return put(logKeys(keys, partnership).verifier, options.out)
    if (act === 'checkpoint') await signLogNow(database.db, keys)
    await asViewer(database.db, { kind: 'system', partnership }, async (tx) => {
      if (act === 'checkpoint') return put(await newest(tx, partnership), options.out)
      if (act === 'prove') return prove(tx, partnership, rest[0]!, options)
      if (act === 'consistency') return consistency(tx, partnership, rest[0]!, rest[1]!, options)
      return exportLeaves(tx, partnership, options)
    })
  } finally {
    await database.close()
  }
}

/** Checking must not make a new key file where the right one is missing. */
const keysThere = (config: Config): Keys => {
  if (!config.keys && !fs.existsSync(config.keysFile))
    throw new Error(
      `There is no key file ${config.keysFile}: the log is signed and checked with the one that belongs to this database.`,
    )
  return keysOf(config)
}

const newest = async (tx: Tx, partnership: string): Promise<string> => {
  const note = await checkpointNote(tx, partnership)
  if (note) return note.trimEnd()
  throw new Error('Nothing has been signed yet: `trellis audit checkpoint` does so, once there is an event.')
}

const prove = async (tx: Tx, partnership: string, event: string, options: AuditOptions): Promise<void> => {
  if (!isId(event)) throw new Usage(`${event} is not the id of an event.`)
  if ((options.checkpoint?.length ?? 0) > 1) throw new Usage('A proof is made for one checkpoint.')
  const file = options.checkpoint?.[0]
  const note =
    file === undefined ? await newest(tx, partnership) : (readNote(file, partnership), fs.readFileSync(file, 'utf8'))
  const proof = await proveEvent(tx, partnership, event, note, options.open ?? false)
  put(JSON.stringify(proof, null, 2), options.out)
}

const consistency = async (
  tx: Tx,
  partnership: string,
  older: string,
  newer: string,
  { out }: AuditOptions,
): Promise<void> => {
  const proof = await proveConsistency(tx, partnership, readNote(older, partnership), readNote(newer, partnership))
  put(JSON.stringify(proof, null, 2), out)
}

const readNote = (file: string, partnership: string) => {
  const read = readCheckpoint(fs.readFileSync(file, 'utf8'))
  if (!read) throw new Error(`${file} is not a checkpoint.`)
  if (read.partnership !== partnership)
    throw new Error(`${file} is a checkpoint of another partnership: add --partnership SLUG.`)
  return read
}

/** Each leaf as a line, as far as the newest checkpoint goes. */
const exportLeaves = async (tx: Tx, partnership: string, { out }: AuditOptions): Promise<void> => {
  const { size, at } = readCheckpoint(await newest(tx, partnership))!
  await speakUtc.execute(tx)
  const to = out === undefined ? undefined : fs.openSync(out, 'wx', 0o600)
  let lines: string[] = []
  const flush = (): void => {
    const text = lines.map((line) => `${line}\n`).join('')
    if (to === undefined) process.stdout.write(text)
    else fs.writeSync(to, text)
    lines = []
  }
  for await (const { row, salt, event, position } of leavesIn(tx, partnership, size)) {
    if (!row || !salt)
      throw new Error(`The event ${event} (position ${position}) is gone: run \`trellis audit verify\`.`)
    if (lines.push(leafOf(partnership, event, saidBy(row), salt)) === 1000) flush()
  }
  flush()
  if (to === undefined) return
  fs.closeSync(to)
  console.log(`Wrote the ${size} leaves that the checkpoint of ${at} covers to ${out}.`)
}

/** To the screen, or to a file that is not there yet. */
const put = (text: string, file?: string): void => {
  if (file === undefined) return console.log(text)
  fs.writeFileSync(file, `${text}\n`, { flag: 'wx' })
  console.log(`Wrote ${file}.`)
}
