import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { loadGuidance } from '../../src/guidance/index.ts'
import { forgetPlaces } from '../../src/partnership/index.ts'
import { faults, journey, listen, oldPhone, openChromium, sideways } from '../chromium.ts'
import { openTestHouse, type TestHouse } from '../house.ts'
import { concernsKept } from '../noticed.ts'

let house: TestHouse
let chromium: Browser
let url: string
beforeAll(async () => {
  house = await openTestHouse()
  await house.seen(house.system, (tx) => loadGuidance(tx, house.system))
  url = await listen(house)
  chromium = await openChromium().catch(() => undefined as never)
})
afterAll(async () => {
  await chromium?.close()
  await house.close()
})

/** A map belongs to a partnership by its short name, and Warwickshire's has one. */
const called = async (slug: string): Promise<void> => {
  await house.seen(house.system, (tx) =>
    tx.updateTable('partnership').set({ slug }).where('id', '=', house.cast.partnership).execute(),
  )
  forgetPlaces(house.house)
}

const goOn = (page: Page) => page.locator('main form button.govuk-button:not(.govuk-button--secondary)').last().click()
const atWhere = async (options: BrowserContextOptions, worry: string): Promise<Page> => {
  const context = await chromium.newContext(options)
  const page = await context.newPage()
  await page.goto(`${url}/report/danger`)
  await goOn(page)
  await page.locator('#worry').fill(worry)
  await goOn(page)
  await page.goto(`${url}/report/where`)
  return page
}
const openMap = async (page: Page) => {
  await page.getByRole('button', { name: 'Show a map' }).click()
  await page.locator('[data-map-stage] svg').waitFor()
}
const send = async (page: Page, worry: string) => {
  await goOn(page)
  await page.goto(`${url}/report/check`)
  const checked = await page.locator('.govuk-summary-list').innerText()
  await goOn(page)
  await page.waitForURL('**/report/sent')
  const concern = (await concernsKept(house)).find((kept) => kept.worry === worry)!
  return { checked, concern }
}
const phone = { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true }
const desk = { viewport: { width: 1280, height: 900 } }
const says = (page: Page) => page.locator('[data-point-says]').innerText()

journey('a partnership without a map shows no button for one', async () => {
  await called('elmshire')
  const page = await atWhere(desk, 'No map here')
  expect(await page.getByRole('button', { name: 'Use where I am now' }).isVisible()).toBe(true)
  expect(await page.locator('[data-map-open], [data-map]').count()).toBe(0)
  expect((await page.request.get(`${url}/map.svg`)).status()).toBe(404)
  await page.context().close()
})

journey('without JavaScript there is no map and no button for one', async () => {
  await called('warwickshire')
  const page = await atWhere(oldPhone, 'No script here')
  expect(await page.locator('[data-map-open]').isVisible()).toBe(false)
  expect(await page.locator('[data-map]').isVisible()).toBe(false)
  expect(await page.locator('#place').isVisible()).toBe(true)
  await page.context().close()
})

journey('the map is fetched only when asked for, from nobody but us, and weighs less than 12 KB', async () => {
  await called('warwickshire')
  const page = await atWhere(desk, 'Fetched late')
  const fetched: string[] = []
  page.on('request', (request) => fetched.push(request.url()))
  let bytes = 0
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  session.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength))
  await page.reload()
  expect(fetched.filter((address) => /map/.test(address))).toEqual([])
  bytes = 0
  await openMap(page)
  await expect.poll(() => bytes).toBeGreaterThan(1000)
  expect(bytes).toBeLessThan(12 * 1024)
  expect(fetched.filter((address) => /map/.test(address))).toHaveLength(2)
  expect(fetched.every((address) => address.startsWith(url))).toBe(true)
  await page.context().close()
})

journey('a finger puts a pin on an old phone, and the front door sees where it is', async () => {
  await called('warwickshire')
  const page = await atWhere(phone, 'Pinned with a finger')
  const broken: string[] = []
  page.on('pageerror', (error) => broken.push(error.message))
  await openMap(page)
  expect(await sideways(page)).toBe(0)
  for (const button of await page.locator('[data-zoom]').all())
    expect((await button.boundingBox())!.width).toBeGreaterThanOrEqual(24)
  await page.locator('[data-map-stage]').scrollIntoViewIfNeeded()
  const bedworth = (await page.locator('[data-place=Bedworth] .trellis-map__dot').boundingBox())!
  await page.touchscreen.tap(bedworth.x + bedworth.width / 2, bedworth.y + bedworth.height / 2)
  await expect.poll(() => says(page)).toContain('near Bedworth, in Nuneaton and Bedworth')
  // Closer in, the same place is still under the pin.
  await page.getByRole('button', { name: 'Closer' }).click()
  const tip = (await page.locator('.trellis-map__pin').boundingBox())!
  const dot = (await page.locator('[data-place=Bedworth] .trellis-map__dot').boundingBox())!
  expect(Math.abs(tip.x + tip.width / 2 - dot.x - dot.width / 2)).toBeLessThan(6)
  expect(Math.abs(tip.y + tip.height - dot.y - dot.height / 2)).toBeLessThan(6)
  const { checked, concern } = await send(page, 'Pinned with a finger')
  expect(checked).toContain('near Bedworth, in Nuneaton and Bedworth')
  expect(concern.latitude).toBeCloseTo(52.479, 2)
  expect(concern.longitude).toBeCloseTo(-1.469, 2)
  expect(broken).toEqual([])
  const seen = await (await house.browser('dena')).get(`/concerns/${concern.id}`)
  expect(seen.text).toMatch(/aria-label="Map of Elmshire with a pin at 52\.\d+, -1\.\d+, near Bedworth, in Nuneaton/)
  await page.context().close()
})

journey('the keyboard alone moves the cross, hears where it is, puts the pin and removes it', async () => {
  await called('warwickshire')
  const page = await atWhere(desk, 'Pinned by keyboard')
  await page.locator('[data-map-open]').focus()
  await page.keyboard.press('Enter')
  await page.locator('[data-map-stage] svg').waitFor()
  const stage = page.locator('[data-map-stage]')
  for (let i = 0; i < 6 && !(await stage.evaluate((here) => here === document.activeElement)); i++)
    await page.keyboard.press('Tab')
  const heard = page.locator('[data-map-says]')
  await expect.poll(() => heard.innerText()).toMatch(/^The cross is .+\.$/)
  const before = await heard.innerText()
  for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowUp')
  await expect.poll(() => heard.innerText()).not.toBe(before)
  expect(await page.locator('.trellis-map__cross').isVisible()).toBe(true)
  await page.keyboard.press('Enter')
  await expect.poll(() => says(page)).toContain('We have marked this point: 52.')
  await page.keyboard.press('Delete')
  expect(await says(page)).toBe('The point has been removed.')
  expect(await page.locator('input[name=latitude]').inputValue()).toBe('')
  await page.keyboard.press('+')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Enter')
  // From the map, Tab leads on: it is no trap.
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Remove the point')
  const { concern } = await send(page, 'Pinned by keyboard')
  expect(concern.latitude).toBeGreaterThan(52)
  await page.context().close()
})

journey('a pin can be removed, comes back with the page, and may lie outside the area', async () => {
  await called('warwickshire')
  const page = await atWhere(desk, 'Pinned and removed')
  await openMap(page)
  await page.locator('[data-map-stage]').click({ position: { x: 8, y: 8 } })
  await expect.poll(() => says(page)).toContain('outside Elmshire')
  await goOn(page)
  await page.goto(`${url}/report/where`)
  expect(await says(page)).toContain('outside Elmshire')
  await openMap(page)
  expect(await page.locator('.trellis-map__pin:not([data-away])').count()).toBe(1)
  await page.getByRole('button', { name: 'Remove the point' }).click()
  expect(await page.locator('.trellis-map__pin:not([data-away])').count()).toBe(0)
  expect(await page.locator('[data-point-remove]').isVisible()).toBe(false)
  const { concern } = await send(page, 'Pinned and removed')
  expect(concern).toMatchObject({ latitude: null, longitude: null })
  await page.context().close()
})

journey('dragging moves the map and puts no pin', async () => {
  await called('warwickshire')
  const page = await atWhere(desk, 'Dragged')
  await openMap(page)
  await page.getByRole('button', { name: 'Closer' }).click()
  await page.locator('[data-map-stage]').scrollIntoViewIfNeeded()
  const box = (await page.locator('[data-map-stage]').boundingBox())!
  const seen = () => page.locator('[data-map-stage] svg').getAttribute('viewBox')
  const before = await seen()
  await page.mouse.move(box.x + 200, box.y + 200)
  await page.mouse.down()
  await page.mouse.move(box.x + 120, box.y + 150, { steps: 5 })
  await page.mouse.up()
  expect(await seen()).not.toBe(before)
  expect(await page.locator('input[name=latitude]').inputValue()).toBe('')
  await page.context().close()
})

journey('a map that cannot be fetched is said to be, and can be asked for again', async () => {
  await called('warwickshire')
  const page = await atWhere({ ...desk, serviceWorkers: 'block' }, 'No signal for the map')
  await page.route('**/map.svg', (route) => route.abort())
  const open = page.getByRole('button', { name: 'Show a map' })
  await open.click()
  await expect.poll(() => page.locator('[data-map-says]').innerText()).toContain('could not be fetched')
  await page.unroute('**/map.svg')
  await open.click()
  await openMap(page)
  await page.context().close()
})

journey('axe finds nothing on the open map, also in Urdu and in a browser’s own colours', async () => {
  await called('warwickshire')
  for (const [lang, open] of [
    ['', 'Show a map'],
    ['/ur', 'نقشہ دکھائیں'],
  ] as const) {
    const page = await atWhere(
      { ...phone, bypassCSP: true, forcedColors: lang ? 'none' : 'active' },
      `Looked at ${lang}`,
    )
    await page.goto(`${url}${lang}/report/where`)
    await page.getByRole('button', { name: open }).click()
    await page.locator('[data-map-stage] svg').waitFor()
    await page.locator('[data-map-stage]').click({ position: { x: 100, y: 100 } })
    // “Exit this page” stays in sight and would lie over whatever is scrolled below it.
    await page.evaluate(() => scrollTo(0, 0))
    expect(await faults(page)).toEqual([])
    expect(await sideways(page)).toBe(0)
    await page.context().close()
  }
})
