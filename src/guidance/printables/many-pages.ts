import { a4, decoration, ink, inked, soft, text, type Info, type Paper } from './paper.ts'

const margin = 62
const styles = {
  H1: { font: 'bold', size: 24, color: ink, after: 0.6 },
  H2: { font: 'bold', size: 16, color: ink, after: 0.4 },
  H3: { font: 'bold', size: 12, color: ink, after: 0.2 },
  P: { font: 'regular', size: 11, color: text, after: 0.7 },
} as const

/** A paper that goes on for as long as there are words. */
export type Flowing = {
  say: (role: keyof typeof styles, words: string) => void
  /** A new page. */
  next: () => void
}

/**
 * As many A4 pages as the words take, tagged for screen readers, numbered.
 * @param foot what stands at the bottom of a page
 */
export const manyPages = (
  info: Info,
  foot: (page: number, pages: number) => string,
  write: (paper: Flowing) => void,
): Promise<Buffer> =>
  inked(info, { margin, bufferPages: true }, (doc, root) => {
    write({
      say: (role, words) => {
        const { font, size, color, after } = styles[role]
        doc.font(font).fontSize(size).fillColor(color)
        // A heading does not stay alone at the foot of a page.
        if (role !== 'P' && doc.y > a4.height - margin - 60) doc.addPage()
        const element = doc.struct(role, {}, () => void doc.text(words, { lineGap: 2 }))
        root.add(element)
        element.end()
        doc.moveDown(after)
      },
      next: () => void doc.addPage(),
    })
    numbered(doc, foot)
  })

const numbered = (doc: Paper, foot: (page: number, pages: number) => string): void => {
  const { start, count } = doc.bufferedPageRange()
  for (let page = start; page < start + count; page++) {
    doc.switchToPage(page)
    // Words below the margin would begin another page.
    doc.page.margins.bottom = 0
    decoration(doc, () => {
      doc.font('regular').fontSize(9).fillColor(soft)
      doc.text(foot(page + 1, count), margin, a4.height - 40, { width: a4.width - 2 * margin, align: 'right' })
    })
  }
}
