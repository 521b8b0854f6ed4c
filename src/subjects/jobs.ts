import type { JobHandler } from '../platform/index.ts'
import { messageJobs } from './own/escalate.ts'
import { endingJobs } from './relationships/jobs.ts'
import { retentionJobs } from './retention.ts'

/** What this room does when its own time has come. */
export const jobs: Record<string, JobHandler> = { ...retentionJobs, ...messageJobs, ...endingJobs }
