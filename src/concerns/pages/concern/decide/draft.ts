import { dropDraft, draftsOf, keepDraft, startDraft, type Ask, type Draft } from '../../../../web/index.ts'

/** What was typed so far, field by field as forms send it. */
export type Answers = Record<string, string | string[]>
export type DecisionDraft = {
  concern: string
  reference: string
  /** The decision that stood when the writer began, or null for none. */
  standing: string | null
  /** The last thing said on the concern by then. */
  seen: number
  answers: Answers
}
export const decisionDraftKind = 'decision'

/** The decision this member of staff has begun on a concern. It outlives a closed browser and a signed-out session. */
export const openDecisionDraft = async (ask: Ask, concern: string): Promise<Draft<DecisionDraft> | undefined> =>
  (await draftsOf<DecisionDraft>(ask, decisionDraftKind)).find(({ answers }) => answers.concern === concern)

export const keepDecisionDraft = async (ask: Ask, said: DecisionDraft): Promise<void> => {
  const before = await openDecisionDraft(ask, said.concern)
  if (before) return keepDraft(ask, { ...before, answers: said })
  // The same words for the same writer and concern, so that two tabs begin one draft and not two.
  const staff = ask.viewer.kind === 'staff' ? ask.viewer.staff : ''
  const begun = await startDraft(ask, decisionDraftKind, said, `${decisionDraftKind} ${staff} ${said.concern}`)
  if (begun) return
  const other = await openDecisionDraft(ask, said.concern)
  if (other) await keepDraft(ask, { ...other, answers: said })
}

export const dropDecisionDraft = async (ask: Ask, concern: string): Promise<void> => {
  const draft = await openDecisionDraft(ask, concern)
  if (draft) await dropDraft(ask, draft)
}
