import { sql, type TransactionBuilder } from 'kysely'
import type { Db, Tx } from './db.ts'
import { heardAtTheEnd, purposeSettings, speakerBefore, speakingOn, spokenFor } from './speaker.ts'
import type { DB } from './tables.ts'
import { tell, together, type Answers, type Question } from './together.ts'
import type { Viewer } from './viewer.ts'

/**
 * Runs `work` in one transaction as `viewer`. The role that cannot bypass row-level security is taken on, and who is
 * asking is told to the database, in one round trip; both end with the transaction.
 */
export const asViewer = <T>(db: Db, viewer: Viewer, work: (tx: Tx) => Promise<T>, clock?: Clock): Promise<T> =>
  inTransaction(db, async (tx) => {
    await become(tx, viewer, clock)
    return work(tx)
  })

/** The same where all that is asked is known before: it begins, is answered and ends in one round trip. @returns the rows of each */
export const askedInOneGo = <const T extends readonly Question[]>(
  db: Db,
  viewer: Viewer,
  ...asked: T
): Promise<Answers<T>> =>
  asViewer(db, viewer, async (tx) => {
    const answers = together(tx, ...asked)
    heardAtTheEnd(tx, answers)
    return { answers }
  }).then(({ answers }) => answers)

/** The house's clock and the zone of its days, so that the database closes things at the same moment as the pages. */
export type Clock = { now: Date; zone: string }

/** Tells the open transaction who is asking from here on. A clock that was told stays until the transaction ends. */
export const become = async (tx: Tx, viewer: Viewer, clock?: Clock): Promise<void> => {
  spokenFor(tx, viewer)
  await tell(tx, becoming(viewer, clock))
}

const becoming = (viewer: Viewer, clock?: Clock) => {
  const staff = viewer.kind === 'staff' ? viewer : undefined
  return sql`select set_config('role', 'trellis_app', true),
    set_config('trellis.viewer', ${viewer.kind}, true),
    set_config('trellis.partnership', ${viewer.partnership === 'any' ? '' : viewer.partnership}, true),
    set_config('trellis.agency', ${'agency' in viewer ? viewer.agency : ''}, true),
    set_config('trellis.staff', ${staff?.staff ?? ''}, true),
    set_config('trellis.client', ${viewer.kind === 'client' ? viewer.client : ''}, true),
    set_config('trellis.concern', ${viewer.kind === 'reporter' ? viewer.concern : ''}, true),
    set_config('trellis.subject', ${viewer.kind === 'person' ? viewer.subject : ''}, true),
    set_config('trellis.sections', ${viewer.kind === 'person' ? ` ${viewer.sections.join(' ')} ` : ''}, true),
    set_config('trellis.front_door', ${staff?.frontDoor ? 'on' : ''}, true),
    set_config('trellis.administrator', ${staff?.roles.includes('administrator') ? 'on' : ''}, true),
    set_config('trellis.roles', ${staff?.roles.join(' ') ?? ''}, true),
    ${sql.join(purposeSettings(staff?.stated).map(([name, value]) => sql`set_config(${sql.lit(name)}, ${value}, true)`))}
    ${
      clock
        ? sql`, set_config('trellis.now', ${clock.now.toISOString()}, true), set_config('trellis.zone', ${clock.zone}, true)`
        : sql``
    }`
}

/** One unit of work: a transaction, or a savepoint inside the one already open, so that verbs compose. */
export const inTransaction = async <T>(db: Db | Tx, work: (tx: Tx) => Promise<T>): Promise<T> => {
  if (!db.isTransaction) return begin(db, db.transaction(), work)
  const goBack = speakerBefore(db as Tx)
  await tell(db as Tx, sql`savepoint verb`)
  try {
    const outcome = await work(db as Tx)
    await tell(db as Tx, sql`release savepoint verb`)
    return outcome
  } catch (error) {
    // Rolling back keeps the savepoint, and an outer one of the same name would then never be reached again.
    await sql`rollback to savepoint verb`.execute(db)
    goBack()
    await sql`release savepoint verb`.execute(db)
    throw error
  }
}

/** Reads everything as it stood at one moment, however long that takes. */
export const inSnapshot = <T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> =>
  begin(db, db.transaction().setIsolationLevel('repeatable read'), work)

const begin = async <T>(db: Db, transaction: TransactionBuilder<DB>, work: (tx: Tx) => Promise<T>): Promise<T> => {
  const unheard: Promise<unknown>[] = []
  let isDone = false
  const worked = async (tx: Tx): Promise<T> => {
    const outcome = await work(tx)
    isDone = true
    return outcome
  }
  try {
    return await transaction.execute((opened) =>
      opened.getExecutor().provideConnection((connection) => speakingOn(connection, db.getExecutor(), worked, unheard)),
    )
  } finally {
    // Where one of them failed, so did the end, and that is why.
    if (isDone) await Promise.all(unheard)
  }
}
