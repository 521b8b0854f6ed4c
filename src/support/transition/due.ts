import type { Through } from '../../subjects/index.ts'
import { fill, type Ask } from '../../web/index.ts'
import { tasksOf } from './queries.ts'
import { isOpen, taskCalled } from './transition.ts'

/** What is to be done around the eighteenth birthday: the first due, and how many more there are. */
export const transitionDue = async (ask: Ask, at: Through): Promise<{ on: string; what: string; href: string }[]> => {
  const open = (await tasksOf(ask.tx, ask.house.keys, at.worker.partnership, at.subject.id)).filter(isOpen)
  const [first] = open
  if (!first) return []
  const { due } = ask.w.eighteen
  const task = taskCalled(first.code)?.label ?? first.code
  const what = open.length === 1 ? task : fill(due, { task, count: String(open.length - 1) })
  return [{ on: first.due_on, what, href: `/people/${at.subject.id}/eighteen` }]
}
