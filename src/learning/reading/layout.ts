import { tidy, type Line } from './line.ts'
import { markerOf } from './markers.ts'

/** Some words where a page has them, in points; y grows upwards. */
export type Bit = { words: string; x: number; right: number; y: number; size: number }
type Segment = Bit & { column?: number }
type Row = { y: number; segments: Segment[] }

/** The lines of all pages in the order they are read: table by table, its left column before its right one. */
export const linesOnPages = (pages: readonly (readonly Bit[])[]): Line[] => {
  const sheets = pages.map((bits) => rowsOf(bits))
  const size = usual(pages.flat().map(({ size, words }) => ({ value: size, weight: words.length })))
  const height = pitchOf(sheets, size)
  return sheets.flatMap((rows, at) => linesOnPage(rows, at + 1, size, height))
}

const linesOnPage = (rows: readonly Row[], page: number, size: number, height: number): Line[] => {
  const ordered = inColumns(bandsOf(rows, Math.min(height, size * 1.5) * 1.35))
  const edges = edgesOf(ordered)
  const before = new Map<number, Segment>()
  return ordered.map((segment, at) => {
    const column = segment.column ?? -1
    const last = before.get(column)
    before.set(column, segment)
    const { left, right } = edges.get(column)!
    const down = last ? last.y - segment.y : Infinity
    const broken = last !== undefined && wouldFit(last, segment, right)
    const heading = segment.size > size * 1.15
    return {
      words: tidy(segment.words),
      page,
      line: at + 1,
      apart: down > height * 1.35 || down < 0 || broken || heading !== (last !== undefined && last.size > size * 1.15),
      indent: Math.round((segment.x - left) / (size * 0.8)),
      ...(segment.column !== undefined && { column: segment.column }),
      ...(heading && { heading: 1 }),
    }
  })
}

/** How far lines of one paragraph stand apart: the smaller of the distances that are met. One page may have too few lines to say. */
const pitchOf = (sheets: readonly (readonly Row[])[], size: number): number => {
  const gaps = sheets.flatMap((rows) => rows.slice(1).map(({ y }, i) => rows[i]!.y - y))
  const full = gaps.filter((gap) => gap >= size * 0.9).sort((a, b) => a - b)
  return Math.min(full[Math.floor(full.length / 10)] ?? size * 1.3, size * 2.4)
}

/** Whether the first word of a line had room at the end of the one before: then somebody broke the line, not the page's width. */
const wouldFit = (before: Segment, { words, x, right }: Segment, edge: number): boolean => {
  const first = words.trim().split(' ', 1)[0]!.length + 1
  return before.right + ((right - x) / words.length) * first * 1.05 < edge
}

/** The value that most of what is read has, to half a point. */
const usual = (values: readonly { value: number; weight: number }[]): number => {
  const weights = new Map<number, number>()
  for (const { value, weight } of values) {
    const rounded = Math.round(value * 2) / 2
    weights.set(rounded, (weights.get(rounded) ?? 0) + weight)
  }
  return [...weights].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0
}

/** Bits at one height make a row; a wide gap in it makes two segments. */
const rowsOf = (bits: readonly Bit[]): Row[] => {
  const rows: { y: number; bits: Bit[] }[] = []
  for (const bit of [...bits].sort((a, b) => b.y - a.y)) {
    const row = rows.at(-1)
    if (row && row.y - bit.y < bit.size * 0.4) row.bits.push(bit)
    else rows.push({ y: bit.y, bits: [bit] })
  }
  return rows.map(({ y, bits }) => {
    const segments: Segment[] = []
    for (const bit of bits.sort((a, b) => a.x - b.x)) {
      const last = segments.at(-1)
      const space = last ? bit.x - last.right : 0
      if (!last || (space > bit.size * 1.6 && !isMarker(last.words))) segments.push({ ...bit })
      else {
        last.words += (space > bit.size * 0.15 ? ' ' : '') + bit.words
        last.right = bit.right
        last.size = Math.max(last.size, bit.size)
      }
    }
    return { y, segments }
  })
}

const isMarker = (words: string): boolean => markerOf(`${words.trim()} Word`)?.words === 'Word'

/** Rows between which a stripe of white goes across the page. */
const bandsOf = (rows: readonly Row[], white: number): Row[][] => {
  const bands: Row[][] = []
  for (const [at, row] of rows.entries()) {
    if (at === 0 || rows[at - 1]!.y - row.y > white) bands.push([])
    bands.at(-1)!.push(row)
  }
  return bands
}

/** Each band's segments in reading order, with their column where it is part of a table. */
const inColumns = (bands: readonly Row[][]): Segment[] => {
  let split: number | undefined
  return bands.flatMap((band) => {
    const second = band.flatMap(({ segments }) => segments.slice(1, 2).map(({ x }) => x))
    if (second.length > 0) split = Math.min(...second)
    if (split === undefined) return band.flatMap(({ segments }) => segments)
    const edge = split
    const out: Segment[] = []
    let table: Row[] = []
    for (const row of band)
      if (row.segments.some(({ x, right }) => x < edge - 3 && right > edge)) {
        // Words across the whole page end the table.
        out.push(...cellByCell(table, edge), ...row.segments)
        table = []
        if (second.length === 0) split = undefined
      } else table.push(row)
    return [...out, ...cellByCell(table, edge)]
  })
}

/** The left cell before the right one. In a form a label that ended with its colon is over: what stands below is the next. */
const cellByCell = (rows: readonly Row[], edge: number): Segment[] => {
  const out: Segment[] = []
  let cells: [Segment[], Segment[]] = [[], []]
  for (const { segments } of rows) {
    const left = segments.filter(({ x }) => x < edge - 3)
    if (left.length > 0 && cells[0].at(-1)?.words.trimEnd().endsWith(':')) {
      out.push(...cells.flat())
      cells = [[], []]
    }
    cells[0].push(...left.map((one) => ({ ...one, column: 0 })))
    cells[1].push(...segments.filter((one) => !left.includes(one)).map((one) => ({ ...one, column: 1 })))
  }
  return [...out, ...cells.flat()]
}

const edgesOf = (segments: readonly Segment[]): Map<number, { left: number; right: number }> => {
  const edges = new Map<number, { left: number; right: number }>()
  for (const { column = -1, x, right } of segments) {
    const edge = edges.get(column)
    if (!edge) edges.set(column, { left: x, right })
    else [edge.left, edge.right] = [Math.min(edge.left, x), Math.max(edge.right, right)]
  }
  return edges
}
