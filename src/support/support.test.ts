import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Name } from '../../test/cast.ts'
import { openTestHouse, type Browser, type TestHouse } from '../../test/house.ts'
import { somebody } from '../../test/matters.ts'
import { noticed } from '../../test/noticed.ts'
import { safeguarding, signForCast } from '../../test/signed-for-cast.ts'
import { runDueJobs } from '../platform/index.ts'
import { jobsWith } from '../app.ts'
import { decide } from '../joining/index.ts'
import { involve } from '../sharing/index.ts'
import {
  addEntry,
  addRelationship,
  identitySchema,
  openPerson,
  subjectFacts,
  type EntrySaid,
} from '../subjects/index.ts'

let house: TestHouse
let kezia: string
const browsers = new Map<Name, Browser>()
const at = (): Date => house.clock.now
const day_ms = 86_400_000

beforeAll(async () => {
  house = await openTestHouse()
  await signForCast(house)
  kezia = await open({ name: 'Kezia Thorne', known_as: 'Kez', pronouns: 'she/her', born_on: '2010-06-01' })
  await circle(kezia, 'hal')
  for (const name of ['lena', 'hal'] as const) await inside(name, kezia)
})
afterAll(() => house.close())

const open = (said: object): Promise<string> => {
  const lena = house.as('lena')
  const who = identitySchema.parse(said)
  return house.seen(lena, (tx) => openPerson(tx, house.house.keys, lena, who, { as: 'lead', at: at() }))
}
const circle = (subject: string, name: Name, role: 'circle' | 'trusted adult' = 'circle') => {
  const { agency, staff } = house.as(name)
  return house.seen(house.as('lena'), (tx) =>
    involve(tx, house.as('lena'), { subject, agency, staff, role, contact: '01632 960222', at: at() }),
  )
}
const inside = async (name: Name, id: string): Promise<Browser> => {
  const browser = browsers.get(name) ?? (await house.browser(name))
  browsers.set(name, browser)
  await browser.post(`/people/${id}/purpose`, safeguarding)
  return browser
}
const write = (by: 'lena' | 'hal', words: string, more: Partial<EntrySaid> = {}, subject = kezia): Promise<string> =>
  house.seen(house.as(by), async (tx) => {
    const facts = (await subjectFacts(tx, house.cast.partnership, subject))!
    const said = {
      kind: 'contact',
      happened_at: at(),
      words,
      data_class: 'D4',
      handling: 0,
      source: '',
      ...more,
    } as const
    return addEntry(tx, house.house.keys, house.as(by), facts, said, { at: at() })
  })
const plain = (text: string): string => text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const read = async (name: Name, path: string): Promise<string> => plain((await browsers.get(name)!.get(path)).text)
const story = (query = ''): string => `/people/${kezia}/chronology${query}`

test('who somebody is stands above every page of theirs, and that a trusted adult is still to be asked for', async () => {
  for (const page of ['', '/add', '/involved', '/meetings', '/warnings', '/chronology', '/share'])
    expect(await read('lena', `/people/${kezia}${page}`), page).toMatch(
      /Kezia Thorne known as Kez · she\/her Age today 16 years old Legal frame Child until 1 June 2028 Trusted adult Not chosen yet: ask Lead worker Lena Sorrel/,
    )
  await circle(kezia, 'mina', 'trusted adult')
  expect(await read('hal', story())).toContain('Trusted adult Mina Farah')
})

test('everybody in the circle reads whom the person trusts and how to reach them, of whatever agency, and nobody else', async () => {
  const rowan = await open({ name: 'Rowan Ash', born_on: '2010-06-01' })
  await circle(rowan, 'hal')
  for (const name of ['lena', 'hal', 'mina'] as const) await inside(name, rowan)
  expect(await read('hal', `/people/${rowan}`)).toContain('Trusted adult Not chosen yet: ask')
  // The jobcentre has not signed, so no clause speaks of its part; Mina's agency works with Rowan and she does not.
  await circle(rowan, 'wes', 'trusted adult')
  for (const name of ['lena', 'hal'] as const) {
    const page = await read(name, `/people/${rowan}/involved`)
    expect(page).toContain('Trusted adult Wes Larkin Work coach, Jobcentre Elmbridge, 01632 960222')
    expect(page.match(/Wes Larkin/g), name).toHaveLength(1)
  }
  expect(await read('mina', `/people/${rowan}/warnings`)).toContain('Trusted adult None shown to you')
  for (const name of ['priya', 'wes', 'ada'] as const)
    expect((await (await house.browser(name)).get(`/people/${rowan}`)).status, name).toBe(404)
})

test('somebody born on a leap day is a child until the first of March, and without a birthday it says so', async () => {
  const before = house.clock.now
  house.clock.now = new Date('2026-02-28T12:00:00Z')
  const leap = await open({ name: 'Rowan Ash', born_on: '2008-02-29' })
  const unknown = await open({ name: 'Kofi Ansell' })
  browsers.delete('lena')
  for (const id of [leap, unknown]) await inside('lena', id)
  expect(await read('lena', `/people/${leap}`)).toContain('17 years old Legal frame Child until 1 March 2026')
  expect(await read('lena', `/people/${leap}`)).toContain('They turn 18')
  expect(await read('lena', `/people/${unknown}`)).toContain('No birthday known: ask Legal frame Not known without')
  house.clock.now = new Date('2026-03-01T00:00:00Z')
  browsers.delete('lena')
  await inside('lena', leap)
  expect(await read('lena', `/people/${leap}`)).toContain('18 years old Legal frame Adult')
  house.clock.now = before
  browsers.delete('lena')
  await inside('lena', kezia)
})

test('a warning stands above every page until it ends, says when nobody looked at it again, and is sealed', async () => {
  const lena = browsers.get('lena')!
  const address = `/people/${kezia}/warnings`
  const empty = await lena.post(address, { words: ' ' })
  expect(empty.status).toBe(422)
  for (const said of ['Write what has to be known', 'Choose who may see it']) expect(empty.text).toContain(said)
  const on = { 'review_on-day': '30', 'review_on-month': '11', 'review_on-year': '2026' }
  expect((await lena.post(address, { words: 'x', handling: '0' })).text).toContain('Enter the day by which')
  const past = await lena.post(address, { words: 'x', handling: '0', ...on, 'review_on-year': '2020' })
  expect(past.text).toContain('Enter a day after today and within a year')
  const words = 'Do not ring in the evening zqwarned'
  expect((await lena.post(address, { words, handling: '0', ...on })).location).toContain('done=warned')
  expect(await read('hal', `/people/${kezia}/add`)).toContain(`${words} review by 30 November 2026`)
  expect(await read('lena', `/people/${kezia}`)).toContain(`Look again at the warning: ${words}`)
  const { rows } = await house.seen(house.system, (tx) =>
    sql`select from warning w where w::text like '%zqwarned%' or encode(words_sealed, 'escape') like '%zqwarned%'`.execute(
      tx,
    ),
  )
  expect(rows).toEqual([])
  house.clock.now = new Date('2026-12-02T10:00:00Z')
  browsers.clear()
  for (const name of ['lena', 'hal'] as const) await inside(name, kezia)
  expect(await read('hal', `/people/${kezia}`)).toContain('review was due 30 November 2026')
  const one = /warnings\/[0-9a-f-]{36}/.exec((await browsers.get('lena')!.get(address)).text)![0]
  const review = `/people/${kezia}/${one}`
  expect((await browsers.get('hal')!.get(review)).status).toBe(404)
  expect((await browsers.get('lena')!.post(review, { outcome: 'ended' })).text).toContain('Write why')
  await browsers.get('lena')!.post(review, { outcome: 'ended', why: 'She has another number' })
  expect(await read('hal', `/people/${kezia}/add`)).not.toContain(words)
  expect(await read('hal', story('?kind=warning'))).toContain(`Ended: ${words}`)
  expect((await browsers.get('lena')!.post(review, { outcome: 'ended', why: 'Again' })).status).toBe(404)
})

test('the story narrows by codes and days that stand in the address, and words that are looked for stand in none', async () => {
  await write('lena', 'Walked in the park zqpark', { known_from: 'seen or heard', source: 'Visit' })
  await write('hal', 'The lock was changed zqlock', { happened_at: new Date(at().getTime() - 20 * day_ms) })
  await write('lena', 'Her voice zqvoice', { kind: 'voice', data_class: 'D5' })
  const all = await read('lena', story())
  for (const seen of [
    'zqpark',
    'zqlock',
    'zqvoice',
    'Seen or heard myself',
    'Written 20 days later',
    'came into the circle',
  ])
    expect(all).toContain(seen)
  // What the agreement keeps from somebody leaves no gap and no trace in what they see.
  expect(await read('hal', story())).not.toContain('zqvoice')
  expect(await read('lena', story('?kind=voice'))).not.toContain('zqpark')
  const housing = house.cast.agencies['housing']!
  expect(await read('lena', story(`?source=${housing}`))).toMatch(/^(?!.*zqpark).*zqlock/)
  expect(await read('lena', story('?from-day=1&from-month=12&from-year=2026'))).toMatch(/^(?!.*zqlock).*zqpark/)
  const found = await browsers.get('lena')!.post(story(), { words: 'ZQPARK' })
  expect(found.status).toBe(200)
  expect(plain(found.text)).toContain('1 found')
  expect(found.text).not.toContain('zqlock')
  expect(found.text).not.toMatch(/(href|action)="[^"]*zqpark/i)
  expect(plain((await browsers.get('hal')!.post(story(), { words: 'zqvoice' })).text)).toContain('0 found')
  expect((await browsers.get('lena')!.post(story(), { words: '' })).status).toBe(422)
})

test('what puts an entry right stands beneath it, and the first words stay', async () => {
  const id = await write('lena', 'She came at four zqfirst')
  const address = `/people/${kezia}/entries/${id}`
  expect((await browsers.get('lena')!.post(address, { act: 'amend', words: ' ' })).status).toBe(422)
  await browsers.get('lena')!.post(address, { act: 'amend', words: 'She came at five zqthen' })
  expect(await read('hal', story())).toMatch(
    /zqfirst.*Puts right an entry of.*written 2 December 2026 She came at five/,
  )
  expect((await browsers.get('hal')!.post(address, { act: 'amend', words: 'At six' })).status).toBe(404)
})

test('somebody chooses what an entry means and keeps it in view for all who may see it; both are rows', async () => {
  const id = await write('hal', 'She gave the keys back zqkeys')
  const address = `/people/${kezia}/entries/${id}`
  const lena = browsers.get('lena')!
  expect((await lena.post(address, { act: 'weigh' })).status).toBe(422)
  await lena.post(address, { act: 'weigh', significance: 'turning point' })
  await lena.post(address, { act: 'pin' })
  await lena.post(address, { act: 'pin' })
  expect(await read('hal', story('?significance=turning+point'))).toMatch(/^(?!.*zqpark).*zqkeys/)
  expect(await read('hal', `/people/${kezia}`)).toMatch(/Kept in view by the team Contact, .* zqkeys/)
  await browsers.get('hal')!.post(address, { act: 'unpin' })
  expect(await read('lena', `/people/${kezia}`)).not.toContain('Kept in view by the team')
  const { rows } = await house.seen(house.system, (tx) =>
    sql<{
      n: number
    }>`select count(*)::int as n from entry_pin where entry_id = ${id} and ended_by is not null`.execute(tx),
  )
  expect(rows).toEqual([{ n: 1 }])
  expect((await lena.get(`/people/${kezia}/entries/${kezia}`)).status).toBe(404)
})

test('a concern that was answered to be about the person is in their story, for whoever may read it, until it is taken back', async () => {
  const person = { name: 'Kezia Thorne', born_on: '2010-06-01', phone: '07700 900123' }
  const known = await open(person)
  await circle(known, 'dena')
  await runDueJobs(house.db, jobsWith(house.house.keys), (_, error) => expect(error).toBeUndefined())
  const { concern } = await noticed(house, { people: [person] })
  const { rows } = await house.seen(house.system, (tx) =>
    sql<{ id: string }>`select p.id from proposal p
      join noted_record a on a.id in (p.a_id, p.b_id) and a.subject_id = ${known}
      join noted_record b on b.id in (p.a_id, p.b_id) and b.concern_id = ${concern}`.execute(tx),
  )
  const dena = house.as('dena')
  await inside('dena', known)
  await inside('lena', known)
  const address = `/people/${known}/chronology?kind=concern`
  expect(await read('dena', address)).not.toContain('Concern CON')
  await house.seen(dena, (tx) =>
    decide(tx, house.house.keys, dena, rows[0]!.id, { answer: 'same', why: 'Same phone', shown: [], at: at() }),
  )
  expect((await browsers.get('dena')!.get(address)).text).toContain(`href="/concerns/${concern}"`)
  expect((await browsers.get('lena')!.get(address)).text).not.toContain(concern)
})

test('a person’s page says first what happens next, folds the older of the story, and names what nobody has begun', async () => {
  const wren = await open({ name: 'Wren Cole', born_on: '2012-06-01' })
  const browser = await inside('lena', wren)
  for (const [days, words] of [
    [3, 'The first visit'],
    [2, 'The second visit'],
    [1, 'The third visit'],
    [0, 'The fourth visit'],
  ] as const)
    await write('lena', words, { happened_at: new Date(at().getTime() - days * day_ms) }, wren)
  const lena = house.as('lena')
  await house.seen(lena, async (tx) => {
    const facts = (await subjectFacts(tx, lena.partnership, wren))!
    for (const name of ['Nan', 'Dee', 'Jo'])
      await addRelationship(tx, house.house.keys, lena, facts, { name }, somebody, at())
  })
  const { text } = await browser.get(`/people/${wren}`)
  const [before, folded] = plain(text).split(/\d things before that/)
  expect(before).toMatch(/What happens next.*What has happened.*The fourth visit/)
  for (const words of ['The first visit', 'What is not shown to you']) expect(folded).toContain(words)
  expect(folded).toMatch(/Not begun, or nothing you may see Missing · Assessment/)
  // Three of one kind on one day are one thing that happened.
  const told = (await browser.get(`/people/${wren}/chronology`)).text
  expect(told.match(/moj-timeline__title[^>]*>Who matters to them</g)).toHaveLength(1)
  expect(told.match(/Somebody who matters was written down: Friend/g)).toHaveLength(3)
})
