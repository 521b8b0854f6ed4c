import type { Through } from '../../subjects/index.ts'
import type { Ask } from '../../web/index.ts'
import { tasksOf } from './queries.ts'
import { isOpen, taskCalled } from './transition.ts'

/** What is to be done around the eighteenth birthday, and by when. */
export const transitionDue = async (ask: Ask, at: Through): Promise<{ on: string; what: string; href: string }[]> =>
  (await tasksOf(ask.tx, ask.house.keys, at.worker.partnership, at.subject.id))
    .filter(isOpen)
    .map(({ id, code, due_on }) => ({
      on: due_on,
      what: taskCalled(code)?.label ?? code,
      href: `/people/${at.subject.id}/eighteen/tasks/${id}`,
    }))
