import { newId } from '../../platform/index.ts'
import type { ReportContent } from './content.ts'

type Issue = {
  id: string
  parent_id: string | null
  place: number
  whose: ReportContent['issues'][number]['whose']
  number: string
}

/** Key issues as their rows, parents before what hangs below them, and what is written in each by field. */
export const issuesFor = (content: ReportContent['issues']): { issues: Issue[]; texts: Record<string, string> } => {
  const issues: Issue[] = []
  const texts: Record<string, string> = {}
  const add = (issue: Omit<Issue, 'id'>, words: string): string => {
    const id = newId()
    issues.push({ id, ...issue })
    texts[`issue-${id}`] = words
    return id
  }
  content.forEach(({ whose, heading, number, words, below }, place) => {
    const id = add({ parent_id: null, place, whose, number }, words)
    texts[`heading-${id}`] = heading
    below.forEach((one, i) => add({ parent_id: id, place: i, whose, number: one.number }, one.words))
  })
  return { issues, texts }
}
