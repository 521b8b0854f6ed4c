import type { Browser as Chromium, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { journey, listen, oldPhone, openChromium, sideways } from '../chromium.ts'
import type { Name } from '../cast.ts'
import { openTestHouse, type TestHouse } from '../house.ts'
import { noticed } from '../noticed.ts'

let house: TestHouse
let chromium: Chromium
let base: string
beforeAll(async () => {
  house = await openTestHouse()
  base = await listen(house)
  chromium = await openChromium()
}, 120_000)
afterAll(async () => {
  await chromium?.close()
  await house?.close()
})

const signedIn = async (name: Name, options: BrowserContextOptions = {}): Promise<Page> => {
  const session = (await house.browser(name)).cookies.get('session')!
  const context = await chromium.newContext(options)
  await context.addCookies([{ name: 'session', value: session, url: base }])
  return context.newPage()
}

journey('a concern that comes in appears in the open list by itself, and is announced', async () => {
  const page = await signedIn('dena')
  await page.goto(`${base}/queue`)
  await page.mouse.move(5, 5)
  await page.waitForTimeout(1500)
  const { reference } = await noticed(house, { worry: 'Three lads and a van' })
  await page.getByText('Three lads and a van').waitFor({ timeout: 15_000 })
  expect(await page.getByRole('status').first().textContent()).toBe('1 new concern.')
  expect(await page.getByRole('link', { name: reference }).count()).toBe(1)
  await page.context().close()
})

journey(
  'rows do not move under somebody’s hands: the news waits behind a button, and filters and focus stay',
  async () => {
    const first = await noticed(house, { place: 'Elm Row', worry: 'First at Elm Row' })
    const page = await signedIn('dena')
    await page.goto(`${base}/queue?area=Elm+Row`)
    await page.mouse.move(5, 5)
    await page.getByRole('link', { name: first.reference }).focus()
    await page.waitForTimeout(1500)
    await noticed(house, { place: 'Elm Row', worry: 'Second at Elm Row' })
    await noticed(house, { place: 'Oak Row', worry: 'Only at Oak Row' })
    const show = page.getByRole('button', { name: 'Show it now' })
    await show.waitFor({ timeout: 15_000 })
    expect(await page.getByText('Second at Elm Row').count()).toBe(0)
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(first.reference)
    await show.click()
    await page.getByText('Second at Elm Row').waitFor()
    expect(await page.getByText('Only at Oak Row').count()).toBe(0)
    expect(page.url()).toContain('area=Elm+Row')
    await page.context().close()
  },
)

journey('a worker on an old phone without JavaScript takes a concern, decides it and sees it decided', async () => {
  const { reference, concern } = await noticed(house, {
    worry: 'A girl of fifteen in a grey car every Friday',
    people: [{ name: 'Kezia Thorne', born_on: '2011-03-02' }],
  })
  const page = await signedIn('colm', oldPhone)
  await page.goto(`${base}/queue?reference=${reference}`)
  await page.getByRole('button', { name: `Take it (${reference})` }).click()
  await page.getByText('You have it now.').waitFor()
  expect(await sideways(page)).toBe(0)
  await page.getByRole('button', { name: 'Decide' }).click()
  await page.getByLabel('Early help or family help').check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Why did you decide this?').fill('Seen by two people')
  await page.getByLabel('What is not known?').fill('Who drives')
  await page.getByLabel('Medium').check()
  await page.getByLabel('Given').check()
  expect(await page.getByLabel('What is offered').inputValue()).toContain('A named worker')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('heading', { name: 'Check your decision' }).waitFor()
  expect(await sideways(page)).toBe(0)
  await page.getByRole('button', { name: 'Decide' }).click()
  await page.getByText('Your decision is saved and the reporter has been told.').waitFor()
  expect(page.url()).toContain(concern)
  await page.context().close()
})

journey('the keyboard alone is enough, and what is typed is kept while it is typed', async () => {
  const { concern } = await noticed(house, { about: 'place', worry: 'Cars at the garages' })
  const page = await signedIn('dena')
  await page.goto(`${base}/concerns/${concern}/decide/route`)
  const tabTo = async (what: string) => {
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press('Tab')
      const here = await page.evaluate(() => {
        const el = document.activeElement as HTMLInputElement
        return `${el.tagName} ${el.name ?? ''} ${el.value ?? ''} ${el.textContent ?? ''}`
      })
      if (here.includes(what)) return
    }
    throw new Error(`${what} cannot be reached by keyboard`)
  }
  // Tab reaches a group of radios as one stop; arrows choose in it.
  await tabTo('INPUT route')
  await page.keyboard.press('Space')
  await tabTo('Continue')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/decide/why')
  await tabTo('TEXTAREA reason')
  await page.keyboard.type('Seen twice')
  await page.getByText('Saved', { exact: true }).waitFor({ timeout: 10_000 })
  await page.reload()
  expect(await page.locator('#reason').inputValue()).toBe('Seen twice')
  await page.context().close()
})
