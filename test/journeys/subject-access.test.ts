import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Browser as Chromium, Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import * as subjects from '../../src/subjects/index.ts'
import type { Name } from '../cast.ts'
import { journey, listen, openChromium } from '../chromium.ts'
import { openTestHouse, type TestHouse } from '../house.ts'
import { signForCast } from '../signed-for-cast.ts'

let house: TestHouse
let chromium: Chromium
let base: string
let reference: string

beforeAll(async () => {
  house = await openTestHouse()
  await signForCast(house)
  const lena = house.as('lena')
  const at = house.clock.now
  const { keys } = house.house
  reference = await house.seen(lena, async (tx) => {
    const said = subjects.identitySchema.parse({ name: 'Kezia Thorne' })
    const id = await subjects.openPerson(tx, keys, lena, said, { as: 'lead', at })
    const facts = (await subjects.subjectFacts(tx, lena.partnership, id))!
    const words = 'Kezia came with Jordan Plume. He gave 07700 900555.'
    const entry = { kind: 'contact', happened_at: at, source: '', data_class: 'D4', handling: 0, words } as const
    await subjects.addEntry(tx, keys, lena, facts, entry, { at })
    return facts.reference
  })
  base = await listen(house)
  chromium = await openChromium()
}, 60_000)
afterAll(async () => {
  await chromium?.close()
  await house?.close()
})

const openAs = async (name: Name): Promise<Page> => {
  const context = await chromium.newContext({ viewport: { width: 320, height: 640 } })
  const cookies = [...(await house.browser(name)).cookies]
  await context.addCookies(cookies.map(([key, value]) => ({ name: key, value, url: base })))
  return context.newPage()
}

journey(
  'a manager prepares what a person asked for, the guardian approves it, and nothing hidden is in the file',
  async () => {
    const mina = await openAs('mina')
    await mina.goto(`${base}/access`)
    await mina.getByLabel('Reference of the record').fill(reference)
    await mina.getByRole('button', { name: 'Continue' }).click()
    await mina.getByLabel('Who asks').fill('Kezia, by hand')
    await mina.getByLabel('The person themself').check()
    await fillDate(mina, ['20', '11', '2026'])
    await mina.getByRole('button', { name: 'Save and start the clock' }).click()
    await mina.getByRole('link', { name: 'Say how it was checked' }).click()
    await mina.getByLabel('Known to a worker').check()
    await mina.getByLabel('What was seen').fill('Lena knows her')
    await fillDate(mina, ['21', '11', '2026'])
    await mina.getByRole('button', { name: 'Save' }).click()

    await mina.getByRole('link', { name: 'Contact' }).click()
    await mina.getByRole('group', { name: '“Jordan Plume”' }).getByLabel('Hide').check()
    await mina.getByRole('group', { name: '“07700 900555”' }).getByLabel('Hide').check()
    await mina.getByLabel('Give it, with what you hide hidden').check()
    await mina.getByRole('button', { name: 'Save this decision' }).click()
    // What is half done is there again after a reload, and from another machine.
    const again = await openAs('mina')
    await again.goto(mina.url())
    expect(await again.locator('main').innerText()).toContain('Give, 2 hidden')
    await again.getByRole('link', { name: 'Who you are' }).click()
    await again.getByLabel('Give it, with what you hide hidden').check()
    await again.getByRole('button', { name: 'Save this decision' }).click()
    expect(await again.locator('main').innerText()).toContain('You decided on items yourself')

    const gwen = await openAs('gwen')
    await gwen.goto(`${base}/access`)
    await gwen.getByRole('link', { name: reference }).click()
    await gwen.getByRole('button', { name: 'Look it over' }).click()
    expect(await gwen.locator('del').allInnerTexts()).toEqual(['Jordan Plume', '07700 900555'])
    await gwen.getByLabel('Approve').check()
    await gwen.getByRole('button', { name: 'Save your answer' }).click()

    await again.reload()
    const [download] = await Promise.all([
      again.waitForEvent('download'),
      again.getByRole('button', { name: 'Download as JSON' }).click(),
    ])
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'trellis-pack-'))
    await download.saveAs(path.join(folder, 'pack.json'))
    const file = fs.readFileSync(path.join(folder, 'pack.json'), 'utf8')
    fs.rmSync(folder, { recursive: true })
    expect(file).toContain('Kezia came with [name hidden]. He gave [number hidden].')
    for (const page of [mina, again, gwen]) await page.context().close()
  },
)

const fillDate = async (page: Page, parts: [string, string, string]): Promise<void> => {
  for (const [i, label] of ['Day', 'Month', 'Year'].entries())
    await page.getByLabel(label, { exact: true }).fill(parts[i]!)
}
