import { blocksOf, type Block, type ListItem } from '../prose.ts'
import { textFields, type ReportContent } from '../report/content.ts'

/** A paragraph or point, counted from 1 within its field: what a finding comes from, and where a search leads. */
export type Passage = { field: string; paragraph: number; text: string }

/** Every paragraph and point of a report, or of the prose of a note, in reading order. Signatures are not among them. */
export const passagesOf = ({ report, prose }: { report: ReportContent | null; prose: string }): Passage[] =>
  report ? passagesOfReport(report) : numbered('prose', textsOf(prose))

const passagesOfReport = (report: ReportContent): Passage[] =>
  readingOrder.flatMap((field) => {
    if (field === 'issues')
      return numbered(
        field,
        report.issues.flatMap(({ words, below }) => [words, ...below.map((one) => one.words)]),
      )
    if (field === 'disruption')
      return numbered(
        field,
        report.disruption.map(({ words, evidence, says }) => [words, evidence, says].filter(Boolean).join(' ')),
      )
    return numbered(field, textsOf(report[field]))
  })

/** The fields in the order in which they are read: issues and changes follow what introduces them. */
export const readingOrder = textFields.flatMap((field) =>
  field === 'issues_intro'
    ? ([field, 'issues'] as const)
    : field === 'disruption_intro'
      ? ([field, 'disruption'] as const)
      : ([field] as const),
)
export type ReadField = (typeof readingOrder)[number]

/** Paragraphs of a box as they are counted: each paragraph, and each point of a list at any depth. */
export const textsOf = (prose: string): string[] => blocksOf(prose).flatMap(inBlock)
const inBlock = (block: Block): string[] => (block.kind === 'paragraph' ? [block.text] : block.items.flatMap(inItem))
const inItem = ({ text, below }: ListItem): string[] => [text, ...below.flatMap(inBlock)]

const numbered = (field: string, texts: readonly string[]): Passage[] =>
  texts.map((text, at) => ({ field, paragraph: at + 1, text }))

/** Where a passage stands on the page of its entry. */
export const anchorOf = ({ field, paragraph }: { field: string; paragraph: number }): string =>
  paragraph === 0 ? field : `${field}-${paragraph}`
