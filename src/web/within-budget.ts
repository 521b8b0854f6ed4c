import type { House } from './ask.ts'

type Budget = { left: number; at: number }
const budgets = new WeakMap<object, Map<string, Budget>>()

/** Takes one from a budget that fills up evenly over each minute. False when it is empty. */
export const withinBudget = ({ db, now }: Pick<House, 'db' | 'now'>, what: string, aMinute: number): boolean => {
  const mine = budgets.get(db) ?? new Map<string, Budget>()
  budgets.set(db, mine)
  const at = now().getTime()
  const before = mine.get(what) ?? { left: aMinute, at }
  const left = Math.min(aMinute, before.left + (Math.max(0, at - before.at) / 60_000) * aMinute)
  mine.set(what, { left: left >= 1 ? left - 1 : left, at })
  return left >= 1
}
