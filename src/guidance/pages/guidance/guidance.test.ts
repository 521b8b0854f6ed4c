import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Name } from '../../../../test/cast.ts'
import { openTestHouse, type Browser, type TestHouse } from '../../../../test/house.ts'
import { newId } from '../../../platform/index.ts'
import { loadGuidance } from '../../load.ts'
import { addVersions } from '../../version.ts'

let house: TestHouse
let ada: Browser
let mina: Browser
let visitor: Browser
beforeAll(async () => {
  house = await openTestHouse()
  await house.seen(house.system, (tx) => loadGuidance(tx, house.system))
  // A second administrator, and one in another partnership.
  for (const name of ['mina', 'otto'] as const) await makeAdministrator(name)
  const oakshire = { kind: 'system', partnership: house.cast.people.otto.partnership } as const
  await house.seen(oakshire, (tx) => loadGuidance(tx, oakshire))
  ada = await house.browser('ada')
  mina = await house.browser('mina')
  visitor = await house.browser()
})
afterAll(() => house.close())

const makeAdministrator = async (name: Name) => {
  const { id, partnership } = house.cast.people[name]
  await house.seen({ kind: 'system', partnership }, (tx) =>
    tx
      .insertInto('role_grant')
      .values({ partnership_id: partnership, id: newId(), account_id: id, role: 'administrator' })
      .execute(),
  )
}

const sign = (text: string, more: Record<string, string | string[]> = {}) => ({
  'based-on': '1',
  text,
  harm: 'context',
  ages: ['child'],
  types: ['CSE'],
  source: 'Elmshire',
  next: 'preview',
  ...more,
})
const publishing = { why: 'Plainer words', 'review-by': '2027-05-01' }
const publicly = async (words: string, url = '/signs/hotels') => (await visitor.get(url)).text.includes(words)
const events = async () => {
  const rows = await house.seen(house.system, (tx) =>
    tx
      .selectFrom('event')
      .select(['kind', 'staff_id', 'detail'])
      .where('about_kind', '=', 'guidance')
      .orderBy('seq')
      .execute(),
  )
  return rows
}

test('the words are public after publishing and not before, and the event says who', async () => {
  expect(await publicly('Plain new words')).toBe(false)
  const sent = await ada.post('/guidance/sign/HO02', sign('Plain new words'))
  expect(sent).toMatchObject({ status: 303, location: '/guidance/sign/HO02/preview' })
  const seen = await ada.get('/guidance/sign/HO02/preview')
  expect(seen.text).toContain('Plain new words')
  expect(await publicly('Plain new words')).toBe(false)
  const published = await ada.post('/guidance/sign/HO02/preview', publishing)
  expect(published.status).toBe(303)
  expect((await ada.get(published.location)).text).toContain('version 2 of “Plain new words” is public now')
  expect(await publicly('Plain new words')).toBe(true)
  expect((await events()).at(-1)).toMatchObject({
    kind: 'guidance published',
    staff_id: house.cast.people.ada.id,
    detail: { kind: 'sign', code: 'HO02', version: 2 },
  })
  expect((await ada.get('/guidance?kind=sign&setting=HO')).text).toContain('Written here')
})

test('a draft waits until it is wanted, and is seen by nobody else in public', async () => {
  expect((await ada.post('/guidance/sign/HO03', sign('Half a thought', { next: 'keep' }))).location).toBe(
    '/guidance?said=kept',
  )
  expect((await ada.get('/guidance/sign/HO03')).text).toContain('Half a thought')
  expect((await ada.get('/guidance')).text).toContain('Draft by Ada Quill')
  expect((await mina.get('/guidance/sign/HO03')).text).toContain('Ada Quill has a draft of this')
  expect(await publicly('Half a thought')).toBe(false)
  await ada.post('/guidance/sign/HO03', sign('Half a thought', { next: 'discard' }))
  expect((await ada.get('/guidance/sign/HO03')).text).not.toContain('Half a thought')
})

test('one writes and another publishes: the version names both', async () => {
  await ada.post('/guidance/sign/HO04', sign('Four eyes', { next: 'keep' }))
  const by = house.cast.people.ada.id
  expect((await mina.get(`/guidance/sign/HO04/preview?by=${by}`)).text).toContain('Four eyes')
  expect((await mina.post(`/guidance/sign/HO04/preview?by=${by}`, publishing)).status).toBe(303)
  expect((await ada.get('/guidance/sign/HO04/history')).text).toContain('Written by Ada Quill, published by Mina Farah')
})

test('somebody else came first: it is said, nothing is lost, and it takes a tick to go over their words', async () => {
  await ada.post('/guidance/sign/HO05', sign('Ada’s words'))
  await mina.post('/guidance/sign/HO05', sign('Mina’s words'))
  expect((await mina.post('/guidance/sign/HO05/preview', publishing)).status).toBe(303)
  const told = await ada.get('/guidance/sign/HO05/preview')
  expect(told.text).toContain('Mina Farah published version 2 while you were writing')
  expect(told.text).toContain('Ada’s words')
  expect(told.text).toContain('Mina’s words')
  const refused = await ada.post('/guidance/sign/HO05/preview', { why: 'Typed with care', 'review-by': '2027-05-01' })
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('href="#over"')
  expect(refused.text).toContain('Typed with care')
  expect(await publicly('Mina’s words')).toBe(true)
  expect((await ada.post('/guidance/sign/HO05/preview', { ...publishing, over: '2' })).status).toBe(303)
  expect(await publicly('Ada’s words')).toBe(true)
  expect((await ada.get('/guidance/sign/HO05/history')).text).toContain('Mina’s words')
})

test('an earlier version comes back as a new one', async () => {
  await ada.post('/guidance/sign/HO06', sign('A mistake'))
  await ada.post('/guidance/sign/HO06/preview', publishing)
  const back = await ada.post('/guidance/sign/HO06/restore', { version: '1' }, { from: '/guidance/sign/HO06/history' })
  expect((await ada.get(back.location)).text).toContain('Version 1 brought back')
  await ada.post(back.location, { why: 'Version 1 brought back', 'review-by': '2027-05-01' })
  expect(await publicly('Many condoms')).toBe(true)
  const versions = await house.seen(house.system, (tx) =>
    tx
      .selectFrom('publication')
      .select(['version', 'restored_from'])
      .where('code', '=', 'HO06')
      .orderBy('version')
      .execute(),
  )
  expect(versions).toEqual([
    { version: 1, restored_from: null },
    { version: 2, restored_from: null },
    { version: 3, restored_from: 1 },
  ])
})

test('a new sign gets a number of its own and joins its list', async () => {
  const { 'based-on': _b, next: _n, ...typed } = sign('Guests pay for the room next door', { setting: 'HO' })
  const added = await ada.post('/guidance/sign/new', typed)
  const code = /sign\/(HO-L[0-9A-F]{6})\/preview/.exec(added.location)![1]!
  expect(await publicly('Guests pay for the room next door')).toBe(false)
  await ada.post(added.location, publishing)
  expect((await visitor.get('/signs/hotels')).text).toContain(`id="${code}"`)
  expect((await visitor.get('/signs/search?q=guests+pay+next+door')).text).toContain(`#${code}`)
})

test('a sign is taken down with a reason, leaves list and search, and can come back', async () => {
  const empty = await ada.post('/guidance/sign/HO07/withdraw', { why: ' ' })
  expect(empty.status).toBe(422)
  expect(empty.text).toContain('Say why it is taken down')
  expect((await ada.post('/guidance/sign/HO07/withdraw', { why: 'Nobody understood it' })).status).toBe(303)
  expect(await publicly('The stay is made longer')).toBe(false)
  expect(await publicly('The stay is made longer', '/signs/search?q=stay+longer')).toBe(false)
  expect((await ada.get('/guidance?kind=sign&setting=HO')).text).toContain('Taken down')
  expect((await ada.get('/guidance/sign/HO07/history')).text).toContain('Nobody understood it')
  await ada.post('/guidance/sign/HO07/restore', { version: '1' }, { from: '/guidance/sign/HO07/history' })
  await ada.post('/guidance/sign/HO07/preview', publishing)
  expect(await publicly('The stay is made longer')).toBe(true)
})

const kinds = [
  'sign/HO08',
  'setting/HO',
  'type/CUCK',
  'offer/O04',
  'for-you/adult',
  'page/home',
  'page/privacy',
  'definition/shared-definition',
]
test.each(kinds)('%s: opens as it is, and sent unchanged publishes the same words', async (piece) => {
  const { text } = await ada.get(`/guidance/${piece}`)
  const form = fieldsIn(text)
  const sent = await ada.post(`/guidance/${piece}`, { ...form, next: 'preview' })
  expect(sent).toMatchObject({ status: 303, location: `/guidance/${piece}/preview` })
  expect((await ada.get(sent.location)).status).toBe(200)
  expect((await ada.post(sent.location, publishing)).status).toBe(303)
  expect((await ada.get(`/guidance/${piece}/history`)).status).toBe(200)
  const again = fieldsIn((await ada.get(`/guidance/${piece}`)).text)
  expect({ ...again, 'based-on': '' }).toEqual({ ...form, 'based-on': '' })
})

/** What a browser would send of the page's own form if a person only pressed the button. */
const fieldsIn = (html: string): Record<string, string[]> => {
  const form = html.slice(html.indexOf('name="based-on"') - 40)
  const fields: Record<string, string[]> = {}
  const keep = (name: string, value: string) => (fields[name] ??= []).push(plain(value))
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const name = / name="([^"]*)"/.exec(tag)?.[1]
    if (!name || (/type="(checkbox|radio)"/.test(tag) && !/ checked/.test(tag))) continue
    keep(name, / value="([^"]*)"/.exec(tag)?.[1] ?? '')
  }
  for (const [, name, value] of form.matchAll(/<textarea[^>]* name="([^"]*)"[^>]*>\n?([^<]*)<\/textarea>/g))
    keep(name!, value!)
  for (const [, name, body] of form.matchAll(/<select[^>]* name="([^"]*)"[^>]*>(.*?)<\/select>/gs))
    keep(name!, /<option value="([^"]*)" selected/.exec(body!)?.[1] ?? '')
  return fields
}
const plain = (html: string) =>
  html.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

test('an empty form is explained field by field, and keeps what was typed', async () => {
  const got = await ada.post('/guidance/sign/HO09', {
    'based-on': '1',
    text: ' ',
    source: 'kept as typed',
    next: 'preview',
  })
  expect(got.status).toBe(422)
  for (const words of [
    'Enter the sign',
    'Choose what it tells of',
    'Choose who it is about',
    'kept as typed',
    'href="#text"',
  ])
    expect(got.text).toContain(words)
  const nothing = await ada.post('/guidance/sign/new', { text: '', source: '', setting: 'nowhere' })
  expect(nothing.text).toContain('Choose list')
})

test('publishing needs a reason and a day to come, not too far off', async () => {
  await ada.post('/guidance/sign/HO10', sign('Words'))
  const ask = (form: Record<string, string>) => ada.post('/guidance/sign/HO10/preview', form)
  expect((await ask({ why: '', 'review-by': '' })).text).toContain('Say what changed, and why')
  expect((await ask({ why: 'x', 'review-by': '2026-11-23' })).text).toContain('must be in the future')
  expect((await ask({ why: 'x', 'review-by': '2031-01-01' })).text).toContain('within 3 years')
  expect((await ask({ why: 'x', 'review-by': '2027-02-30' })).text).toContain('must be a real date')
})

test('fields that nobody was asked for are refused', async () => {
  expect((await ada.post('/guidance/sign/HO10', sign('Words', { setting: 'TX' }))).status).toBe(400)
  expect((await ada.post('/guidance/sign/HO10', sign('Words', { code: 'XX' }))).status).toBe(400)
})

const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '=cmd|calc',
  '\u202Egnp.exe',
  '{{7*7}}',
  '${7*7}',
  "'; drop table sign; --",
  'a\u0000b',
  '\uD800',
  '\uF8FF0',
]
test('hostile words are shown as words, on the form, in the preview, in public and on paper', async () => {
  for (const words of hostile) {
    const current = fieldsIn((await ada.get('/guidance/sign/HO11')).text)['based-on']![0]!
    expect((await ada.post('/guidance/sign/HO11', sign(`Seen: ${words}`, { 'based-on': current }))).status).toBe(303)
    expect((await ada.post('/guidance/sign/HO11/preview', publishing)).status).toBe(303)
    for (const url of [
      '/signs/hotels',
      '/signs/search?q=seen',
      '/guidance/sign/HO11',
      '/guidance/sign/HO11/history',
      '/guidance?kind=sign',
    ]) {
      const { status, text } = await ada.get(url)
      expect(status).toBe(200)
      expect(text).not.toContain('<script>alert')
      expect(text).not.toContain('<img src=x')
    }
    expect((await ada.get('/signs/hotels/poster.pdf')).status).toBe(200)
  }
})

test('an address out of data cannot run a script', async () => {
  const form = fieldsIn((await ada.get('/guidance/setting/TX')).text)
  await ada.post('/guidance/setting/TX', {
    ...form,
    'extra_contacts-0-value': 'javascript:alert(1)',
    'extra_contacts-0-kind': 'url',
    next: 'preview',
  })
  await ada.post('/guidance/setting/TX/preview', publishing)
  expect((await visitor.get('/signs/taxis')).text).not.toContain('href="javascript:')
})

test('what is overdue comes first and says so', async () => {
  const before = house.clock.now
  house.clock.now = new Date('2028-06-01T10:00:00Z')
  const late = await house.browser('ada')
  const { text } = await late.get('/guidance')
  expect(text).toContain('Overdue')
  expect(text).toMatch(/\d+ overdue/)
  house.clock.now = before
})

test.each(['dena', 'priya', 'saul', 'wes'] as const)('%s finds no editing pages', async (name) => {
  const browser = await house.browser(name)
  for (const url of [
    '/guidance',
    '/guidance/sign/HO01',
    '/guidance/sign/new',
    '/guidance/sign/HO01/preview',
    '/guidance/sign/HO01/history',
    '/guidance/sign/HO01/withdraw',
  ])
    expect((await browser.get(url)).status).toBe(404)
  expect((await browser.post('/guidance/sign/HO01', sign('Mine'), { from: '/account' })).status).toBe(404)
})

test('a visitor is asked to sign in', async () => {
  for (const url of ['/guidance', '/guidance/sign/HO01', '/guidance/sign/new'])
    expect(await visitor.get(url)).toMatchObject({ status: 303, location: `/sign-in?then=${encodeURIComponent(url)}` })
})

test('another partnership’s words stay its own', async () => {
  const otto = await house.browser('otto')
  const oakshire = { headers: { host: 'oakshire.test' } }
  const token = async (url: string) =>
    /name="_csrf" value="([^"]+)"/.exec((await otto.get(url, oakshire.headers)).text)![1]!
  const post = async (url: string, form: Record<string, string | string[]>) => {
    const body = new URLSearchParams({ _csrf: await token(url) })
    for (const [name, value] of Object.entries(form)) for (const one of [value].flat()) body.append(name, one)
    return house.app.inject({
      method: 'POST',
      url,
      payload: body.toString(),
      headers: {
        ...oakshire.headers,
        'content-type': 'application/x-www-form-urlencoded',
        cookie: `session=${otto.cookies.get('session')}`,
      },
    })
  }
  expect((await post('/guidance/sign/TX06', sign('Oakshire says this'))).statusCode).toBe(303)
  expect((await post('/guidance/sign/TX06/preview', publishing)).statusCode).toBe(303)
  expect((await visitor.get('/signs/taxis', oakshire.headers)).text).toContain('Oakshire says this')
  expect(await publicly('Oakshire says this', '/signs/taxis')).toBe(false)
  expect((await ada.get('/guidance/sign/TX06/history')).text).not.toContain('Oakshire says this')
})

test('words that another process published are read within thirty seconds', async () => {
  const words = {
    setting: 'BK',
    text: 'From another process',
    ages: ['adult'],
    types: [],
    harm: 'context',
    source: 'Elmshire',
  }
  house.clock.now = new Date(house.clock.now.getTime() + 60_000)
  expect(await publicly('From another process', '/signs/banks')).toBe(false)
  await house.seen(house.system, (tx) =>
    addVersions(tx, house.cast.partnership, [
      {
        head: { kind: 'sign', code: 'BK01', version: 2, origin: 'shipped', position: 1, review_by: '2028-01-01' },
        words: words as never,
      },
    ]),
  )
  expect(await publicly('From another process', '/signs/banks')).toBe(false)
  house.clock.now = new Date(house.clock.now.getTime() + 31_000)
  expect(await publicly('From another process', '/signs/banks')).toBe(true)
})
