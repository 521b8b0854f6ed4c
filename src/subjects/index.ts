export { capacities, recordRequest as askAccess } from './access/request.ts'
export { addEntry } from './add-entry.ts'
export { approach, workers, type AtGate } from './approach.ts'
export { addAttendee, callMeeting, comeTo } from './meetings/call.ts'
export { declare } from './meetings/declare.ts'
export { endMeeting } from './meetings/end.ts'
export { mayKeep, meetingKinds } from './meetings/meeting.ts'
export { meetingFor, meetingsComing, meetingsOf, type WholeMeeting } from './meetings/queries.ts'
export { aboutMeeting, atMeeting, calledIn, type AtMeeting } from './pages/meetings/at-meeting.ts'
export { dispute, disputesDue, saidBy } from './dispute.ts'
export { aboutPerson, enter, type Through } from './gate.ts'
export { existingFor } from './existing-for.ts'
export { contextKinds, homeOf, isContext, type ContextKind } from './contexts/context.ts'
export { describe as describeContext, openContext } from './contexts/open-context.ts'
export { contextsFor, describedContexts, peopleAmong, personCalled, tiedFor } from './contexts/queries.ts'
export { contextBar } from './pages/context-bar.tsx'
export { mayHandOn } from './hand-on.ts'
export { listedNames } from './listed-names.ts'
export { isTestNhsNumber, readNhsNumber } from './nhs-number.ts'
export { noticeLook, restrictedIn } from './notice-look.ts'
export { openPerson } from './open-person.ts'
export { jobs } from './jobs.ts'
export { loadMissingRetention, loadRetention } from './retention.ts'
export { amendEntry } from './amend-entry.ts'
export { chronicle } from './chronicle.ts'
export { chronologyOf, suppliersOf, type Entry, type Wanted } from './chronology.ts'
export { pinEntry, weighEntry } from './mark-entry.ts'
export { addRelationship, endRelationship } from './relationships/keep.ts'
export { mattersDue } from './relationships/due.ts'
export { matterLines } from './relationships/lines.ts'
export { standingTies, whoMatters } from './relationships/who-matters.ts'
export { chooseTrusted } from './relationships/trusted.ts'
export { relationshipCodes } from './relationships/relationship.ts'
export { planEnding } from './relationships/ending.ts'
export { circleLines, meetingLines, warningLines, type Line } from './lines.ts'
export { Chronology } from './pages/chronology.tsx'
export { identityBar } from './pages/identity-bar.tsx'
export { Known, whoTheyAre } from './pages/known.tsx'
export { isInCircle } from './tellable.ts'
export { thirdParties } from './access/third-parties.ts'
export { day, moment } from './pages/moment.ts'
export { worded } from './pages/said.tsx'
export { KeptBack, keptBackFrom, personSide, personTop } from './pages/person-parts.tsx'
export { Pinned } from './pages/pinned.tsx'
export { besideEntries, type Told } from './pages/what-happened.tsx'
export { warn, warningsOf } from './warning.ts'
export { SecondsBanner, waitingSeconds } from './pages/seconds-banner.tsx'
export {
  identitiesOf,
  identitiesToMatch,
  referencesOf,
  subjectFacts,
  subjectsAfter,
  type SubjectFacts,
} from './queries.ts'
export {
  entryClasses,
  entryKinds,
  frameOn,
  identitySchema,
  knownFrom,
  significances,
  type EntrySaid,
  type IdentitySaid,
} from './subject.ts'
export { sealedLeftBehind } from './sealed-left-behind.ts'
export { routes } from './routes.ts'
export { mayHearOf, tellable } from './tellable.ts'
export { everyWay } from './every-way.ts'
export { PurposeFields } from './pages/purpose.tsx'
export { fromStory, notAskedAgain } from './story/from-story.ts'
export { cards, hows, readerKinds, type CardName } from './story/story.ts'
export { writeCard } from './story/write-card.ts'
export { couldNotHear, hear } from './voice/hear.ts'
export { voicesOf } from './voice/queries.ts'
export { channels, type Channel } from './voice/voice.ts'
export { ownRoutes } from './own/routes.ts'
export type { OwnSection } from './own/section.ts'
export {
  asThemself,
  Box as OwnBox,
  needWords as needOwnWords,
  ownPage,
  Quote as OwnQuote,
} from './pages/own/at-own.tsx'
export { makeWay } from './own/way.ts'
export { showEntries } from './own/written.ts'
export { MessagesBanner, waitingMessages } from './pages/way/said.tsx'
