import type { Browser as Chromium } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { journey, listen, openChromium } from '../chromium.ts'
import { openTestHouse, type TestHouse } from '../house.ts'
import { signForCast } from '../signed-for-cast.ts'
import { lookAs, openSubject } from '../subject.ts'

let house: TestHouse
let chromium: Chromium
let base: string
let subject: string

beforeAll(async () => {
  house = await openTestHouse()
  house.clock.now = new Date()
  await signForCast(house)
  subject = await openSubject(house, { reference: 'P-ASH' })
  await lookAs(house, 'hal', subject, 'person opened', { purpose: 'child-safeguarding', clause: 'ELM v1 2' })
  await lookAs(house, 'colm', subject, 'person opened', { purpose: 'crime' })
  base = await listen(house)
  chromium = await openChromium()
}, 60_000)
afterAll(async () => {
  await chromium?.close()
  await house?.close()
})

journey('the lead worker reads who has looked, and prints it for the person', async () => {
  const context = await chromium.newContext({ viewport: { width: 320, height: 640 } })
  const signedIn = [...(await house.browser('lena')).cookies]
  await context.addCookies(signedIn.map(([name, value]) => ({ name, value, url: base })))
  const page = await context.newPage()
  await page.goto(`${base}/people/${subject}`)
  await page.getByRole('link', { name: 'Who has looked' }).click()
  await page.waitForURL(/looked$/)
  const shown = await page.locator('main').innerText()
  for (const words of ['Hal Ferris, Housing officer', 'Keeping a child safe', 'ELM v1 2', 'Colm Byrne'])
    expect(shown).toContain(words)
  await page.getByLabel('Agency').selectOption({ label: 'North Elmshire Housing' })
  await page.getByRole('button', { name: 'Show' }).click()
  await page.waitForURL(/agency=/)
  expect(await page.locator('main').innerText()).not.toContain('Colm Byrne')

  await page.getByRole('link', { name: 'Print this for the person themself' }).click()
  await page.waitForURL(/for-the-person$/)
  expect(await page.locator('main').innerText()).toContain('1 line was left out')
  await page.emulateMedia({ media: 'print' })
  const paper = await page.locator('main').innerText()
  expect(paper).toContain('A worker at North Elmshire Housing')
  for (const hidden of ['Hal Ferris', 'Colm Byrne', 'left out because', 'Back to']) expect(paper).not.toContain(hidden)
  await context.close()
})
