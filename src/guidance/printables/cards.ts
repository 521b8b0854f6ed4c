import { fill } from '../../web/index.ts'
import { a4, decoration, heightOf, ink, largestThatFits, leaf, mark, mm, onePage, soft, write } from './paper.ts'
import type { Paper } from './paper.ts'
import type { Printed } from './printed.ts'
import { drawQr } from './qr.ts'

// The size of a bank card's sleeve, eight to a sheet: what most pre-cut card paper and every wallet takes.
const width = mm(85)
const height = mm(55)
const left = (a4.width - 2 * width) / 2
const top = (a4.height - 4 * height) / 2
const pad = 10
const qr = 74

/** Eight pocket cards on one page, to cut along the lines. */
export const cards = (printed: Printed): Promise<Buffer> => {
  const { setting, w } = printed
  return onePage({ ...printed.info, title: fill(w.card, { name: setting.name }) }, (doc, root) => {
    // Eight times the same: a screen reader is read the first, the others count as decoration.
    root.add(doc.struct('Sect', { alt: fill(w.qr, { url: printed.url }) }, () => card(doc, printed, left, top)))
    decoration(doc, () => {
      for (let at = 1; at < 8; at++) card(doc, printed, left + (at % 2) * width, top + Math.floor(at / 2) * height)
      cutLines(doc)
    })
  })
}

const card = (doc: Paper, { setting, w, product, place, url }: Printed, x: number, y: number): void => {
  const self = setting.place === 'self'
  doc.rect(x, y, width, 34).fill(ink)
  mark(doc, x + pad, y + 8, 18, '#ffffff')
  write(
    doc,
    self ? w.fault : w.ask,
    { x: x + pad + 24, y: y + 8, width: width - 40 },
    { bold: true, size: 12.5, color: '#ffffff' },
  )
  const box = { x: x + pad, y: y + 40, width: width - qr - 2 * pad - 4 }
  const nameSize = largestThatFits(
    [8.5, 8, 7.5, 7],
    (size) => heightOf(doc, setting.name, box.width, { bold: true, size }),
    14,
  )
  const named = write(doc, setting.name, box, { bold: true, size: nameSize, color: ink })
  const room = height - 40 - named - 32
  const tall = (size: number) =>
    setting.do_lines.map((line) => heightOf(doc, `• ${line}`, box.width, { size }) + 1.5).reduce((a, b) => a + b, 0)
  const size = largestThatFits([7.5, 7, 6.5, 6, 5.5], tall, room)
  let at = box.y + named + 2
  for (const line of setting.do_lines) {
    if (at + heightOf(doc, `• ${line}`, box.width, { size }) > y + height - 28) break
    at += write(doc, `• ${line}`, { ...box, y: at }, { size }) + 1.5
  }
  write(
    doc,
    fill(w.danger, { number: setting.emergency }),
    { ...box, y: y + height - 26 },
    { bold: true, size: 8.5, color: '#8a1c12' },
  )
  write(doc, `${product} ${place}`, { ...box, y: y + height - 13 }, { size: 6, color: soft })
  const right = x + width - qr - pad + 4
  drawQr(doc, url, right, y + 38, qr)
  const shown = url.replace(/^https?:\/\//, '')
  const small = largestThatFits([6, 5.5, 5, 4.5], (s) => heightOf(doc, shown, qr, { size: s }), 17)
  write(doc, shown, { x: right + 2, y: y + 38 + qr + 2, width: qr - 2 }, { size: small, color: soft })
}

const cutLines = (doc: Paper): void => {
  doc.lineWidth(0.5).strokeColor(leaf).dash(3, { space: 3 })
  for (let column = 0; column <= 2; column++)
    doc.moveTo(left + column * width, top - 14).lineTo(left + column * width, top + 4 * height + 14)
  for (let row = 0; row <= 4; row++)
    doc.moveTo(left - 14, top + row * height).lineTo(left + 2 * width + 14, top + row * height)
  doc.stroke()
}
