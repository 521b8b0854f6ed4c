import fs from 'node:fs'
import path from 'node:path'
import PDFDocument from 'pdfkit'
import { projectRoot } from '../../platform/index.ts'

export const ink = '#14493f'
export const mid = '#12614f'
export const leaf = '#bfe3d0'
export const mist = '#eef3ef'
export const text = '#16211e'
export const soft = '#47544f'

export const a4 = { width: 595.28, height: 841.89 }
export const mm = (length: number): number => (length * 72) / 25.4

export type Paper = PDFKit.PDFDocument
export type Structure = PDFKit.PDFStructureElement
export type Info = { title: string; author: string; lang: string; made: Date }

let fonts: { regular: Buffer; bold: Buffer } | undefined

/**
 * One A4 page whose fonts travel with it, tagged for screen readers, with its language and title.
 * @param draw puts everything on the page, as structure below the root it is given
 */
export const onePage = (info: Info, draw: (doc: Paper, root: Structure) => void): Promise<Buffer> =>
  inked(info, { margin: 0 }, draw)

/** A document with our fonts, tagged, as bytes. */
export const inked = (
  info: Info,
  sheet: { margin: number; bufferPages?: boolean },
  draw: (doc: Paper, root: Structure) => void,
): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const doc = new PDFDocument({
      size: 'A4',
      ...sheet,
      pdfVersion: '1.7',
      tagged: true,
      displayTitle: true,
      lang: info.lang,
      info: { Title: info.title, Author: info.author, Creator: 'Trellis', CreationDate: info.made },
    })
    const chunks: Buffer[] = []
    doc.on('data', (chunk: Buffer) => chunks.push(chunk))
    doc.on('end', () => resolve(Buffer.concat(chunks)))
    doc.on('error', reject)
    fonts ??= { regular: font('NotoSans-Regular.ttf'), bold: font('NotoSans-Bold.ttf') }
    doc.registerFont('regular', fonts.regular)
    doc.registerFont('bold', fonts.bold)
    const root = doc.struct('Document')
    doc.addStructure(root)
    draw(doc, root)
    root.end()
    doc.end()
  })

const font = (name: string): Buffer => fs.readFileSync(path.join(projectRoot, 'content/fonts', name))

/** What only the eye needs: no screen reader is told of it. */
export const decoration = (doc: Paper, draw: () => void): void => {
  doc.markContent('Artifact', { type: 'Layout' })
  draw()
  doc.endMarkedContent()
}

type Style = { bold?: boolean; size: number; color?: string; gap?: number }
export type Box = { x: number; y: number; width: number }

/** Writes words inside a width and says how high they stand. Never starts a new page. */
export const write = (doc: Paper, words: string, { x, y, width }: Box, style: Style): number => {
  const height = heightOf(doc, words, width, style)
  doc.fillColor(style.color ?? text).text(words, x, y, { width, height: height + 1, lineGap: style.gap ?? 0 })
  return height
}

export const heightOf = (doc: Paper, words: string, width: number, { bold = false, size, gap = 0 }: Style): number =>
  doc
    .font(bold ? 'bold' : 'regular')
    .fontSize(size)
    .heightOfString(words, { width, lineGap: gap })

/** The largest of some sizes at which everything fits. */
export const largestThatFits = (sizes: readonly number[], height: (size: number) => number, room: number): number =>
  sizes.find((size) => height(size) <= room) ?? sizes.at(-1)!

/** The wordmark's lattice, `size` points wide. */
export const mark = (doc: Paper, x: number, y: number, size: number, color: string, opacity = 1): void => {
  const at = size / 32
  doc.save().translate(x, y).scale(at).lineWidth(3).lineCap('round').strokeColor(color)
  doc.strokeOpacity(opacity).path('M5 27 27 5M5 16 16 5M16 27 27 16').stroke()
  doc
    .strokeOpacity(opacity * 0.55)
    .path('M5 5 27 27M16 5 27 16M5 16 16 27')
    .stroke()
  doc.restore()
}

/** Writes words as one element of the document's structure: 'H1', 'P'. */
export const say = (doc: Paper, root: Structure, role: string, words: string, box: Box, style: Style): void =>
  void root.add(doc.struct(role, {}, () => void write(doc, words, box, style)))

const item_gap = 0.42
const bullet_room = 20
const itemHeight = (doc: Paper, line: string, width: number, size: number): number =>
  heightOf(doc, line, width - bullet_room, { size }) + size * item_gap

export const listHeight = (doc: Paper, lines: readonly string[], width: number, size: number): number =>
  lines.reduce((total, line) => total + itemHeight(doc, line, width, size), 0)

/** A list with drawn bullets. Returns where it ends. */
export const list = (doc: Paper, root: Structure, lines: readonly string[], box: Box, size: number): number => {
  const items = doc.struct('L')
  root.add(items)
  let y = box.y
  for (const line of lines) {
    const at = y
    decoration(doc, () => doc.circle(box.x + 5, at + size * 0.7, size * 0.2).fill(mid))
    const item = doc.struct('LI')
    items.add(item)
    say(doc, item, 'LBody', line, { x: box.x + bullet_room, y: at, width: box.width - bullet_room }, { size })
    item.end()
    y += itemHeight(doc, line, box.width, size)
  }
  items.end()
  return y
}
