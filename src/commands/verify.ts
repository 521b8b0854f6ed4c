import { sql } from 'kysely'
import fs from 'node:fs'
import {
  type Config,
  inSnapshot,
  type Keys,
  logKeys,
  type OutsideCheckpoint,
  readCheckpoint,
  type Verdict,
  verifyLog,
} from '../platform/index.ts'
import { explainRowSecurity, openAsOwner } from './backup.ts'

/**
 * Reads every event of every partnership again and says whether each is as it was recorded. Exit code 1 when not.
 * As the owner: a row that the rules hide would look like one that was removed.
 */
export const verify = async (config: Config, keys: Keys, files: readonly string[], slug?: string): Promise<void> => {
  const outside = files.map((from): OutsideCheckpoint => ({ from, note: fs.readFileSync(from, 'utf8') }))
  const database = await openAsOwner(config)
  try {
    const passed = await inSnapshot(database.db, async (tx) => {
      await sql`set local row_security = off`.execute(tx)
      const all = await tx.selectFrom('partnership').select(['id', 'slug', 'name']).orderBy('slug').execute()
      const wanted = all.filter((one) => slug === undefined || one.slug === slug)
      if (wanted.length === 0)
        throw new Error(slug === undefined ? 'This database holds no partnership.' : `There is no partnership ${slug}.`)
      const strangers = outside.filter(({ note }) => !wanted.some(({ id }) => id === readCheckpoint(note)?.partnership))
      for (const { from } of strangers) console.log(`${from} is no checkpoint of a partnership that is here.`)
      let sound = strangers.length === 0
      for (const { id, name } of wanted) {
        const own = outside.filter(({ note }) => readCheckpoint(note)?.partnership === id)
        const verdict = await verifyLog(tx, id, logKeys(keys, id), own).catch(explainRowSecurity)
        say(name, verdict)
        sound &&= verdict.findings.length === 0
      }
      return sound
    })
    console.log(
      passed ? 'PASSED: the event log is as it was recorded.' : 'FAILED: the event log is not as it was recorded.',
    )
    if (passed && files.length === 0)
      console.log(
        'Only a checkpoint that somebody kept elsewhere (--checkpoint FILE) can show that the whole log was not made anew.',
      )
    if (!passed) process.exitCode = 1
  } finally {
    await database.close()
  }
}

const say = (name: string, { findings, events, checkpoints, outside, lastSigned, waiting, played }: Verdict): void => {
  console.log(
    `${name}: ${events} events in the log, ${checkpoints} checkpoints${lastSigned ? `, the last of ${lastSigned}` : ''}, ${outside} from outside.`,
  )
  if (waiting)
    console.log(`  ${waiting} came since and are not in the tree yet: that takes a running server ten seconds.`)
  if (played) console.log(`  ${played} were played at times gone by and say so, as a demo's are.`)
  for (const sentence of findings) console.log(`  ${sentence}`)
}
