import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { loadGuidance } from '../../../guidance/index.ts'
import { openTestHouse, type Browser, type TestHouse } from '../../../../test/house.ts'
import { wordsOf, concernsKept } from '../../../../test/noticed.ts'

let house: TestHouse
const start = new Date('2026-11-23T10:00:00Z')
beforeAll(async () => {
  house = await openTestHouse()
  await house.seen(house.system, (tx) => loadGuidance(tx, house.system))
})
beforeEach(() => {
  house.clock.now = start
})
afterAll(() => house.close())

type Form = Record<string, string | string[]>
/** Answers pages one after another and says where each led. */
const walk = async (browser: Browser, pages: [string, Form][]): Promise<string[]> => {
  const led: string[] = []
  for (const [url, form] of pages) {
    const hidden = await hiddenFields(browser, url)
    const got = await browser.post(url, { ...hidden, ...form })
    led.push(got.status === 303 ? got.location : `${got.status} ${errorsIn(got.text).join('; ')}`)
  }
  return led
}
/** The hidden fields that a page's own form holds, besides the token. */
const hiddenFields = async (browser: Browser, url: string): Promise<Form> => {
  const { text } = await browser.get(url)
  const form = /<form[^>]*novalidate[^>]*>[\s\S]*?<\/form>/.exec(text)?.[0] ?? ''
  return Object.fromEntries(
    [...form.matchAll(/<input type="hidden" name="(?!_csrf)([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [
      name,
      value,
    ]),
  )
}
const errorsIn = (html: string) =>
  [...html.matchAll(/<a href="#([^"]+)">([^<]+)<\/a>/g)]
    .filter(([, id]) => id !== 'main')
    .map(([, id, text]) => `${id}: ${text}`)

const hotel: [string, Form][] = [
  ['/report/danger?setting=HO', { danger: 'no' }],
  ['/report/worry', { worry: 'Two lads brought a girl up the back stairs. White van AB12 CDE. Rang 07700 900123.' }],
  ['/report/about', { about: 'one' }],
  ['/report/people', { 'name-0': '', 'nickname-0': 'Dizzy', 'age_group-0': 'child', 'age_said-0': 'about 15' }],
  ['/report/where', { place: 'Larch Hotel, room 14', postcode: 'cv344rl' }],
  ['/report/when', { happened: 'last night about 2' }],
  ['/report/signs', { signs: ['HO01', 'HO03'] }],
  ['/report/details', { found: ['vehicle AB12 CDE'], 'vehicle-0': '', 'phone-0': '' }],
  ['/report/files', {}],
  ['/report/contact', { may_contact: 'yes', contact_by: 'phone', contact_value: '01632 960111', wants_news: 'yes' }],
]

const receiptIn = (html: string) =>
  [...html.matchAll(/trellis-receipt__four">([0-9A-Z]{4})</g)].map(([, four]) => four).join(' ')

test('a night manager says what worries them, checks it, sends it, and is shown a receipt', async () => {
  const browser = await house.browser()
  expect((await browser.get('/report?setting=HO')).text).toContain('/report/danger?setting=HO')
  expect(browser.cookies.size).toBe(0)
  expect(await walk(browser, hotel)).toEqual([
    '/report/worry',
    '/report/about',
    '/report/people',
    '/report/where',
    '/report/when',
    '/report/signs',
    '/report/details',
    '/report/files',
    '/report/contact',
    '/report/check',
  ])
  const check = await browser.get('/report/check')
  for (const said of ['back stairs', 'Dizzy', 'about 15', 'CV34 4RL', 'last night', 'AB12 CDE', '01632 960111'])
    expect(check.text).toContain(said)
  expect(check.text).not.toContain('Phone number: ')
  const sent = await browser.post('/report/check')
  expect(sent.location).toBe('/report/sent')
  const shown = await browser.get('/report/sent')
  expect(receiptIn(shown.text)).toMatch(/^([0-9A-Z]{4} ){4}[0-9A-Z]{4}$/)
  expect(shown.text).toContain('Tuesday')
  expect(shown.text).toContain('24 November')
  const kept = await house.seen(house.as('dena'), (tx) =>
    tx.selectFrom('concern').selectAll().orderBy('received_at', 'desc').executeTakeFirstOrThrow(),
  )
  expect(kept).toMatchObject({ setting: 'HO', about: 'one', postcode: 'CV34 4RL', channel: 'public', wants_news: true })
})

const count = async () =>
  Number(
    (
      await house.seen(house.system, (tx) =>
        tx
          .selectFrom('concern')
          .select((e) => e.fn.countAll().as('n'))
          .executeTakeFirstOrThrow(),
      )
    ).n,
  )
const newest = async () => (await concernsKept(house))[0]!
/** Away from the others in time, so that the newest is this test's own. */
let days = 0
const nextDay = () => {
  house.clock.now = new Date(start.getTime() + ++days * 24 * 60 * 60_000)
}

test('danger now shows 999 and that the form calls nobody, and lets them go on', async () => {
  nextDay()
  const browser = await house.browser()
  expect(await walk(browser, [['/report/danger', { danger: 'yes' }]])).toEqual(['/report/call-999'])
  const shown = await browser.get('/report/call-999')
  expect(shown.text).toContain('tel:999')
  expect(shown.text).toContain('does not call the police')
  await walk(browser, [['/report/worry', { worry: 'He has her in the car' }]])
  await browser.post('/report/check')
  expect(await newest()).toMatchObject({ danger_now: true, worry: 'He has her in the car' })
})

test('every question can be skipped but what worries them', async () => {
  nextDay()
  const browser = await house.browser()
  const led = await walk(browser, [
    ['/report/danger', {}],
    ['/report/worry', { worry: ' ' }],
    ['/report/worry', { worry: 'Something is off' }],
    ['/report/about', {}],
    ['/report/where', {}],
    ['/report/when', {}],
    ['/report/setting', {}],
    ['/report/details', {}],
    ['/report/files', {}],
    ['/report/contact', {}],
  ])
  expect(led).toEqual([
    '/report/worry',
    '422 worry: Say what worries you. A few words are enough',
    '/report/about',
    '/report/where',
    '/report/when',
    '/report/setting',
    '/report/details',
    '/report/files',
    '/report/contact',
    '/report/check',
  ])
  expect((await browser.post('/report/check')).location).toBe('/report/sent')
  expect(await newest()).toMatchObject({ about: 'unknown', setting: null, place: '', postcode: null })
})

test('a business is asked for by name, which is kept with what else was named and can be put right', async () => {
  const browser = await house.browser()
  await walk(browser, [
    ['/report/danger', { danger: 'no' }],
    ['/report/worry', { worry: 'Girls go in at night' }],
    ['/report/about', { about: 'business' }],
    ['/report/where', { business: 'Golden Fly', place: 'Lane End' }],
    ['/report/where', { business: 'Golden Fry Ltd', place: 'Lane End' }],
  ])
  expect((await browser.get('/report/where')).text).toContain('value="Golden Fry Ltd"')
  expect((await browser.get('/report/details')).text).toContain('value="Golden Fry Ltd"')
})

test('a report without a worry is not sent, and says where to put it right', async () => {
  const browser = await house.browser()
  await walk(browser, [['/report/danger', {}]])
  const got = await browser.post('/report/check')
  expect(got.status).toBe(422)
  expect(errorsIn(got.text)).toEqual(['worry: Say what worries you. A few words are enough'])
  expect(got.text).toMatch(/href="\/report\/worry"[^>]*id="worry"|id="worry"[^>]*href="\/report\/worry"/)
})

test('each field refuses what it cannot take, names it, and keeps what was typed', async () => {
  const browser = await house.browser()
  await walk(browser, [...hotel.slice(0, 3)])
  const wrong: [string, Form, string[]][] = [
    ['/report/worry', { worry: 'x'.repeat(20_001) }, ['worry: Use 20,000 letters or fewer']],
    ['/report/about', { about: 'everybody' }, ['about: Choose one of the answers shown']],
    ['/report/people', { 'name-0': 'y'.repeat(301) }, ['name-0: Use 300 letters or fewer']],
    ['/report/where', { postcode: 'Leeds', place: 'kept words' }, ['postcode: Type a postcode like CV34 4RL']],
    ['/report/where', { latitude: '91', longitude: '0' }, ['latitude: ']],
    [
      '/report/when',
      { 'happened_on-day': '30', 'happened_on-month': '2', 'happened_on-year': '2026' },
      ['happened_on-day: Type a real date'],
    ],
    [
      '/report/when',
      { 'happened_on-day': '1', 'happened_on-month': '1', 'happened_on-year': '2030' },
      ['happened_on-day: The date must be today'],
    ],
    ['/report/signs', { signs: ['HO01', 'XX99'] }, ['signs: Choose one of the answers shown']],
    ['/report/details', { 'phone-0': 'no digits' }, ['phone-0: A phone number has digits']],
    ['/report/details', { 'vehicle-0': '', 'vehicle-0-note': 'white' }, ['vehicle-0: Type the number']],
    ['/report/contact', { may_contact: 'yes' }, ['contact_by: Choose how', 'contact_value: Type the number']],
    [
      '/report/contact',
      { may_contact: 'yes', contact_by: 'email', contact_value: 'nobody' },
      ['contact_value: Type an email'],
    ],
    [
      '/report/contact',
      { may_contact: 'yes', contact_by: 'phone', contact_value: '123' },
      ['contact_value: Type the whole'],
    ],
  ]
  for (const [url, form, said] of wrong) {
    const got = await browser.post(url, form)
    expect(got.status, url).toBe(422)
    const errors = errorsIn(got.text)
    expect(errors.length, `${url} ${errors.join()}`).toBe(said.length)
    said.forEach((sentence, i) => expect(errors[i]).toContain(sentence.replaceAll('’', '’')))
    expect(got.text).toContain('<title>Error:')
    for (const value of Object.values(form).flat())
      if (value.length < 300 && value !== 'XX99' && value !== 'everybody') expect(got.text, value).toContain(value)
  }
})

test('a field nobody asked for is refused', async () => {
  const browser = await house.browser()
  await walk(browser, hotel.slice(0, 2))
  for (const [url, form] of [...hotel.slice(1), ['/report/check', {}]] as [string, Form][])
    expect((await browser.post(url, { ...form, score: '7' })).status, url).toBe(400)
})

test('changing one answer leads back to checking, and a new question it brings is asked', async () => {
  const browser = await house.browser()
  await walk(browser, hotel)
  expect(
    await walk(browser, [
      ['/report/where', { place: 'Somewhere else' }],
      ['/report/about', { about: 'place' }],
    ]),
  ).toEqual(['/report/check', '/report/check'])
  expect((await browser.get('/report/check')).text).not.toContain('Dizzy')
})

test('several people are asked after one by one, and another can be added without JavaScript', async () => {
  nextDay()
  const browser = await house.browser()
  await walk(browser, [...hotel.slice(0, 2), ['/report/about', { about: 'several' }]])
  const more = await browser.post('/report/people', { 'name-0': 'Kez', 'name-1': '', add: 'person' })
  expect(more.text).toContain('name="name-2"')
  expect(more.text).toContain('value="Kez"')
  await walk(browser, [
    [
      '/report/people',
      { 'name-0': 'Kez', 'name-1': '', 'nickname-2': 'Dizzy', 'name-2': '', 'part-2': 'may be causing harm' },
    ],
  ])
  await browser.post('/report/check')
  const { id } = await newest()
  const people = await house.seen(house.system, (tx) =>
    tx.selectFrom('concern_person').selectAll().where('concern_id', '=', id).orderBy('position').execute(),
  )
  expect(await wordsOf(house, 'concern_person', people)).toMatchObject([
    { name: 'Kez', nickname: '', part: 'worried about' },
    { name: '', nickname: 'Dizzy', part: 'may be causing harm' },
  ])
})

test('plates and phones in the words are offered and only what is ticked is added', async () => {
  nextDay()
  const browser = await house.browser()
  await walk(browser, hotel.slice(0, 2))
  const offered = await browser.get('/report/details')
  expect(offered.text).toContain('value="vehicle AB12 CDE"')
  expect(offered.text).not.toMatch(/value="vehicle AB12 CDE"[^>]*checked/)
  const another = await browser.post('/report/details', {
    'account-0': '@kez',
    'account-0-note': 'snap',
    add: 'account',
  })
  expect(another.text).toContain('name="account-1"')
  await walk(browser, [
    ['/report/details', { found: 'phone 07700 900123', 'account-0': '@kez', 'account-0-note': 'snap' }],
  ])
  const again = await browser.get('/report/details')
  expect(again.text).toContain('value="07700 900123"')
  expect(again.text).not.toContain('value="phone 07700 900123"')
  await browser.post('/report/check')
  const { id } = await newest()
  const details = await house.seen(house.system, (tx) =>
    tx.selectFrom('detail').selectAll().where('concern_id', '=', id).orderBy('kind').execute(),
  )
  expect(await wordsOf(house, 'detail', details)).toMatchObject([
    { kind: 'account', said: '@kez', note: 'snap', came: 'given' },
    { kind: 'phone', said: '07700 900123', note: '', came: 'found' },
  ])
})

test('what is typed can be deleted on every page, and is gone', async () => {
  const browser = await house.browser()
  await walk(browser, hotel.slice(0, 3))
  const held = browser.cookies.get('draft')
  for (const [url] of [...hotel.slice(1), ['/report/check', {}]] as [string, Form][])
    expect((await browser.get(url)).text, url).toContain('action="/report/delete"')
  expect((await browser.post('/report/delete', {}, { from: '/report/where' })).location).toBe('/report/deleted')
  expect(browser.cookies.has('draft')).toBe(false)
  browser.cookies.set('draft', held!)
  expect((await browser.get('/report/where')).location).toBe('/report')
})

test('sent twice, it is one concern, and both answers lead to the receipt', async () => {
  nextDay()
  const browser = await house.browser()
  await walk(browser, hotel.slice(0, 2))
  const before = await count()
  // The form's token comes from a page that is there before and after sending: one may be answered before the other asks.
  const press = () => browser.post('/report/check', {}, { from: '/report/danger' })
  const both = await Promise.all([press(), press()])
  expect(both.map(({ location }) => location)).toEqual(['/report/sent', '/report/sent'])
  expect(await count()).toBe(before + 1)
  const receipts = [await browser.get('/report/sent'), await browser.get('/report/sent')].map(({ text }) =>
    receiptIn(text),
  )
  expect(receipts[0]).toHaveLength(24)
  expect(receipts[1]).toBe(receipts[0])
})

test('the receipt is shown for ten minutes, or until it is cleared', async () => {
  const browser = await house.browser()
  await walk(browser, hotel.slice(0, 2))
  await browser.post('/report/check')
  house.clock.now = new Date(start.getTime() + 9 * 60_000)
  expect(receiptIn((await browser.get('/report/sent')).text)).toHaveLength(24)
  const held = browser.cookies.get('draft')!
  house.clock.now = new Date(start.getTime() + 11 * 60_000)
  expect((await browser.get('/report/sent')).status).toBe(410)
  house.clock.now = start
  expect((await browser.post('/report/sent/clear', {}, { from: '/report/sent' })).location).toBe('/report/cleared')
  browser.cookies.set('draft', held)
  expect((await browser.get('/report/sent')).status).toBe(410)
})

test('a page left open from before sending keeps its words in sight and adds nothing', async () => {
  const browser = await house.browser()
  await walk(browser, hotel.slice(0, 2))
  const { text } = await browser.get('/report/where')
  await browser.post('/report/check')
  const token = /name="_csrf" value="([^"]+)"/.exec(text)![1]!
  const got = await house.app.inject({
    method: 'POST',
    url: '/report/where',
    payload: new URLSearchParams({ _csrf: token, place: 'behind the bins' }).toString(),
    headers: {
      host: 'elmshire.test',
      cookie: `draft=${browser.cookies.get('draft')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
  })
  expect(got.statusCode).toBe(409)
  expect(got.body).toContain('behind the bins')
})

test('after an hour what was just typed is kept, and the reader is told what went', async () => {
  const browser = await house.browser()
  await walk(browser, hotel.slice(0, 2))
  const { text } = await browser.get('/report/where')
  house.clock.now = new Date(start.getTime() + 61 * 60_000)
  const token = /name="_csrf" value="([^"]+)"/.exec(text)![1]!
  const cookie = `draft=${browser.cookies.get('draft')}`
  const got = await house.app.inject({
    method: 'POST',
    url: '/report/where',
    payload: new URLSearchParams({ _csrf: token, place: 'behind the bins' }).toString(),
    headers: { host: 'elmshire.test', cookie, 'content-type': 'application/x-www-form-urlencoded' },
  })
  expect(got.headers['location']).toBe('/report/carry-on')
  browser.cookies.set('draft', got.cookies.find(({ name }) => name === 'draft')!.value)
  expect((await browser.get('/report/where')).text).toContain('behind the bins')
})

test('something small: a plate and a place, sent at once, and twice is still one', async () => {
  nextDay()
  const browser = await house.browser()
  const page = await browser.get('/report/small?setting=HO')
  expect(browser.cookies.size).toBe(0)
  const [csrf, key] = ['_csrf', 'key'].map((name) => new RegExp(`name="${name}" value="([^"]+)"`).exec(page.text)![1]!)
  const before = await count()
  const send = (more: object) =>
    house.app.inject({
      method: 'POST',
      url: '/report/small',
      payload: new URLSearchParams({
        _csrf: csrf!,
        key: key!,
        from: 'HO',
        plate: 'AB12 CDE',
        place: 'Station car park',
        ...more,
      }).toString(),
      headers: { host: 'elmshire.test', 'content-type': 'application/x-www-form-urlencoded' },
    })
  const both = await Promise.all([send({}), send({})])
  expect(both.map(({ headers }) => headers['location'])).toEqual(['/report/sent', '/report/sent'])
  expect(await count()).toBe(before + 1)
  expect(both[0]!.cookies[0]!.value).toBe(both[1]!.cookies[0]!.value)
  expect(await newest()).toMatchObject({ channel: 'small', worry: 'AB12 CDE, Station car park', setting: 'HO' })
  // Back, and another plate on the same page: that is another note.
  await send({ plate: 'XY34 ZZZ' })
  expect(await count()).toBe(before + 2)
  house.clock.now = new Date(house.clock.now.getTime() + 24 * 60 * 60_000)
  await send({})
  expect(await count()).toBe(before + 2)
})

test('a small note without anything in it is explained', async () => {
  const browser = await house.browser()
  const page = await browser.get('/report/small')
  const key = /name="key" value="([^"]+)"/.exec(page.text)![1]!
  const got = await browser.post('/report/small', { key, from: '', plate: '', place: ' ', worry: '' })
  expect(got.status).toBe(422)
  expect(errorsIn(got.text)).toEqual(['plate: Type a number plate, a place, or what you noticed'])
})

test('the person themself is spoken to gently, in a shorter way', async () => {
  nextDay()
  const browser = await house.browser()
  expect((await browser.get('/report')).text).toContain('/report/danger?how=self')
  expect(await walk(browser, [['/report/danger?how=self', {}]])).toEqual(['/report/worry'])
  const page = await browser.get('/report/worry')
  expect(page.text).toContain('It is not your fault')
  expect(
    await walk(browser, [
      ['/report/worry', { worry: 'He takes my wages' }],
      ['/report/people', { 'nickname-0': 'Sam', 'name-0': '', 'age_group-0': 'adult' }],
      ['/report/where', {}],
      ['/report/when', {}],
      ['/report/setting', { setting: 'PE' }],
    ]),
  ).toEqual(['/report/people', '/report/where', '/report/when', '/report/setting', '/report/signs'])
  await browser.post('/report/check')
  expect(await newest()).toMatchObject({ channel: 'self', about: 'self', setting: 'PE' })
})

test('whoever comes from the page for themself meets their own way first, with their list of signs', async () => {
  const browser = await house.browser()
  const page = await browser.get('/report?setting=YP')
  expect(page.text.indexOf('/report/danger?how=self&amp;setting=YP')).toBeLessThan(page.text.indexOf('/report/small'))
  const led = await walk(browser, [
    ['/report/danger?how=self&setting=YP', {}],
    ['/report/worry', { worry: 'He takes my phone' }],
    ['/report/people', {}],
    ['/report/where', {}],
    ['/report/when', {}],
  ])
  expect(led.at(-1)).toBe('/report/signs')
})

test('each language speaks to the reader in it, and the concern says which', async () => {
  nextDay()
  const browser = await house.browser()
  const page = await browser.get('/ur/report')
  expect(page.text).toMatch(/<html lang="ur" dir="rtl"/)
  const led = await walk(browser, [
    ['/ur/report/danger', { danger: 'no' }],
    ['/ur/report/worry', { worry: 'کچھ ٹھیک نہیں' }],
  ])
  expect(led).toEqual(['/ur/report/worry', '/ur/report/about'])
  expect((await browser.post('/ur/report/check')).location).toBe('/ur/report/sent')
  expect(await newest()).toMatchObject({ language: 'ur', worry: 'کچھ ٹھیک نہیں' })
})

test('beyond the budget a report waits its turn, loses nothing, and is sent', async () => {
  nextDay()
  house.house.config.reportsAMinute = 1
  try {
    const other = await house.browser()
    await walk(other, hotel.slice(0, 2))
    // The house took many before this minute; take what is left of the budget.
    for (let i = 0; i < 3; i++) await other.post('/report/check')
    const browser = await house.browser()
    await walk(browser, hotel.slice(0, 2))
    const before = await count()
    expect((await browser.post('/report/check')).location).toBe('/report/wait')
    const page = await browser.get('/report/wait')
    expect(page.text).toContain('call 999')
    const ticket = /name="ticket" value="([^"]+)"/.exec(page.text)![1]!
    expect((await browser.post('/report/wait', { ticket, nonce: '' })).status).toBe(429)
    expect((await browser.post('/report/wait', { ticket: `${ticket}x`, nonce: '' })).status).toBe(429)
    expect(await count()).toBe(before)
    house.clock.now = new Date(house.clock.now.getTime() + 20_000)
    expect((await browser.post('/report/wait', { ticket, nonce: '' })).location).toBe('/report/sent')
    expect(await count()).toBe(before + 1)
    expect((await (await house.browser()).get('/report')).text).toContain('call 999')
  } finally {
    house.house.config.reportsAMinute = 100_000
  }
})

test('work done by the browser stands for waiting', async () => {
  nextDay()
  house.house.config.reportsAMinute = 1
  try {
    const browser = await house.browser()
    await walk(browser, hotel.slice(0, 2))
    const page = await browser.get('/report/wait')
    const ticket = /name="ticket" value="([^"]+)"/.exec(page.text)![1]!
    const { sha256 } = await import('../../../web/client/offline/sha256.ts')
    let nonce = 0
    while (sha256(`${ticket}:${nonce}`) >>> 14) nonce++
    expect((await browser.post('/report/wait', { ticket, nonce: String(nonce) })).location).toBe('/report/sent')
  } finally {
    house.house.config.reportsAMinute = 100_000
  }
})

test('no page of the way stores where a visitor is or who asked', async () => {
  const text = JSON.stringify(
    await house.seen(house.system, async (tx) => [
      await tx.selectFrom('concern').selectAll().execute(),
      await tx.selectFrom('event').selectAll().execute(),
      await tx.selectFrom('reporter').selectAll().execute(),
    ]),
  )
  expect(text).not.toContain('127.0.0.1')
})
