/** Joining: proposals about who and what is the same. */
export { api } from './api.ts'
export { businessKey } from './business.ts'
export { calledInLists } from './called.ts'
export { answers, type Answer, type Decision } from './decision.ts'
export { concernsOfBusiness } from './concerns-of-business.ts'
export { concernsAbout } from './concerns-about.ts'
export { concernsJoinedBy, peopleLikelyIn } from './concerns-joined.ts'
export { decide, undo, type Answered, type Answering } from './decide.ts'
export { jobsWith, startJoining } from './jobs.ts'
export { linkFiles, WrongFile, type LinkFiles, type LinkReport } from './link-files.ts'
export { noteConcern, notNoted, type ConcernSaid } from './note.ts'
export { noteIdentity } from './note-identity.ts'
export { plateIn, plateKey, platesIn } from './plates.ts'
export { peopleInConcerns } from './people-in-concerns.ts'
export { beside_each, most_shown, proposalFor, proposalsFor, type Proposal, type Side } from './proposals.ts'
export { noticesFor, type JoinNotice } from './tell.ts'
export { nameInWords, waterfall, type WaterfallLine } from './words.ts'
export { relinkAll } from './relink.ts'
export type { Account, Kind, Person, Phone, Place, Standard, Vehicle } from './standard.ts'
export { clkCommand } from './blind/encode-command.ts'
export { CannotEncode } from './blind/encode-file.ts'
export { confirmRun, runFor, sayColumns } from './feeds/answer.ts'
export { applyRun } from './feeds/apply-run.ts'
export { holds } from './feeds/columns.ts'
export { feedToSend, type Bench as FeedBench } from './feeds/feed.ts'
export { keepFeed } from './feeds/keep-feed.ts'
export { readRun } from './feeds/read-run.ts'
export { receive } from './feeds/receive.ts'
export { safeCsv } from './feeds/safe-csv.ts'
export { keepKnownEncoded } from './blind/known-people.ts'
export { mayAskBlindly } from './blind/permit.ts'
export { routes } from './routes.ts'
export { inventedShape } from './network/invented.ts'
export { joinsOf, type Joined } from './network/joins.ts'
export { identitiesSeen } from './seen.ts'
export { laidOut } from './network/laid.ts'
export { layOut, type Laid, type Shape } from './network/layout.ts'
export {
  joined,
  neighboursOf,
  onlyThings,
  reached,
  thingCalled,
  thingKinds,
  weave,
  type Claim,
  type Mention,
  type Network,
  type Same,
  type Said,
  type Thing,
  type ThingKind,
  type Tie,
  type TieKind,
} from './network/network.ts'
export {
  narrowed,
  pathBetween,
  seenTogether,
  type NetworkFilter,
  type Step,
  type Together,
} from './network/questions.ts'
export { NetworkLegend, NetworkPicture, type Drawn, type DrawnTie } from './network/picture.tsx'
export { viewOf, type View, type ViewOf } from './network/view.ts'
export { most_queued, pairsToReview, type ToReview, type Urgent } from './review.ts'
export { fieldsIn, sideBySide, type Field, type FieldLine } from './side-by-side.ts'
export { answerBlindly, blindAmong, disagreements, seenDifferently, type Asked, type Seen } from './second-opinion.ts'
export { most_suspicions, sayRight, suspicionFor, suspicionsFor, type Suspicion } from './suspicions.ts'
export { mostOfOne } from './suspicious.ts'
