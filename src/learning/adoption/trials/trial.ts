export const trialOutcomes = ['adopt', 'adapt', 'stop'] as const
export type TrialOutcome = (typeof trialOutcomes)[number]
/** How far a trial is: `trying` until something came of it. */
export type TrialState = 'trying' | TrialOutcome

export type TrialSaid = {
  /** What we will try, and what we think will happen. */
  trying: string
  hypothesis: string
  /** YYYY-MM-DD */
  starts_on: string
}
/** The finding that is tried; null where it was withdrawn from the library since. */
export type FindingTried = {
  words: string
  area: string
  title: string
  slug: string
  number: number
  strength: string
}
export type Trial = TrialSaid & {
  id: string
  finding: FindingTried | null
  /** An account's id. */
  owner: string
  named: boolean
  state: TrialState
  adopted_by: string
  adopted_at: Date
}
export type Observation = { seen_on: string; words: string; written_by: string; written_at: Date }
export type OutcomeSaid = { outcome: TrialOutcome; why: string; told: string; decided_on: string }
export type OutcomeWritten = OutcomeSaid & { written_by: string; written_at: Date }

/** What the library says of a finding that was taken up somewhere; `area` is '' where it did not agree to be named. */
export type Use = { area: string; state: TrialState; told: string; since: string }
