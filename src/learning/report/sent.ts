import { dayIn, type Typed } from '../../support/index.ts'
import type { ChangeFacts } from './change.ts'
import type { IssueRow } from './read.ts'

export type Sorted = {
  /** What is kept word by word. */
  texts: Typed[]
  whose: Map<string, IssueRow['whose']>
  changes: Map<string, ChangeFacts>
  /** Days that are none, or that have not come yet, by their box. */
  wrongDays: string[]
}

/** What a page sent, by what becomes of it: texts, and choices and days of a point or a change by its id. */
export const sortSent = (typed: readonly Typed[], today: string): Sorted => {
  const sorted: Sorted = { texts: [], whose: new Map(), changes: new Map(), wrongDays: [] }
  for (const one of typed) {
    const [, kind, id] = /^(whose|scale|seen)-(.+)$/.exec(one.field) ?? []
    if (!kind || !id) sorted.texts.push(one)
    else if (kind === 'whose' && one.words) sorted.whose.set(id, one.words as IssueRow['whose'])
    else if (kind === 'scale' && one.words) sorted.changes.set(id, { ...sorted.changes.get(id), scale: one.words })
    else if (kind === 'seen') {
      const seen_on = dayIn(one.words)
      if (seen_on === undefined || seen_on > today) sorted.wrongDays.push(one.field)
      else sorted.changes.set(id, { ...sorted.changes.get(id), seen_on })
    }
  }
  return sorted
}
