import type { Tx } from '../../platform/index.ts'

export type Outcome = { became: string; words: string; told_at: Date; told_by: string }
export type Answered = {
  id: string
  said: string
  will: string
  owner: string
  by_on: string
  answered_by: string
  answered_at: Date
  themes: { round_id: string; theme: string; week: string }[]
  /** The latest first. */
  outcomes: Outcome[]
}

/** Every answer of the partnership, the latest first, with what became of each. */
export const answeredOf = async (tx: Tx, partnership: string): Promise<Answered[]> => {
  const answers = await tx
    .selectFrom('front_line_answer')
    .select(['id', 'said', 'will', 'owner', 'by_on', 'answered_by', 'answered_at'])
    .where('partnership_id', '=', partnership)
    .orderBy('answered_at', 'desc')
    .execute()
  const themes = await tx
    .selectFrom('front_line_answer_theme as t')
    .innerJoin('front_line_showing as s', (join) =>
      join
        .onRef('s.partnership_id', '=', 't.partnership_id')
        .onRef('s.round_id', '=', 't.round_id')
        .onRef('s.theme', '=', 't.theme'),
    )
    .select(['t.answer_id', 't.round_id', 't.theme', 's.week'])
    .where('t.partnership_id', '=', partnership)
    .execute()
  const outcomes = await tx
    .selectFrom('front_line_outcome')
    .select(['answer_id', 'became', 'words', 'told_at', 'told_by'])
    .where('partnership_id', '=', partnership)
    .orderBy('told_at', 'desc')
    .execute()
  return answers.map((answer) => ({
    ...answer,
    themes: themes.filter(({ answer_id }) => answer_id === answer.id),
    outcomes: outcomes.filter(({ answer_id }) => answer_id === answer.id),
  }))
}

/** Full weeks from the Monday since which it could be read to the day it was answered. */
export const weeksWaited = (week: string, until: Date): number =>
  Math.max(0, Math.floor((until.getTime() - new Date(`${week}T00:00:00Z`).getTime()) / (7 * 86_400_000)))
