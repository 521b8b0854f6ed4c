import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { password } from '../cast.ts'
import { faults, journey, listen, oldPhone, openChromium, sideways } from '../chromium.ts'
import { openTestHouse, type TestHouse } from '../house.ts'
import { codeAt, later } from '../sign-in-steps.ts'

let house: TestHouse
let chromium: Browser
let url: string
beforeAll(async () => {
  house = await openTestHouse()
})
afterAll(async () => {
  await chromium?.close()
  await house.close()
})

const open = async (
  options: Parameters<Browser['newContext']>[0],
): Promise<{ context: BrowserContext; page: Page }> => {
  chromium ??= await openChromium()
  url ??= await listen(house)
  const context = await chromium.newContext({ ...options, bypassCSP: true })
  return { context, page: await context.newPage() }
}

const givePassword = async (page: Page, email: string): Promise<void> => {
  await page.goto(`${url}/sign-in?then=/account`)
  await page.getByLabel('Email address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** A security key that is always there and always says yes, as Chromium plays it for tests. */
const addKey = async (context: BrowserContext, page: Page): Promise<void> => {
  const devtools = await context.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'usb',
      hasResidentKey: false,
      hasUserVerification: true,
      isUserVerified: true,
    },
  })
}

journey('a passkey is set up, opens the door, and is the only thing that does', async () => {
  const { context, page } = await open({ viewport: { width: 320, height: 640 } })
  await addKey(context, page)
  await givePassword(page, 'priya@ashhill.example')
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Protect your account')
  expect(await faults(page)).toEqual([])
  await page.getByRole('button', { name: 'Use a passkey' }).click()
  expect(await sideways(page)).toBe(0)
  await page.getByLabel('Name for this passkey').fill('School laptop')
  await page.getByRole('button', { name: 'Make a passkey' }).click()
  await page.getByRole('heading', { name: 'Keep your recovery codes' }).waitFor()
  expect(await page.locator('.trellis-codes li').count()).toBe(10)
  expect(await faults(page)).toEqual([])
  await page.getByRole('button', { name: 'I have kept my codes' }).click()
  expect(new URL(page.url()).pathname).toBe('/account')
  expect(await page.locator('main').innerText()).toContain('School laptop')
  expect(await sideways(page)).toBe(0)
  expect(await faults(page)).toEqual([])

  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await givePassword(page, 'priya@ashhill.example')
  expect(await faults(page)).toEqual([])
  await page.goto(`${url}/account`)
  expect(new URL(page.url()).pathname).toBe('/sign-in')
  await page.goto(`${url}/sign-in/second-factor?then=/account/password`)
  await page.getByRole('button', { name: 'Use your passkey' }).click()
  await page.getByRole('heading', { name: 'Change your password' }).waitFor()
  const used = await house.seen(house.system, (tx) => tx.selectFrom('passkey').selectAll().execute())
  expect(used).toMatchObject([{ label: 'School laptop', transports: ['usb'] }])
  expect(used[0]!.counter).toBeGreaterThan(0)
  expect(used[0]!.used_at).not.toBeNull()

  const thief = await open({})
  await addKey(thief.context, thief.page)
  await givePassword(thief.page, 'priya@ashhill.example')
  await thief.page.getByRole('button', { name: 'Use your passkey' }).click()
  await thief.page.getByText('Your passkey did not work').first().waitFor()
  await thief.page.goto(`${url}/account`)
  expect(new URL(thief.page.url()).pathname).toBe('/sign-in')
  await thief.context.close()
  await context.close()
})

journey('an answer that a passkey gave once is not taken again', async () => {
  const { context, page } = await open({})
  await addKey(context, page)
  await givePassword(page, 'mina@elmshire.example')
  await page.getByRole('button', { name: 'Use a passkey' }).click()
  await page.getByRole('button', { name: 'Make a passkey' }).click()
  await page.getByRole('button', { name: 'I have kept my codes' }).click()
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await givePassword(page, 'mina@elmshire.example')
  let sent = ''
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().includes('second-factor')) sent = request.postData() ?? ''
  })
  await page.getByRole('button', { name: 'Use your passkey' }).click()
  await page.getByRole('heading', { name: 'Your account' }).waitFor()
  const answer = new URLSearchParams(sent).get('passkey')!
  expect(JSON.parse(answer)).toHaveProperty('response.signature')

  const replayer = await house.browser()
  await replayer.post('/sign-in', { email: 'mina@elmshire.example', password })
  expect((await replayer.post('/sign-in/second-factor', { passkey: answer })).status).toBe(422)
  expect((await replayer.get('/account')).status).toBe(303)
  await context.close()
})

journey('with JavaScript off, an app that shows codes does it all, on an old phone', async () => {
  const { context, page } = await open(oldPhone)
  await givePassword(page, 'dena@elmshire.example')
  expect(await page.getByRole('button', { name: 'Use a passkey' }).isVisible()).toBe(false)
  await page.getByRole('button', { name: 'Use an app that shows codes' }).click()
  expect(await page.locator('.trellis-qr').evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0)
  await page.getByText('I cannot use the camera').click()
  const secret = (await page.locator('.trellis-code').innerText()).replaceAll(' ', '')
  await page.getByLabel('6-digit code').fill(codeAt(secret, house.clock.now))
  await page.getByRole('button', { name: 'Continue' }).click()
  expect(await page.locator('.trellis-codes li').count()).toBe(10)
  await page.getByRole('button', { name: 'I have kept my codes' }).click()
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Your account')
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()

  later(house, 30)
  await givePassword(page, 'dena@elmshire.example')
  await page.getByLabel('6-digit code').fill(codeAt(secret, house.clock.now))
  await page.getByRole('button', { name: 'Continue' }).click()
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Your account')
  await context.close()
})

journey('with JavaScript off, whoever has only a passkey is told what to do', async () => {
  const { context, page } = await open(oldPhone)
  await givePassword(page, 'priya@ashhill.example')
  expect(await page.locator('main').innerText()).toContain('Passkeys need JavaScript, and it is off in this browser.')
  expect(await page.getByRole('button', { name: 'Use your passkey' }).isVisible()).toBe(false)
  await page.getByText('I lost my phone or key').click()
  expect(await page.getByRole('link', { name: 'Use a recovery code' }).isVisible()).toBe(true)
  await context.close()
})

journey('the keyboard alone signs in, and a mistake takes the focus to its summary', async () => {
  const { context, page } = await open({})
  await page.goto(`${url}/sign-in`)
  await page.getByLabel('Email address').focus()
  await page.keyboard.type('colm@elmshire.example')
  await page.keyboard.press('Enter')
  await page.getByText('Enter your password').first().waitFor()
  expect(await page.evaluate(() => document.activeElement?.className)).toContain('govuk-error-summary')
  expect(await page.title()).toMatch(/^Error:/)
  await page.getByRole('link', { name: 'Enter your password' }).press('Enter')
  await page.keyboard.type(password)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Protect your account' }).waitFor()
  await context.close()
})
