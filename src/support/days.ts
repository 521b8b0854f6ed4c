import { calendarOf } from '../partnership/index.ts'
import {
  asViewer,
  become,
  enqueue,
  localDate,
  type Db,
  type JobHandler,
  type Tx,
  type Viewer,
} from '../platform/index.ts'
import { escalateDisputes } from './boundary/escalate.ts'
import { registerDecision } from './thresholds/register.ts'
import { makeTasks } from './transition/make-tasks.ts'

/** Two in the morning, before what looks at the whole day's rows. */
const nextNight = (now: Date): Date => {
  const at = new Date(now)
  at.setUTCHours(2, 0, 0, 0)
  if (at <= now) at.setUTCDate(at.getUTCDate() + 1)
  return at
}
const later = (tx: Tx, viewer: Viewer, at: Date): Promise<void> =>
  enqueue(tx, viewer, 'day began', {}, { key: `day ${at.toISOString().slice(0, 10)}`, at })

/** Leaves the coming night's work, in every partnership. */
export const startDays = (db: Db, now: Date): Promise<void> =>
  asViewer(db, { kind: 'system', partnership: 'any' }, async (tx) => {
    for (const { id } of await tx.selectFrom('partnership').select('id').execute()) {
      const viewer = { kind: 'system', partnership: id } as const
      await become(tx, viewer)
      await later(tx, viewer, nextNight(now))
    }
  })

/** What a day calls for by itself, whoever comes to work on it. Asked for twice on one day it does nothing a second time. */
export const beginDay = async (tx: Tx, partnership: string, at: Date): Promise<void> => {
  const { zone } = await calendarOf(tx, partnership)
  const now = { today: localDate(at, zone), at }
  await makeTasks(tx, partnership, now)
  await escalateDisputes(tx, partnership, now)
}

/** What the worker does each night, by the house's clock; the queue's own time is the real one. */
export const dayJobs = (now: () => Date): Record<string, JobHandler> => ({
  'day began': async ({ partnership }, db) => {
    const viewer = { kind: 'system', partnership } as const
    await asViewer(db, viewer, async (tx) => {
      await beginDay(tx, partnership, now())
      await later(tx, viewer, nextNight(new Date()))
    })
  },
  'concern decided': async ({ partnership, payload }, db) => {
    await asViewer(db, { kind: 'system', partnership }, async (tx) => {
      const { zone } = await calendarOf(tx, partnership)
      const [concern, decision] = [payload['concern']!, payload['decision']!]
      await registerDecision(tx, partnership, { concern, decision, zone, at: now() })
    })
  },
  // In a demo: somebody moved today.
  'day moved': async ({ partnership }, db) => {
    await asViewer(db, { kind: 'system', partnership }, (tx) => beginDay(tx, partnership, now()))
  },
})
