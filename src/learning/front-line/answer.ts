import { asProduct, newId, record, type StaffViewer, type Tx } from '../../platform/index.ts'
import { needChair } from './round.ts'

export type ThemeOfRound = { round: string; theme: string }
export type NewAnswer = {
  themes: readonly ThemeOfRound[]
  /** What was said, in the chair's words. */
  said: string
  will: string
  owner: string
  /** YYYY-MM-DD */
  by_on: string
}

/** Answers what was said on one or several themes, to everybody who works in the partnership. @returns its id */
export const answerThemes = async (tx: Tx, viewer: StaffViewer, answer: NewAnswer, at: Date): Promise<string> => {
  needChair(viewer)
  const { partnership, staff } = viewer
  const { themes, ...words } = answer
  const id = newId()
  await asProduct(tx, async () => {
    await tx
      .insertInto('front_line_answer')
      .values({ partnership_id: partnership, id, ...words, answered_by: staff, answered_at: at })
      .execute()
    // Of a theme that may not be read there is no row to refer to, so it cannot be answered either.
    await tx
      .insertInto('front_line_answer_theme')
      .values(
        themes.map(({ round, theme }) => ({ partnership_id: partnership, answer_id: id, round_id: round, theme })),
      )
      .execute()
  })
  await record(tx, viewer, 'front line answered', { kind: 'front line answer', id }, { themes: themes.length })
  return id
}

/** Says what became of an answer. What was said before stays. */
export const tellOutcome = async (
  tx: Tx,
  viewer: StaffViewer,
  answer: string,
  outcome: { became: string; words: string },
  at: Date,
): Promise<void> => {
  needChair(viewer)
  const { partnership, staff } = viewer
  await asProduct(tx, () =>
    tx
      .insertInto('front_line_outcome')
      .values({ partnership_id: partnership, id: newId(), answer_id: answer, ...outcome, told_by: staff, told_at: at })
      .execute(),
  )
  const about = { kind: 'front line answer', id: answer }
  await record(tx, viewer, 'front line outcome told', about, { became: outcome.became })
}
