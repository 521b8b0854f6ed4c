import type { Browser as Chromium, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { loadGuidance } from '../../src/guidance/index.ts'
import { journey, listen, oldPhone, openChromium } from '../chromium.ts'
import { openTestHouse, type TestHouse } from '../house.ts'
import { noticed } from '../noticed.ts'

/* What Trellis is for, from end to end: noticed in a hotel, joined by a number plate, decided with reasons, answered. */
let house: TestHouse
let chromium: Chromium
let base: string
beforeAll(async () => {
  house = await openTestHouse()
  await house.seen(house.system, (tx) => loadGuidance(tx, house.system))
  base = await listen(house)
  chromium = await openChromium()
}, 120_000)
afterAll(async () => {
  await chromium?.close()
  await house?.close()
})

const carryOn = (page: Page) => page.getByRole('button', { name: 'Continue', exact: true }).click()

const story = async (options: BrowserContextOptions, plate: string): Promise<void> => {
  const earlier = await noticed(house, { worry: 'The same car last week', details: [{ kind: 'vehicle', said: plate }] })

  // A night manager finds what to look for, and says what worries them.
  const hotel = await (await chromium.newContext(options)).newPage()
  await hotel.goto(`${base}/signs/hotels`)
  await hotel.getByRole('link', { name: 'Say something’s not right' }).last().click()
  await hotel.getByRole('link', { name: 'Tell us what worries you' }).click()
  await hotel.getByLabel('No', { exact: true }).check()
  await carryOn(hotel)
  await hotel
    .getByLabel('What worries you?')
    .fill(`A man pays for room 14 in cash. His grey car is ${plate.toLowerCase()}.`)
  for (let step = 0; step < 12 && !hotel.url().endsWith('/report/check'); step++) {
    const offered = hotel.getByLabel(plate.toLowerCase())
    if (await offered.count()) await offered.first().check()
    await carryOn(hotel)
    await hotel.waitForLoadState()
  }
  await hotel.getByRole('button', { name: 'Send', exact: true }).click()
  const receipt =
    /(?:[0-9A-HJKMNP-TV-Z]{4}\s){4}[0-9A-HJKMNP-TV-Z]{4}/.exec(await hotel.locator('main').innerText())?.[0] ?? ''
  expect(receipt).not.toBe('')

  // A duty worker sees it beside the earlier one, and decides.
  const work = await chromium.newContext(options)
  const session = (await house.browser('dena')).cookies.get('session')!
  await work.addCookies([{ name: 'session', value: session, url: base }])
  const desk = await work.newPage()
  await desk.goto(`${base}/queue`)
  await desk
    .locator('li, article, tr')
    .filter({ hasText: 'pays for room 14' })
    .filter({ hasNotText: 'Decided' })
    .getByRole('link')
    .first()
    .click()
  await desk.getByRole('link', { name: earlier.reference, exact: true }).waitFor()
  const shared = desk
    .locator('section, div')
    .filter({ has: desk.getByRole('heading', { name: 'Other concerns that share something' }) })
    .last()
  expect((await shared.innerText()).toUpperCase()).toContain(plate)
  await desk.getByRole('button', { name: 'Take it' }).first().click()
  await desk.getByText('You have it now.').waitFor()
  await desk.getByRole('button', { name: 'Decide' }).click()
  await desk.getByLabel('A child', { exact: true }).check()
  await carryOn(desk)
  await desk.getByLabel('Early help or family help').check()
  await carryOn(desk)
  await desk.getByLabel('Why did you decide this?').fill('A pattern of two reports')
  await desk.getByLabel('What is not known?').fill('Who he is')
  await desk.getByLabel('Medium').check()
  await desk.getByLabel('Given').check()
  await desk
    .locator('textarea[name=told]')
    .fill('Thank you. What you saw fitted with something else, and people are acting on it.')
  await carryOn(desk)
  await desk.getByRole('button', { name: /Decide/ }).click()
  await desk.waitForURL(/\/concerns\/[0-9a-f-]+(\?.*)?$/)
  await work.close()

  // The night manager comes back with the receipt, typed as people type, and reads the answer.
  await hotel.context().clearCookies()
  await hotel.goto(`${base}/receipt`)
  await hotel.locator('main input[type=text]').fill(receipt.toLowerCase().replaceAll('0', 'o').replaceAll(/\s/g, '-'))
  await hotel.locator('main form button').first().click()
  await hotel.getByText('What you saw fitted with something else').first().waitFor()
  expect(await hotel.locator('main').innerText()).not.toContain('A pattern of two reports')
  await hotel.context().close()
}

journey(
  'noticed, joined, decided and answered, in a browser',
  () => story({ viewport: { width: 1280, height: 900 } }, 'KV99 TRX'),
  120_000,
)
journey(
  'noticed, joined, decided and answered, on an old phone without JavaScript',
  () => story(oldPhone, 'KW99 TRX'),
  120_000,
)
