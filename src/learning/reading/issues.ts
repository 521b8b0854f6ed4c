import type { ReportContent } from '../report/content.ts'
import type { Piece } from './pieces.ts'
import { proseOf } from './pieces.ts'

type Issue = ReportContent['issues'][number]
export type Whose = Issue['whose']

/**
 * The key issues: each point of the outermost list with what hangs below it, under the heading it stands under.
 * @returns what stands before the first of them apart
 */
export const issuesOf = (
  pieces: readonly Piece[],
  whose: (piece: Piece) => Whose,
): { intro: string; issues: Issue[] } => {
  const intro: Piece[] = []
  const issues: Issue[] = []
  /** The heading that is open, in each column of a table. */
  const headings = new Map<number | undefined, string>()
  // Issues that stand in a table need no bullets to be told from each other.
  const pointed = new Set(pieces.filter(({ level }) => level !== undefined).map(({ column }) => column))
  const inTable = ({ column }: Piece): boolean => column !== undefined && !pointed.has(column)
  const lastIn = new Map<number | undefined, Issue>()
  const add = (issue: Issue, column: number | undefined): void => {
    issues.push(issue)
    lastIn.set(column, issue)
  }
  for (const [at, piece] of pieces.entries()) {
    const { words, number, column } = piece
    const last = lastIn.get(column)
    if (piece.level === 0 || (piece.level === undefined && inTable(piece) && !isHeading(piece, pieces[at + 1])))
      add({ whose: whose(piece), heading: headings.get(column) ?? '', number, words, below: [] }, column)
    else if (piece.level !== undefined && last) last.below.push({ number: numbered(last.number, number), words })
    else if (isHeading(piece, pieces[at + 1])) headings.set(column, words.replace(/:$/, ''))
    else if (last) last.words += `\n\n${words}`
    else intro.push(piece)
  }
  return { intro: proseOf(intro), issues }
}

const isHeading = (piece: Piece, next: Piece | undefined): boolean =>
  piece.heading ||
  (piece.words.length <= 90 &&
    !/[.!?;,]$/.test(piece.words) &&
    next !== undefined &&
    (next.level === 0 ||
      (next.column === piece.column &&
        piece.column !== undefined &&
        next.level === undefined &&
        next.words.length > 90)))

/** 1) below 2) is 2.1; letters and bullets stay what they are. */
const numbered = (above: string, number: string): string =>
  /^\d+$/.test(number) && /^\d/.test(above) ? `${above}.${number}` : number
