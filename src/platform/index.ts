export { readConfig, type Config } from './config.ts'
export { asViewer, become, inTransaction, openDatabase, openEmbedded, openPostgres, refuseIfUnguarded } from './db.ts'
export type { Database, Db, Tx } from './db.ts'
export { BadRequest, Forbidden, isDatabaseAway, NotFound } from './errors.ts'
export { record } from './event.ts'
export { isId, newId, randomBase32, readBase32 } from './id.ts'
export { enqueue, runDueJobs, startWorker, type Job, type JobHandler } from './job.ts'
export { fingerprints, keyFor, openKeys, sameBytes, seal, tokenHash, unseal, type Keys } from './keys.ts'
export { describeError, logger } from './log.ts'
export { letAppIn, migrate, migrationsIn, pendingMigrations, ranMigrations, type Migration } from './migrate.ts'
export { projectRoot } from './root.ts'
export {
  ageOn,
  dueAt,
  isWorkingDay,
  localDate,
  workingMinutesBetween,
  type Span,
  type WorkingCalendar,
} from './working-time.ts'
export { hasRole, isFrontDoor, roles, type Role, type StaffViewer, type Viewer } from './viewer.ts'
