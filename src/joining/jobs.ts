import {
  asViewer,
  become,
  enqueue,
  type Db,
  type JobHandler,
  type Keys,
  type Tx,
  type Viewer,
} from '../platform/index.ts'
import { subjectsAfter } from '../subjects/index.ts'
import { applyRun } from './feeds/apply-run.ts'
import type { Bench } from './feeds/feed.ts'
import { readRun } from './feeds/read-run.ts'
import { dropLost } from './feeds/receive.ts'
import { noteIdentity } from './note-identity.ts'
import { drawSample, measureQuality } from './quality.ts'
import { tellOfJoin } from './tell.ts'
import { relinkAll } from './relink.ts'
import { suspectAll } from './suspect.ts'

const busy_minutes = 3

/** What the worker does for joining. It opens sealed words, so it is given the keys. */
export const jobsWith = (keys: Keys): Record<string, JobHandler> => ({
  'identity changed': async ({ partnership, payload }, db) => {
    await asViewer(db, { kind: 'system', partnership }, (tx) =>
      noteIdentity(tx, keys, partnership, payload['subject']!, new Date()),
    )
  },
  'earlier identities noted': async ({ partnership }, db) => {
    let after: string | undefined
    do after = await noteSomeSubjects(db, keys, partnership, after)
    while (after)
  },
  'records joined': async ({ partnership, payload }, db) => {
    await asViewer(db, { kind: 'system', partnership }, (tx) =>
      tellOfJoin(tx, partnership, payload['decision']!, new Date()),
    )
  },
  'feed arriving': async ({ partnership, payload }, db) => {
    await asViewer(db, { kind: 'system', partnership }, (tx) => dropLost(tx, partnership, payload['run']!, new Date()))
  },
  'feed run': async ({ partnership, payload }, db) => {
    const within: Bench['within'] = (work) => asViewer(db, { kind: 'system', partnership }, work)
    const bench = { keys, partnership, now: new Date(), within }
    const read = await readRun(bench, payload['run']!)
    const step = read === 'done' ? await applyRun(bench, payload['run']!) : read
    // Another process has it in hand. Should that one be killed, somebody has to come back for it.
    if (step === 'busy')
      await within((tx) =>
        enqueue(tx, { kind: 'system', partnership }, 'feed run', payload, {
          key: `feed run ${payload['run']!}`,
          at: new Date(Date.now() + busy_minutes * 60_000),
        }),
      )
  },
  'everything linked again': async ({ partnership }, db) => {
    const now = new Date()
    await relinkAll(db, keys, partnership, now)
    await suspectAll(db, keys, partnership, now)
    const viewer = { kind: 'system', partnership } as const
    await asViewer(db, viewer, async (tx) => {
      await drawSample(tx, partnership, now)
      await measureQuality(tx, partnership, now)
      await leaveForNight(tx, viewer, now)
    })
  },
})

/** Those who were known before joining was there, some at a time. */
const noteSomeSubjects = (db: Db, keys: Keys, partnership: string, after?: string): Promise<string | undefined> =>
  asViewer(db, { kind: 'system', partnership }, async (tx) => {
    const subjects = await subjectsAfter(tx, partnership, after)
    for (const subject of subjects) await noteIdentity(tx, keys, partnership, subject, new Date())
    return subjects.at(-1)
  })

/**
 * Leaves the next re-link for the coming night in every partnership, and where nothing was ever noted, the noting of what
 * came before joining was there.
 */
export const startJoining = (db: Db, now: Date): Promise<void> =>
  asViewer(db, { kind: 'system', partnership: 'any' }, async (tx) => {
    const partnerships = await tx.selectFrom('partnership').select('id').execute()
    for (const { id } of partnerships) {
      const viewer = { kind: 'system', partnership: id } as const
      await become(tx, viewer)
      await leaveForNight(tx, viewer, now)
      const noted = await tx.selectFrom('noted_record').select('id').limit(1).executeTakeFirst()
      if (noted) continue
      await enqueue(tx, viewer, 'earlier noted', {}, { key: 'earlier' })
      await enqueue(tx, viewer, 'earlier identities noted', {}, { key: 'earlier' })
    }
  })

const leaveForNight = (tx: Tx, viewer: Viewer, now: Date): Promise<void> => {
  const at = nextNight(now)
  return enqueue(tx, viewer, 'everything linked again', {}, { key: `re-link ${at.toISOString().slice(0, 10)}`, at })
}

/** Three in the morning, when nobody waits. */
const nextNight = (now: Date): Date => {
  const at = new Date(now)
  at.setUTCHours(3, 0, 0, 0)
  if (at <= now) at.setUTCDate(at.getUTCDate() + 1)
  return at
}
