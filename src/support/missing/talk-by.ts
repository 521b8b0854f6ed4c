import { calendarOf, clockOf } from '../../partnership/index.ts'
import { dueAt, type Tx } from '../../platform/index.ts'
import { conversation } from './missing.ts'

/** By when the conversation is to be held after a return, by the clock that counts then; null without one. */
export const talkBy = async (tx: Tx, partnership: string, ended_at: Date): Promise<Date | null> => {
  const clock = await clockOf(tx, partnership, conversation.clock, ended_at)
  return clock ? dueAt(ended_at, clock, await calendarOf(tx, partnership)) : null
}
