export { capacities, recordRequest as askAccess } from './access/request.ts'
export { addEntry } from './add-entry.ts'
export { approach, type AtGate } from './approach.ts'
export { addAttendee, callMeeting } from './meetings/call.ts'
export { declare } from './meetings/declare.ts'
export { endMeeting } from './meetings/end.ts'
export { meetingKinds } from './meetings/meeting.ts'
export { meetingFor } from './meetings/queries.ts'
export { dispute, saidBy } from './dispute.ts'
export { enter, type Through } from './gate.ts'
export { existingFor } from './existing-for.ts'
export { mayHandOn } from './hand-on.ts'
export { isTestNhsNumber, readNhsNumber } from './nhs-number.ts'
export { noticeLook } from './notice-look.ts'
export { openPerson } from './open-person.ts'
export { loadMissingRetention, loadRetention, retentionJobs as jobs } from './retention.ts'
export { SecondsBanner, waitingSeconds } from './pages/seconds-banner.tsx'
export {
  identitiesOf,
  identitiesToMatch,
  referencesOf,
  subjectFacts,
  subjectsAfter,
  type SubjectFacts,
} from './queries.ts'
export { entryClasses, entryKinds, frameOn, identitySchema, type EntrySaid, type IdentitySaid } from './subject.ts'
export { sealedLeftBehind } from './sealed-left-behind.ts'
export { routes } from './routes.ts'
export { fromStory, notAskedAgain } from './story/from-story.ts'
export { cards, hows, readerKinds, type CardName } from './story/story.ts'
export { writeCard } from './story/write-card.ts'
