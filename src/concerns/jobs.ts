import type { JobHandler } from '../platform/index.ts'
import { draftJobs } from '../web/index.ts'

/** News that rooms to come listen to. Until one does, nothing is left to be done about it here. */
const told: JobHandler = async () => {}

/** What the worker does for concerns. */
export const jobs: Record<string, JobHandler> = {
  ...draftJobs,
  'concern received': told,
  'concern decided': told,
  'reporter said more': told,
  'not heard raised': told,
}
