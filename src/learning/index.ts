export { routes } from './routes.ts'
export * from './project/index.ts'
export * from './adoption/index.ts'
export { projectFacts } from './project/facts.ts'
export { beginReport } from './report/begin.ts'
export { comment as commentOnReport } from './report/comment.ts'
export { writeReport } from './report/write.ts'
export { readFile } from './reading/read-file.ts'
export { whereOf, outcomeOf, doubtOf } from './reading/said.ts'
export type { Reading } from './reading/read.ts'
export {
  answerQuestions,
  answerThemes,
  closeRound,
  frontLineAtWork,
  openRound,
  say,
  startRound,
  statementCodes,
  tellOutcome,
} from './front-line/index.ts'
export { publishLibrary } from './library/publish/publish.tsx'
export { NotAPublication } from './library/publish/folder.ts'
export { enterLibrary } from './library/enter.ts'
export { emptyReport, reportContent } from './report/content.ts'
