import fs from 'node:fs'
import http from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { chromium, type Browser, type BrowserContextOptions, type BrowserServer, type Page } from 'playwright-core'
import { test } from 'vitest'
import type { TestHouse } from './house.ts'

const found = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path && fs.existsSync(path))
if (!found) console.log('No Chromium here, so the browser journeys are skipped. Install one, or set CHROMIUM_PATH.')

/** A test that needs a real browser; skipped, and said to be, where there is none. */
export const journey = test.skipIf(!found)

/** One for each process, because starting it takes as long as a short journey. It goes when its process goes. */
let started: Promise<BrowserServer> | undefined

/** A browser that shares nothing with any other journey but the program. To close it ends its own pages alone. */
export const openChromium = async (): Promise<Browser> => {
  started ??= startChromium()
  return chromium.connect((await started).wsEndpoint())
}

const startChromium = (): Promise<BrowserServer> =>
  chromium.launchServer({
    executablePath: found,
    host: '127.0.0.1',
    // The process that is told to end would otherwise stay to see to the browser, which ends by itself.
    handleSIGTERM: false,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // Pages ask nobody but the house, by the name of any of its partnerships; who leaves one for the news gets no answer here.
      '--host-resolver-rules=MAP *.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
    ],
  })

/** Puts the house on a port of this machine and returns its address. Links, codes and passkeys then speak of it. */
export const listen = async ({ app, house }: TestHouse): Promise<string> => {
  const url = (await app.listen({ port: 0, host: 'localhost' }))
    .replace('127.0.0.1', 'localhost')
    .replace('[::1]', 'localhost')
  house.config.publicUrl = url
  return url
}

export const oldPhone: BrowserContextOptions = {
  javaScriptEnabled: false,
  viewport: { width: 320, height: 640 },
  isMobile: true,
  deviceScaleFactor: 1,
}

const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** At an address of its own a browser compiles it once; given to each page as text it is compiled for each. */
let served: Promise<string> | undefined
const serveAxe = (): Promise<string> =>
  new Promise((resolve) => {
    const headers = { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'max-age=86400, immutable' }
    const server = http.createServer((_, reply) => reply.writeHead(200, headers).end(axe))
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/axe.js`))
    server.unref()
  })

/** The rules of axe to which a width makes a difference: the others read what the page is made of, which stays the same. */
export const rulesOfLayout = ['target-size', 'scrollable-region-focusable', 'color-contrast']

/**
 * What axe finds on the page as it stands, one sentence each. The context must have `bypassCSP`.
 * @param rules these alone, instead of all of WCAG 2.2 AA and best practice
 */
export const faults = async (page: Page, rules?: readonly string[]): Promise<string[]> => {
  // Looked at a second time, in another width, the page has it still.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.addScriptTag({ url: await (served ??= serveAxe()) })
  return page.evaluate(async (only) => {
    type Result = { violations: { id: string; help: string; nodes: { html: string }[] }[] }
    const { axe } = globalThis as unknown as { axe: { run: (options: object) => Promise<Result> } }
    const { violations } = await axe.run({
      // Of what is fine nobody asks where it stands, and to work that out takes longer than to look.
      resultTypes: ['violations'],
      runOnly: only
        ? { type: 'rule', values: only }
        : ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    })
    return violations.map(
      ({ id, help, nodes }) =>
        `${id}: ${help}: ${nodes
          .slice(0, 3)
          .map(({ html }) => html.slice(0, 160))
          .join(' | ')}`,
    )
  }, rules)
}

/** How far the page can be pushed sideways, in pixels: nothing at 320 px wide, or something does not fit an old phone. */
export const sideways = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
