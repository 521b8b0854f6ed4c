import { most_characters, most_pages, tidy, Unreadable, type Line, type Lines } from './line.ts'
import { markerOf } from './markers.ts'
import { numberingOf, stylesOf, type InList } from './numbering.ts'
import { openZip } from './unzip.ts'
import { stepsOf, type Step } from './xml.ts'

/*
 * A Word file (ECMA-376) needs a few of its elements read for a report: paragraphs, the numbers of lists, tables, page
 * breaks, boxes to tick. The libraries that make HTML of one (mammoth, with eight others below it) leave out the pages and
 * the numbers, by which a person finds a place again, and unpack whatever they are given.
 */
export const readWord = (bytes: Buffer): Lines => {
  const zip = openZip(bytes)
  const main = zip.names.find((name) => /^word\/document\d*\.xml$/.test(name))
  const xml = main && zip.read(main)
  if (!xml) throw new Unreadable('not a report')
  const { lines, pages } = walked(xml, {
    styles: stylesOf(zip.read('word/styles.xml') ?? ''),
    numbers: numberingOf(zip.read('word/numbering.xml') ?? ''),
  })
  if (pages > most_pages || lines.reduce((sum, { words }) => sum + words.length, 0) > most_characters)
    throw new Unreadable('too long')
  return { kind: 'word', pages, lines }
}

type About = { styles: ReturnType<typeof stylesOf>; numbers: ReturnType<typeof numberingOf> }
type Paragraph = { words: string; style: string; list: string | undefined; level: number; page: number }
type Row = { cells: number; from: number }

/** What was taken out, and what stands only for older programs, is not part of the words. */
const unseen = new Set(['w:del', 'w:moveFrom', 'mc:Fallback', 'w:instrText', 'w:sdtPr', 'w:pPrChange', 'w:rPrChange'])

const walked = (xml: string, about: About): { lines: Line[]; pages: number } => {
  const lines: Line[] = []
  const open: Paragraph[] = []
  const rows: Row[] = []
  let page = 1
  let hidden = 0
  let inText = false
  const begin = (step: Extract<Step, { is: 'open' }>): void => {
    const { name, attribute } = step
    const paragraph = open.at(-1)
    const value = attribute('w:val')
    if (name === 'w:p') open.push({ words: '', style: '', list: undefined, level: 0, page })
    else if (name === 'w:tr') rows.push({ cells: 0, from: lines.length })
    else if (name === 'w:tc' && rows.length) rows.at(-1)!.cells++
    else if (name === 'w:lastRenderedPageBreak' || (name === 'w:br' && attribute('w:type') === 'page')) {
      page++
      if (paragraph?.words === '') paragraph.page = page
    } else if (!paragraph) return
    else if (name === 'w:t') inText = true
    else if (name === 'w:tab' && attribute('w:pos') === undefined) paragraph.words += '\t'
    else if (name === 'w:br' || name === 'w:cr') paragraph.words += '\n'
    else if (name === 'w:noBreakHyphen') paragraph.words += '-'
    else if (name === 'w:pStyle') paragraph.style = value ?? ''
    else if (name === 'w:ilvl') paragraph.level = Number(value)
    else if (name === 'w:numId') paragraph.list = value
    else if (name === 'w:sym') paragraph.words += symbols[(attribute('w:char') ?? '').toUpperCase()] ?? ''
    else if (name === 'w:checkBox') paragraph.words += '☐'
    else if ((name === 'w:checked' || name === 'w:default') && value !== '0')
      paragraph.words = paragraph.words.replace(/☐$/, '☒')
  }
  const close = (name: string): void => {
    if (name === 'w:t') inText = false
    if (name === 'w:p') {
      const paragraph = open.pop()
      if (paragraph) lines.push(...linesOf(paragraph, about, rows.at(-1)?.cells, lines.length))
    }
    if (name !== 'w:tr') return
    const row = rows.pop()
    // A table of one column is there for the frame around it.
    if (row?.cells === 1) for (const line of lines.slice(row.from)) delete line.column
  }
  for (const step of stepsOf(xml)) {
    if (step.is === 'words') {
      if (inText && hidden === 0) open.at(-1)!.words += step.words
    } else if (unseen.has(step.name)) hidden += step.is === 'open' ? 1 : -1
    else if (hidden === 0) {
      if (step.is === 'open') begin(step)
      else close(step.name)
    }
  }
  return { lines, pages: page }
}

/** Boxes and ticks as Wingdings has them. */
const symbols: Record<string, string> = { F0FE: '☒', F0FD: '☒', F0FC: '✓', F052: '☑', F0A8: '☐', F06F: '☐', F0B7: '• ' }

const linesOf = (
  paragraph: Paragraph,
  { styles, numbers }: About,
  cells: number | undefined,
  before: number,
): Line[] => {
  const { words, style, level, page } = paragraph
  const styled = styles.get(style)
  const inList: InList | undefined = paragraph.list === undefined ? styled?.inList : { list: paragraph.list, level }
  if (tidy(words) === '') return []
  const sign = inList && inList.list !== '0' && !markerOf(tidy(words)) ? numbers(inList) : ''
  const parts = words.split('\n').filter((part) => tidy(part) !== '')
  return parts.flatMap((part, at) => {
    // A tab between words of a paragraph makes two columns of them, as in a form without a table.
    const columns =
      cells === undefined && sign === '' && !markerOf(tidy(part)) ? part.trim().split(/\t+/).map(tidy) : [tidy(part)]
    return columns.map((said, column) => ({
      words: at === 0 ? sign + said : said,
      page,
      line: before + at + 1,
      apart: true,
      indent: (inList?.level ?? 0) * 2 + (at > 0 && sign !== '' ? 1 : 0),
      ...(cells !== undefined ? { column: cells - 1 } : columns.length > 1 ? { column } : {}),
      ...(styled?.heading && { heading: styled.heading }),
    }))
  })
}
