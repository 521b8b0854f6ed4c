import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { addAccount } from './index.ts'

let house: TestHouse
let made: string
beforeAll(async () => {
  house = await openTestHouse({ demo: true })
  made = await house.seen(house.system, (tx) =>
    addAccount(tx, house.system, {
      agency: house.cast.agencies['childrens']!,
      email: 'demo@elmshire.example',
      name: 'Demi <b>Moss</b>',
      jobTitle: 'Duty social worker',
      roles: ['duty'],
      demo: true,
    }),
  )
})
afterAll(() => house.close())

const makeDemo = async (demo: boolean) => {
  await house.seen(house.system, (tx) =>
    tx.updateTable('partnership').set({ demo }).where('id', '=', house.cast.partnership).execute(),
  )
  // The partnership is kept for half a minute.
  house.clock.now = new Date(house.clock.now.getTime() + 60_000)
}

test('without a demo partnership the page does not exist, though the server was started as a demo', async () => {
  const browser = await house.browser()
  expect((await browser.get('/demo-sign-in')).status).toBe(404)
  expect((await browser.post('/demo-sign-in', { account: made }, { from: '/sign-in' })).status).toBe(404)
  expect((await browser.get('/sign-in')).text).not.toContain('/demo-sign-in')
})

test('with one, it says what it is and shows a card for each made-up person, and nobody real', async () => {
  await makeDemo(true)
  const browser = await house.browser()
  expect((await browser.get('/sign-in')).text).toContain('href="/demo-sign-in"')
  const { text } = await browser.get('/demo-sign-in')
  expect(text).toContain('This is a demo. Everybody and everything in it is made up')
  expect(text).toContain('Demi &lt;b>Moss&lt;/b>')
  expect(text).toContain('Elmshire children’s social care')
  expect(text).toContain('Work the queue')
  expect(text).not.toContain('Dena Okoro')
})

test('one click signs in, and is written down', async () => {
  const browser = await house.browser()
  const got = await browser.post('/demo-sign-in', { account: made })
  expect([got.status, got.location]).toEqual([303, '/work'])
  const account = await browser.get('/account')
  expect(account.text).toContain('This is a demo account. It has no password.')
  const event = await house.seen(house.system, (tx) =>
    tx
      .selectFrom('event')
      .select(['kind', 'staff_id', 'detail'])
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow(),
  )
  expect(event).toEqual({ kind: 'signed in', staff_id: made, detail: { how: 'demo' } })
})

test('a real account cannot be entered that way', async () => {
  const browser = await house.browser()
  expect((await browser.post('/demo-sign-in', { account: house.cast.people.dena.id })).status).toBe(404)
  expect((await browser.post('/demo-sign-in', { account: 'nonsense' })).status).toBe(404)
  expect(browser.cookies.has('session')).toBe(false)
})

test('a server that was not started as a demo has no such page', async () => {
  house.house.config.demo = false
  const browser = await house.browser()
  expect((await browser.get('/demo-sign-in')).status).toBe(404)
  expect((await browser.post('/demo-sign-in', { account: made }, { from: '/sign-in' })).status).toBe(404)
  house.house.config.demo = true
})

test('today can be moved on in a demo and nowhere else, so that a birthday can be walked through', async () => {
  const browser = await house.browser()
  const to = (day: string, month: string, year: string) => ({ 'to-day': day, 'to-month': month, 'to-year': year })
  const post = (form: Record<string, string>) => browser.post('/demo-sign-in/today', form, { from: '/demo-sign-in' })
  expect((await post({})).text).toContain('Enter which day is today')
  expect((await post(to('1', '1', '2020'))).text).toContain('a day within 12 years of it')
  expect((await post(to('4', '3', '2029'))).location).toBe('/demo-sign-in?moved=')
  expect(house.house.now().toISOString().slice(0, 10)).toBe('2029-03-04')
  expect((await browser.get('/demo-sign-in')).text).toContain('Today is 4 March 2029')
  expect((await browser.post('/demo-sign-in', { account: made })).status).toBe(303)
  expect((await browser.get('/work')).status).toBe(200)
  await makeDemo(false)
  expect((await post(to('5', '3', '2029'))).status).toBe(404)
})
