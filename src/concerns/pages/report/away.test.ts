import { expect, test } from 'vitest'
import { openTestHouse } from '../../../../test/house.ts'

test('with the database away the words are kept in the page, with 503, and 999 is still said', async () => {
  const house = await openTestHouse()
  const browser = await house.browser()
  await browser.post('/report/danger', {})
  const page = await browser.get('/report/worry')
  const token = /name="_csrf" value="([^"]+)"/.exec(page.text)![1]!
  await house.db.destroy()
  const got = await house.app.inject({
    method: 'POST',
    url: '/report/worry',
    payload: new URLSearchParams({ _csrf: token, worry: 'Two lads & a <b>girl</b>\r\nroom 14' }).toString(),
    headers: {
      host: 'elmshire.test',
      cookie: `draft=${browser.cookies.get('draft')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
  })
  expect(got.statusCode).toBe(503)
  expect(got.body).toContain('Two lads &amp; a &lt;b>girl&lt;/b>')
  expect(got.body).toContain('name="worry"')
  expect(got.body).toContain('999')
  expect((await browser.get('/report/worry')).status).toBe(503)
  await house.app.close()
})

test('a form from before signing in, or from long ago, is not taken blindly, and nothing of it is lost', async () => {
  const house = await openTestHouse()
  const browser = await house.browser()
  await browser.post('/report/danger', {})
  const got = await house.app.inject({
    method: 'POST',
    url: '/report/worry',
    payload: new URLSearchParams({ _csrf: 'old', worry: 'still here' }).toString(),
    headers: {
      host: 'elmshire.test',
      cookie: `draft=${browser.cookies.get('draft')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
  })
  expect(got.statusCode).toBe(403)
  // One press of the button on that page sends the same words with a token that fits.
  const fields = [...got.body.matchAll(/<textarea[^>]*name="([^"]+)"[^>]*>\n?([^<]*)<\/textarea>/g)]
  const again = Object.fromEntries(fields.map(([, name, value]) => [name!, value!]))
  expect(again).toEqual({ worry: 'still here' })
  expect((await browser.post('/report/worry', again)).location).toBe('/report/about')
  expect((await browser.get('/report/worry')).text).toContain('still here')
  await house.close()
})
