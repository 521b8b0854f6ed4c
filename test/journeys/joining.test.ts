import type { Browser as Chromium, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { relinkAll } from '../../src/joining/index.ts'
import { journey, listen, oldPhone, openChromium } from '../chromium.ts'
import { openTestHouse, type TestHouse } from '../house.ts'
import { noticed } from '../noticed.ts'

/*
 * A taxi driver, a school and a hospital each know something of one girl, and none names her the same way. A nickname, a
 * number plate and a phone bring the three together; her sister is told apart, and stays so.
 */
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

const desk = async (options: BrowserContextOptions = {}, name: 'dena' | 'colm' = 'dena'): Promise<Page> => {
  const context = await chromium.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  const session = (await house.browser(name)).cookies.get('session')!
  await context.addCookies([{ name: 'session', value: session, url: base }])
  return context.newPage()
}

const wereSent = async () => {
  const driver = await noticed(house, {
    worry: 'A man in a silver car pays me to drive a girl they call Kit, twice a week, never the same house.',
    people: [{ nickname: 'Kit', age_said: 'about 15', postcode: 'CV21 2AA' }],
    details: [{ kind: 'vehicle', said: 'KP21 XBZ' }],
  })
  const school = await noticed(
    house,
    {
      worry: 'New phone, new shoes, out of lessons every Thursday.',
      people: [
        {
          name: 'Katarzyna Nowicka',
          nickname: 'Kasia or Kit',
          born_on: '2011-05-17',
          phone: '07700 900461',
          postcode: 'CV21 3BB',
          school_or_work: 'Ash Hill School',
        },
      ],
    },
    { viewer: house.as('priya'), channel: 'professional' },
  )
  const sister = await noticed(
    house,
    { people: [{ name: 'Zofia Nowicka', born_on: '2009-01-30', phone: '07700 900461', postcode: 'CV21 3BB' }] },
    { viewer: house.as('priya'), channel: 'professional' },
  )
  const hospital = await noticed(
    house,
    {
      worry: 'Left before she was seen. A man waited in a silver car.',
      people: [{ name: 'Kate Novitska', age_said: '15', phone: '+44 7700 900461' }],
      details: [{ kind: 'vehicle', said: 'silver car, KP2I X8Z' }],
    },
    { viewer: house.as('hal'), channel: 'professional' },
  )
  return { driver, school, sister, hospital }
}

/** The card of a proposal on the open page: its title, and the concern on its other side. */
const card = (page: Page, title: string, reference: string) =>
  page.locator('.trellis-join', { hasText: title }).filter({ hasText: reference })

const answer = async (
  page: Page,
  title: string,
  reference: string,
  choice: string,
  why: string,
  told = 'Your answer is saved.',
): Promise<void> => {
  await card(page, title, reference)
    .getByRole('link', { name: /^Answer/ })
    .click()
  await page.getByLabel(choice, { exact: true }).check()
  await page.getByLabel('Why?').fill(why)
  await page.getByRole('button', { name: 'Save answer' }).click()
  await page.getByText(told).waitFor()
}

journey(
  'three concerns that name a girl in three ways come together, a wrong one is refused for good, and a join is undone',
  async () => {
    const { driver, school, sister, hospital } = await wereSent()
    const page = await desk()
    await page.goto(`${base}/concerns/${hospital.concern}`)
    await answer(page, 'Vehicle: KP21XBZ', driver.reference, 'The same', 'One silver car, seen by both')
    await answer(page, 'Phone: +447700900461', school.reference, 'The same', 'Her number, the nurse rang it')
    expect(await card(page, 'Person: Kate Novitska', school.reference).innerText()).toContain(
      'Same phone number (+447700900461): strong; the age fits (15 in 2026 here and 17 May 2011 there): fair; ' +
        'names differ (Kate Novitska here and Katarzyna Nowicka, Kasia Nowicka, Kit Nowicka there): fair against; ' +
        'two people of one home would share this much too: fair against.',
    )
    await answer(page, 'Person: Kate Novitska', school.reference, 'The same', 'The school knows her by this name too')
    await answer(
      page,
      'Person: Kate Novitska',
      sister.reference,
      'Not the same',
      'Her older sister, whose phone it was',
    )

    await page.goto(`${base}/concerns/${driver.concern}`)
    const nickname = card(page, 'Person: Kit', school.reference)
    expect(await nickname.innerText()).toContain('Same first name')
    const why = 'Her form tutor says that everybody calls her Kit'
    await answer(page, 'Person: Kit', school.reference, 'The same', why, 'a second person is asked')
    // Three agencies and nothing nearly certain: it counts once somebody says the same who has not seen that answer.
    const second = await desk({}, 'colm')
    await second.goto(`${base}/concerns/${driver.concern}`)
    expect(await second.locator('main').innerText()).not.toContain(why)
    await answer(second, 'Person: Kit', school.reference, 'The same', 'The nurse heard both names')

    await relinkAll(house.db, house.house.keys, house.cast.partnership, house.clock.now)
    await page.goto(`${base}/concerns/${hospital.concern}`)
    const refused = card(page, 'Person: Kate Novitska', sister.reference)
    expect(await refused.innerText()).toContain('Not the same')
    expect(await refused.getByRole('link', { name: /^Answer/ }).count()).toBe(0)

    // Without JavaScript, on an old phone.
    const phone = await desk(oldPhone)
    await phone.goto(`${base}/concerns/${hospital.concern}`)
    await card(phone, 'Phone: +447700900461', school.reference)
      .getByRole('link', { name: /take it back/ })
      .click()
    await phone.getByLabel('Why is it taken back?').fill('It was the sister’s phone')
    await phone.getByRole('button', { name: 'Take it back' }).click()
    expect(await phone.locator('.govuk-notification-banner').innerText()).toContain('everything is where it came from')
    expect(await card(phone, 'Phone: +447700900461', school.reference).innerText()).toContain(
      'Taken back by Dena Okoro',
    )
  },
)

journey('ten pairs are answered one after another with nothing but the keyboard', async () => {
  const names = ['Tom', 'Brian', 'Ida', 'Maud', 'Piers', 'Una', 'Ralph', 'Enid', 'Cyril', 'Wanda']
  for (const family of ['Fennimore', 'Askewith'])
    for (const [i, name] of names.entries())
      await noticed(house, {
        people: [{ name: `${name} ${family}`, born_on: `201${i}-0${i + 1 > 9 ? 9 : i + 1}-1${i}` }],
      })
  const decided = () =>
    house.seen(house.system, async (tx) =>
      Number((await tx.selectFrom('join_decision').select(tx.fn.countAll().as('n')).executeTakeFirstOrThrow()).n),
    )
  const before = await decided()
  const page = await desk()
  await page.goto(`${base}/joining`)
  const start = page.getByRole('button', { name: 'Start with the first' })
  for (let tabs = 0; tabs < 40 && !(await start.evaluate((one) => one === document.activeElement)); tabs++)
    await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  for (const key of '2123222132') {
    await page.locator('#review input[type=radio]').first().waitFor()
    // The script says which keys there are once it hears them.
    await page.getByText('Keys: 1 the same').waitFor()
    const here = page.url()
    await page.keyboard.press(key)
    await page.waitForURL((url) => url.href !== here)
    await page.getByText('Your answer is saved.').waitFor()
  }
  expect(await decided()).toBe(before + 10)
})
