import type { Browser as Chromium, Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { addEntry, identitySchema, openPerson, subjectFacts } from '../../src/subjects/index.ts'
import type { Name } from '../cast.ts'
import { faults, journey, listen, oldPhone, openChromium, sideways } from '../chromium.ts'
import { openTestHouse, type TestHouse } from '../house.ts'
import { signForCast } from '../signed-for-cast.ts'

/** Hal leads; Lena's agency has a clause that would let her in if she worked with the person, and she does not. */
let house: TestHouse
let chromium: Chromium
let base: string
let person: string
beforeAll(async () => {
  house = await openTestHouse()
  await signForCast(house)
  const hal = house.as('hal')
  const at = house.clock.now
  const { keys } = house.house
  person = await house.seen(hal, async (tx) => {
    const said = identitySchema.parse({ name: 'Bryony Askew', born_on: '2011-02-03' })
    const id = await openPerson(tx, keys, hal, said, { as: 'lead', at })
    const subject = (await subjectFacts(tx, hal.partnership, id))!
    for (const [words, handling] of [
      ['Noise from the flat at night', 0],
      ['The refuge she went to', 2],
    ] as const) {
      const entry = { kind: 'contact', happened_at: at, words, data_class: 'D4', handling, source: '' } as const
      await addEntry(tx, keys, hal, subject, entry, { at })
    }
    return id
  })
  base = await listen(house)
  chromium = await openChromium()
}, 120_000)
afterAll(async () => {
  await chromium?.close()
  await house?.close()
})

const signedIn = async (name: Name, options = {}): Promise<Page> => {
  const context = await chromium.newContext({ bypassCSP: true, serviceWorkers: 'block', ...options })
  const cookies = [...(await house.browser(name)).cookies]
  await context.addCookies(cookies.map(([key, value]) => ({ name: key, value, url: base })))
  return context.newPage()
}
const main = async (page: Page): Promise<string> => (await page.locator('main').innerText()).replace(/\s+/g, ' ')

journey('the glass is broken with a reason on an old phone, closes by itself, and everybody hears of it', async () => {
  const lena = await signedIn('lena', oldPhone)
  await lena.goto(`${base}/people/${person}`)
  expect(await main(lena)).toContain('You are not working with this person')
  await lena.getByLabel('Why must you look now?').fill('She rang from the station')
  await lena.getByLabel('15 minutes').check()
  await lena.getByLabel('Keeping a child safe').check()
  await lena.getByLabel('Which lawful basis').selectOption({ label: 'A task in the public interest' })
  await lena.getByRole('button', { name: 'Go on' }).click()

  await lena.getByRole('heading', { level: 1, name: /Stop and think/ }).waitFor()
  expect(await sideways(lena)).toBe(0)
  expect(await main(lena)).not.toContain('Bryony')
  await lena.getByRole('button', { name: 'Change what I wrote' }).click()
  expect(await lena.getByLabel('Why must you look now?').inputValue()).toBe('She rang from the station')
  await lena.getByLabel('Why must you look now?').fill('She rang from the station and must be met')
  await lena.getByRole('button', { name: 'Go on' }).click()
  await lena.getByRole('button', { name: 'Break the glass for 15 minutes' }).click()

  await lena.getByRole('heading', { level: 1, name: 'Bryony Askew' }).waitFor()
  const opened = await main(lena)
  for (const said of ['This record closes at 23 November 2026 at 10:15', 'Noise from the flat'])
    expect(opened).toContain(said)
  expect(opened).not.toContain('refuge')

  const gwen = await signedIn('gwen')
  await gwen.goto(`${base}/work`)
  expect(await main(gwen)).toContain('1 alert waits for an answer')
  await gwen.getByRole('link', { name: 'Open the alerts' }).click()
  await gwen.getByRole('link', { name: 'Broke the glass' }).click()
  await gwen.getByRole('heading', { level: 1, name: 'Broke the glass' }).waitFor()
  const told = await main(gwen)
  expect(told).toContain('Lena Sorrel, Elmshire children’s social care, broke the glass on P-')
  expect(told).not.toContain('Bryony')

  const hal = await signedIn('hal')
  await hal.goto(`${base}/people`)
  await hal.getByRole('link', { name: '1 break-glass to review' }).click()
  await hal.getByText('She rang from the station and must be met').waitFor()
  expect(await main(hal)).toContain('Review due 24 November 2026')
  await hal.getByLabel('Yes, it was justified').check()
  await hal.getByLabel('Why do you think so?').fill('I could not be reached')
  await hal.getByRole('button', { name: 'Save the review' }).click()
  await hal.getByText('The review is saved').waitFor()

  // The review was the answer: the alert waits for nobody any more.
  await gwen.goto(`${base}/alerts?state=answered`)
  expect(await main(gwen)).toContain('Expected')
  await gwen.goto(`${base}/work`)
  expect(await main(gwen)).not.toContain('alert waits')

  house.clock.now = new Date(house.clock.now.getTime() + 15 * 60_000)
  await lena.reload()
  expect(await main(lena)).toContain('You are not working with this person')
  for (const page of [lena, gwen, hal]) await page.context().close()
})

journey('axe finds nothing on the page that interrupts', async () => {
  const page = await signedIn('lena')
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 800 })
    await page.goto(`${base}/people/${person}`)
    await page.getByLabel('Why must you look now?').fill('She rang from the station')
    await page.getByLabel('15 minutes').check()
    await page.getByLabel('Keeping a child safe').check()
    await page.getByLabel('Which lawful basis').selectOption({ label: 'A task in the public interest' })
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByRole('heading', { level: 1, name: /Stop and think/ }).waitFor()
    expect(await faults(page)).toEqual([])
  }
  await page.context().close()
})
