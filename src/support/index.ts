import { peopleLikelyIn } from '../joining/index.ts'
import { abreast, asViewer, type JobHandler } from '../platform/index.ts'
import { closureJobs } from './closure/jobs.ts'
import { askKeepers } from './closure/reopen.ts'
import { askLeads } from './contexts/tell.ts'
import { dayJobs } from './days.ts'

/** What the worker does for support; what each day calls for goes by the house's clock. */
export const jobsWith = (now: () => Date): Record<string, JobHandler> => ({
  ...closureJobs(now),
  'concern received': async ({ partnership, payload }, db) => {
    const concern = payload['concern']!
    await asViewer(db, { kind: 'system', partnership }, async (tx) => {
      // Whoever keeps the closed plan of somebody whom it is very likely about, and whoever leads on its place.
      const [people] = await abreast(
        tx,
        () => peopleLikelyIn(tx, partnership, concern),
        () => askLeads(tx, partnership, concern, now()),
      )
      for (const subject of people) await askKeepers(tx, partnership, { subject, concern }, now())
    })
  },
  ...dayJobs(now),
})
export { beginDay, startDays } from './days.ts'
export { asksOf as assessmentAsks, purposes as assessmentPurposes } from './assessment/assessment.ts'
export { finishedEntry } from './assessment/entry.ts'
export { finishAssessment } from './assessment/finish.ts'
export { assessmentFor } from './assessment/queries.ts'
export { startAssessment } from './assessment/start.ts'
export { readWritten, write as writeAnswers } from './writing/index.ts'
export {
  Both,
  boxesFilled,
  dayIn,
  hintsIn,
  keptAnswer,
  mergeText,
  plainLines,
  readSent,
  Writes,
} from './writing/index.ts'
export type { Hint, Kept, Question as WritingQuestion, Said as WritingSaid, Typed } from './writing/index.ts'
export { takeStep } from './closure/step.ts'
export { assess as assessContext } from './contexts/assess.ts'
export { cells, feelings, questions as contextQuestions, speakers } from './contexts/context.ts'
export { nameGuardian } from './contexts/guardians.ts'
export { linkConcern } from './contexts/link.ts'
export { addSpot, sayOfSpot } from './contexts/map.ts'
export { heldOf } from './held.ts'
export { ownPlanSection } from './plan/pages/own.tsx'
export { comeBack, holdTalk, offerTalk } from './missing/back.ts'
export { absences, answers as offerAnswers, grades as missingGrades, knowns, linkKinds } from './missing/missing.ts'
export { gradeMissing, linkMissing, reportMissing } from './missing/report.ts'
export { addItem } from './panels/agenda.ts'
export { askAgency, callSitting } from './panels/call-sitting.ts'
export { decideAt, minuteFields, writeMinutes } from './panels/minutes.ts'
export { hows, partsSaid, sayPart } from './panels/part.ts'
export { dueKinds, sittingKinds } from './panels/sitting.ts'
export { sittingFor } from './panels/queries.ts'
export { addAction, sayOf } from './plan/act.ts'
export { holdReview } from './plan/hold-review.ts'
export { atWork } from './at-work.tsx'
export { contextParts, kinds as planKinds, parts as planParts, rungs as planRungs, whoses } from './plan/plan.ts'
export { actionsLeft } from './plan/queries.ts'
export { raiseDispute } from './boundary/raise.ts'
export { registerThreshold } from './thresholds/register.ts'
export { answerTask } from './transition/answer-task.ts'
export { nameOwner } from './transition/name-owner.ts'
export { madeTasks as transitionTasks } from './transition/queries.ts'
export { sayCircumstances } from './transition/say-circumstances.ts'
export { sides as transitionSides } from './transition/transition.ts'
export { addGoal, startPlan } from './plan/write.ts'
export { routes } from './routes.ts'
