import type { Browser as Chromium, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { endOfDay, involve, statePurpose } from '../../src/sharing/index.ts'
import { identitySchema, openPerson } from '../../src/subjects/index.ts'
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
  person = await knownPerson()
  base = await listen(house)
  chromium = await openChromium()
}, 120_000)
afterAll(async () => {
  await chromium?.close()
  await house?.close()
})

/** Lena leads, Hal of housing is in the circle, and both have said today why they are here. */
const knownPerson = (): Promise<string> => {
  const lena = house.as('lena')
  const hal = house.as('hal')
  const at = house.clock.now
  return house.seen(lena, async (tx) => {
    const who = identitySchema.parse({ name: 'Kezia Thorne', born_on: '2010-06-01' })
    const id = await openPerson(tx, house.house.keys, lena, who, { as: 'lead', contact: '01632 960111', at })
    const { agency, staff } = hal
    await involve(tx, lena, { subject: id, agency, staff, role: 'circle', contact: '01632 960222', at })
    const until = await endOfDay(tx, at, 'Europe/London')
    for (const worker of [lena, hal])
      await statePurpose(
        tx,
        worker,
        id,
        { purpose: 'child-safeguarding', basis: 'public-task', condition: '', until },
        at,
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
const mainOf = async (page: Page): Promise<string> => (await page.locator('main').innerText()).replace(/\s+/g, ' ')
const press = (page: Page, name: string) => page.getByRole('button', { name }).click()

/** The first step, up to what the agreement answers. */
const askFor = async (page: Page, agency: string, name: string): Promise<void> => {
  await page.goto(`${base}/people/${person}`)
  await page.getByRole('link', { name: 'Share something' }).click()
  await page.getByLabel('Agency').selectOption({ label: agency })
  await page.getByLabel('Name of the person there').fill(name)
  await page.getByLabel('Their job').fill('Their worker')
  await page.getByLabel('Facts of a concern').check()
  await page.getByLabel('Open under the agreement').check()
  await press(page, 'See what the agreement answers')
}

journey('a housing officer shares what a duty asks for, on an old phone without JavaScript', async () => {
  const page = await signedIn('hal', oldPhone)
  await askFor(page, 'Elmshire children’s social care', 'Lena Sorrel')
  const answered = await mainOf(page)
  expect(answered).toContain('Yes Clause T2-CHILD 2')
  expect(answered).toContain('This is a duty: share it, or write down why not.')
  expect(answered).toContain('Lena Sorrel leads the work with this person')
  expect(await sideways(page)).toBe(0)
  await press(page, 'I will share it')
  await press(page, 'Write down that it is shared')
  await page.getByText('There is a problem').waitFor()
  expect(await sideways(page)).toBe(0)
  await page.getByLabel('Why is it right to share this').fill('Which nights the cars come')
  await page.getByLabel('By phone').check()
  await page.getByLabel('Yes, they were told').check()
  await press(page, 'Write down that it is shared')
  await page.getByRole('heading', { name: 'Shared with Elmshire children’s social care' }).waitFor()
  expect(await mainOf(page)).toContain('Which nights the cars come')
  expect(await sideways(page)).toBe(0)
  await page.context().close()
})

journey('the lead decides not to share, another manager overturns it, and it comes back to be shared', async () => {
  const lena = await signedIn('lena')
  await askFor(lena, 'North Elmshire Housing', 'Hal Ferris')
  await press(lena, 'I decide not to share')
  await lena.getByLabel('It would harm the child more than not sharing').check()
  await lena.getByLabel('What leads you to that?').fill('He would hear of it')
  await press(lena, 'Write down that it is not shared')
  await lena.getByText('Waits for a second manager').waitFor()

  const mina = await signedIn('mina')
  await mina.goto(`${base}/work`)
  await mina.getByRole('link', { name: '1 decision not to share to answer' }).click()
  await mina.locator('main .trellis-row a').click()
  expect(await mainOf(mina)).toContain('He would hear of it')
  await mina.getByLabel('It should be shared').check()
  await mina.getByLabel('Why do you think so?').fill('Housing has to keep the door safe')
  await press(mina, 'Save your answer')
  await mina.getByText('Your answer is saved').waitFor()
  await mina.context().close()

  await lena.goto(`${base}/people`)
  await lena.getByRole('link', { name: /1 decision not to share was overturned/ }).click()
  await lena.locator('main .trellis-row a').click()
  expect(await lena.getByLabel('Name of the person there').inputValue()).toBe('Hal Ferris')
  await lena.goto(`${base}/people/${person}/shared`)
  expect(await mainOf(lena)).toContain('Housing has to keep the door safe')
  await lena.context().close()
})

journey('the guardian reads in the register who was refused, and nothing of whose record it was', async () => {
  const wes = await signedIn('wes')
  expect((await wes.goto(`${base}/people/${person}`))?.status()).toBe(404)
  await wes.context().close()
  const gwen = await signedIn('gwen')
  await gwen.goto(`${base}/agreements`)
  expect(await mainOf(gwen)).toContain('No clause speaks of it 1 refusal')
  await gwen.context().close()
})
