import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, openTestHouse, type TestHouse } from '../../test/house.ts'
import { csrfToken, isCsrfToken, isSameOrigin } from './csrf.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse()
})
afterAll(() => house.close())

const send = (payload: string, headers: Record<string, string> = {}) =>
  house.app.inject({
    method: 'POST',
    url: '/systems',
    headers: { host: 'elmshire.test', 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload,
  })

describe('a form', () => {
  test('is taken only with the token of the browser it was shown in', async () => {
    const ada = await house.browser('ada')
    const shown = await ada.get('/systems')
    const token = /name="_csrf" value="([^"]+)"/.exec(shown.text)![1]!
    const other = await house.browser('ada')
    const cookie = (browser: typeof ada) => ({ cookie: `session=${browser.cookies.get('session')}` })
    expect((await send(`_csrf=${token}&name=&agency=`, cookie(other))).statusCode).toBe(403)
    expect((await send(`_csrf=${token}&name=&agency=`, cookie(ada))).statusCode).toBe(422)
  })

  test('sent from another site is refused even with a right token', async () => {
    const ada = await house.browser('ada')
    const token = /name="_csrf" value="([^"]+)"/.exec((await ada.get('/systems')).text)![1]!
    const cookie = `session=${ada.cookies.get('session')}`
    for (const from of [
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'https://elsewhere.example' },
      { origin: 'null' },
    ] as Record<string, string>[])
      expect((await send(`_csrf=${token}&name=&agency=`, { cookie, ...from })).statusCode).toBe(403)
  })

  test('that is stale loses nothing: the words are in the page, and one press sends them again', async () => {
    const ada = await house.browser('ada')
    const got = await send('_csrf=old&name=Nine+lives+%3Cb%3E&agency=', {
      cookie: `session=${ada.cookies.get('session')}`,
    })
    expect(got.statusCode).toBe(403)
    expect(got.body).toContain('Nine lives &lt;b>')
    const fresh = /name="_csrf" value="([^"]+)"/.exec(got.body)![1]!
    const again = await send(`_csrf=${fresh}&name=Nine+lives&agency=`, {
      cookie: `session=${ada.cookies.get('session')}`,
    })
    expect(again.statusCode).toBe(422)
  })

  test('with a field that was not asked for is refused', async () => {
    const ada = await house.browser('ada')
    expect((await ada.post('/systems', { name: 'x', agency: 'y', admin: 'yes' })).status).toBe(400)
  })

  test('sent after the session ended keeps what was typed', async () => {
    const visitor = await house.browser()
    const token = csrfToken(house.house.keys, {})
    const got = await send(`_csrf=${encodeURIComponent(token)}&name=Half+written&agency=`)
    expect(got.statusCode).toBe(403)
    expect(got.body).toContain('Half written')
    expect(visitor.cookies.size).toBe(0)
  })
})

test('tokens differ from page to page and still fit, so compression tells nothing about them', () => {
  const { keys } = house.house
  const [one, two] = [csrfToken(keys, { session: 's' }), csrfToken(keys, { session: 's' })]
  expect(one).not.toBe(two)
  expect(isCsrfToken(keys, { session: 's' }, one) && isCsrfToken(keys, { session: 's' }, two)).toBe(true)
  expect(isCsrfToken(keys, { session: 't' }, one)).toBe(false)
  expect(isCsrfToken(keys, { session: 's' }, randomBytes(64).toString('base64url'))).toBe(false)
  expect(isCsrfToken(keys, {}, undefined)).toBe(false)
})

test('an old phone that sends neither Origin nor Sec-Fetch-Site is let through to the token', () => {
  expect(isSameOrigin({ host: 'a.test' })).toBe(true)
  expect(isSameOrigin({ host: 'a.test', origin: 'https://a.test' })).toBe(true)
  expect(isSameOrigin({ host: 'a.test', origin: 'https://b.test' })).toBe(false)
  expect(isSameOrigin({ host: 'a.test', origin: 'not a url' })).toBe(false)
})

test('a visitor who only reads is given no cookie', async () => {
  const visitor = await house.browser()
  const got = await visitor.get('/no-such-page')
  expect(got.headers['set-cookie']).toBeUndefined()
})

test('no page may run a script, load a picture or send a form anywhere else', async () => {
  const got = await (await house.browser()).get('/no-such-page')
  const policy = String(got.headers['content-security-policy'])
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self'")
  expect(policy).not.toContain('unsafe')
  expect(policy).toContain("frame-ancestors 'none'")
  expect(got.headers['cache-control']).toBe('no-store')
})

test('what is asked for in the address is never repeated in the page', async () => {
  const got = await (await house.browser()).get('/<script>alert(1)</script>?q=<script>alert(2)</script>')
  expect(got.status).toBe(404)
  expect(got.text).not.toContain('alert(')
})

test('Urdu pages run right to left and say that a machine drafted them', async () => {
  const got = await (await house.browser()).get('/ur/no-such-page')
  expect(got.text).toMatch(/<html[^>]*lang="ur"[^>]*dir="rtl"|<html[^>]*dir="rtl"[^>]*lang="ur"/)
})

test('a host name of another partnership shows that partnership', async () => {
  const reply = await house.app.inject({ url: '/no-such-page', headers: { host: 'oakshire.test' } })
  expect(reply.body).toContain('Oakshire')
  expect(reply.body).not.toContain('Elmshire')
})

test('a session of one partnership is nobody in another', async () => {
  const ada = await house.browser('ada')
  const reply = await house.app.inject({
    url: '/systems',
    headers: { host: 'oakshire.test', cookie: `session=${ada.cookies.get('session')}` },
  })
  expect(reply.statusCode).toBe(303)
})

test('with the database away a plain page keeps the words typed and answers 503', async () => {
  const away = await openTestHouse()
  const ada = await away.browser('ada')
  const token = /name="_csrf" value="([^"]+)"/.exec((await ada.get('/systems')).text)![1]!
  await away.house.db.destroy()
  const got = await away.app.inject({
    method: 'POST',
    url: '/systems',
    headers: {
      host: 'elmshire.test',
      'content-type': 'application/x-www-form-urlencoded',
      cookie: `session=${ada.cookies.get('session')}`,
    },
    payload: `_csrf=${encodeURIComponent(token)}&name=Still+here&agency=`,
  })
  expect(got.statusCode).toBe(503)
  expect(got.body).toContain('Still here')
  const browser = openBrowser(away.app)
  expect((await browser.get('/no-such-page')).status).toBe(404)
  await away.close().catch(() => {})
})
