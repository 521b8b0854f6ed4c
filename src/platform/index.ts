export * from './audit/index.ts'
export { askedAsProduct, asProduct, asStating } from './asked-as.ts'
export { readConfig, type Config } from './config.ts'
export { openDatabase, openEmbedded, openPostgres, refuseIfUnguarded } from './db.ts'
export type { Database, Db, Tx } from './db.ts'
export { destroyAgain, destroyedKeys } from './destroyed-keys.ts'
export { AlreadyDone, BadRequest, Busy, Forbidden, isDatabaseAway, NotFound, Refused } from './errors.ts'
export { record } from './event.ts'
export { isId, newId, randomBase32, readBase32 } from './id.ts'
export { rightOfWay, type RightOfWay } from './right-of-way.ts'
export { enqueue, runDueJobs, startWorker, type Job, type JobHandler } from './job.ts'
export {
  addKey,
  blindIndex,
  fingerprints,
  keyFor,
  keysOf,
  openKeys,
  sameBytes,
  seal,
  tokenHash,
  unseal,
} from './keys.ts'
export type { Keys } from './keys.ts'
export {
  dataKeyOf,
  dataKeys,
  dataKeysOf,
  destroyDataKey,
  firstDataKeyOf,
  KeyDestroyed,
  openDataKeys,
} from './data-key.ts'
export type { DataKey, KeyOwner, WrappedKey } from './data-key.ts'
export { abreast, heardAtTheEnd } from './speaker.ts'
export { askedInOneGo, asViewer, become, inSnapshot, inTransaction, type Clock } from './transaction.ts'
export { together, type Answers, type Question } from './together.ts'
export { fitsCode, makeCode, readCode } from './typed-code.ts'
export { rotateKeys } from './rotate-keys.ts'
export { openBytes, openText, sealBytes, sealText, type Place } from './sealed-text.ts'
export { describeError, logger } from './log.ts'
export { letAppIn, migrate, migrationsIn, pendingMigrations, ranMigrations, type Migration } from './migrate.ts'
export { readableText } from './stored-text.ts'
export { projectRoot } from './root.ts'
export {
  ageOn,
  atRiskAt,
  dueAt,
  instant,
  isWorkingDay,
  localDate,
  localTime,
  momentsOf,
  workingMinutesBetween,
  type Span,
  type WorkingCalendar,
} from './working-time.ts'
export { hasRole, isFrontDoor, roles } from './viewer.ts'
export type { PersonViewer, Role, StaffViewer, Stated, Viewer } from './viewer.ts'
