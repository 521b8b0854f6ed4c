import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { password } from '../../test/cast.ts'
import { openTestHouse, type Browser, type TestHouse } from '../../test/house.ts'
import { codeAt, codesIn, enrol, givePassword, later, offerIn, signInWithCode } from '../../test/sign-in-steps.ts'

let house: TestHouse
let dena: Browser
beforeAll(async () => {
  house = await openTestHouse()
})
beforeEach(async () => {
  later(house, 3600)
  dena = await house.browser('dena')
})
afterAll(() => house.close())

const lastEvent = async () =>
  house.seen(house.system, (tx) =>
    tx
      .selectFrom('event')
      .select(['kind', 'staff_id', 'detail'])
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow(),
  )
const newPassword = 'hammock quartz violin'

const addApp = async (browser: Browser, label: string) => {
  const { secret, offer } = offerIn(await browser.get('/account/authenticator'))
  const code = codeAt(secret, house.clock.now)
  return browser.post('/account/authenticator', { offer, label, 'one-time-code': code })
}
const removalLinks = async (browser: Browser): Promise<string[]> =>
  [...(await browser.get('/account')).text.matchAll(/href="(\/account\/factor\/[^"]+)"/g)].map((match) => match[1]!)

test('the account page shows who one is, what one may do, and where one is signed in', async () => {
  const { text } = await dena.get('/account')
  for (const words of [
    'Dena Okoro',
    'dena@elmshire.example',
    'Duty social worker',
    'children’s social care',
    'Duty worker',
  ])
    expect(text).toContain(words)
  expect(text.match(/This browser/g)).toHaveLength(1)
})

test('without signing in, every page of it asks to sign in', async () => {
  const visitor = await house.browser()
  for (const path of ['/account', '/account/password', '/account/passkey', '/account/recovery-codes'])
    expect((await visitor.get(path)).location).toBe(`/sign-in?then=${encodeURIComponent(path)}`)
})

test('changing the password needs the current one, says what is wrong with the new one, and writes down who', async () => {
  const send = (current: string, next: string) =>
    dena.post('/account/password', { 'current-password': current, 'new-password': next })
  const empty = await send('', '')
  expect(empty.status).toBe(422)
  expect(empty.text).toContain('Enter your current password')
  expect(empty.text).toContain('Enter a new password')
  expect((await send('not my password', newPassword)).text).toContain('Your current password is not right')
  expect((await send(password, 'too short')).text).toContain('Your password must be 12 characters or more')
  expect((await send(password, 'Password1234!')).text).toContain('Many people use a password like that')
  const own = await send(password, 'dena likes elmshire')
  expect(own.text).toContain('must not contain your name')
  expect(own.text).not.toContain('dena likes elmshire')

  const elsewhere = await house.browser('dena')
  expect((await send(password, newPassword)).location).toBe('/account?said=password')
  expect(await lastEvent()).toMatchObject({ kind: 'password changed', staff_id: house.cast.people.dena.id, detail: {} })
  expect((await dena.get('/account')).status).toBe(200)
  expect((await elsewhere.get('/account')).status).toBe(303)
  expect((await givePassword(house, await house.browser(), 'dena')).status).toBe(422)
  expect((await givePassword(house, await house.browser(), 'dena', newPassword)).status).toBe(303)
})

test('somebody at an unlocked desk cannot guess the current password for ever', async () => {
  const guess = () => dena.post('/account/password', { 'current-password': 'a guess', 'new-password': newPassword })
  for (let i = 0; i < 5; i++) await guess()
  const got = await guess()
  expect(got.status).toBe(429)
  expect(got.text).toContain('Wait 1 minute and try again.')
})

test('the only factor cannot be removed; with a second one either can', async () => {
  const colm = await house.browser()
  await enrol(house, colm, 'colm')
  const [only] = await removalLinks(colm)
  const refused = await colm.get(only!)
  expect(refused.status).toBe(409)
  expect(refused.text).toContain('You cannot remove your only second factor')
  expect((await colm.post(only!, {}, { from: '/account' })).status).toBe(409)

  expect((await addApp(colm, 'Tablet')).location).toBe('/account?said=added')
  expect((await colm.get('/account')).text).toContain('Tablet')
  expect((await colm.get(only!)).text).toContain('Remove “Work phone”?')
  expect((await colm.post(only!)).location).toBe('/account?said=removed')
  expect(await lastEvent()).toMatchObject({ kind: 'factor removed', detail: { factor: 'authenticator' } })
  const [left] = await removalLinks(colm)
  expect((await colm.post(left!, {}, { from: '/account' })).status).toBe(409)
})

test('a removed app opens nothing, and the one that is left does', async () => {
  const mina = await house.browser()
  const { secret } = await enrol(house, mina, 'mina')
  later(house, 60)
  const { secret: second, offer } = offerIn(await mina.get('/account/authenticator'))
  const code = codeAt(second, house.clock.now)
  await mina.post('/account/authenticator', { offer, label: 'Tablet', 'one-time-code': code })
  const [first] = await removalLinks(mina)
  await mina.post(first!)
  const browser = await house.browser()
  expect((await signInWithCode(house, browser, 'mina', secret)).status).toBe(422)
  expect((await signInWithCode(house, browser, 'mina', second)).status).toBe(303)
})

test('sending the form of an app twice keeps one', async () => {
  const saul = await house.browser()
  await enrol(house, saul, 'saul')
  const { secret, offer } = offerIn(await saul.get('/account/authenticator'))
  const form = { offer, label: 'Tablet', 'one-time-code': codeAt(secret, house.clock.now) }
  await saul.post('/account/authenticator', form)
  await saul.post('/account/authenticator', form)
  expect(await removalLinks(saul)).toHaveLength(2)
})

test('nobody removes a factor of somebody else', async () => {
  const wes = await house.browser()
  await enrol(house, wes, 'wes')
  await addApp(wes, 'Tablet')
  const [link] = await removalLinks(wes)
  expect((await dena.get(link!)).status).toBe(404)
  expect((await dena.post(link!, {}, { from: '/account' })).status).toBe(404)
  expect(await removalLinks(wes)).toHaveLength(2)
})

test('new recovery codes are shown once and end the old ones', async () => {
  const priya = await house.browser()
  const { codes: old } = await enrol(house, priya, 'priya')
  expect((await priya.get('/account/recovery-codes')).text).toContain('The old ones stop working at once.')
  const codes = codesIn(await priya.post('/account/recovery-codes'))
  expect(codes).toHaveLength(10)
  expect((await priya.get('/account')).text).not.toContain(codes[0]!)
  const browser = await house.browser()
  await givePassword(house, browser, 'priya')
  const give = (code: string) => browser.post('/sign-in/recovery-code', { 'recovery-code': code })
  expect((await give(old[0]!)).status).toBe(422)
  expect((await give(codes[0]!)).status).toBe(303)
})

test('signing out everywhere ends every session, this one too', async () => {
  const other = await house.browser('dena')
  expect((await dena.get('/account')).text).toContain('Another browser')
  const got = await dena.post('/account/sign-out-everywhere', {}, { from: '/account' })
  expect(got.location).toBe('/sign-in?signed-out')
  expect(await lastEvent()).toMatchObject({ kind: 'signed out everywhere', staff_id: house.cast.people.dena.id })
  expect((await other.get('/account')).status).toBe(303)
})

test('a form of the account page sent from another site is refused', async () => {
  const got = await dena.post('/account/recovery-codes', {}, { headers: { 'sec-fetch-site': 'cross-site' } })
  expect(got.status).toBe(403)
})
