import { sql } from 'kysely'
import type { Keys, Tx } from '../../platform/index.ts'
import { openRows } from '../sealed.ts'

export type Disagreement = {
  id: string
  goal_id: string | null
  action_id: string | null
  words: string
  said_at: Date
  due_on: string
  answer: string
  answered_at: Date | null
}

/** What the person said against lines of their plan, and what they were answered: whoever sees the line sees both. */
export const disagreementsOf = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  subject: string,
): Promise<Disagreement[]> => {
  type Row = Omit<Disagreement, 'words' | 'answer' | 'answered_at'> & { words_sealed: Buffer; key_id: string }
  const { rows } = await sql<Row>`select id, goal_id, action_id, words_sealed, key_id, said_at, due_on::text as due_on
    from plan_disagreement where partnership_id = ${partnership} and subject_id = ${subject} order by said_at, id`.execute(
    tx,
  )
  if (rows.length === 0) return []
  const { rows: answers } = await sql<{
    id: string
    disagreement_id: string
    words_sealed: Buffer
    key_id: string
    answered_at: Date
  }>`select id, disagreement_id, words_sealed, key_id, answered_at from plan_disagreement_answer
    where partnership_id = ${partnership} and subject_id = ${subject}`.execute(tx)
  const columns = ['words'] as const
  const said = await openRows(tx, keys, partnership, { table: 'plan_disagreement', columns }, rows)
  const answered = await openRows(tx, keys, partnership, { table: 'plan_disagreement_answer', columns }, answers)
  return said.map((one) => {
    const answer = answered.find(({ disagreement_id }) => disagreement_id === one.id)
    return { ...one, answer: answer?.words ?? '', answered_at: answer?.answered_at ?? null }
  })
}

/** Of those, what was said against one line of it. */
export const against = (all: readonly Disagreement[], line: string): Disagreement[] =>
  all.filter(({ goal_id, action_id }) => goal_id === line || action_id === line)
