export {
  breakGlass,
  endBreakGlass,
  glassMinutes,
  glassReviewed,
  reviewBreakGlass,
  reviewOutcomes,
  toReview,
} from './break-glass.ts'
export type { ReviewedGlass, ReviewOutcome, ToReview } from './break-glass.ts'
export {
  demoSigning,
  readAgreements,
  shippedAgreements,
  shippedCodes,
  type AgreementsFile,
  type Signing,
} from './file.ts'
export { loadAgreements, loadCodes } from './load.ts'
export { loadMissingStanding, loadStanding } from './standing-terms.ts'
export { alertKinds, quiet_days, raiseAlert, type AlertKind } from './alert.ts'
export {
  alertOf,
  alertOutcomes,
  alerts_page,
  alertsAbout,
  alertsFor,
  answerAlert,
  openAlerts,
  type Alert,
} from './alerts.ts'
export { changeMassRule, massRule, type MassRule } from './alert-rule.ts'
export { compile } from './compile.ts'
export { conflictKinds, conflictsLifted, conflictsToLift, declareConflict, liftConflict } from './conflict.ts'
export type { ConflictKind, StandingConflict } from './conflict.ts'
export { forgetSubject } from './forget.ts'
export { dataClasses, decide, refusals } from './decide.ts'
export type {
  Action,
  AgeFrame,
  Asker,
  Closeness,
  Context,
  DataClass,
  Decided,
  Handling,
  Refusal,
  Resource,
} from './decide.ts'
export { peopleLeftBehind, peopleOf, type LeftBehind } from './left-behind.ts'
export { jobs } from './jobs.ts'
export { dutiesAbout, dutiesFor, dutiesLeftBehind, dutiesOf, dutyFor, type OpenDuty } from './duties-open.ts'
export { dutyClock, raiseForRow } from './duty.ts'
export { registerOf, type Bound, type Register, type Rule } from './register.ts'
export { involve, involvedWith, involvementRoles, keepAsked, subjectsOf } from './involvement.ts'
export { endInvolvement, endReasons, keepTold, toldOf, type Told } from './end-involvement.ts'
export { feedInvolvement, type FeedSays } from './feed-involvement.ts'
export { handOver } from './hand-over.ts'
export {
  asksNothing,
  endWithout,
  handoversOf,
  noPerson,
  type Handover,
  type HandoverCheck,
  type HandoverSaid,
} from './handover.ts'
export { involvementAsked, involvementHistory } from './involvement-history.ts'
export type { InvolvementAsked, InvolvementPast } from './involvement-history.ts'
export { decideImplied, impliedPurposes, isImplied, type ImpliedPurpose } from './implied.ts'
export { agreementsInForce, agreementsSignedBy } from './agreements-in-force.ts'
export { agenciesUnder } from './under-agreement.ts'
export type { Involved, InvolvementRole } from './involvement.ts'
export { endOfDay, statedFor, statementsOf, statePurpose, waysTo, type Way, type Ways } from './purpose.ts'
export { tiesOf, tiesOfEach, type Ties } from './ties.ts'
export { withheldFrom, type Withheld } from './withheld.ts'
export { choicesOf, codeProblem, codesOf, labelOf, type Code } from './codes.ts'
export { mayHear } from './may-hear.ts'
export { answerSecond, secondsFor, type Second } from './answer-second.ts'
export { recordWithheld, refused, refusedBy } from './refused.ts'
export { addName, namedFor, nameFor, nameStranded, removeName } from './named.ts'
export { namingHistory, type Naming } from './naming-history.ts'
export { routes } from './routes.ts'
export { answersFor, consents, decideNotToShare, methods, moreHarmful, reasonsNotToShare, share } from './disclosure.ts'
export type { Answered, Frame, NotSharing, Sharing } from './disclosure.ts'
export { disclosureOf, disclosuresOf, overturnedFor, secondOf, secondsWaiting, type Disclosed } from './disclosed.ts'
