import { fill } from '../../web/index.ts'
import type { Setting } from '../guidance.ts'
import type { Paper, Structure } from './paper.ts'
import {
  a4,
  decoration,
  heightOf,
  ink,
  largestThatFits,
  leaf,
  list,
  listHeight,
  mark,
  mist,
  onePage,
  say,
  soft,
} from './paper.ts'
import type { Printed } from './printed.ts'
import { drawQr } from './qr.ts'

const edge = 44
const wide = a4.width - 2 * edge
const band = 158
const stripe = 40
const foot = 232
const foot_top = a4.height - foot
const qr = 138

/** One page for a wall: what you may notice, what to do, 999, and a code that opens the list. */
export const poster = (printed: Printed): Promise<Buffer> => {
  const { setting, w } = printed
  const danger = fill(w.danger, { number: setting.emergency })
  return onePage({ ...printed.info, title: fill(w.poster, { name: setting.name }) }, (doc, root) => {
    decoration(doc, () => background(doc))
    top(doc, root, printed)
    say(doc, root, 'P', danger, { x: edge, y: band + 8, width: wide }, { bold: true, size: 17 })
    signs(doc, root, printed)
    steps(doc, root, printed)
    code(doc, root, printed)
  })
}

const isSelf = (setting: Setting) => setting.place === 'self'

const background = (doc: Paper): void => {
  doc.rect(0, 0, a4.width, band).fill(ink)
  mark(doc, a4.width - 190, -6, 196, '#ffffff', 0.22)
  mark(doc, edge, 22, 22, '#ffffff')
  doc.rect(0, band, a4.width, stripe).fill('#ffdd00')
  doc.rect(0, foot_top, a4.width, foot).fill(mist)
  doc.rect(0, a4.height - 8, a4.width, 8).fill(ink)
}

const top = (doc: Paper, root: Structure, { setting, w, product, place }: Printed): void => {
  const box = { x: edge, width: wide }
  say(
    doc,
    root,
    'P',
    `${product} ${place}`,
    { x: edge + 30, y: 22, width: wide - 30 },
    { bold: true, size: 15, color: '#ffffff' },
  )
  const ask = isSelf(setting) ? w.fault : w.ask
  say(doc, root, 'H1', ask, { ...box, y: 50 }, { bold: true, size: 37, color: '#ffffff' })
  const size = largestThatFits([20, 17, 14, 12], (s) => heightOf(doc, setting.name, wide, { size: s }), 28)
  say(doc, root, 'P', setting.name, { ...box, y: 104 }, { size, color: leaf })
}

/** The signs as large as the paper allows. When even small they do not fit, the rest is left to the page on the web. */
const signs = (doc: Paper, root: Structure, { setting, signs, w }: Printed): void => {
  const box = { x: edge, y: band + stripe + 20, width: wide }
  say(doc, root, 'H2', isSelf(setting) ? w.lookSelf : w.look, box, { bold: true, size: 18, color: ink })
  const from = box.y + 32
  const room = foot_top - 30 - from
  const all = signs.map(({ text }) => text)
  const tall = (lines: readonly string[]) => (size: number) => listHeight(doc, lines, wide, size)
  const size = largestThatFits([14, 13, 12.5, 12, 11.5, 11, 10.5, 10, 9.5, 9], tall(all), room)
  let shown = all
  for (let count = all.length; count > 0 && tall(shown)(size) > room; count--)
    shown = [...all.slice(0, count - 1), fill(w.more, { count: all.length - count + 1 })]
  list(doc, root, shown, { ...box, y: from }, size)
  if (isSelf(setting)) return
  say(doc, root, 'P', w.one, { ...box, y: foot_top - 26 }, { bold: true, size: 10.5, color: soft })
}

const steps = (doc: Paper, root: Structure, { setting, w }: Printed): void => {
  const box = { x: edge, y: foot_top + 20, width: wide - qr - 30 }
  say(doc, root, 'H2', isSelf(setting) ? w.doSelf : w.do, box, { bold: true, size: 18, color: ink })
  const room = foot - 20 - 32 - 44
  const tall = (lines: readonly string[]) => (size: number) => listHeight(doc, lines, box.width, size)
  const size = largestThatFits([13, 12, 11.5, 11, 10.5, 10, 9.5, 9, 8.5, 8], tall(setting.do_lines), room)
  let lines = setting.do_lines
  while (lines.length > 1 && tall(lines)(size) > room) lines = lines.slice(0, -1)
  list(doc, root, lines, { ...box, y: box.y + 32 }, size)
  const small = isSelf(setting) ? w.smallSelf : w.small
  const smallSize = largestThatFits(
    [10.5, 10, 9, 8],
    (s) => heightOf(doc, small, box.width, { bold: true, size: s }),
    16,
  )
  say(doc, root, 'P', small, { ...box, y: a4.height - 42 }, { bold: true, size: smallSize, color: ink })
}

const code = (doc: Paper, root: Structure, { setting, url, w }: Printed): void => {
  const x = a4.width - edge - qr
  const box = { x: x - 20, width: qr + 40 }
  const scan = isSelf(setting) ? w.scanSelf : w.scan
  say(doc, root, 'P', scan, { ...box, y: foot_top + 20 }, { bold: true, size: 10, color: ink })
  root.add(doc.struct('Figure', { alt: fill(w.qr, { url }) }, () => drawQr(doc, url, x, foot_top + 40, qr)))
  const shown = url.replace(/^https?:\/\//, '')
  const size = largestThatFits([10, 9, 8, 7, 6], (s) => heightOf(doc, shown, box.width, { size: s }), 26)
  say(doc, root, 'P', shown, { ...box, y: foot_top + 40 + qr + 6 }, { size, color: soft })
}
