import * as concerns from '../concerns/index.ts'
import * as staff from '../staff/index.ts'
import type { Db, Keys, Tx } from '../platform/index.ts'

/** Whether a table may still hold words as an older version wrote them: its rules have not been checked yet. */
export const maySealMore = async (db: Db | Tx): Promise<boolean> =>
  (await concerns.tablesToSeal(db)).length + (await staff.tablesToSeal(db)).length > 0

/** Whether anything plain is left. A backup made now could not be restored, because the tables take nothing plain. */
export const holdsPlainWords = async (tx: Tx): Promise<boolean> =>
  (await concerns.holdsPlainWords(tx)) || (await staff.holdsPlainWords(tx))

/** Seals whatever an older version left plain. @param keys asked for only when there is something to seal */
export const sealWhatIsPlain = async (db: Db | Tx, keys: () => Keys): Promise<void> => {
  await concerns.sealWhatIsPlain(db, keys)
  await staff.sealWhatIsPlain(db, keys)
}
