import { execFile } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import type { Browser as Chromium } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { projectRoot } from '../../src/platform/index.ts'
import { faults, journey, oldPhone, openChromium, sideways } from '../chromium.ts'
import { columns, population } from '../population.ts'

let folder: string
let chromium: Chromium
beforeAll(async () => {
  const { build } = (await import('../../scripts/prepare.mjs' as string)) as { build: (node: string) => Promise<void> }
  await build(process.execPath)
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'trellis-link-'))
  chromium = await openChromium()
}, 120_000)
afterAll(async () => {
  await chromium?.close()
  fs.rmSync(folder, { recursive: true })
})

journey(
  'an analyst links a file, reads F1 against its truth, and opens the report with nothing but a browser',
  async () => {
    const county = population(11, 1500).map(({ person, values }, i) => [`r${i}`, person.id, ...values].join(','))
    const [file, report] = ['county.csv', 'report.html'].map((name) => path.join(folder, name)) as [string, string]
    fs.writeFileSync(file, [['id', 'cluster', ...columns].join(','), ...county].join('\n'))
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['dist/trellis.js', 'link', file, '--report', report],
      { cwd: projectRoot },
    )
    const [, f1] = /Against cluster, clusters: .* F1 (0\.\d+)/.exec(stdout)!
    expect(Number(f1)).toBeGreaterThan(0.85)

    for (const [javaScript, options] of [
      [false, oldPhone],
      [true, { viewport: { width: 1280, height: 900 }, bypassCSP: true }],
    ] as const) {
      const page = await (await chromium.newContext(options)).newPage()
      const asked: string[] = []
      page.on('request', (request) => asked.push(request.url()))
      await page.goto(pathToFileURL(report).href)
      const measured = page.locator('table', { hasText: 'F1' }).locator('tr', { hasText: /clusters/i })
      // The page says the same as the terminal, in per cent or as a share.
      expect(await measured.innerText()).toMatch(new RegExp(`${f1!.slice(0, 4)}|${(Number(f1) * 100).toFixed(1)}`))
      await page.getByText('Pairs, explained').first().waitFor()
      expect(asked.filter((url) => !url.startsWith('file:') && !url.startsWith('data:'))).toEqual([])
      expect(await sideways(page)).toBe(0)
      if (javaScript) expect(await faults(page)).toEqual([])
      await page.screenshot({
        path: path.join(process.env['SHOTS'] ?? folder, `link-${javaScript}.png`),
        fullPage: true,
      })
    }
  },
)
