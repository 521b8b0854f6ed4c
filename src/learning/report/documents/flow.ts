import { paper } from '../../../guidance/index.ts'
import type { Item, Piece } from './pieces.ts'
import { wrapped } from './wrap.ts'

const { a4, decoration, ink, leaf, soft, text } = paper
type Structure = paper.Structure

export const margin = 62
export const bottom = a4.height - 70

/** Where writing goes on: a page of the document, and how far down it; `fresh` at the top of a page or of a cell. */
export type Pen = { page: number; y: number; fresh?: boolean }
export type Column = { x: number; width: number; size: number }

type Look = { font: 'regular' | 'bold'; size: number; color: string; before: number; after: number }
const headings = { 1: [16, 20, 7], 2: [13, 14, 5], 3: [11, 10, 3] } as const
const lineOf = (size: number): number => size * 1.4

/** A document that is written in columns, each with its own pen: a page is added when the first of them needs it. */
export type Sheet = { doc: paper.Paper; top: number; pages: number; onNewPage?: ((page: number) => number) | undefined }

const turnTo = (sheet: Sheet, page: number): void => {
  while (sheet.pages <= page) {
    sheet.doc.addPage()
    sheet.pages++
  }
  sheet.doc.switchToPage(page)
}
export const nextPage = (sheet: Sheet, pen: Pen): void => {
  pen.page++
  turnTo(sheet, pen.page)
  pen.y = sheet.onNewPage?.(pen.page) ?? sheet.top
  pen.fresh = true
}

/**
 * Writes words as one element of the structure, over as many pages as they take. Never one line of several alone.
 * @param follow how much room must be left below: a heading stays with what it is about
 */
const write = (
  sheet: Sheet,
  pen: Pen,
  element: Structure,
  role: string,
  words: string,
  column: Column,
  look: Look,
  follow = 0,
  sign = '',
): void => {
  const { doc } = sheet
  const height = lineOf(look.size)
  doc.font(look.font).fontSize(look.size)
  const lines = wrapped(words, column.width, (some) => doc.widthOfString(some))
  const few = Math.min(lines.length, 2)
  if (!pen.fresh) pen.y += look.before
  if (pen.y + height * few + follow > bottom) nextPage(sheet, pen)
  for (let at = 0; at < lines.length;) {
    let room = Math.floor((bottom - pen.y) / height)
    if (lines.length - at - room === 1 && room > 2) room--
    const here = lines.slice(at, at + Math.max(room, 1))
    turnTo(sheet, pen.page)
    doc.font(look.font).fontSize(look.size).fillColor(look.color)
    if (at === 0 && sign !== '') {
      const label = doc.markStructureContent('Lbl')
      doc.text(sign, column.x - signRoom(sign, look.size), pen.y, { lineBreak: false })
      doc.endMarkedContent()
      element.add(label)
    }
    const content = doc.markStructureContent(role)
    for (const [i, line] of here.entries()) doc.text(line, column.x, pen.y + i * height, { lineBreak: false })
    doc.endMarkedContent()
    element.add(content)
    at += here.length
    pen.fresh = false
    pen.y += here.length * height
    if (at < lines.length) nextPage(sheet, pen)
  }
  pen.y += look.after
}

const signRoom = (sign: string, size: number): number => size * (sign.length > 3 ? 2.6 : 1.8)

/** Writes pieces below each other in a column. */
export const writeAll = (sheet: Sheet, pen: Pen, root: Structure, pieces: readonly Piece[], column: Column): void => {
  for (const piece of pieces) {
    if (piece.kind === 'heading') {
      const [size, before, after] = headings[piece.level]
      const element = structure(sheet, root, `H${piece.level}`)
      const look: Look = { font: 'bold', size: Math.min(size, column.size + 5), color: ink, before, after }
      write(sheet, pen, element, `H${piece.level}`, piece.words, column, look, 44)
    } else if (piece.kind === 'paragraph') {
      const look: Look = {
        font: 'regular',
        size: column.size,
        color: piece.soft ? soft : text,
        before: 0,
        after: column.size * 0.65,
      }
      write(sheet, pen, structure(sheet, root, 'P'), 'P', piece.words, column, look)
    } else if (piece.kind === 'list') writeList(sheet, pen, root, piece.items, column)
    else if (piece.kind === 'facts') writeFacts(sheet, pen, root, piece.rows, column)
    else writeCells(sheet, pen, root, piece, column)
  }
}

const structure = ({ doc }: Sheet, parent: Structure, role: string): Structure => {
  const element = doc.struct(role)
  parent.add(element)
  return element
}

const writeList = (sheet: Sheet, pen: Pen, root: Structure, items: readonly Item[], column: Column): void => {
  const list = structure(sheet, root, 'L')
  const longest = items.reduce((most, { sign }) => (sign.length > most.length ? sign : most), '')
  const room = signRoom(longest, column.size)
  const inner = { ...column, x: column.x + room, width: column.width - room }
  const look: Look = { font: 'regular', size: column.size, color: text, before: 0, after: column.size * 0.4 }
  for (const { sign, words, below } of items) {
    const item = structure(sheet, list, 'LI')
    write(sheet, pen, item, 'LBody', words, inner, look, 0, sign)
    if (below.length) writeList(sheet, pen, item, below, inner)
  }
  pen.y += column.size * 0.3
}

/** Labels on the left, what they are on the right, a thin line between rows. */
export const writeFacts = (
  sheet: Sheet,
  pen: Pen,
  root: Structure,
  rows: readonly (readonly [string, string])[],
  column: Column,
): void => {
  const table = structure(sheet, root, 'Table')
  const gap = 12
  const left = { ...column, width: column.width * 0.36 - gap }
  const right = { ...column, x: column.x + column.width * 0.36, width: column.width * 0.64 }
  const bold: Look = { font: 'bold', size: column.size, color: ink, before: 0, after: 0 }
  for (const [label, words] of rows) {
    const row = structure(sheet, table, 'TR')
    if (pen.y + lineOf(column.size) * 2 > bottom) nextPage(sheet, pen)
    const [one, other] = [{ ...pen }, { ...pen }]
    write(sheet, one, structure(sheet, row, 'TH'), 'TH', label, left, bold)
    write(sheet, other, structure(sheet, row, 'TD'), 'TD', words || '–', right, {
      ...bold,
      font: 'regular',
      color: text,
    })
    Object.assign(pen, later(one, other))
    pen.y += 4
    turnTo(sheet, pen.page)
    decoration(sheet.doc, () => {
      sheet.doc
        .lineWidth(0.6)
        .strokeColor(leaf)
        .moveTo(column.x, pen.y)
        .lineTo(column.x + column.width, pen.y)
        .stroke()
    })
    pen.y += 6
  }
}

const later = (one: Pen, other: Pen): Pen =>
  one.page > other.page || (one.page === other.page && one.y > other.y) ? one : other

const head_height = 26
const pad = 9

/** A table with one row: its heads stand again on every page that it goes on to, for the eye alone. */
const writeCells = (
  sheet: Sheet,
  pen: Pen,
  root: Structure,
  { heads, cells }: Extract<Piece, { kind: 'cells' }>,
  column: Column,
): void => {
  const { doc } = sheet
  const many = heads.length
  const width = column.width / many
  const cellOf = (at: number): Column => ({
    x: column.x + at * width + pad,
    width: width - 2 * pad,
    size: many > 1 ? column.size - 1 : column.size,
  })
  pen.y += 6
  if (pen.y + head_height + 60 > bottom) nextPage(sheet, pen)
  const start = { ...pen }
  const bar = (y: number): void => void doc.rect(column.x, y, column.width, head_height).fill(ink)
  const named = (at: number, y: number): void =>
    void doc
      .font('bold')
      .fontSize(10.5)
      .fillColor('#ffffff')
      .text(heads[at]!, cellOf(at).x, y + 6.5, { width: width - 2 * pad, height: 15, lineBreak: false })
  const table = structure(sheet, root, 'Table')
  turnTo(sheet, pen.page)
  decoration(doc, () => bar(start.y))
  const first = structure(sheet, table, 'TR')
  for (const at of heads.keys()) {
    const head = structure(sheet, first, 'TH')
    const content = doc.markStructureContent('TH')
    named(at, start.y)
    doc.endMarkedContent()
    head.add(content)
  }
  const again = new Set<number>()
  const outside = sheet.onNewPage
  sheet.onNewPage = (page) => {
    if (!again.has(page))
      decoration(doc, () => {
        bar(sheet.top)
        for (const at of heads.keys()) named(at, sheet.top)
      })
    again.add(page)
    return sheet.top + head_height + pad
  }
  const row = structure(sheet, table, 'TR')
  let end: Pen = { page: start.page, y: start.y + head_height + pad }
  for (const [at, cell] of cells.entries()) {
    const own = { page: start.page, y: start.y + head_height + pad, fresh: true }
    turnTo(sheet, own.page)
    writeAll(sheet, own, structure(sheet, row, 'TD'), cell, cellOf(at))
    end = later(end, own)
  }
  sheet.onNewPage = outside
  frame(sheet, start, end, column, many)
  Object.assign(pen, end)
  pen.y += 14
}

/** The frame of a table and the line between its columns, on each of its pages. */
const frame = (sheet: Sheet, start: Pen, end: Pen, { x, width }: Column, many: number): void => {
  const { doc } = sheet
  for (let page = start.page; page <= end.page; page++) {
    turnTo(sheet, page)
    const top = page === start.page ? start.y : sheet.top
    const foot = page === end.page ? end.y + 4 : bottom + 4
    decoration(doc, () => {
      doc
        .lineWidth(0.8)
        .strokeColor(leaf)
        .rect(x, top, width, foot - top)
        .stroke()
      for (let at = 1; at < many; at++)
        doc
          .moveTo(x + (at * width) / many, top + head_height)
          .lineTo(x + (at * width) / many, foot)
          .stroke()
    })
  }
}
