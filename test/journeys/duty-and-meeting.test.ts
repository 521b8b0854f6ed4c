import type { Browser as Chromium, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { involve } from '../../src/sharing/index.ts'
import { addEntry, identitySchema, openPerson, subjectFacts } from '../../src/subjects/index.ts'
import { giveAgreement } from '../agreement.ts'
import type { Name } from '../cast.ts'
import { faults, journey, listen, oldPhone, openChromium, sideways } from '../chromium.ts'
import { openTestHouse, type TestHouse } from '../house.ts'

let house: TestHouse
let chromium: Chromium
let base: string
let child: string
beforeAll(async () => {
  house = await openTestHouse()
  await giveAgreement(house)
  child = await knownChild()
  base = await listen(house)
  chromium = await openChromium()
}, 120_000)
afterAll(async () => {
  await chromium?.close()
  await house?.close()
})

/** A child whom Lena leads, and of whom housing has seen something. */
const knownChild = async (): Promise<string> => {
  const lena = house.as('lena')
  const hal = house.as('hal')
  const { keys } = house.house
  const at = house.clock.now
  const id = await house.seen(lena, async (tx) => {
    const who = identitySchema.parse({ name: 'Kezia Thorne', born_on: '2010-06-01' })
    const opened = await openPerson(tx, keys, lena, who, { as: 'lead', at })
    const circle = { subject: opened, agency: hal.agency, staff: hal.staff, role: 'circle', contact: '' } as const
    await involve(tx, lena, { ...circle, at })
    return opened
  })
  await house.seen(hal, async (tx) => {
    const seen = {
      kind: 'what happened',
      happened_at: at,
      words: 'Cars at night',
      source: '',
      data_class: 'D4',
    } as const
    const subject = (await subjectFacts(tx, hal.partnership, id))!
    await addEntry(tx, keys, hal, subject, { ...seen, handling: 0 }, { at })
  })
  return id
}

const signedIn = async (name: Name, options: BrowserContextOptions = {}): Promise<Page> => {
  const session = (await house.browser(name)).cookies.get('session')!
  const context = await chromium.newContext({ bypassCSP: true, ...options })
  await context.addCookies([{ name: 'session', value: session, url: base }])
  return context.newPage()
}
const sayWhy = async (page: Page): Promise<void> => {
  await page.getByLabel('Keeping a child safe from exploitation').check()
  await page.getByLabel('Which lawful basis').selectOption({ label: 'Public task: Article 6(1)(e)' })
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('complementary').getByRole('link', { name: 'Meetings' }).waitFor()
}
const press = (page: Page, name: string) => page.getByRole('button', { name }).click()
const tasks = (page: Page) => page.locator('#duties ~ ul a')

// That sharing ends it is in the journey of sharing.
journey('a housing officer says why not to share what a duty clause asks for, and nothing waits', async () => {
  const page = await signedIn('hal', oldPhone)
  await page.goto(`${base}/work`)
  expect(await tasks(page).allInnerTexts()).toEqual([expect.stringContaining('tell Elmshire children’s social care')])
  expect(await page.locator('main').innerText()).toContain('due Tue 24 Nov, 17:00')
  expect(await sideways(page)).toBe(0)
  await tasks(page).click()
  await sayWhy(page)
  await page.getByRole('link', { name: /Tell Elmshire children’s social care, or say why not/ }).click()
  expect(await page.locator('main').innerText()).toContain('Clause T2-CHILD 2 obliges your agency')
  expect(await page.getByLabel('Who somebody is').isChecked()).toBe(true)
  await page.getByLabel('Name of the person there').fill('Lena Sorrel')
  await page.getByLabel('Their job').fill('Social worker')
  await press(page, 'See what the agreement answers')
  expect(await page.locator('main').innerText()).toContain('This is a duty')
  await press(page, 'I decide not to share')
  await page.getByLabel('It is not necessary').check()
  await page.getByLabel('What leads you to that?').fill('She was there and wrote it down herself')
  await press(page, 'Write down that it is not shared')
  await page.goto(`${base}/work`)
  expect(await tasks(page).count()).toBe(0)
  await page.context().close()
})

journey(
  'a lead worker calls a meeting, sees who may hear what, writes down what was declared and what came of it',
  async () => {
    const page = await signedIn('lena')
    await page.goto(`${base}/people/${child}`)
    await sayWhy(page)
    await page.getByRole('complementary').getByRole('link', { name: 'Meetings' }).click()
    await page.getByRole('button', { name: 'Call a meeting' }).click()
    await page.getByLabel('Strategy discussion').check()
    for (const [box, typed] of [
      ['Day', '23'],
      ['Month', '11'],
      ['Year', '2026'],
      ['At what time?', '9:30'],
      ['Where?', 'Room 4'],
    ] as const)
      await page.getByLabel(box, { exact: true }).fill(typed)
    await page.getByLabel('The circle only').check()
    await press(page, 'Call the meeting')
    for (const [agency, who] of [
      ['North Elmshire Housing', 'Hal Ferris, Housing officer'],
      ['Jobcentre Elmbridge', 'Wes Larkin, Work coach'],
    ]) {
      await press(page, 'Add somebody')
      await page.getByLabel('From which agency?').selectOption(agency!)
      await press(page, 'Continue')
      await page.getByLabel('Somebody with an account').selectOption(who!)
      await press(page, 'Add to the meeting')
    }
    const main = async () => (await page.locator('main').innerText()).replace(/\s+/g, ' ')
    expect(await main()).toMatch(/Hal Ferris North Elmshire Housing May hear: .*T2-CHILD 4/)
    expect(await main()).toMatch(/Wes Larkin Has not signed/)
    await page.getByRole('link', { name: 'Declaration of Hal Ferris' }).click()
    await page.getByLabel('The declaration above').check()
    await press(page, 'Write it down')
    expect(await main()).toMatch(/Hal Ferris Declared/)
    expect(await faults(page)).toEqual([])
    await press(page, 'Write down what came of it')
    await page.getByLabel('Yes, it was held').check()
    await page.getByLabel('What came of it', { exact: true }).fill('Hal has the lock changed by Friday')
    await press(page, 'Save')
    expect(await main()).toContain('Hal has the lock changed by Friday')
    await page.goto(`${base}/people/${child}`)
    expect(await main()).toContain('Strategy discussion held, called by Elmshire children’s social care')
    expect(await main()).not.toContain('Hal has the lock changed')
    await page.context().close()
  },
)
