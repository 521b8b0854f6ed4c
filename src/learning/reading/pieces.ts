import type { Line, Place } from './line.ts'
import { markerOf } from './markers.ts'

/** A paragraph, or a point of a list with how deep it stands. */
export type Piece = Place & {
  words: string
  /** 0 for a point of the outermost list; undefined for a paragraph. */
  level?: number
  /** As it was numbered. */
  number: string
  column?: number | undefined
  heading: boolean
}

type Kind = 'bullet' | 'number' | 'letter'
type Open = { indent: number; kind: Kind; last: string }

/**
 * Lines joined to what they were before a page's width and its end broke them.
 * @param loose a blank line may stand where a page ended, as in files that know of no paragraphs
 */
export const piecesOf = (lines: readonly Line[], loose: boolean): Piece[] => {
  const pieces: Piece[] = []
  let open: Open[] = []
  for (const line of lines) {
    const before = pieces.at(-1)
    const marker = markerOf(line.words)
    if (before && before.column === line.column && goesOn(before, line, marker?.number, open, loose)) {
      before.words += before.words.endsWith('-') && !/\s-$/.test(before.words) ? line.words : ` ${line.words}`
      continue
    }
    const { page, line: at, column } = line
    if (!marker) {
      // Words of their own that stand in as far as a point belong to it; anything else ends the list.
      const under = before?.level !== undefined && line.indent > (open.at(-1)?.indent ?? 99) && !line.heading
      if (under && before.column === column) {
        before.words += ` ${line.words}`
        continue
      }
      open = []
      pieces.push({ words: line.words, number: '', page, line: at, column, heading: line.heading !== undefined })
      continue
    }
    if (before && before.column !== column) open = []
    open = openedBy(open, line.indent, marker.number, line.apart, before)
    const { number, words } = marker
    pieces.push({ words, level: open.length - 1, number, page, line: at, column, heading: false })
  }
  return pieces
}

const ended = (words: string): boolean => /[.!?:;…]["”’')\]]*$/.test(words)
/** What is shorter than this and ends without a full stop is a heading, or a line of its own: at a page's end, or anywhere. */
const least_paged = 60
const least_broken = 130

const goesOn = (
  before: Piece,
  line: Line,
  number: string | undefined,
  lists: readonly Open[],
  loose: boolean,
): boolean => {
  if (before.heading !== (line.heading !== undefined)) return false
  if (before.heading) return !line.apart
  const open = !ended(before.words)
  if (number !== undefined) {
    // A line that was broken before "– and" or before "18." only looks like a point.
    if (line.apart || !open) return false
    if (number !== '') return number !== '1' && number !== 'a' && !lists.some(({ last }) => follow(last) === number)
    return /^[–—]/.test(line.words)
  }
  if (!line.apart) return true
  if (!open) return false
  if (/^\p{Ll}/u.test(line.words) || before.words.endsWith(',')) return true
  const paged = line.page !== before.page
  return before.level === undefined && before.words.length > (paged ? least_paged : loose ? least_broken : Infinity)
}

const kindOf = (number: string): Kind => (number === '' ? 'bullet' : /^\d/.test(number) ? 'number' : 'letter')

/** The lists that are open once a point has been put where it belongs: by how far it stands in, and by its number. */
const openedBy = (open: Open[], indent: number, number: string, apart: boolean, before: Piece | undefined): Open[] => {
  const kind = kindOf(number)
  const dots = number.split('.').length - 1
  if (dots > 0) return [...open.slice(0, dots), { indent, kind, last: number }]
  let still = open
  while (still.length > 1 && still.at(-1)!.indent > indent) still = still.slice(0, -1)
  const top = still.at(-1)
  const below = [...still, { indent, kind, last: number }]
  if (!top || indent > top.indent) return below
  const here = [...still.slice(0, -1), { indent, kind, last: number }]
  if (kind === 'bullet') {
    if (top.kind === 'bullet') return here
    const outer = still.findLastIndex((one) => one.kind === 'bullet')
    return outer >= 0 ? [...still.slice(0, outer), { indent, kind, last: number }] : below
  }
  // Numbers say where they belong when nothing stands in: 2, then 1, is a list below 2, and 3 after it goes on outside.
  const follows = (one: Open): boolean => one.kind === kind && follow(one.last) === number
  if (follows(top) && !(apart && still.length > 1 && still.slice(0, -1).some(follows))) return here
  const outer = still.slice(0, -1).findLastIndex(follows)
  if (outer >= 0) return [...still.slice(0, outer), { indent, kind, last: number }]
  const begins = number === '1' || number === 'a' || number === 'i'
  return begins && (top.kind !== kind || (before !== undefined && !/[.!?]$/.test(before.words))) ? below : here
}

const follow = (number: string): string =>
  /^\d+$/.test(number) ? String(Number(number) + 1) : String.fromCharCode(number.charCodeAt(0) + 1)

/** Pieces as prose (`prose.ts`): a blank line after a paragraph, two spaces for each step down a list. */
export const proseOf = (pieces: readonly Piece[]): string => {
  let prose = ''
  for (const [at, { words, level, number }] of pieces.entries()) {
    const point = level !== undefined
    if (at > 0) prose += point && pieces[at - 1]!.level !== undefined ? '\n' : '\n\n'
    prose += point ? `${'  '.repeat(level)}${signOf(number)} ${words}` : words
  }
  return prose
}

/** Prose knows numbers and bullets: (b) is the second, 2.3 the third below the second. */
const signOf = (number: string): string => {
  if (number === '') return '-'
  const last = number.split('.').at(-1)!
  if (/^\d+$/.test(last)) return `${last}.`
  const roman = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x'].indexOf(last)
  return `${roman >= 0 ? roman + 1 : last.charCodeAt(0) - 96}.`
}
