import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type Browser, type TestHouse } from '../../test/house.ts'
import { givePassword } from '../../test/sign-in-steps.ts'
import { addAccount } from './index.ts'
import { suspendAgency } from './suspend-agency.ts'

let house: TestHouse
let ada: Browser
let access: string
beforeAll(async () => {
  house = await openTestHouse()
  ada = await house.browser('ada')
  access = `/partners/${house.cast.agencies['school']}/access`
})
afterAll(() => house.close())

test('only an administrator of the partnership finds who may come in', async () => {
  for (const name of ['priya', 'dena', 'mina', 'gwen'] as const)
    expect((await (await house.browser(name)).get(access)).status, name).toBe(404)
  expect((await ada.get('/partners/nonsense/access')).status).toBe(404)
  expect((await ada.get(`/partners/${house.cast.people.otto.agency}/access`)).status).toBe(404)
  expect((await ada.get(access)).text).toContain('2 people have accounts.')
})

test('closing an agency asks why, refuses the very next page of its people, and is written down', async () => {
  const priya = await house.browser('priya')
  const hal = await house.browser('hal')
  expect((await ada.post(access, { why: ' ' })).text).toContain('Say why you close this agency')
  expect((await priya.get('/account')).status).toBe(200)
  const why = 'The school has left the partnership <b>'
  expect((await ada.post(access, { why })).location).toBe(`${access}?said=suspended`)
  expect((await priya.get('/account')).status).toBe(303)
  expect((await hal.get('/account')).status).toBe(200)
  expect((await givePassword(house, await house.browser(), 'priya')).status).toBe(422)
  const { text } = await ada.get(access)
  expect(text).toContain('This agency is closed.')
  expect(text).toContain('left the partnership &lt;b>')
  const account = (await ada.get(`/accounts/${house.cast.people.priya.id}`)).text
  expect(account).toContain('Ash Hill School is closed. Nobody who works there can sign in.')
  expect((await ada.get('/accounts?status=agency%20closed')).text).toContain('2 accounts')
  const [event] = await house
    .seen(house.system, (tx) =>
      tx.selectFrom('event').select(['kind', 'about_id', 'detail']).orderBy('seq', 'desc').limit(3).execute(),
    )
    .then((rows) => rows.filter(({ kind }) => kind === 'agency suspended'))
  expect(event).toEqual({ kind: 'agency suspended', about_id: house.cast.agencies['school'], detail: {} })
  const seen = await house.seen(house.as('mina'), (tx) => tx.selectFrom('agency_suspension').selectAll().execute())
  expect(seen).toEqual([])
})

test('a stale form says that it is closed already and keeps what was typed', async () => {
  const me = house.as('ada')
  const again = await house.seen(me, (tx) =>
    suspendAgency(tx, house.house, me, { agency: house.cast.agencies['school']!, why: 'Again' }),
  )
  expect(again).toBe('already suspended')
  const stale = await ada.post(access, { why: 'Typed with care' }, { from: '/account' })
  expect(stale.status).toBe(422)
  expect(stale.text).toContain('This agency is closed already')
})

test('opened again, its people sign in anew', async () => {
  expect((await ada.post(`${access}/lift`, {}, { from: access })).location).toBe(`${access}?said=lifted`)
  expect((await ada.post(`${access}/lift`, {}, { from: access })).location).toBe(access)
  expect((await (await house.browser('priya')).get('/account')).status).toBe(200)
  expect((await ada.get(access)).text).toMatch(/Opened again \d+ \w+ 2026 at [\d:]+ by Ada Quill/)
})

test('nobody closes the door behind themself, nor behind the last who keeps the accounts', async () => {
  const council = house.cast.agencies['council']!
  const own = `/partners/${council}`
  expect((await ada.post(`${own}/access`, { why: 'Tired' })).text).toContain('would close the door behind yourself')
  const end = await ada.post(`${own}/end`, {
    stands: 'ended',
    'last-day': '1',
    'last-month': '3',
    'last-year': '2027',
    'planned-day': '',
    'planned-month': '',
    'planned-year': '',
    successor: '',
    note: '',
  })
  expect(end.text).toContain('would close the door behind yourself')
  const input = { agency: council, why: 'Gone' }
  const outcome = await house.seen(house.system, (tx) => suspendAgency(tx, house.house, house.system, input))
  expect(outcome).toBe('last administrator')
  const bea = {
    agency: house.cast.agencies['police']!,
    email: 'bea@elmshire.example',
    name: 'Bea Lind',
    jobTitle: 'Keeper',
    roles: ['administrator' as const],
  }
  await house.seen(house.system, (tx) => addAccount(tx, house.system, bea))
  expect(await house.seen(house.system, (tx) => suspendAgency(tx, house.house, house.system, input))).toBe('suspended')
})
