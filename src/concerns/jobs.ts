import type { JobHandler, Keys } from '../platform/index.ts'
import { draftJobs } from '../web/index.ts'
import { noteEarlier } from './note-earlier.ts'

/** News that rooms to come listen to. Until one does, nothing is left to be done about it here. */
const told: JobHandler = async () => {}

/** What the worker does for concerns. It opens sealed words, so it is given the keys. */
export const jobsWith = (keys: Keys): Record<string, JobHandler> => ({
  ...draftJobs,
  'concern received': told,
  'concern decided': told,
  'reporter said more': told,
  'not heard raised': told,
  'earlier noted': noteEarlier(keys),
})
