import { asViewer, type JobHandler, type Keys } from '../platform/index.ts'
import { draftJobs } from '../web/index.ts'
import { noteEarlier } from './note-earlier.ts'
import { findPatterns } from './patterns/find.ts'
import { lookLater, nextLook } from './patterns/look.ts'

/** News that rooms to come listen to. Until one does, nothing is left to be done about it here. */
const told: JobHandler = async () => {}

/** What the worker does for concerns. Some of it opens sealed words, so it is given the keys. */
export const jobsWith = (keys: Keys): Record<string, JobHandler> => ({
  ...draftJobs,
  'concern received': async ({ partnership, payload }, db) => {
    await asViewer(db, { kind: 'system', partnership }, (tx) =>
      findPatterns(tx, keys, partnership, { concern: payload['concern'], now: new Date() }),
    )
  },
  'patterns looked for': async ({ partnership }, db) => {
    const now = new Date()
    const viewer = { kind: 'system', partnership } as const
    await asViewer(db, viewer, async (tx) => {
      await findPatterns(tx, keys, partnership, { now })
      await lookLater(tx, viewer, nextLook(now))
    })
  },
  'concern decided': told,
  'reporter said more': told,
  'not heard raised': told,
  'earlier noted': noteEarlier(keys),
})
