import { textFields, type ReportContent, type TextField } from '../report/content.ts'
import type { Left } from './read.ts'

/** Where a paragraph that stood under no label may go: a box of words, or a list that it is one more of. */
export const places = [...textFields, 'issues', 'disruption'] as const
export type PlaceFor = TextField | 'issues' | 'disruption'

/** The report with each paragraph where a person put it, below what the box holds already. */
export const placed = (
  content: ReportContent,
  left: readonly Left[],
  to: readonly (PlaceFor | undefined)[],
): ReportContent => {
  const report = structuredClone(content)
  for (const [at, { words }] of left.entries()) {
    const place = to[at]
    if (place === undefined) continue
    if (place === 'issues') report.issues.push({ whose: 'both', heading: '', number: '', words, below: [] })
    else if (place === 'disruption') report.disruption.push({ words })
    else report[place] = report[place] === '' ? words : `${report[place]}\n\n${words}`
  }
  return report
}

const most_asked = 100

/** Neighbours together, where there are more paragraphs than anybody would be asked about one by one. */
export const fewer = (left: readonly Left[]): Left[] => {
  const each = Math.ceil(left.length / most_asked)
  return left.reduce<Left[]>((groups, one, at) => {
    if (at % each === 0) groups.push({ ...one })
    else groups.at(-1)!.words += `\n\n${one.words}`
    return groups
  }, [])
}
