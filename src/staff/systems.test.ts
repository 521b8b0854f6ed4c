import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type Browser, type TestHouse } from '../../test/house.ts'

let house: TestHouse
let ada: Browser
beforeAll(async () => {
  house = await openTestHouse()
  ada = await house.browser('ada')
})
afterAll(() => house.close())

const keyIn = (text: string) => /trellis_[\w-]{43}/.exec(text)?.[0] ?? ''
const opens = async (key: string) =>
  (await house.app.inject({ url: '/api/concerns', headers: { host: 'elmshire.test', authorization: `Bearer ${key}` } }))
    .statusCode

test('an administrator adds a system, is shown its key once, and the key opens the API', async () => {
  const shown = await ada.post('/systems', { name: 'School records', agency: house.cast.agencies['school']! })
  expect(await opens(keyIn(shown.text))).toBe(200)
  const list = await ada.get('/systems')
  expect(list.text).toContain('School records')
  expect(keyIn(list.text)).toBe('')
})

test('an empty form is explained and keeps what was typed', async () => {
  const got = await ada.post('/systems', { name: 'Half a form', agency: '' })
  expect(got.status).toBe(422)
  expect(got.text).toContain('Choose the agency whose system it is')
  expect(got.text).toContain('value="Half a form"')
})

test('an agency of another partnership cannot be chosen', async () => {
  const got = await ada.post('/systems', { name: 'Far away', agency: house.cast.people.otto.agency })
  expect(got.status).toBe(422)
})

test('a leaked key is ended at once, and closing ends the new one too', async () => {
  const first = keyIn((await ada.post('/systems', { name: 'Leaky', agency: house.cast.agencies['police']! })).text)
  const address = /Leaky.*?href="(\/systems\/[0-9a-f-]{36})"/.exec((await ada.get('/systems')).text)![1]!
  const second = keyIn((await ada.post(`${address}/key`, { leaked: 'yes' }, { from: address })).text)
  expect([await opens(first), await opens(second)]).toEqual([401, 200])
  expect((await ada.post(`${address}/close`, {}, { from: address })).status).toBe(303)
  expect(await opens(second)).toBe(401)
})

test('nobody but an administrator finds the page, and the event says who added it', async () => {
  expect((await (await house.browser('dena')).get('/systems')).status).toBe(404)
  expect((await (await house.browser('priya')).get('/systems')).status).toBe(404)
  expect((await (await house.browser()).get('/systems')).location).toBe('/sign-in?then=%2Fsystems')
  const added = await house.seen(house.system, (tx) =>
    tx.selectFrom('event').select('staff_id').where('kind', '=', 'api client added').execute(),
  )
  expect(new Set(added.map(({ staff_id }) => staff_id))).toEqual(new Set([house.cast.people.ada.id]))
})
