export { api, type ApiPart, type ApiServer } from './api.ts'
export { answerProblem, asClient, problems, refuseKey, type Client } from './api-answers.ts'
export { addApiClient } from './api-client.ts'
export { clockFor } from './demo-clock.ts'
export { addAccount, type NewAccount } from './add-account.ts'
export {
  accountsOfAgency,
  agenciesWithPeople,
  emailAtWork,
  nameOf,
  namesFor,
  standingOf,
  type Colleague,
  type Named,
} from './queries.ts'
export { sessionJobs as jobs, startSession, whoIs } from './session.ts'
export { watchSignIns } from './watch.ts'
export { holdsPlainWords, sealWhatIsPlain, tablesToSeal } from './seal-plain.ts'
export { routes } from './routes.ts'
