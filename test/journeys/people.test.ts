import type { Browser as Chromium, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { newId } from '../../src/platform/index.ts'
import { involve } from '../../src/sharing/index.ts'
import { addEntry, identitySchema, openPerson, subjectFacts, type EntrySaid } from '../../src/subjects/index.ts'
import { giveAgreement } from '../agreement.ts'
import type { Name } from '../cast.ts'
import { journey, listen, oldPhone, openChromium, sideways } from '../chromium.ts'
import { openTestHouse, type TestHouse } from '../house.ts'

let house: TestHouse
let chromium: Chromium
let base: string
let person: string
beforeAll(async () => {
  house = await openTestHouse()
  await giveAgreement(house)
  person = await knownPerson('Kezia Thorne', ['hal', 'wes'])
  base = await listen(house)
  chromium = await openChromium()
}, 120_000)
afterAll(async () => {
  await chromium?.close()
  await house?.close()
})

const said: [EntrySaid['data_class'], EntrySaid['handling'], string][] = [
  ['D4', 0, 'Cars stop at the flat after midnight'],
  ['D4', 1, 'Her nan asks that the estate does not hear of it'],
  ['D5', 0, 'She says she wants it to stop'],
  ['D6', 0, 'What is in the referral'],
  ['D4', 2, 'Where she sleeps when home is not safe'],
]

const knownPerson = (name: string, circle: readonly Name[]): Promise<string> => {
  const lena = house.as('lena')
  const { keys } = house.house
  const at = house.clock.now
  return house.seen(lena, async (tx) => {
    const who = identitySchema.parse({ name, known_as: 'Kez', born_on: '2010-06-01' })
    const id = await openPerson(tx, keys, lena, who, { as: 'lead', contact: '01632 960111', at })
    const subject = (await subjectFacts(tx, lena.partnership, id))!
    for (const one of circle) {
      const { agency, staff } = house.as(one)
      await involve(tx, lena, { subject: id, agency, staff, role: 'circle', contact: '01632 960222', at })
    }
    for (const [data_class, handling, words] of said)
      await addEntry(
        tx,
        keys,
        lena,
        subject,
        { kind: 'what happened', happened_at: at, source: '', data_class, handling, words },
        { at },
      )
    return id
  })
}

const signedIn = async (name: Name, options: BrowserContextOptions = {}): Promise<Page> => {
  const session = (await house.browser(name)).cookies.get('session')!
  const context = await chromium.newContext(options)
  await context.addCookies([{ name: 'session', value: session, url: base }])
  return context.newPage()
}

journey('a housing officer says why on an old phone, and sees exactly what the clause lets through', async () => {
  const page = await signedIn('hal', oldPhone)
  await page.goto(`${base}/people/${person}`)
  expect(await page.getByText('Kezia').count()).toBe(0)
  expect(await sideways(page)).toBe(0)
  await page.getByLabel('Keeping a child safe from exploitation').check()
  await page.getByLabel('Which lawful basis').selectOption({ label: 'Public task: Article 6(1)(e)' })
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('heading', { level: 1, name: 'Kezia Thorne' }).waitFor()
  expect(await sideways(page)).toBe(0)
  const main = (await page.locator('main').innerText()).replace(/\s+/g, ' ')
  expect(said.filter(([, , words]) => main.includes(words)).map(([, , words]) => words)).toEqual([
    'Cars stop at the flat after midnight',
    'Her nan asks that the estate does not hear of it',
  ])
  expect(main).toContain('You are here for: Keeping a child safe from exploitation')
  expect(main).toContain('T2-CHILD 4')
  expect(main).toContain('Sealed: for people named on it only')
  expect(main).toContain('2 items')
  await page.context().close()
})

journey('a colleague of the agency that has not signed gets the answer of somebody who does not exist', async () => {
  const page = await signedIn('wes')
  const there = await page.goto(`${base}/people/${person}`)
  const real = [there?.status(), await page.locator('main').innerText(), await page.title()]
  const absent = await page.goto(`${base}/people/${newId()}`)
  expect(real).toEqual([absent?.status(), await page.locator('main').innerText(), await page.title()])
  expect(real[0]).toBe(404)
  await page.context().close()
})

journey('a lead worker adds a housing officer, who sees the person until that part ends', async () => {
  const her = await knownPerson('Bryony Askew', [])
  const say = async (page: Page) => {
    await page.goto(`${base}/people/${her}`)
    await page.getByLabel('Keeping a child safe from exploitation').check()
    await page.getByLabel('Which lawful basis').selectOption({ label: 'Public task: Article 6(1)(e)' })
    await page.getByRole('button', { name: 'Continue' }).click()
  }
  const [lena, hal] = [await signedIn('lena', { javaScriptEnabled: false }), await signedIn('hal', oldPhone)]
  await hal.goto(`${base}/people/${her}`)
  expect(await hal.getByText('Bryony').count()).toBe(0)

  await say(lena)
  await lena.getByRole('link', { name: 'Who else is involved?' }).click()
  await lena.getByRole('link', { name: 'Add somebody to the circle' }).click()
  await lena.getByLabel('Which agency').selectOption({ label: 'North Elmshire Housing' })
  await lena.getByRole('button', { name: 'Continue' }).click()
  await lena.getByLabel('Who is it?').selectOption({ label: 'Hal Ferris, Housing officer' })
  await lena.getByRole('button', { name: 'Add them' }).click()
  await lena.getByRole('link', { name: 'Enter a work number or address' }).click()
  await lena.keyboard.type('01632 960222')
  await lena.getByLabel('Why?').fill('The flat is in her tenancy')
  await lena.keyboard.press('Tab')
  await lena.keyboard.press('Enter')
  await lena.getByText('They are in the circle now').waitFor()

  await say(hal)
  await hal.getByRole('heading', { level: 1, name: 'Bryony Askew' }).waitFor()
  expect(await sideways(hal)).toBe(0)

  await lena.goto(`${base}/people/${her}/involved`)
  await lena.getByLabel('Why do you need to know?').fill('To end it')
  await lena.getByRole('button', { name: 'Show who is involved' }).click()
  await lena.getByRole('link', { name: 'End In the circle, North Elmshire Housing' }).click()
  await lena.getByLabel('The work is done').check()
  await lena.getByLabel('Yes, they met').check()
  for (const [box, value] of [
    ['Day', '20'],
    ['Month', '11'],
    ['Year', '2026'],
  ] as const)
    await lena.getByLabel(box, { exact: true }).fill(value)
  await lena.getByLabel('Nobody knows yet').check()
  await lena.getByLabel('Why is it not known?').fill('She was asleep')
  await lena.getByLabel('Who stays in touch with them, and how?').fill('I do, on Fridays')
  await lena.getByRole('button', { name: 'End it' }).click()
  await lena.getByText('That part has ended').waitFor()

  await hal.reload()
  expect(await hal.getByText('Bryony').count()).toBe(0)
  for (const page of [lena, hal]) await page.context().close()
})

journey('a lead worker gives a warning, and narrows the story, which stays so after the back button', async () => {
  const lena = await signedIn('lena', { ...oldPhone, javaScriptEnabled: false })
  await lena.goto(`${base}/people/${person}`)
  const asked = lena.getByLabel('Keeping a child safe from exploitation')
  if (await asked.count()) {
    await asked.check()
    await lena.getByLabel('Which lawful basis').selectOption({ label: 'Public task: Article 6(1)(e)' })
    await lena.getByRole('button', { name: 'Continue' }).click()
  }
  await lena.goto(`${base}/people/${person}/warnings`)
  await lena.getByLabel('What has to be known first?').fill('Do not ring after six')
  for (const [box, value] of [
    ['Day', '30'],
    ['Month', '11'],
    ['Year', '2026'],
  ] as const)
    await lena.getByLabel(box, { exact: true }).fill(value)
  await lena.getByLabel('Open under the agreement').check()
  await lena.getByRole('button', { name: 'Give the warning' }).click()
  await lena.getByText('The warning stands above every page now').waitFor()
  await lena.getByRole('link', { name: 'What has happened' }).click()
  await lena.getByText('Show a part of the story').click()
  await lena.getByLabel('What', { exact: true }).selectOption({ label: 'Warning' })
  await lena.getByRole('button', { name: 'Show' }).click()
  await lena.getByText('Given: Do not ring after six').waitFor()
  expect(await lena.getByText('Cars stop at the flat').count()).toBe(0)
  expect(await sideways(lena)).toBe(0)
  await lena.goto(`${base}/people/${person}/add`)
  await lena.getByText('Do not ring after six').waitFor()
  await lena.goBack()
  expect(await lena.getByText('Cars stop at the flat').count()).toBe(0)
  await lena.context().close()
})
