import type { Browser as Chromium, Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { newId } from '../../src/platform/index.ts'
import { agreementCalled, giveAgreement } from '../agreement.ts'
import type { Name } from '../cast.ts'
import { journey, listen, openChromium, sideways } from '../chromium.ts'
import { openTestHouse, type TestHouse } from '../house.ts'

let house: TestHouse
let chromium: Chromium
let base: string
beforeAll(async () => {
  house = await openTestHouse()
  await giveAgreement(house)
  base = await listen(house)
  chromium = await openChromium()
}, 120_000)
afterAll(async () => {
  await chromium?.close()
  await house?.close()
})

const signedIn = async (name: Name): Promise<Page> => {
  const session = (await house.browser(name)).cookies.get('session')!
  const context = await chromium.newContext({ viewport: { width: 320, height: 640 } })
  await context.addCookies([{ name: 'session', value: session, url: base }])
  return context.newPage()
}

const administratorToo = ({ seen, system, cast }: TestHouse, name: Name) =>
  seen(system, (tx) =>
    tx
      .insertInto('role_grant')
      .values({
        partnership_id: cast.partnership,
        id: newId(),
        account_id: cast.people[name].id,
        role: 'administrator',
      })
      .execute(),
  )

journey(
  'an administrator changes what landlords see: drafted, its difference told, signed by all, in force',
  async () => {
    const page = await signedIn('ada')
    await page.goto(`${base}/agreements`)
    // What holds before anybody signs is read like the rest, and is nobody's to draft.
    await page.getByRole('link', { name: 'What the law already asks of a front door' }).click()
    await page.getByText('Nobody signs this.').waitFor()
    expect(await page.getByRole('button', { name: 'Draft the next version' }).count()).toBe(0)
    expect(await sideways(page)).toBe(0)
    await page.goBack()
    await page.getByRole('link', { name: 'A safe home and tenancy' }).click()
    await page.getByRole('button', { name: 'Draft the next version' }).click()
    await page.getByRole('button', { name: 'Add a clause' }).click()
    await page.getByLabel('What is it about?').fill('What happened, for the landlord that is involved')
    const tick = (name: string, value: string) => page.locator(`input[name=${name}][value="${value}"]`).check()
    await tick('suppliers', 'kind:childrens-social-care')
    await tick('recipients', 'kind:district-housing')
    await tick('purposes', 'housing')
    await tick('classes', 'D4')
    await page.getByRole('button', { name: 'Save this clause' }).click()
    // A basis was forgotten: everything else is still there.
    await page
      .getByRole('link', { name: 'Select the lawful basis: nothing may be shared without one (Article 6)' })
      .click()
    await tick('bases', 'public-task')
    expect(await sideways(page)).toBe(0)
    await page.getByRole('button', { name: 'Save this clause' }).click()
    await page.getByText('The clause has been saved.').waitFor()

    await page.getByRole('button', { name: 'See the difference it would make' }).click()
    await page.getByText('1 role would see 1 more class, in 0 cases.').waitFor()
    expect(await sideways(page)).toBe(0)
    await page.getByRole('button', { name: 'Put it to the agencies to sign' }).click()
    await page.getByRole('button', { name: 'Make it live' }).click()
    await page.getByText('North Elmshire Housing has not signed').waitFor()
    const offered = page.url().replace('/live', '')

    const mina = await signedIn('mina')
    await mina.goto(`${offered}/sign`)
    await mina.getByLabel('Job title').fill('Team manager')
    await mina.getByLabel('I have read this version and may sign for my agency').check()
    await mina.getByRole('button', { name: 'Sign now' }).click()
    await mina.getByText('The signature has been recorded.').waitFor()
    await mina.context().close()

    // Two people record what was signed on paper: one of them alone can let no agency in.
    const gwen = await signedIn('gwen')
    await administratorToo(house, 'gwen')
    const agencies = ['Elmshire children’s social care', 'Elmshire Police', 'North Elmshire Housing']
    for (const agency of agencies)
      for (const name of agency.includes('children') ? ['Ravi Stott'] : ['Ines Vale', 'Ravi Stott']) {
        const recorder = name === 'Ines Vale' ? page : gwen
        await recorder.goto(`${offered}/sign`)
        await recorder.getByLabel('Agency', { exact: true }).selectOption({ label: agency })
        await recorder.getByLabel('Name of who signed').fill(name)
        await recorder.getByLabel('Their job title').fill('Director')
        await recorder.getByRole('button', { name: 'Record it' }).click()
        await recorder.getByText('The signature has been recorded.').waitFor()
      }
    await gwen.context().close()
    await page.goto(`${offered}/live`)
    await page.getByLabel('Now').check()
    await page.getByRole('button', { name: 'Make it live' }).click()
    await page.getByText('The agreement has been made live.').waitFor()
    expect(page.url()).toContain(await agreementCalled(house, 'T2-HOME'))

    const hal = await signedIn('hal')
    await hal.goto(`${base}/agreements`)
    await hal.getByRole('link', { name: 'A safe home and tenancy' }).click()
    await hal.getByText('4. What happened, for the landlord that is involved').waitFor()
    await hal.getByText('In force', { exact: true }).first().waitFor()
    expect(await sideways(hal)).toBe(0)
    await hal.context().close()
    await page.context().close()
  },
)
