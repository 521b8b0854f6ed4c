export { routes } from './routes.ts'
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
