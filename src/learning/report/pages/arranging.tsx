import type { Ask } from '../../../web/index.ts'
import { typed } from '../../../web/index.ts'
import { moves, type Move } from '../arrange.ts'
import { addChange, removeChange } from '../change.ts'
import { addIssue, moveIssue, removeIssue } from '../issue.ts'
import type { At } from './frame.tsx'

/** What a button beside what is written does: to a point or a change by its id, to a list, or to the texts of a field. */
export type Press = { does: Move | 'under' | 'remove' | 'drop' | 'add-issue' | 'add-change' | 'join'; id: string }

const doings = [...moves, 'under', 'remove', 'drop', 'add-issue', 'add-change', 'join'] as const

/** The button that was pressed, and the form without it: everything that was typed is kept first, whatever is pressed. */
export const buttonOf = (ask: Ask): { press: Press | undefined; rest: Ask['form'] } => {
  const { press: _, ...rest } = ask.form
  const [does = '', id = ''] = typed(ask.form, 'press').split(' ')
  const known = doings.find((one) => one === does)
  return { press: known && { does: known, id }, rest }
}

/** @returns where on the page it goes on */
export const arrange = async (ask: Ask, { viewer, report, now, today }: At, { does, id }: Press): Promise<string> => {
  const done = { report: report.id, at: now }
  if (does === 'join') return `#${id}`
  if (does === 'add-issue' || does === 'under')
    return `#issue-${await addIssue(ask.tx, viewer, does === 'under' ? id : null, done)}`
  if (does === 'add-change') await addChange(ask.tx, viewer, today, done)
  else if (does === 'remove') await removeIssue(ask.tx, viewer, id, done)
  else if (does === 'drop') await removeChange(ask.tx, viewer, id, done)
  else {
    await moveIssue(ask.tx, viewer, id, does, done)
    return `#issue-${id}`
  }
  return does === 'add-change' ? '#add' : '#writing'
}
