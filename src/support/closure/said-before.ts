import type { Through } from '../../subjects/index.ts'
import type { Ask } from '../../web/index.ts'
import { closuresOf, stepsOf } from './queries.ts'

type Said = Record<string, string>

/**
 * Who stays and what would show that it comes back are answered once: the next step and the closing begin with it, to be
 * changed. Whether it is safer is judged anew at each step.
 */
export const saidAtStep = async (ask: Ask, at: Through): Promise<Said> => {
  const steps = await stepsOf(ask.tx, ask.house.keys, at.worker.partnership, at.subject.id)
  const last = steps.find(({ way }) => way === 'down')
  return last ? { stays: last.stays, signs: last.signs, back: last.back } : {}
}

/** What closing begins with: the answers of the watch that goes on, or else of the last step. */
export const saidBeforeClosing = async (ask: Ask, at: Through): Promise<Said> => {
  const [last] = await closuresOf(ask.tx, ask.house.keys, at.worker.partnership, at.subject.id)
  if (last?.ended_at === null)
    return { keeper: last.keeper_id, stays: last.stays, signs: last.signs, instead: last.instead }
  const { stays = '', signs = '' } = await saidAtStep(ask, at)
  return { stays, signs }
}
