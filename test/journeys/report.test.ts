import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { loadGuidance } from '../../src/guidance/index.ts'
import { journey, listen, oldPhone, openChromium, sideways } from '../chromium.ts'
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

const goOn = (page: Page) => page.locator('main form button.govuk-button:not(.govuk-button--secondary)').last().click()
const receiptOn = async (page: Page) =>
  (await page.locator('.trellis-receipt__code').innerText()).replace(/\s+/g, ' ').trim()
const concernThatSays = async (worry: string) => (await concernsKept(house)).find((concern) => concern.worry === worry)!

/** The hotel's night manager, from the setting's own address to what the receipt opens. */
const nightManager = async (page: Page, words: string): Promise<void> => {
  const fits = async () => expect(await sideways(page), page.url()).toBe(0)
  await page.goto(`${url}/report?setting=HO`)
  await fits()
  await page.getByRole('link', { name: 'Tell us what worries you' }).click()
  await page.getByLabel('No', { exact: true }).check()
  await goOn(page)
  await page.locator('#worry').fill(words)
  await fits()
  await goOn(page)
  await page.getByLabel('One person', { exact: true }).check()
  await goOn(page)
  await page.getByLabel('Nickname, or what others call them').fill('Dizzy')
  await page.getByLabel('Under 18').check()
  await goOn(page)
  await page.locator('#place').fill('Larch Hotel, room 14')
  await goOn(page)
  await goOn(page)
  expect(await page.getByRole('checkbox').count()).toBeGreaterThan(5)
  await page.getByRole('checkbox').first().check()
  await fits()
  await goOn(page)
  await page.getByLabel('AB12 CDE').check()
  await fits()
  await goOn(page)
  await goOn(page)
  await page.getByLabel('No, do not contact me').check()
  await page.getByLabel('Yes, I want to know what happens').check()
  await goOn(page)
  expect(await page.locator('.govuk-summary-list').innerText()).toContain('Larch Hotel')
  await fits()
  await goOn(page)
  const receipt = await receiptOn(page)
  expect(receipt).toMatch(/^([0-9A-Z]{4} ){4}[0-9A-Z]{4}$/)
  await page.reload()
  expect(await receiptOn(page)).toBe(receipt)
  await fits()
  await goOn(page)
  await page.goto(`${url}/receipt`)
  await page.locator('#receipt').fill(receipt.toLowerCase())
  await goOn(page)
  expect(await page.locator('main').innerText()).toContain(words)
  await fits()
}

journey('a night manager says it on an old phone with JavaScript off, and reads the receipt', async () => {
  const context = await chromium.newContext(oldPhone)
  const page = await context.newPage()
  await nightManager(page, 'A girl was brought up the back stairs. Van AB12 CDE.')
  expect(await concernThatSays('A girl was brought up the back stairs. Van AB12 CDE.')).toMatchObject({
    setting: 'HO',
    channel: 'public',
    wants_news: true,
  })
  await context.close()
})

journey('and again with JavaScript', async () => {
  const context = await chromium.newContext({ viewport: { width: 320, height: 640 } })
  const page = await context.newPage()
  const broken: string[] = []
  page.on('pageerror', (error) => broken.push(error.message))
  await nightManager(page, 'The same van AB12 CDE came back.')
  expect(broken).toEqual([])
  await context.close()
})

journey('the keyboard alone is enough, from the first page to the receipt', async () => {
  const context = await chromium.newContext({ viewport: { width: 320, height: 640 } })
  const page = await context.newPage()
  const tabTo = async (what: string) => {
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press('Tab')
      const here = await page.evaluate(() => {
        const element = document.activeElement as HTMLInputElement | null
        return `${element?.id ?? ''} ${element?.textContent?.trim() ?? ''} ${element?.value ?? ''}`
      })
      if (here.includes(what)) return
    }
    throw new Error(`the keyboard does not reach "${what}" on ${page.url()}`)
  }
  const press = async (what: string) => {
    await tabTo(what)
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
  }
  await page.goto(`${url}/report?setting=HO`)
  await press('Tell us what worries you')
  await tabTo('danger')
  await page.keyboard.press('ArrowDown')
  await press('Continue')
  // An empty answer takes the focus to what is wrong; from there one key leads to the box.
  await press('Continue')
  expect(await page.evaluate(() => document.activeElement?.className)).toContain('govuk-error-summary')
  await tabTo('Say what worries you')
  await page.keyboard.press('Enter')
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('worry')
  await page.keyboard.type('Typed without a mouse')
  await press('Continue')
  for (const path of ['where', 'when', 'signs', 'details', 'files', 'contact', 'check']) {
    await press('Continue')
    expect(page.url()).toContain(`/report/${path}`)
  }
  await press('Send')
  expect(await receiptOn(page)).toHaveLength(24)
  expect(await concernThatSays('Typed without a mouse')).toMatchObject({ setting: 'HO' })
  await context.close()
})

journey('in Urdu the page runs from right to left, errors are in Urdu, and the concern says so', async () => {
  const context = await chromium.newContext({ viewport: { width: 320, height: 640 } })
  const page = await context.newPage()
  await page.goto(`${url}/ur/report`)
  expect(await page.evaluate(() => [document.documentElement.lang, getComputedStyle(document.body).direction])).toEqual(
    ['ur', 'rtl'],
  )
  await page.locator('.trellis-ways a').first().click()
  await goOn(page)
  await goOn(page)
  expect(await page.locator('.govuk-error-summary').innerText()).toContain('بتائیں آپ کو کیا فکر ہے')
  await page.locator('#worry').fill('ہوٹل میں کچھ ٹھیک نہیں')
  for (let i = 0; i < 8 && !page.url().endsWith('/check'); i++) {
    expect(await sideways(page), page.url()).toBe(0)
    await goOn(page)
  }
  await goOn(page)
  expect(page.url()).toContain('/ur/report/sent')
  expect(await concernThatSays('ہوٹل میں کچھ ٹھیک نہیں')).toMatchObject({ language: 'ur' })
  await context.close()
})

journey('leaving by “Exit this page” deletes what was typed', async () => {
  const context = await chromium.newContext()
  const page = await context.newPage()
  await page.goto(`${url}/report/danger`)
  await goOn(page)
  await page.locator('#worry').fill('Nobody must see this')
  await goOn(page)
  // What is still on its way when somebody leaves would come after the deleting, and the script that deletes has to be there.
  await page.waitForURL((to) => !/danger|worry/.test(to.pathname), { waitUntil: 'load' })
  expect(await context.cookies()).toHaveLength(1)
  const drafts = () =>
    house.seen(house.system, (tx) => tx.selectFrom('draft').select('id').where('kind', '=', 'report').execute())
  const before = (await drafts()).length
  await page.locator('.govuk-js-exit-this-page-button').click()
  await page.waitForURL((to) => !to.href.startsWith(url))
  await expect.poll(async () => (await drafts()).length).toBe(before - 1)
  await expect.poll(async () => (await context.cookies()).filter(({ name }) => name === 'draft').length).toBe(0)
  await context.close()
})

/** The worker is in charge of the page and has put the short form away. */
const readyForOffline = async (context: BrowserContext, page: Page): Promise<void> => {
  await page.goto(`${url}/report/small`)
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
    for (let i = 0; i < 100 && !(await caches.match('/report/offline')); i++)
      await new Promise((r) => setTimeout(r, 50))
    if (!(await caches.match('/report/offline'))) throw new Error('the short form was not kept')
  })
  await page.reload()
}

journey('with no signal a report is kept on the phone, sealed, said to be, and sent when there is signal', async () => {
  const context = await chromium.newContext({ viewport: { width: 320, height: 640 } })
  const page = await context.newPage()
  await readyForOffline(context, page)
  await context.setOffline(true)
  await page.goto(`${url}/report/danger`)
  expect(await page.locator('main').innerText()).toContain('You have no signal')
  expect(await page.locator('main').innerText()).toContain('999')
  expect(await page.locator('h1').evaluate((h1) => getComputedStyle(h1).fontWeight)).toBe('700')
  expect(await page.locator('[data-wrong]').isVisible()).toBe(false)
  await page.locator('form#offline button').click()
  expect(await page.locator('[data-wrong]').isVisible()).toBe(true)
  await page.locator('#worry').fill('Kept in the lift without signal')
  await page.locator('#detail').fill('AB12 CDE')
  await page.locator('form#offline button').click()
  await page.locator('[data-waiting]').waitFor()
  expect(await page.locator('[data-waiting]').innerText()).toContain('1')
  const stored = await page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open('trellis')
      request.onsuccess = () => resolve(request.result)
    })
    const rows = await new Promise<{ sealed: ArrayBuffer }[]>((resolve) => {
      const request = db.transaction('queue').objectStore('queue').getAll()
      request.onsuccess = () => resolve(request.result as { sealed: ArrayBuffer }[])
    })
    db.close()
    return rows.map(({ sealed }) => new TextDecoder('latin1').decode(sealed)).join()
  })
  expect(stored.length).toBeGreaterThan(50)
  expect(stored).not.toContain('lift')
  await context.setOffline(false)
  await page.locator('[data-receipts]').waitFor()
  const receipt = await receiptOn(page)
  expect(await concernThatSays('Kept in the lift without signal')).toMatchObject({ language: 'en', channel: 'public' })
  await page.goto(`${url}/report`)
  await page.locator('[data-kept-here] a').click()
  expect(await receiptOn(page)).toBe(receipt)
  await page.locator('[data-clear]').click()
  await page.locator('[data-receipts]').waitFor({ state: 'hidden' })
  await page.goto(`${url}/receipt`)
  await page.locator('#receipt').fill(receipt)
  await goOn(page)
  expect(await page.locator('main').innerText()).toContain('Kept in the lift')
  await context.close()
})

journey('a report that waits is sent when the next page opens, also where nothing wakes the worker', async () => {
  const context = await chromium.newContext({ viewport: { width: 320, height: 640 } })
  const page = await context.newPage()
  await readyForOffline(context, page)
  await context.setOffline(true)
  await page.goto(`${url}/report/danger`)
  await page.locator('#worry').fill('Sent by the next page')
  await page.locator('form#offline button').click()
  await page.locator('[data-waiting]').waitFor()
  await page.goto('about:blank')
  await context.setOffline(false)
  await page.goto(`${url}/report`)
  await expect
    .poll(() => concernThatSays('Sent by the next page').catch(() => undefined), { timeout: 10_000 })
    .toMatchObject({ channel: 'public' })
  await page.reload()
  await page.locator('[data-kept-here]').waitFor()
  await context.close()
})

journey('words that were being sent when the signal went are carried over to the short form', async () => {
  const context = await chromium.newContext({ viewport: { width: 320, height: 640 } })
  const page = await context.newPage()
  await readyForOffline(context, page)
  await page.goto(`${url}/report/danger`)
  await goOn(page)
  await page.locator('#worry').fill('Do not lose these words')
  await context.setOffline(true)
  await goOn(page)
  await page.locator('form#offline').waitFor()
  await expect.poll(() => page.locator('#worry').inputValue()).toBe('Do not lose these words')
  expect(await page.locator('[data-from-page]').isVisible()).toBe(true)
  await context.close()
})

journey('when many write at once the browser works a little and the report is sent by itself', async () => {
  const context = await chromium.newContext()
  const page = await context.newPage()
  await page.goto(`${url}/report/danger`)
  await goOn(page)
  await page.locator('#worry').fill('Sent in a flood')
  await goOn(page)
  const before = house.house.config.reportsAMinute
  house.house.config.reportsAMinute = 1
  await page.goto(`${url}/report/wait`)
  await page.waitForURL('**/report/sent', { timeout: 20_000 })
  house.house.config.reportsAMinute = before
  expect(await concernThatSays('Sent in a flood')).toMatchObject({ channel: 'public' })
  await context.close()
})

journey('a phone that may say where it is marks the point', async () => {
  const context = await chromium.newContext({
    geolocation: { latitude: 52.2823, longitude: -1.5846 },
    permissions: ['geolocation'],
  })
  const page = await context.newPage()
  await page.goto(`${url}/report/danger`)
  await goOn(page)
  await page.locator('#worry').fill('Marked on the spot')
  await goOn(page)
  await page.goto(`${url}/report/where`)
  await page.locator('[data-locate]').click()
  await expect.poll(() => page.locator('[data-point-says]').innerText()).toContain('52.28230, -1.58460')
  await goOn(page)
  await page.goto(`${url}/report/check`)
  await goOn(page)
  expect(await concernThatSays('Marked on the spot')).toMatchObject({ latitude: 52.2823, longitude: -1.5846 })
  await context.close()
})
