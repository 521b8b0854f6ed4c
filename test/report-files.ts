import fs from 'node:fs'
import path from 'node:path'
import PDFDocument from 'pdfkit'
import { zipped } from '../src/guidance/index.ts'

/** An invented report in the programme's form, as such files are: columns by tabs, stray markup, paragraphs that a page broke. */
export const elmshire = fs.readFileSync(path.join(import.meta.dirname, 'reports/elmshire-2021.txt'))

type Bit =
  | { kind: 'row'; cells: string[] }
  | { kind: 'point'; level: number; number: string; words: string }
  | { kind: 'paragraph'; words: string }

/** What the invented report holds, for files of other kinds with the same words: there no page breaks a paragraph. */
const bits: readonly Bit[] = elmshire
  .toString()
  .replace(/(Elmshire)<\/p>\t\n\n(?=Safe)|(?<=although it took|leave time for|small thing,)\n\n/g, '$1 ')
  .split('\n')
  .flatMap((line): Bit[] => {
    const point = /^( *)(?:- )?(?:(\d)[.)] |- )(.*)$/.exec(line)
    if (point) return [{ kind: 'point', level: point[1]!.length, number: point[2] ?? '', words: point[3]! }]
    const cells = line.split('\t').filter((cell) => cell !== '')
    if (cells.length === 2) return [{ kind: 'row', cells }]
    const paragraphs = line
      .replace(/<\/p>\s*<p>|<\/?p>/g, '\n')
      .replace(/&rsquo;/g, '’')
      .replace('&nbsp;', ' ')
      .replace('&lt;', '<')
    return paragraphs
      .split('\n')
      .flatMap((words) => (words.trim() === '' ? [] : [{ kind: 'paragraph', words: words.trim() }]))
  })

const safe = (words: string): string => words.replace(/&/g, '&amp;').replace(/</g, '&lt;')

export const htmlReport = (): Buffer => {
  const body = bits.map((bit) => {
    if (bit.kind === 'row')
      return `<table><tr>${bit.cells.map((cell) => `<td><b>${safe(cell)}</b></td>`).join('')}</tr></table>`
    if (bit.kind === 'paragraph') return `<p><span>${safe(bit.words).replace(' ', '</span>&nbsp;<em></em>')}</p>`
    const list = bit.number
      ? `<ol start="${bit.number}"><li><p>${safe(bit.words)}</p></li></ol>`
      : `<ul><li>${safe(bit.words)}</ul>`
    return bit.level > 0 ? `<ul>${list}</ul>` : list
  })
  return Buffer.from(`<!doctype html><title>A page</title><script>no()</script><nav>Home</nav>${body.join('\n')}`)
}

export const wordReport = (change = (xml: string): string => xml): Buffer => {
  const paragraph = (words: string, of = ''): string =>
    `<w:p><w:pPr>${of}</w:pPr><w:r><w:t xml:space="preserve">${safe(words)}</w:t></w:r></w:p>`
  let [list, outer] = [100, 100]
  const body = bits.map((bit) => {
    if (bit.kind === 'row')
      return `<w:tbl><w:tr>${bit.cells.map((cell) => `<w:tc>${paragraph(cell)}</w:tc>`).join('')}</w:tr></w:tbl>`
    if (bit.kind === 'paragraph') return paragraph(bit.words)
    // Word keeps a list's numbers out of its words: each list is one of a kind that counts anew.
    if (bit.number === '1') list++
    if (bit.number === '1' && bit.level === 0) outer = list
    const numbered = bit.number === '' ? 1 : bit.level > 0 ? list : outer
    return paragraph(bit.words, `<w:numPr><w:ilvl w:val="${bit.level}"/><w:numId w:val="${numbered}"/></w:numPr>`)
  })
  return wordFile(change(body.join('')))
}

const numbering = (list: number, form: string): string =>
  `<w:abstractNum w:abstractNumId="${list}">${[0, 1].map((level) => `<w:lvl w:ilvl="${level}"><w:start w:val="1"/><w:numFmt w:val="${form}"/><w:lvlText w:val="%${level + 1}."/></w:lvl>`).join('')}</w:abstractNum>`

/** A Word file with this body, and little else. */
export const wordFile = (body: string): Buffer => {
  const numbers = numbering(1, 'bullet') + numbering(20, 'decimal')
  const anew = '<w:lvlOverride><w:startOverride w:val="1"/></w:lvlOverride>'
  const of = Array.from(
    { length: 12 },
    (_, i) => `<w:num w:numId="${100 + i}"><w:abstractNumId w:val="20"/>${anew}</w:num>`,
  )
  return zipped(
    [
      { name: '[Content_Types].xml', bytes: Buffer.from('<Types/>') },
      { name: 'word/document.xml', bytes: Buffer.from(`<w:document><w:body>${body}</w:body></w:document>`) },
      {
        name: 'word/numbering.xml',
        bytes: Buffer.from(
          `<w:numbering>${numbers}<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>${of.join('')}</w:numbering>`,
        ),
      },
    ],
    new Date('2021-06-04'),
  )
}

type Paper = PDFKit.PDFDocument

/** A PDF with whatever is drawn. */
export const pdfFile = (draw: (doc: Paper) => void, options: PDFKit.PDFDocumentOptions = {}): Promise<Buffer> =>
  new Promise((done) => {
    const doc = new PDFDocument({ size: 'A4', margin: 60, ...options })
    const chunks: Buffer[] = []
    doc.on('data', (chunk: Buffer) => chunks.push(chunk))
    doc.on('end', () => done(Buffer.concat(chunks)))
    draw(doc)
    doc.end()
  })

/** The invented report as a PDF: two columns for the details, a line at the foot of each page. */
export const pdfReport = (): Promise<Buffer> =>
  pdfFile(
    (doc) => {
      doc.fontSize(11)
      for (const bit of bits) {
        if (bit.kind === 'row') {
          const top = doc.y
          doc.text(bit.cells[0]!, 60, top, { width: 180 })
          const left = doc.y
          doc.text(bit.cells[1]!, 260, top, { width: 270 })
          doc.y = Math.max(left, doc.y) + 6
          doc.x = 60
        } else if (bit.kind === 'point') {
          if (doc.y > 740) doc.addPage()
          const x = 70 + bit.level * 24
          const top = doc.y
          doc.text(bit.number ? `${bit.number})` : '•', x, top, { lineBreak: false })
          doc.text(bit.words, x + 20, top, { width: 535 - x - 20 })
          doc.x = 60
          doc.moveDown(0.2)
        } else {
          doc.text(bit.words, { width: 475 })
          doc.moveDown(0.7)
        }
      }
      const { start, count } = doc.bufferedPageRange()
      for (let page = start; page < start + count; page++) {
        doc.switchToPage(page)
        doc.page.margins.bottom = 0
        doc.text(`Elmshire report    page ${page + 1} of ${count}`, 60, 800, { lineBreak: false })
      }
    },
    { bufferPages: true },
  )
