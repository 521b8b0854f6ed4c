export { routes } from './routes.ts'
export * from './project/index.ts'
export { atWork } from './adoption/at-work.tsx'
export { sectionOf } from './adoption/pages/frame.tsx'
export { beginReport } from './report/begin.ts'
export { readFile } from './reading/read-file.ts'
export { whereOf, outcomeOf, doubtOf } from './reading/said.ts'
export type { Reading } from './reading/read.ts'
export { trialsLeft } from './adoption/trials/queries.ts'
export {
  answerQuestions,
  answerThemes,
  closeRound,
  openRound,
  say,
  startRound,
  statementCodes,
  tellOutcome,
} from './front-line/index.ts'
export { decideProgramme, enterProgramme } from './adoption/decisions/decide.ts'
export { outcomes as decisionOutcomes } from './adoption/decisions/decision.ts'
export { evidenceKinds, fits as localFits } from './adoption/evidence/evidence.ts'
export { addEvidence, sayFit } from './adoption/evidence/keep.ts'
export { answerPrinciple, beginReview, endReview } from './adoption/self-review/answer.ts'
export { ratingCodes } from './adoption/self-review/principles.ts'
export { adopt } from './adoption/trials/adopt.ts'
export { observe } from './adoption/trials/learn.ts'
export { publishLibrary } from './library/publish/publish.tsx'
export { NotAPublication } from './library/publish/folder.ts'
export { enterLibrary } from './library/enter.ts'
export { emptyReport, reportContent } from './report/content.ts'
