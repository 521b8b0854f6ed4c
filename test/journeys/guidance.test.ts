import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { loadGuidance } from '../../src/guidance/index.ts'
import { faults, journey, listen, oldPhone, openChromium, sideways } from '../chromium.ts'
import { openTestHouse, type TestHouse } from '../house.ts'

let house: TestHouse
let chromium: Browser
let url: string
beforeAll(async () => {
  house = await openTestHouse()
  await house.seen(house.system, (tx) => loadGuidance(tx, house.system))
  url = await listen(house)
})
afterAll(async () => {
  await chromium?.close()
  await house.close()
})

journey.each([
  ['with JavaScript off, on an old phone', oldPhone],
  ['with JavaScript on', { viewport: { width: 1280, height: 900 } }],
])(
  'a hotel night manager finds the hotels, narrows to children, reads, and starts a report: %s',
  async (_, options) => {
    chromium ??= await openChromium()
    const context = await chromium.newContext({ ...options, bypassCSP: true })
    const page = await context.newPage()
    await page.goto(url)
    expect(await sideways(page)).toBe(0)
    await page.getByRole('link', { name: 'What to look for' }).first().click()
    await page.getByLabel('Search what to look for').fill('hotl')
    await page.getByRole('button', { name: 'Search' }).click()
    await page.getByRole('link', { name: 'Hotels, B&Bs and short lets' }).click()
    await page.getByRole('radio', { name: 'Children' }).check({ force: true })
    await page.getByRole('button', { name: 'Show', exact: true }).click()
    expect(new URL(page.url()).search).toContain('age=child')
    expect(await page.getByText(/Showing \d+ of 11 signs: children\./).isVisible()).toBe(true)
    expect(await page.getByText('A young person with an older adult').isVisible()).toBe(true)
    await page.goBack()
    await page.goForward()
    expect(await page.getByRole('radio', { name: 'Children' }).isChecked()).toBe(true)
    expect(await sideways(page)).toBe(0)
    const [asked] = await Promise.all([
      page.waitForRequest((request) => request.url().includes('/report')),
      page.getByRole('button', { name: 'Say something’s not right' }).click(),
    ])
    expect(new URL(asked.url()).search).toBe('?setting=HO')
    expect(await context.cookies()).toEqual([])
    await context.close()
  },
)

const pages = [
  '/',
  '/signs',
  '/signs/hotels?age=child',
  '/signs/young-person',
  '/signs/search?q=takaway',
  '/signs/search?q=zzzz',
  '/types',
  '/types/CUCK',
  '/definition',
  '/offer',
  '/offer/worried-about-a-child',
  '/for-you',
  '/for-you/young-person',
  '/for-you/adult',
  '/about',
  '/privacy',
  '/cookies',
  '/accessibility',
]
journey(
  'axe finds nothing on a public page, and none can be pushed sideways, at three widths',
  async () => {
    chromium ??= await openChromium()
    const page = await chromium.newPage({ bypassCSP: true })
    for (const path of pages) {
      await page.goto(url + path)
      for (const width of [320, 768, 1280]) {
        await page.setViewportSize({ width, height: 800 })
        expect({ path, width, faults: await faults(page), sideways: await sideways(page) }).toEqual({
          path,
          width,
          faults: [],
          sideways: 0,
        })
      }
    }
    await page.context().close()
  },
  120_000,
)

journey(
  'axe finds nothing on the pages where the words are kept',
  async () => {
    chromium ??= await openChromium()
    const context = await chromium.newContext({ viewport: { width: 320, height: 640 }, bypassCSP: true })
    const token = (await house.browser('ada')).cookies.get('session')!
    await context.addCookies([{ name: 'session', value: token, url }])
    const page = await context.newPage()
    await page.goto(`${url}/guidance/sign/HO01`)
    await page.getByLabel('The sign').fill('A child with an adult who is not family')
    await page.getByRole('button', { name: 'Preview' }).click()
    const here = '/guidance/sign/HO01'
    for (const path of [
      '/guidance',
      '/guidance?kind=sign&setting=HO',
      here,
      `${here}/preview`,
      `${here}/history`,
      `${here}/withdraw`,
      '/guidance/setting/HO',
      '/guidance/sign/new',
    ]) {
      await page.goto(url + path)
      expect({ path, faults: await faults(page), sideways: await sideways(page) }).toEqual({
        path,
        faults: [],
        sideways: 0,
      })
    }
    await context.close()
  },
  60_000,
)

journey('the first view takes at most four requests and 40 KB, and nothing from anywhere else', async () => {
  chromium ??= await openChromium()
  for (const path of ['/', '/signs/hotels']) {
    const context = await chromium.newContext()
    const page = await context.newPage()
    const devtools = await context.newCDPSession(page)
    await devtools.send('Network.enable')
    let bytes = 0
    const asked: string[] = []
    devtools.on('Network.requestWillBeSent', ({ request }) => asked.push(request.url))
    devtools.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength))
    await page.goto(url + path, { waitUntil: 'networkidle' })
    console.log(`First view of ${path}: ${asked.length} requests, ${bytes} bytes with their headers`)
    expect(asked.filter((one) => !one.startsWith(url))).toEqual([])
    expect(asked.length).toBeLessThanOrEqual(4)
    expect(bytes).toBeLessThanOrEqual(40_000)
    await context.close()
  }
})
