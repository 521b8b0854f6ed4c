import { execFileSync, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import QRCode from 'qrcode'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../../test/house.ts'
import { loadGuidance } from '../load.ts'
import { shippedPieces } from '../shipped.ts'
import type { SettingWords } from '../guidance.ts'
import { poster } from './poster.ts'
import { cards } from './cards.ts'

const hasPoppler = spawnSync('pdftoppm', ['-v']).status === 0
if (!hasPoppler)
  console.log('No poppler here (pdftoppm), so posters are not drawn and looked at. Install poppler-utils.')
const drawn = test.skipIf(!hasPoppler)

let house: TestHouse
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'trellis-paper-'))
beforeAll(async () => {
  house = await openTestHouse({ publicUrl: 'https://trellis.warwickshire.example.org' })
  await house.seen(house.system, (tx) => loadGuidance(tx, house.system))
})
afterAll(async () => {
  await house.close()
  fs.rmSync(folder, { recursive: true })
})

const settings = shippedPieces().flatMap(({ kind, words }) => (kind === 'setting' ? [words as SettingWords] : []))
const fetchPdf = async (slug: string, paper: string): Promise<Buffer> => {
  const got = await house.app.inject({ url: `/signs/${slug}/${paper}.pdf`, headers: { host: 'elmshire.test' } })
  expect(got.statusCode).toBe(200)
  expect(got.headers['content-type']).toBe('application/pdf')
  return got.rawPayload
}
const kept = (bytes: Buffer, name: string): string => {
  const file = path.join(folder, name)
  fs.writeFileSync(file, bytes)
  return file
}

test.each(
  settings.flatMap(
    ({ slug }) =>
      [
        [slug, 'poster'],
        [slug, 'card'],
      ] as const,
  ),
)('%s: the %s is one small tagged page', async (slug, paper) => {
  const bytes = await fetchPdf(slug, paper)
  const text = bytes.toString('latin1')
  expect(bytes.length).toBeLessThanOrEqual(200_000)
  expect(text.startsWith('%PDF-1.7')).toBe(true)
  expect(text.match(/\/Type \/Page\b/g)).toHaveLength(1)
  expect(text).toContain('/MarkInfo')
  expect(text).toContain('/Lang (en-GB)')
  expect(text).toContain('/FontFile2')
})

drawn('every poster holds every sign, every step, 999 and its own address', async () => {
  for (const setting of settings) {
    const file = kept(await fetchPdf(setting.slug, 'poster'), 'poster.pdf')
    const said = execFileSync('pdftotext', ['-raw', file, '-']).toString().replace(/\s+/g, ' ')
    const signs = shippedPieces().filter(({ kind, code }) => kind === 'sign' && code.startsWith(codeOf(setting)))
    for (const line of [...signs.map(({ words }) => (words as { text: string }).text), ...setting.do_lines])
      expect(said).toContain(line)
    expect(said).toContain('In danger now? Call 999')
    expect(said.replace(/\s/g, '')).toContain(`trellis.warwickshire.example.org/signs/${setting.slug}`)
  }
})

const codeOf = (setting: SettingWords) =>
  shippedPieces().find(({ kind, words }) => kind === 'setting' && (words as SettingWords).slug === setting.slug)!.code

drawn('nothing is cut off: every card shows every step', async () => {
  for (const setting of settings) {
    const said = execFileSync('pdftotext', ['-raw', kept(await fetchPdf(setting.slug, 'card'), 'card.pdf'), '-'])
      .toString()
      .replace(/\s+/g, ' ')
    for (const line of setting.do_lines) expect(said.split(line).length - 1).toBeGreaterThanOrEqual(8)
  }
})

/** The black and white of a square of the page, module by module, as a phone would see it. */
const readQr = (file: string, x: number, y: number, size: number, modules: number): string => {
  const dpi = 300
  execFileSync('pdftoppm', ['-r', String(dpi), '-gray', '-singlefile', file, file])
  const pgm = fs.readFileSync(`${file}.pgm`)
  const [, width] = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(pgm.subarray(0, 40).toString('latin1'))!
  const start = /^P5\s+\d+\s+\d+\s+255\s/.exec(pgm.subarray(0, 40).toString('latin1'))![0].length
  const unit = size / (modules + 8)
  const at = (row: number, column: number) => {
    const px = Math.round(((x + (column + 4.5) * unit) * dpi) / 72)
    const py = Math.round(((y + (row + 4.5) * unit) * dpi) / 72)
    return pgm[start + py * Number(width) + px]! < 128 ? '1' : '0'
  }
  return Array.from({ length: modules * modules }, (_, i) => at(Math.floor(i / modules), i % modules)).join('')
}

drawn('the code on paper is the one that opens the list', async () => {
  for (const slug of ['hotels', 'children-and-young-people', 'young-person']) {
    const { modules } = QRCode.create(`https://trellis.warwickshire.example.org/signs/${slug}`, {
      errorCorrectionLevel: 'M',
    })
    const expected = Array.from(modules.data, (bit) => (bit ? '1' : '0')).join('')
    expect(
      readQr(
        kept(await fetchPdf(slug, 'poster'), `${slug}.pdf`),
        595.28 - 44 - 138,
        841.89 - 232 + 40,
        138,
        modules.size,
      ),
    ).toBe(expected)
  }
})

drawn('words of any length keep to one page, and say when some were left for the web', async () => {
  const [setting] = settings
  const long = 'A very long thing that somebody noticed and wrote down with every last detail of it. '.repeat(4)
  const signs = Array.from({ length: 40 }, (_, i) => ({ text: `${i} ${long}` }))
  const words = {
    ...setting!,
    name: 'A setting whose name goes on and on '.repeat(4),
    do_lines: Array.from({ length: 20 }, () => long),
  }
  const printed = {
    setting: words,
    signs,
    w: (await import('../../web/index.ts')).wordsIn('en').guidance.print,
    product: 'Trellis',
    place: 'Elmshire',
    url: `https://example.org/${'long/'.repeat(30)}`,
    info: { author: 'Elmshire', lang: 'en-GB', made: new Date(0) },
  } as unknown as Parameters<typeof poster>[0]
  for (const draw of [poster, cards]) {
    const file = kept(await draw(printed), 'long.pdf')
    expect(execFileSync('pdfinfo', [file]).toString()).toMatch(/Pages:\s+1\n/)
  }
  expect(execFileSync('pdftotext', [kept(await poster(printed), 'long.pdf'), '-']).toString()).toMatch(
    /and \d+ more at the address below/,
  )
})
