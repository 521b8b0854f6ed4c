import type { JobHandler } from '../platform/index.ts'
import { closureJobs } from './closure/jobs.ts'
import { dayJobs } from './days.ts'

/** What the worker does for support; what each day calls for goes by the house's clock. */
export const jobsWith = (now: () => Date): Record<string, JobHandler> => ({ ...closureJobs, ...dayJobs(now) })
export { beginDay, startDays } from './days.ts'
export { takeStep } from './closure/step.ts'
export { heldOf } from './held.ts'
export { ownPlanSection } from './plan/pages/own.tsx'
export { addAction, sayOf } from './plan/act.ts'
export { holdReview } from './plan/hold-review.ts'
export { actionsAtWork } from './plan/pages/mine.tsx'
export { kinds as planKinds, parts as planParts, rungs as planRungs, whoses } from './plan/plan.ts'
export { actionsLeft } from './plan/queries.ts'
export { addGoal, startPlan } from './plan/write.ts'
export { routes } from './routes.ts'
