import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type Browser, type TestHouse } from '../../../../test/house.ts'
import { wordsOf, concernsKept } from '../../../../test/noticed.ts'
import { loadGuidance } from '../../../guidance/index.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse()
  await house.seen(house.system, (tx) => loadGuidance(tx, house.system))
})
afterAll(() => house.close())

type Form = Record<string, string | string[]>
/** Answers a page with the draft that the page itself names, as its form would. */
const answer = async (browser: Browser, url: string, form: Form = {}) => {
  const page = await browser.get(url)
  const carried = Object.fromEntries(
    ['draft', 'how', 'from'].flatMap((name) => {
      const found = new RegExp(`name="${name}" value="([^"]*)"`).exec(page.text)
      return found ? [[name, found[1]!]] : []
    }),
  )
  return browser.post(url, { ...carried, ...form })
}
const concernSaying = async (worry: string) => (await concernsKept(house)).find((concern) => concern.worry === worry)!
const drafts = async (browser: Browser) =>
  (await browser.get('/sent')).text.match(/action="\/sent\/carry-on"/g)?.length ?? 0

test('a school’s safeguarding lead sends everything a professional knows, under the school', async () => {
  const browser = await house.browser('priya')
  const led: string[] = []
  const go = async (url: string, form: Form = {}) => led.push((await answer(browser, url, form)).location)
  await go('/report/danger?new&setting=SC', { danger: 'no' })
  await go('/report/worry', { worry: 'Older men wait at the north gate' })
  await go('/report/about', { about: 'one' })
  await go('/report/people', {
    'name-0': 'Tom Ash',
    'born_on-0-day': '3',
    'born_on-0-month': '4',
    'born_on-0-year': '2011',
    'nhs_number-0': '943 476 5919',
    'postcode-0': 'cv34 4rl',
    'sex-0': 'M',
    'ethnicity-0': 'mixed-white-black-caribbean',
    'school_or_work-0': 'Ash Hill School',
    'first_language-0': 'Polish',
  })
  await go('/report/wishes', {
    person_wants: '“I want them to stop waiting for me”',
    person_knows: 'yes',
    consent: 'refused',
    consent_why: 'He is at risk of serious harm',
  })
  await go('/report/where', { place: 'North gate' })
  await go('/report/when', {})
  await go('/report/signs', {})
  await go('/report/details', {})
  await go('/report/files')
  await go('/report/you', {
    job_title: 'DSL',
    agency_reference: 'AH/22/7',
    contact_by: 'email',
    contact_value: 'priya@ashhill.example',
    wants_news: 'yes',
  })
  expect(led.at(-1)).toBe('/report/check')
  const check = await browser.get('/report/check')
  for (const said of ['Tom Ash', '9434765919', '3 April 2011', 'No, they said no', 'AH/22/7'])
    expect(check.text).toContain(said)
  expect((await answer(browser, '/report/check')).location).toBe('/report/sent')
  const sent = await browser.get('/report/sent')
  expect(sent.text).toContain('trellis-receipt__code')
  const concern = await concernSaying('Older men wait at the north gate')
  expect(sent.text).toContain(`/sent/${concern.id}`)
  expect(concern).toMatchObject({
    channel: 'professional',
    agency_id: house.cast.agencies['school'],
    entered_by: house.cast.people.priya.id,
    agency_reference: 'AH/22/7',
    consent: 'refused',
    person_knows: 'yes',
  })
  const [person] = await wordsOf(
    house,
    'concern_person',
    await house.seen(house.system, (tx) =>
      tx.selectFrom('concern_person').selectAll().where('concern_id', '=', concern.id).execute(),
    ),
  )
  expect(person).toMatchObject({ born_on: '2011-04-03', nhs_number: '9434765919', postcode: 'CV34 4RL', sex: 'M' })
  const [reporter] = await wordsOf(
    house,
    'reporter',
    await house.seen(house.system, (tx) =>
      tx.selectFrom('reporter').selectAll().where('concern_id', '=', concern.id).execute(),
    ),
  )
  expect(reporter).toMatchObject({ name: 'Priya Nair', job_title: 'DSL', may_contact: true })
})

test('a professional’s fields are checked: the NHS number, the birth date, the reason for going against a no', async () => {
  const browser = await house.browser('priya')
  await answer(browser, '/report/danger?new')
  await answer(browser, '/report/worry', { worry: 'x' })
  await answer(browser, '/report/about', { about: 'one' })
  const errors = async (url: string, form: Form) => {
    const got = await answer(browser, url, form)
    expect(got.status).toBe(422)
    return [...got.text.matchAll(/<a href="#([^"]+)">([^<]+)<\/a>/g)].map(([, id, text]) => `${id}: ${text}`)
  }
  expect(await errors('/report/people', { 'name-0': '', 'nhs_number-0': '943 476 5918' })).toEqual([
    expect.stringContaining('nhs_number-0: Check the NHS number'),
  ])
  expect(await errors('/report/people', { 'name-0': '', 'nhs_number-0': '999 000 0018' })).toEqual([
    expect.stringContaining('nhs_number-0: NHS numbers that start with 999 are for testing'),
  ])
  expect(
    await errors('/report/people', {
      'name-0': '',
      'born_on-0-day': '1',
      'born_on-0-month': '1',
      'born_on-0-year': '2030',
    }),
  ).toEqual([expect.stringContaining('born_on-0-day: The date must be today')])
  expect(await errors('/report/wishes', { consent: 'not sought' })).toEqual([
    expect.stringContaining('consent_why: Say why you are sharing'),
  ])
  await browser.post('/report/delete', { draft: browser.cookies.get('draft')! }, { from: '/report/check' })
})

test('the public is never asked what only a professional knows, and cannot slip it in', async () => {
  const browser = await house.browser()
  await answer(browser, '/report/danger')
  await answer(browser, '/report/worry', { worry: 'x' })
  await answer(browser, '/report/about', { about: 'one' })
  expect((await browser.get('/report/people')).text).not.toContain('nhs_number')
  expect((await answer(browser, '/report/people', { 'name-0': 'x', 'nhs_number-0': '9434765919' })).status).toBe(400)
})

test('staff keep several unfinished at once, after signing out too, and each form writes into its own', async () => {
  const first = await house.browser('saul')
  await answer(first, '/report/danger?new')
  await answer(first, '/report/worry', { worry: 'the first' })
  const stale = await first.get('/report/where')
  await answer(first, '/report/danger?new')
  await answer(first, '/report/worry', { worry: 'the second' })
  expect(await drafts(first)).toBe(2)
  // A page of the first, still open in another tab, is sent: first refused as stale with its words kept, then taken.
  const draft = /name="draft" value="([^"]+)"/.exec(stale.text)![1]!
  expect((await first.post('/report/where', { draft, place: 'place of the first' })).status).toBe(303)
  const again = await house.browser('saul')
  expect(await drafts(again)).toBe(2)
  expect((await again.post('/sent/carry-on', { draft }, { from: '/sent' })).location).toBe('/report/when')
  const check = await again.get('/report/check')
  expect(check.text).toContain('the first')
  expect(check.text).toContain('place of the first')
  expect(check.text).not.toContain('the second')
  await answer(again, '/report/check')
  expect(await drafts(again)).toBe(1)
  expect(await drafts(await house.browser('priya'))).toBe(0)
})

test('nobody carries on or deletes another’s draft', async () => {
  const saul = await house.browser('saul')
  await answer(saul, '/report/danger?new')
  await answer(saul, '/report/worry', { worry: 'mine alone' })
  const draft = saul.cookies.get('draft')!
  const priya = await house.browser('priya')
  expect((await priya.post('/sent/carry-on', { draft }, { from: '/report/danger' })).status).toBe(404)
  await priya.post('/report/delete', { draft }, { from: '/report/danger' })
  priya.cookies.set('draft', draft)
  expect((await priya.get('/report/worry')).text).not.toContain('mine alone')
  expect((await saul.get('/report/worry')).text).toContain('mine alone')
})

test('a form of somebody signed out keeps its words and becomes nobody’s', async () => {
  const saul = await house.browser('saul')
  await answer(saul, '/report/danger?new')
  const page = await saul.get('/report/worry')
  const token = /name="_csrf" value="([^"]+)"/.exec(page.text)![1]!
  const before = house.clock.now
  house.clock.now = new Date(before.getTime() + 13 * 60 * 60_000)
  const got = await house.app.inject({
    method: 'POST',
    url: '/report/worry',
    payload: new URLSearchParams({
      _csrf: token,
      draft: saul.cookies.get('draft')!,
      worry: 'typed while away',
    }).toString(),
    headers: {
      host: 'elmshire.test',
      cookie: [...saul.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      'content-type': 'application/x-www-form-urlencoded',
    },
  })
  house.clock.now = before
  expect(got.statusCode).toBe(403)
  expect(got.body).toContain('signed out')
  expect(got.body).toContain('typed while away')
})

test('the front door enters a worry that came by phone; nobody else may', async () => {
  expect((await (await house.browser('priya')).get('/report/phone')).status).toBe(404)
  expect((await (await house.browser()).get('/report/phone')).location).toContain('/sign-in')
  const dena = await house.browser('dena')
  expect((await dena.get('/report/phone')).text).toContain('ring 999')
  await answer(dena, '/report/danger?new&how=phone')
  expect((await dena.get('/report/worry')).text).toContain('What worries the caller?')
  await answer(dena, '/report/worry', { worry: 'Caller heard shouting' })
  await answer(dena, '/report/contact', {
    may_contact: 'yes',
    contact_by: 'phone',
    contact_value: '01632 960777',
    name: 'Mrs Lane',
  })
  await answer(dena, '/report/check')
  const concern = await concernSaying('Caller heard shouting')
  expect(concern).toMatchObject({ channel: 'phone', entered_by: house.cast.people.dena.id })
  const priya = await house.browser('priya')
  await answer(priya, '/report/danger?new&how=phone')
  expect((await priya.get('/report/worry')).text).not.toContain('the caller')
})

const withFiles = (fields: Record<string, string>, files: [string, string | Uint8Array<ArrayBuffer>][]): FormData => {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  for (const [name, bytes] of files) form.append('files', new File([bytes], name))
  return form
}
const chosen = async () => {
  const browser = await house.browser()
  await answer(browser, '/report/danger')
  await answer(browser, '/report/worry', { worry: `with files ${Math.random()}` })
  return browser
}

test('files are added, named, taken out again and sent; the good ones stay when another is refused', async () => {
  const browser = await chosen()
  const added = await browser.send(
    '/report/files',
    withFiles({ add: 'file' }, [
      ['note.txt', 'plate AB12 CDE'],
      ['<b>=x.txt', 'more'],
    ]),
  )
  expect(added.location).toBe('/report/files')
  const refused = await browser.send(
    '/report/files',
    withFiles({}, [
      ['virus.exe', 'MZ\u0000\u0001'],
      ['third.txt', 'fine'],
    ]),
  )
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('“virus.exe” is not a kind of file we can take')
  const page = await browser.get('/report/files')
  for (const name of ['note.txt', '&lt;b>=x.txt', 'third.txt']) expect(page.text).toContain(name)
  const remove = /name="remove" value="([^"]+)"/.exec(page.text)![1]!
  await browser.send('/report/files', withFiles({ remove }, []))
  expect((await browser.get('/report/files')).text).not.toContain('note.txt')
  expect((await answer(browser, '/report/check')).location).toBe('/report/sent')
  const names = await house.seen(house.system, (tx) => tx.selectFrom('attachment').selectAll().execute())
  expect((await wordsOf(house, 'attachment', names)).map(({ name }) => name).sort()).toEqual(['<b>=x.txt', 'third.txt'])
  expect(await house.seen(house.system, (tx) => tx.selectFrom('draft_file').select('id').execute())).toEqual([])
})

test('a sixth file is refused by name, and the report can still be sent', async () => {
  const browser = await chosen()
  const six = Array.from({ length: 6 }, (_, i): [string, string] => [`${i}.txt`, `words ${i}`])
  const got = await browser.send('/report/files', withFiles({}, six))
  expect(got.status).toBe(422)
  expect(got.text).toContain('“5.txt” was not added: 5 files are the most')
  expect((await answer(browser, '/report/check')).location).toBe('/report/sent')
})

test('an empty file box and no file at all just go on', async () => {
  const browser = await chosen()
  const form = new FormData()
  form.append('files', new File([], ''))
  expect((await browser.send('/report/files', form)).location).toBe('/report/contact')
  expect((await browser.send('/report/files', withFiles({ add: 'file' }, []))).status).toBe(422)
})
