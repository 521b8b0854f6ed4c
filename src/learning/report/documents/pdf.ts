import { paper } from '../../../guidance/index.ts'
import { margin, nextPage, writeAll, writeFacts, type Sheet } from './flow.ts'
import type { Cover, ReportPaper } from './pieces.ts'

const { a4, decoration, ink, inked, leaf, mark, soft } = paper

const wide = a4.width - 2 * margin

/**
 * A report as a PDF that a director would hand round: a cover, headings, real lists and tables, tagged for screen readers.
 * @param foot what stands at the bottom of a page; the cover has none
 */
export const reportPdf = (
  info: paper.Info,
  foot: (page: string, pages: string) => string,
  { cover, pieces }: ReportPaper,
): Promise<Buffer> =>
  // A page's margin would break lines by itself; every line here is placed.
  inked(info, { margin: 0, bufferPages: true }, (doc, root) => {
    const sheet: Sheet = { doc, top: margin, pages: 1 }
    drawCover(sheet, root, cover)
    const pen = { page: 0, y: 0 }
    nextPage(sheet, pen)
    writeAll(sheet, pen, root, pieces, { x: margin, width: wide, size: 11 })
    for (let page = 1; page < sheet.pages; page++) {
      doc.switchToPage(page)
      decoration(doc, () => {
        doc
          .lineWidth(0.6)
          .strokeColor(leaf)
          .moveTo(margin, a4.height - 52)
          .lineTo(a4.width - margin, a4.height - 52)
          .stroke()
        doc.font('regular').fontSize(9).fillColor(soft)
        const words = foot(String(page + 1), String(sheet.pages))
        doc.text(words, a4.width - margin - doc.widthOfString(words), a4.height - 44, { lineBreak: false })
      })
    }
  })

const band = 330

const drawCover = (sheet: Sheet, root: paper.Structure, { title, name, lead, facts, note }: Cover): void => {
  const { doc } = sheet
  decoration(doc, () => {
    doc.rect(0, 0, a4.width, band).fill(ink)
    mark(doc, a4.width - 250, 40, 250, '#ffffff', 0.16)
    mark(doc, margin, 62, 30, '#ffffff')
  })
  const named = largest(doc, name)
  said(doc, root, 'P', title, { y: 128, size: 15, color: leaf })
  const under = said(doc, root, 'Title', name, { y: 156, size: named, color: '#ffffff', bold: true })
  if (lead) said(doc, root, 'P', lead, { y: Math.min(under + 10, band - 44), size: 13, color: '#ffffff' })
  const pen = { page: 0, y: band + 40 }
  writeFacts(sheet, pen, root, facts, { x: margin, width: wide, size: 11 })
  pen.y += 14
  writeAll(sheet, pen, root, [{ kind: 'paragraph', words: note, soft: true }], { x: margin, width: wide, size: 10.5 })
}

const largest = (doc: paper.Paper, name: string): number =>
  [38, 32, 26, 21].find((size) => doc.font('bold').fontSize(size).heightOfString(name, { width: wide }) < 130) ?? 18

type Said = { y: number; size: number; color: string; bold?: boolean }
const said = (
  doc: paper.Paper,
  root: paper.Structure,
  role: string,
  words: string,
  { y, size, color, bold }: Said,
): number => {
  const element = doc.struct(role)
  root.add(element)
  const content = doc.markStructureContent(role)
  doc
    .font(bold ? 'bold' : 'regular')
    .fontSize(size)
    .fillColor(color)
    .text(words, margin, y, { width: wide, height: 140 })
  doc.endMarkedContent()
  element.add(content)
  return doc.y
}
