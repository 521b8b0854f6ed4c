import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type Browser, type TestHouse } from '../../../test/house.ts'
import { safeguarding, signForCast } from '../../../test/signed-for-cast.ts'
import type { Name } from '../../../test/cast.ts'
import { involve, statePurpose } from '../../sharing/index.ts'
import { addEntry } from '../add-entry.ts'
import { openPerson } from '../open-person.ts'
import { subjectFacts } from '../queries.ts'
import { identitySchema } from '../subject.ts'
import { escalate } from './escalate.ts'

let house: TestHouse
let subject: string
let entry: string
let way: string
const start = new Date('2026-11-23T10:00:00Z')

beforeAll(async () => {
  house = await openTestHouse()
  await signForCast(house)
  const lena = house.as('lena')
  const { keys } = house.house
  subject = await house.seen(lena, async (tx) => {
    const said = identitySchema.parse({ name: 'Kezia Thorne', born_on: '2010-06-01' })
    const id = await openPerson(tx, keys, lena, said, { as: 'lead', at: start })
    const { agency, staff } = house.as('hal')
    await involve(tx, lena, { subject: id, agency, staff, role: 'trusted adult', contact: '01632 960520', at: start })
    const facts = (await subjectFacts(tx, lena.partnership, id))!
    const written = { kind: 'contact', data_class: 'D4', source: '', happened_at: start } as const
    entry = await addEntry(
      tx,
      keys,
      lena,
      facts,
      { ...written, words: 'She hit the warden.', handling: 0 },
      { at: start },
    )
    await addEntry(tx, keys, lena, facts, { ...written, words: 'Her brother told us.', handling: 1 }, { at: start })
    return id
  })
  for (const name of ['lena', 'hal', 'mina'] as const)
    await house.seen(house.as(name), (tx) => {
      const until = new Date(start.getTime() + 36_000_000)
      return statePurpose(tx, house.as(name), subject, { ...safeguarding, until }, start)
    })
  way = `/people/${subject}/way`
})
afterAll(() => house.close())

const codeIn = (text: string): string => />((?:[0-9A-Z]{4} ){4}[0-9A-Z]{4})</.exec(text)![1]!
const theirs = { holder: 'themself', handed: 'in their hand', days: '7' }
const codeFor = async (form: Record<string, string | string[]> = theirs): Promise<string> =>
  codeIn((await (await house.browser('lena')).post(`${way}/new`, form)).text)
const opened = async (code: string): Promise<Browser> => {
  const browser = await house.browser()
  expect((await browser.post('/mine', { code })).location).toBe('/mine/open')
  return browser
}
const shown = async (name: Name, path: string) => (await (await house.browser(name)).get(path)).text

test('a worker of the circle makes a code, which is shown once and lies nowhere', async () => {
  const lena = await house.browser('lena')
  const empty = await lena.post(`${way}/new`)
  for (const wrong of ['Select who it is for', 'Select how they will get it', 'Select for how long'])
    expect(empty.text).toContain(wrong)
  const made = await lena.post(`${way}/new`, theirs)
  const secret = codeIn(made.text).replaceAll(' ', '')
  expect(made.text).not.toContain('Kezia')
  expect((await lena.get(way)).text).not.toContain(secret.slice(4))
  const { rows } = await house.seen(house.system, (tx) =>
    sql`select from own_way w where w::text like ${`%${secret.slice(4)}%`}`.execute(tx),
  )
  expect(rows).toEqual([])
  for (const name of ['mina', 'wes', 'priya', 'ada'] as const)
    expect((await (await house.browser(name)).get(way)).status).toBe(404)
})

test('a code that is wrong, unknown, too old or stopped is answered in the same words', async () => {
  const answers = new Set<string>()
  const alike = (text: string) => text.replace(/name="_csrf" value="[^"]*"/g, '').replace(/value="[0-9A-Z ]{19,}"/g, '')
  const tried = async (code: string) => {
    const got = await (await house.browser()).post('/mine', { code })
    answers.add(`${got.status} ${alike(got.text)}`)
  }
  const [stopped, old] = [await codeFor(), await codeFor()]
  const lena = await house.browser('lena')
  const end = new RegExp(`${way}/[0-9a-f-]{36}/end`)
  const ends = [...(await lena.get(way)).text.matchAll(new RegExp(end, 'g'))].map(([path]) => path)
  for (const path of ends) await lena.post(path, {}, { from: way })
  await tried(stopped)
  await tried(`${stopped.slice(0, -4)}0000`)
  await tried('0000 0000 0000 0000 0000')
  house.clock.now = new Date('2026-12-23T10:00:00Z')
  await tried(old)
  house.clock.now = start
  expect([...answers]).toHaveLength(1)
  expect([...answers][0]).toContain('422')
})

test('their page says what is theirs and only what was put there for them, in plain words, and is kept nowhere', async () => {
  await house.browser('lena').then((lena) => lena.post(`${way}/written`, { entry, shown: 'yes' }))
  const browser = await opened(await codeFor())
  const got = await browser.get('/mine/open')
  expect(got.headers['cache-control']).toBe('no-store')
  for (const words of [
    '<title>My page – Trellis</title>',
    'She hit the warden.',
    'Lena Sorrel, Elmshire children’s social care. They lead the work with you.',
    'Hal Ferris, North Elmshire Housing. Your trusted adult.',
    'Wrote in your record',
    'Exit this page',
  ])
    expect(got.text).toContain(words)
  for (const words of ['Her brother told us.', 'Kezia', subject]) expect(got.text).not.toContain(words)
  // What was not put on their page does not open as the person, whatever they ask for.
  const hidden = await house.seen(house.system, (tx) =>
    tx
      .selectFrom('entry')
      .select('id')
      .where('subject_id', '=', subject)
      .where('handling', '=', '1')
      .executeTakeFirstOrThrow(),
  )
  expect((await browser.get(`/mine/disagree/${hidden.id}`)).status).toBe(404)
})

test('they write their own words and choose who reads them; it says that they did', async () => {
  const browser = await opened(await codeFor())
  const empty = await browser.post('/mine/story/do-not-ask')
  expect([empty.status, empty.text.includes('Type your words')]).toEqual([422, true])
  const agencies = house.as('lena').agency
  await browser.post('/mine/story/do-not-ask', { words: 'Where my dad is.', readers: 'agencies', agencies })
  expect((await browser.get('/mine/open')).text).toContain('Where my dad is.')
  const lena = await shown('lena', `/people/${subject}/story`)
  const read = await house.browser('lena')
  await read.post(`/people/${subject}/story/read`, {}, { from: `/people/${subject}/story` })
  expect([lena.includes('Where my dad is.'), lena.includes('Written by themself on 23 November 2026')]).toEqual([
    true,
    true,
  ])
  expect(await shown('hal', `/people/${subject}/story`)).not.toContain('Where my dad is.')
})

test('they do not agree with a sentence, and it stands beside it for everybody who reads it', async () => {
  const browser = await opened(await codeFor())
  const path = `/mine/disagree/${entry}`
  expect((await browser.post(path)).text).toContain('Say what is wrong')
  expect((await browser.post(path, { words: 'I never touched him.' })).location).toBe('/mine/open?done=disagree')
  const text = (await browser.get('/mine/open')).text
  for (const words of ['You said you don’t agree:', 'I never touched him.', 'has to answer by'])
    expect(text).toContain(words)
  const page = await shown('lena', `/people/${subject}`)
  for (const words of ['The person themself does not agree', 'I never touched him.']) expect(page).toContain(words)
})

test('“I don’t feel safe” says 999 first, reaches the lead and the trusted adult at once with a clock, and is answered', async () => {
  const browser = await opened(await codeFor())
  const form = (await browser.get('/mine/not-safe')).text
  expect(form.indexOf('ring 999')).toBeLessThan(form.indexOf('<form method="post" action="/mine/not-safe"'))
  expect((await browser.post('/mine/not-safe', { words: '', reach: 'Text before four' })).location).toBe('/mine/sent')
  expect((await browser.get('/mine/sent')).text).toContain('Somebody answers by 23 November 2026 at 11:00')
  for (const name of ['lena', 'hal', 'mina'] as const)
    expect(await shown(name, '/people')).toContain('1 said that they don’t feel safe')
  expect(await shown('wes', '/people')).not.toContain('feel safe')
  const [path] = /\/people\/[0-9a-f-]{36}\/said\/[0-9a-f-]{36}/.exec(await shown('hal', '/people/said'))!
  expect(await shown('hal', path)).toContain('Text before four')
  await (await house.browser('hal')).post(path, { words: 'I come at three.' })
  expect((await browser.get('/mine/open')).text).toContain('I come at three.')
  expect(await shown('hal', '/people/said')).toContain('Nothing waits for an answer')
})

test('what nobody answered in time is passed to the managers of whose worker leads, in their list, and the person reads so', async () => {
  const browser = await opened(await codeFor())
  await browser.post('/mine/not-safe', { words: 'He is back.', reach: '' })
  const left = await house.seen(house.system, (tx) =>
    sql<{ payload: { message: string }; run_at: Date }>`select payload, run_at from job
      where kind = 'own message late' order by run_at desc, id desc`.execute(tx),
  )
  expect(left.rows[0]!.run_at).toEqual(new Date('2026-11-23T11:00:00Z'))
  expect(await shown('mina', '/people/said')).not.toContain('passed to the managers')
  const pass = () =>
    Promise.all(
      left.rows.map(({ payload }) =>
        house.seen(house.system, (tx) => escalate(tx, house.cast.partnership, payload.message, start)),
      ),
    )
  // Once: what was answered, and what was passed on before, is left alone.
  expect((await pass()).filter(Boolean)).toHaveLength(1)
  expect((await pass()).filter(Boolean)).toHaveLength(0)
  expect(await shown('mina', '/people/said')).toContain('passed to the managers of Elmshire children’s social care')
  expect(await shown('mina', '/work')).toContain('1 not answered in time, and passed to a manager')
  expect((await browser.get('/mine/open')).text).toContain('Nobody answered in time. We told a manager')
})

test('“please stop” is recorded and waits for an answer; how it goes can be said without a name', async () => {
  const browser = await opened(await codeFor())
  expect((await browser.post('/mine/stop')).text).toContain('Say what should stop')
  await browser.post('/mine/stop', { words: 'Coming to my school.' })
  expect(await shown('lena', '/people/said')).toContain('“Please stop”')
  expect((await browser.post('/mine/feedback')).text).toContain('Choose one of the three')
  const given = { heard: 'partly', stage: 'plan', words: 'Ask me first.', anonymous: 'yes' }
  expect((await browser.post('/mine/feedback', given)).location).toBe('/mine/open?done=feedback')
  const { rows } = await house.seen(house.system, (tx) =>
    sql<{ subject_id: string | null }>`select subject_id from feedback`.execute(tx),
  )
  expect(rows).toEqual([{ subject_id: null }])
})

test('a parent reads the parts that were chosen on a lawful ground, never the person’s own words, and does nothing', async () => {
  const lena = await house.browser('lena')
  const parent = {
    ...theirs,
    holder: 'parent',
    name: 'Dee Thorne',
    ground: 'parental responsibility',
    why: 'It is safe.',
  }
  const own = await lena.post(`${way}/new`, { ...parent, sections: ['story', 'circle'] })
  expect([own.status, own.text.includes('can be read only where the person agreed')]).toEqual([422, true])
  const none = await lena.post(`${way}/new`, { ...theirs, holder: 'advocate' })
  for (const wrong of [
    'Enter the name of the parent or advocate',
    'Select the lawful ground',
    'Enter why it is lawful and safe',
  ])
    expect(none.text).toContain(wrong)
  const browser = await opened(codeIn((await lena.post(`${way}/new`, { ...parent, sections: ['circle'] })).text))
  const text = (await browser.get('/mine/open')).text
  expect(text).toContain('Hal Ferris')
  for (const words of ['Where my dad is.', 'She hit the warden.', 'I don’t feel safe'])
    expect(text).not.toContain(words)
  for (const path of ['/mine/story/about-me', '/mine/not-safe', `/mine/disagree/${entry}`])
    expect((await browser.get(path)).status).toBe(404)
})

test('the page closes by itself after a quarter of an hour at rest, and when it is finished or stopped', async () => {
  const browser = await opened(await codeFor())
  house.clock.now = new Date(start.getTime() + 14 * 60_000)
  expect((await browser.get('/mine/open')).status).toBe(200)
  house.clock.now = new Date(start.getTime() + 28 * 60_000)
  expect((await browser.get('/mine/open')).status).toBe(200)
  house.clock.now = new Date(start.getTime() + 44 * 60_000)
  expect((await browser.get('/mine/open')).location).toBe('/mine')
  const late = await browser.post('/mine/stop', { words: 'Zylophant late' }, { from: '/mine' })
  expect([late.status, late.text.includes('Zylophant late')]).toEqual([403, true])
  house.clock.now = start
  const other = await opened(await codeFor())
  await other.post('/mine/finish', {}, { from: '/mine/open' })
  expect((await other.get('/mine/open')).location).toBe('/mine')
})
