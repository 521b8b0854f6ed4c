export const outcomes = ['continue', 'pause', 'adapt', 'stop'] as const
export type Outcome = (typeof outcomes)[number]

/** The three behaviours of Joining the Dots, as prompts on a decision. */
export const prompts = ['care', 'boundary', 'curiosity'] as const
export type Prompt = (typeof prompts)[number]

export type DecisionSaid = Record<Prompt, string> & {
  outcome: Outcome
  alternatives: string
  why: string
  /** Which board or people decided, as they are called. */
  decided_by: string
  /** YYYY-MM-DD, as is the day on which it is looked at again. */
  decided_on: string
  review_on: string
}
/** Ids of evidence, and of trials of the findings that it goes by. */
export type Cited = { evidence: readonly string[]; findings: readonly string[] }
export type Decision = DecisionSaid & { id: string; written_by: string; written_at: Date }

/** A programme with the decision that stands. */
export type Programme = { id: string; name: string; about: string; entered_by: string; entered_at: Date }
export type Standing = Programme & { outcome: Outcome | null; decided_on: string | null; review_on: string | null }

/** Past the day on which somebody promised to look again. A programme that was stopped is looked at again too. */
export const isOverdue = ({ review_on }: Pick<Standing, 'review_on'>, today: string): boolean =>
  review_on !== null && review_on < today
