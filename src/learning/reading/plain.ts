import { parseFragment } from 'parse5'
import { linesOfHtml } from './html.ts'
import { most_characters, tidy, Unreadable, type Line, type Lines } from './line.ts'
import { markerOf } from './markers.ts'
import { withoutFurniture } from './furniture.ts'

/** Text as somebody saved it: with tabs for columns, stray markup, lines broken at any width, pages ended by form feeds. */
export const readText = (bytes: Uint8Array): Lines => {
  const text = decoded(bytes)
  if (text.length > most_characters) throw new Unreadable('too long')
  const raw = text.replace(/\r\n?/g, '\n').split(/\n|(?<=\f)/)
  const wrapped = isWrapped(raw)
  const lines: Line[] = []
  let page = 1
  let blank = true
  let before = ''
  for (const [at, one] of raw.entries()) {
    for (const part of withoutMarkup(one.replace(/\f/g, ''))) {
      if (part.trim() === '' || /^\s*\|?[\s|:_=-]{3,}$/.test(part)) blank = true
      else {
        const indent = /^\s*/.exec(part)![0].replace(/\t/g, '  ').length
        const cells = cellsOf(part.trim())
        for (const [column, words] of cells.entries()) {
          if (words === '') continue
          const apart = blank || !wrapped || cells.length > 1 || endsParagraph(before)
          lines.push({
            words: plainWords(words),
            page,
            line: at + 1,
            apart,
            indent,
            ...(cells.length > 1 && { column }),
            ...(/^#{1,6}\s/.test(words) && { heading: words.indexOf(' ') }),
          })
        }
        blank = false
        before = part.trim()
      }
    }
    if (one.includes('\f')) page++
  }
  return { kind: 'text', pages: page, lines: page > 1 ? withoutFurniture(lines) : lines.filter(isNoPageNumber) }
}

const isNoPageNumber = ({ words }: Line): boolean => !/^page \d{1,3}( of \d{1,3})?$/i.test(words)

/** UTF-8 or UTF-16 where the file says so, and otherwise what Windows writes. */
export const decoded = (bytes: Uint8Array): string => {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** Whether the lines were broken at a width: then a line goes on in the next. Otherwise each is a paragraph. */
const isWrapped = (raw: readonly string[]): boolean => {
  const lengths = raw.map((line) => line.trimEnd().length).filter((length) => length > 0)
  return lengths.filter((length) => length > 130).length <= lengths.length / 100
}

/** A line that ends a sentence and leaves much room ends its paragraph. */
const endsParagraph = (line: string): boolean => line.length < 50 && /[.!?:]["”’')]?$/.test(line)

const known = 'p|br|div|span|strong|b|em|i|u|ul|ol|li|a|h[1-6]|font|table|tbody|thead|tr|td|th|sup|sub|hr'
const markup = new RegExp(`</?(?:${known})\\b[^>]*>|&(?:#\\d+|#x[0-9a-f]+|[a-z]+\\d*);`, 'i')
const unknown = new RegExp(`<(?!/?(?:${known})\\b[^>]*>)`, 'gi')

/** The lines that one line holds once its markup is read as what it says: <p> begins a paragraph, &nbsp; is a space. */
const withoutMarkup = (line: string): string[] => {
  if (!markup.test(line)) return [line]
  const indent = /^\s*/.exec(line)![0]
  const cells = line.trim().split('\t')
  const parts = cells.map((cell) =>
    linesOfHtml(parseFragment(cell.replace(unknown, '&lt;'))).map(({ words, indent }) => ' '.repeat(indent) + words),
  )
  // Markup that fills a cell of several makes no line of its own.
  const one = parts.every((part) => part.length <= 1)
  const begins = /^\s*<(?:p|div|h[1-6]|li)\b/i.test(line) ? [''] : []
  const ends = /<\/(?:p|div|h[1-6]|li)>\s*$/i.test(line) ? [''] : []
  if (one) return [...begins, indent + parts.map(([words = '']) => words).join('\t'), ...ends]
  return parts.flat().flatMap((words) => ['', indent + words])
}

/** Columns are set apart by tabs, by much space, or by lines as in Markdown. What a point begins with is no column. */
const cellsOf = (line: string): string[] => {
  if (/^\|.*\|$/.test(line)) return line.slice(1, -1).split('|').map(tidy)
  const cells = line.split(/\t+|\s{4,}/).map(tidy)
  if (cells.length > 1 && markerOf(`${cells[0]} x`)?.words === 'x') return [cells.join(' ')]
  return cells
}

/** Without what Markdown puts around words. */
const plainWords = (words: string): string =>
  tidy(words)
    .replace(/^#{1,6}\s+/, '')
    .replace(/(\*\*|__)(?=\S)(.+?)(?<=\S)\1/g, '$2')
