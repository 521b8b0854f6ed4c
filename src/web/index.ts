export * from './components/index.ts'
export { page, redirect } from './ask.ts'
export type {
  About,
  Answer,
  Arriving,
  Ask,
  Cookie,
  Download,
  Handler,
  Held,
  House,
  Meanwhile,
  Page,
  Place,
  Redirect,
  Taker,
  Upload,
  Watch,
} from './ask.ts'
export { readAssets, type Assets } from './assets.ts'
export { isSameOrigin } from './csrf.ts'
export { dateFormat } from './date-format.ts'
export { DateBoxes, dateBoxes, dateShown, needDate, readDate } from './date-boxes.tsx'
export {
  addDraftFile,
  draftCookie,
  draftFiles,
  draftJobs,
  draftsOf,
  dropDraft,
  dropDraftFile,
  expireDrafts,
  keepDraft,
  newToken,
  noDraftCookie,
  openDraft,
  readDraftFiles,
  startDraft,
} from './draft.ts'
export type { Draft, DraftFile, DraftFileItem } from './draft.ts'
export { errorFor, Errors, Form, ticked, typed } from './form.tsx'
export { readForm, type FieldError, type Read } from './read-form.ts'
export { Title, inLanguage, type NavItem } from './layout.tsx'
export { labelsThatFit, pinShape, type Label, type Standing } from './labels.ts'
export { nearInWords, type Near, type NearWords } from './near.ts'
export { keptPage, problemPage } from './problem-page.tsx'
export { mayAsk, type Route, type Who } from './routes.ts'
export { makeShell, type Wiring } from './shell.tsx'
export { withinBudget } from './within-budget.ts'
export { allLanguages, fill, languageOf, wordsIn, type Language, type Words } from './words.ts'
