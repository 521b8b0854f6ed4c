import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { asViewer } from '../platform/index.ts'
import { openTestHouse, type Browser, type TestHouse } from '../../test/house.ts'
import { givePassword, later } from '../../test/sign-in-steps.ts'
import { startSession, whoIs } from './index.ts'
import { forgetSessions } from './session.ts'
import { lift, suspend } from './suspend.ts'

let house: TestHouse
let dena: Browser
const minute = 60
beforeAll(async () => {
  house = await openTestHouse()
})
beforeEach(async () => {
  dena = await house.browser('dena')
})
afterAll(() => house.close())

const isIn = async (browser: Browser): Promise<boolean> => (await browser.get('/account')).status === 200

test('a session lasts while it is used, and ends after 30 minutes without use', async () => {
  for (let i = 0; i < 4; i++) {
    later(house, 29 * minute)
    expect(await isIn(dena)).toBe(true)
  }
  later(house, 31 * minute)
  expect(await isIn(dena)).toBe(false)
})

test('a session ends after 12 hours, however busy it was', async () => {
  for (let i = 0; i < 35; i++) {
    later(house, 20 * minute)
    expect(await isIn(dena)).toBe(true)
  }
  later(house, 20 * minute)
  expect(await isIn(dena)).toBe(false)
})

test('what a page asks by itself does not keep a session awake', async () => {
  const place = { id: house.cast.partnership, slug: '', name: '', place: '', zone: '', languages: [], demo: false }
  const cookies = { session: dena.cookies.get('session') }
  const asked = (isPresent: boolean) =>
    house.seen(house.system, (tx) => whoIs(tx, house.house, place, cookies, isPresent))
  later(house, 20 * minute)
  expect((await asked(false)).kind).toBe('staff')
  later(house, 15 * minute)
  expect((await asked(false)).kind).toBe('public')
})

test('a half-open sign-in opens nothing and is over after 15 minutes', async () => {
  const browser = await house.browser()
  await givePassword(house, browser, 'colm')
  expect(await isIn(browser)).toBe(false)
  expect((await browser.get('/sign-in/set-up/authenticator')).status).toBe(200)
  later(house, 16 * minute)
  expect((await browser.get('/sign-in/set-up/authenticator')).location).toBe('/sign-in')
})

test('suspending an account ends every session of it at once, also a half-open one, and lifting brings none back', async () => {
  const other = await house.browser('colm')
  const half = await house.browser()
  await givePassword(house, half, 'colm')
  const ada = house.as('ada')
  const account = house.cast.people.colm.id
  await house.seen(ada, (tx) => suspend(tx, house.house, ada, { account, why: 'Under investigation' }))
  expect(await isIn(other)).toBe(false)
  expect((await half.get('/sign-in/second-factor')).location).toBe('/sign-in')
  expect((await givePassword(house, await house.browser(), 'colm')).status).toBe(422)
  await house.seen(ada, (tx) => lift(tx, house.house, ada, account))
  expect(await isIn(other)).toBe(false)
  expect((await givePassword(house, await house.browser(), 'colm')).status).toBe(303)
})

test('what was typed in a form is kept when the session has ended, and can be sent after signing in again', async () => {
  const ada = await house.browser('ada')
  const form = { name: 'Typed Name', email: 'typed@x.example', job: 'Clerk', agency: '' }
  await ada.get('/accounts/new')
  const token = /name="_csrf" value="([^"]+)"/.exec((await ada.get('/accounts/new')).text)![1]!
  later(house, 31 * minute)
  const send = (browser: Browser, csrf: string) =>
    house.app.inject({
      method: 'POST',
      url: '/accounts/new',
      headers: {
        host: 'elmshire.test',
        cookie: `session=${browser.cookies.get('session')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      payload: new URLSearchParams({ _csrf: csrf, ...form }).toString(),
    })
  const kept = await send(ada, token)
  expect(kept.statusCode).toBe(403)
  expect(kept.body).toContain('You have been signed out')
  expect(kept.body).toContain('Typed Name')
  const again = await house.browser('ada')
  const stale = await send(again, /name="_csrf" value="([^"]+)"/.exec(kept.body)![1]!)
  expect(stale.statusCode).toBe(403)
  expect(stale.body).toContain('Typed Name')
  const sent = await send(again, /name="_csrf" value="([^"]+)"/.exec(stale.body)![1]!)
  expect(sent.statusCode).toBe(422)
  expect(sent.body).toContain('value="Typed Name"')
})

test('signing out ends the session, not only the cookie', async () => {
  const token = dena.cookies.get('session')!
  const got = await dena.post('/sign-out', {}, { from: '/account' })
  expect([got.status, got.location]).toEqual([303, '/sign-in?signed-out'])
  expect(dena.cookies.has('session')).toBe(false)
  expect((await dena.get(got.location)).text).toContain('You have signed out.')
  dena.cookies.set('session', token)
  expect(await isIn(dena)).toBe(false)
})

test('signing out is not done for another site', async () => {
  const got = await dena.post('/sign-out', {}, { from: '/account', headers: { 'sec-fetch-site': 'cross-site' } })
  expect(got.status).toBe(403)
  expect(await isIn(dena)).toBe(true)
})

test('a session of one partnership is nobody’s in another', async () => {
  const got = await dena.get('/account', { host: 'oakshire.test' })
  expect(got.status).toBe(303)
})

test('the database holds no token that would open a session', async () => {
  const rows = await house.seen(house.system, (tx) => tx.selectFrom('session').select('token_hash').execute())
  expect(rows.some(({ token_hash }) => token_hash.toString().includes(dena.cookies.get('session')!))).toBe(false)
})

test('somebody without a role is signed in, and may do nothing but keep their account', async () => {
  const { id, partnership } = house.cast.people.otto
  const token = await asViewer(house.db, { kind: 'system', partnership }, async (tx) => {
    await tx.updateTable('role_grant').set({ ended_at: house.clock.now }).where('account_id', '=', id).execute()
    return startSession(tx, house.house.keys, partnership, id, house.clock.now, true)
  })
  const otto = await house.browser()
  otto.cookies.set('session', token)
  const got = await otto.get('/account', { host: 'oakshire.test' })
  expect(got.text).toContain('Nothing yet. Ask an administrator.')
  expect((await otto.get('/accounts', { host: 'oakshire.test' })).status).toBe(404)
})

test('a sign-in is forgotten a month after it began, and not before', async () => {
  const { partnership } = house.cast
  const left = () =>
    house.seen(house.system, async (tx) => (await tx.selectFrom('session').select('id').execute()).length)
  await house.browser('saul')
  const before = await left()
  const inDays = (days: number) => new Date(house.clock.now.getTime() + days * 86_400_000)
  await forgetSessions(house.db, partnership, inDays(29))
  expect(await left()).toBe(before)
  await forgetSessions(house.db, partnership, inDays(31))
  expect(await left()).toBe(0)
  const { rows } = await house.seen(house.system, (tx) =>
    sql<{ n: number }>`select count(*)::int as n from job
      where partnership_id = ${partnership} and kind = 'sessions expire' and done_at is null`.execute(tx),
  )
  expect(rows[0]!.n).toBe(1)
})
