import { paper, wordFile, wordRun } from '../../../guidance/index.ts'
import { listsOf, type Lists } from './numbering.ts'
import type { Cover, Item, Piece, ReportPaper } from './pieces.ts'

/*
 * A report as a Word file (ECMA-376): what is a heading, a list or a table to the eye is one to Word, so that whoever goes on
 * writing in it can.
 */
const ink = paper.ink.slice(1)
const leaf = paper.leaf.slice(1)
const soft = paper.soft.slice(1)
/** The width between the margins, in twentieths of a point. */
const wide = 9426

export const reportWord = (
  info: paper.Info,
  foot: (page: string, pages: string) => string,
  { cover, pieces }: ReportPaper,
): Buffer => {
  const lists = listsOf()
  const body = [coverOf(cover), ...pieces.map((piece) => of(piece, lists, wide))].join('')
  return wordFile({ info, foot, body, styles, numbering: lists.xml(), cover: true, headings: [34, 26, 23] })
}

const paragraph = (words: string, style: string, more = ''): string =>
  `<w:p><w:pPr><w:pStyle w:val="${style}"/>${more}</w:pPr>${wordRun(words)}</w:p>`
/** Word wants a paragraph between two tables and after the last of a cell. */
const gap = '<w:p><w:pPr><w:pStyle w:val="Gap"/></w:pPr></w:p>'

const of = (piece: Piece, lists: Lists, width: number): string => {
  if (piece.kind === 'heading') return paragraph(piece.words, `Heading${piece.level}`)
  if (piece.kind === 'paragraph') return paragraph(piece.words, piece.soft ? 'Soft' : 'Normal')
  if (piece.kind === 'list') return listOf(piece.items, lists)
  if (piece.kind === 'facts') return factsOf(piece.rows, width)
  return cellsOf(piece, lists, width)
}

const listOf = (items: readonly Item[], lists: Lists, level = 0): string =>
  items
    .map(({ sign, words, below }) => {
      const list = lists.next(sign, level)
      const number = `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${list}"/></w:numPr>`
      return paragraph(words, 'ListParagraph', number) + listOf(below, lists, level + 1)
    })
    .join('') + (level === 0 ? lists.end() : '')

const border = (side: string, color: string, size = 4): string =>
  `<w:${side} w:val="single" w:sz="${size}" w:space="0" w:color="${color}"/>`
const none = (side: string): string => `<w:${side} w:val="nil"/>`
const cell = (width: number, inside: string, shade = ''): string =>
  `<w:tc><w:tcPr><w:tcW w:w="${Math.round(width)}" w:type="dxa"/>${shade && `<w:shd w:val="clear" w:color="auto" w:fill="${shade}"/>`}</w:tcPr>${inside}</w:tc>`
const table = (width: number, borders: string, widths: readonly number[], rows: string): string =>
  `<w:tbl><w:tblPr><w:tblW w:w="${Math.round(width)}" w:type="dxa"/><w:tblInd w:w="140" w:type="dxa"/><w:tblBorders>${borders}</w:tblBorders><w:tblLayout w:type="fixed"/>` +
  '<w:tblCellMar><w:top w:w="80" w:type="dxa"/><w:left w:w="140" w:type="dxa"/><w:bottom w:w="80" w:type="dxa"/><w:right w:w="140" w:type="dxa"/></w:tblCellMar>' +
  `</w:tblPr><w:tblGrid>${widths.map((one) => `<w:gridCol w:w="${Math.round(one)}"/>`).join('')}</w:tblGrid>${rows}</w:tbl>${gap}`

/** A few rows that belong together, as a signature does, go to the next page together. */
const factsOf = (rows: readonly (readonly [string, string])[], width: number): string => {
  const widths = [width * 0.36, width * 0.64]
  const borders =
    none('top') + none('left') + border('bottom', leaf) + none('right') + border('insideH', leaf) + none('insideV')
  const drawn = rows.map(([label, words], at) => {
    const stay = at < rows.length - 1 ? '<w:keepNext/>' : ''
    const cells = [paragraph(label, 'Label', stay), paragraph(words || '–', 'Fact', stay)]
    return `<w:tr><w:trPr><w:cantSplit/></w:trPr>${cells.map((one, i) => cell(widths[i]!, one)).join('')}</w:tr>`
  })
  return table(width, borders, widths, drawn.join(''))
}

/** The row of heads stands again on each page that the table goes on to. */
const cellsOf = ({ heads, cells }: Extract<Piece, { kind: 'cells' }>, lists: Lists, width: number): string => {
  const widths = heads.map(() => width / heads.length)
  const borders = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map((side) => border(side, leaf, 6)).join('')
  const head = heads.map((words, at) => cell(widths[at]!, paragraph(words, 'ColumnHead'), ink)).join('')
  const inside = cells.map((pieces, at) =>
    cell(widths[at]!, pieces.map((piece) => of(piece, lists, widths[at]! - 280)).join('') || gap),
  )
  return table(
    width,
    borders,
    widths,
    `<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>${head}</w:tr><w:tr>${inside.join('')}</w:tr>`,
  )
}

const coverOf = ({ title, name, lead, facts, note }: Cover): string => {
  const shown = paragraph(title, 'CoverLine') + paragraph(name, 'Title') + (lead && paragraph(lead, 'CoverLead'))
  const band = table(
    wide,
    ['top', 'left', 'bottom', 'right'].map(none).join(''),
    [wide],
    `<w:tr><w:trPr><w:trHeight w:val="4600"/></w:trPr>${cell(wide, shown, ink)}</w:tr>`,
  )
  return `${band}${gap}${factsOf(facts, wide)}${paragraph(note, 'Soft')}<w:p><w:pPr><w:pStyle w:val="Gap"/></w:pPr><w:r><w:br w:type="page"/></w:r></w:p>`
}

const style = (id: string, name: string, paragraph: string, run: string): string =>
  `<w:style w:type="paragraph" w:customStyle="1" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="Normal"/><w:pPr>${paragraph}</w:pPr><w:rPr>${run}</w:rPr></w:style>`
const spacing = (before: number, after: number): string => `<w:spacing w:before="${before}" w:after="${after}"/>`
const colored = (color: string, size: number, bold = false): string =>
  `${bold ? '<w:b/>' : ''}<w:color w:val="${color}"/><w:sz w:val="${size}"/>`
const styles =
  `<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>${spacing(60, 120)}<w:ind w:left="200"/></w:pPr><w:rPr>${colored('FFFFFF', 64, true)}</w:rPr></w:style>` +
  `<w:style w:type="paragraph" w:styleId="ListParagraph"><w:name w:val="List Paragraph"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>${spacing(0, 120)}</w:pPr></w:style>` +
  style('CoverLine', 'Cover line', `${spacing(1100, 0)}<w:ind w:left="200"/>`, colored(leaf, 30)) +
  style('CoverLead', 'Cover lead', `${spacing(0, 200)}<w:ind w:left="200"/>`, colored('FFFFFF', 26)) +
  style('ColumnHead', 'Column head', spacing(20, 20), colored('FFFFFF', 22, true)) +
  style('Label', 'Label', spacing(0, 0), colored(ink, 22, true)) +
  style('Fact', 'Fact', spacing(0, 0), '') +
  style('Soft', 'Soft', '', colored(soft, 21)) +
  style('Gap', 'Gap', '<w:spacing w:before="0" w:after="0" w:line="160" w:lineRule="exact"/>', '<w:sz w:val="8"/>')
