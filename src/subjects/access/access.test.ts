import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type Browser, type TestHouse } from '../../../test/house.ts'
import { safeguarding, signForCast } from '../../../test/signed-for-cast.ts'
import { newId } from '../../platform/index.ts'
import { addName, breakGlass, involve, keepAsked, reviewBreakGlass, share } from '../../sharing/index.ts'
import { addEntry } from '../add-entry.ts'
import { callMeeting } from '../meetings/call.ts'
import { openPerson } from '../open-person.ts'
import { subjectFacts } from '../queries.ts'
import { identitySchema, type EntrySaid } from '../subject.ts'

let house: TestHouse
let subject: string
let reference: string
let mina: Browser
let gwen: Browser
let request: string
let written = 0

const write = (name: 'lena' | 'hal', words: string, more: Partial<EntrySaid> = {}): Promise<string> =>
  house.seen(house.as(name), async (tx) => {
    const facts = (await subjectFacts(tx, house.cast.partnership, subject))!
    const at = house.clock.now
    // One after the other: those of one moment stand in no order that a test could know.
    const happened_at = new Date(at.getTime() + 1000 * written++)
    const said = {
      kind: 'contact',
      happened_at,
      words,
      data_class: 'D4',
      handling: 0,
      source: '',
      ...more,
    } as const
    return addEntry(tx, house.house.keys, house.as(name), facts, said, { at })
  })

beforeAll(async () => {
  house = await openTestHouse()
  await signForCast(house)
  const lena = house.as('lena')
  const said = identitySchema.parse({ name: 'Kezia Thorne', known_as: 'Kez', born_on: '2010-06-01' })
  subject = await house.seen(lena, (tx) =>
    openPerson(tx, house.house.keys, lena, said, { as: 'lead', at: house.clock.now }),
  )
  await write('lena', 'Kez came with Jordan Plume, who rang from 07700 900555. Lena Sorrel made tea.')
  await write('lena', 'A source of the police named the flat.', { kind: 'intelligence', data_class: 'D6' })
  await write('lena', 'Only for those who are named: Jordan Plume is watched.', { handling: 2 })
  await write('hal', 'Housing words of hal.')
  ;[mina, gwen] = [await house.browser('mina'), await house.browser('gwen')]
  const facts = await house.seen(lena, (tx) => subjectFacts(tx, lena.partnership, subject))
  reference = facts!.reference
})
afterAll(() => house.close())

const items = async (browser = mina): Promise<string[]> => [
  ...new Set(
    [...(await browser.get(request)).text.matchAll(/href="([^"]+\/items\/[0-9a-f-]{36})"/g)].map((m) => m[1]!),
  ),
]
const spansIn = (text: string): string[] => [...new Set([...text.matchAll(/name="(span-\d+-\d+)"/g)].map((m) => m[1]!))]

test('a request is found by reference, written down, and due in a month; an empty form is explained', async () => {
  expect((await mina.post('/access', {})).text).toContain('Enter the reference of the record')
  expect((await mina.post('/access', { reference: 'P-NONE' })).status).toBe(422)
  expect((await mina.post('/access', { reference: reference.toLowerCase() })).location).toBe(
    `/people/${subject}/access`,
  )
  const empty = await mina.post(`/people/${subject}/access`)
  expect(empty.status).toBe(422)
  for (const words of ['Enter who asks', 'Select in what capacity']) expect(empty.text).toContain(words)
  const sent = await mina.post(`/people/${subject}/access`, {
    asker: 'Kez herself; not to be sent home',
    capacity: 'person',
    'asked_on-day': '20',
    'asked_on-month': '11',
    'asked_on-year': '2026',
  })
  request = sent.location.split('?')[0]!
  const shown = (await mina.get(request)).text
  for (const words of ['21 December 2026', 'not to be sent home', 'Being prepared: 5 to decide'])
    expect(shown).toContain(words)
  expect((await gwen.get('/access')).text).toContain(reference)
})

test('it is extended once, with a reason', async () => {
  expect((await mina.post(`${request}/extend`)).status).toBe(422)
  await mina.post(`${request}/extend`, { why: 'Three files.' })
  expect((await mina.get(request)).text).toContain('22 February 2027')
  expect((await mina.post(`${request}/extend`, { why: 'Again.' })).text).toContain('extended already')
})

test('nothing is given or hidden by itself: every stretch is answered, and what is missing is named', async () => {
  const [, first] = await items()
  const shown = (await mina.get(first!)).text
  const spans = spansIn(shown)
  expect(spans).toHaveLength(3)
  for (const said of ['“Jordan Plume”', '“07700 900555”', '“Lena Sorrel”']) expect(shown).toContain(said)
  const empty = await mina.post(first!)
  expect([empty.status, empty.text.includes('Select whether to give it')]).toEqual([422, true])
  const half = await mina.post(first!, { outcome: 'release', [spans[0]!]: 'hide' })
  expect([half.status, half.text.includes('Select whether to hide or show “07700 900555”')]).toEqual([422, true])
  expect(half.text).not.toContain('hide or show “Lena Sorrel”')
  const unknown = await mina.post(first!, { outcome: 'release', also: 'nowhere' })
  expect(unknown.text).toContain('“nowhere” is not in the text')
  const given = { outcome: 'release', [spans[0]!]: 'hide', [spans[1]!]: 'hide', also: 'made tea' }
  expect((await mina.post(first!, given)).location).toContain('done=decided')
  // Whoever decided in the meantime is not overruled by an older page.
  const stale = await mina.post(first!, { ...given, seen: '0' })
  expect([stale.status, stale.text.includes('while you worked')]).toEqual([422, true])
})

test('what is sealed to the reviewer is not shown and cannot be given; another agency’s words are never there', async () => {
  const all = await items()
  const texts = await Promise.all(all.map(async (one) => (await mina.get(one)).text))
  const sealed = all[texts.findIndex((text) => text.includes('This is sealed'))]!
  for (const text of texts) for (const words of ['is watched', 'Housing words']) expect(text).not.toContain(words)
  expect((await mina.post(sealed, { outcome: 'release' })).text).toContain('by somebody who may not read it')
  expect((await mina.post(sealed, { outcome: 'withhold' })).text).toContain('Select why it may be withheld')
  await mina.post(sealed, { outcome: 'withhold', exemption: 'third party', why: 'Asked Lena.' })
  const intelligence = all[texts.findIndex((text) => text.includes('named the flat'))]!
  await mina.post(intelligence, { outcome: 'withhold', exemption: 'crime', why: 'Open case.' })
  for (const rest of [all[0]!, all.at(-1)!]) await mina.post(rest, { outcome: 'release' })
  expect((await mina.get(request)).text).toContain('It waits for a second person')
})

test('an agency that only called a meeting against crime is not named to the person as one that holds something', async () => {
  const priya = house.as('priya')
  const starts_at = house.clock.now
  const meeting = { ...safeguarding, purpose: 'crime', kind: 'other', starts_at, place: 'There', handling: 0 } as const
  await house.seen(priya, (tx) =>
    callMeeting(tx, house.house.keys, priya, { id: subject, adult_from: null }, meeting, starts_at),
  )
  const { text } = await mina.get(request)
  expect(text).toContain('North Elmshire Housing')
  expect(text).not.toContain('Ash Hill School')
})

test('a second person looks over the whole, and never one who decided on any of it', async () => {
  expect((await gwen.get(`${request}/approve`)).text).toContain('not checked yet who asks')
  await mina.post(`${request}/identity`, {
    how: 'document',
    note: 'Passport',
    'on-day': '23',
    'on-month': '11',
    'on-year': '2026',
  })
  expect((await mina.get(`${request}/approve`)).text).toContain('You decided on items yourself')
  const edition = /name="edition" value="([^"]+)"/.exec((await gwen.get(`${request}/approve`)).text)![1]!
  const own = await mina.post(`${request}/approve`, { outcome: 'approved', edition })
  expect([own.status, own.text.includes('You decided on items yourself')]).toEqual([422, true])
  for (const end of ['pack.pdf', 'pack.json']) expect((await gwen.get(`${request}/${end}`)).status).toBe(404)
  expect((await gwen.post(`${request}/approve`, { outcome: 'sent back', edition })).text).toContain('why it goes back')
  await gwen.post(`${request}/approve`, { outcome: 'sent back', edition, words: 'Look again.' })
  expect((await mina.get(request)).text).toContain('Look again.')
  expect((await gwen.post(`${request}/approve`, { outcome: 'approved', edition })).location).toContain('done=approved')
})

test('the files hold what is given, say what is left out, and hold nothing that is hidden', async () => {
  const json = (await mina.get(`${request}/pack.json`)).text
  const { bytes } = await pdf()
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'trellis-pack-')), 'pack.pdf')
  fs.writeFileSync(file, bytes)
  const paper = execFileSync('pdftotext', ['-layout', file, '-']).toString().replace(/\s+/g, ' ')
  for (const said of [json, paper]) {
    for (const words of ['Kezia Thorne', '[name hidden], who rang from [number hidden]. Lena Sorrel [words hidden]'])
      expect(said).toContain(words)
    for (const words of ['North Elmshire Housing', '3 names or details of other people', 'ico.org.uk', 'Article 15'])
      expect(said).toContain(words)
    expect(said).toContain('1 item')
    for (const words of [
      'Jordan',
      'Plume',
      '900555',
      'made tea',
      'watched',
      'named the flat',
      'Housing words',
      'Asked Lena',
    ])
      expect(said).not.toContain(words)
    // To count what is kept back for a crime purpose would tell of it.
    expect(said).not.toContain('schedule 2, paragraph 2)')
  }
  expect(execFileSync('pdfinfo', [file]).toString()).toMatch(/Tagged:\s+yes/)
  const { rows } = await house.seen(house.system, (tx) =>
    sql<{
      n: number
    }>`select count(*)::int as n from event where kind = 'access pack downloaded' and about_id = ${subject}`.execute(
      tx,
    ),
  )
  expect(rows[0]!.n).toBe(2)
})

const pdf = async () => {
  const cookie = [...mina.cookies].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('; ')
  const got = await house.app.inject({ url: `${request}/pack.pdf`, headers: { host: 'elmshire.test', cookie } })
  return { status: got.statusCode, bytes: got.rawPayload }
}

test('for everybody else there is no such request', async () => {
  for (const name of ['lena', 'hal', 'wes', 'priya', 'ada'] as const) {
    const browser = await house.browser(name)
    for (const end of ['', '/approve', '/pack.pdf', '/identity'])
      expect([(await browser.get(request + end)).status, name, end]).toEqual([404, name, end])
    expect((await browser.get(`/people/${newId()}/access`)).status).toBe(404)
  }
  const { text } = await (await house.browser('lena')).get('/access')
  expect(text).toContain('Page not found')
})

test('whoever is too close answers for nobody', async () => {
  const tie = { partnership_id: house.cast.partnership, id: newId(), subject_id: subject, declared_at: house.clock.now }
  const { agency, staff } = house.as('gwen')
  await house.seen(house.system, (tx) =>
    tx
      .insertInto('conflict')
      .values({ ...tie, agency_id: agency, staff_id: staff, kind: 'relative' })
      .execute(),
  )
  expect((await gwen.get(request)).status).toBe(404)
  expect((await gwen.get('/access')).text).not.toContain(reference)
})

test('what is added after the approval ends it, and only an approved pack counts as handed over', async () => {
  await write('lena', 'Later words.')
  expect((await mina.get(`${request}/pack.pdf`)).status).toBe(404)
  expect((await mina.get(request)).text).toContain('something was added or decided otherwise since')
  const close = { outcome: 'answered', words: 'Handed over at school.' }
  expect((await mina.post(`${request}/close`, close)).text).toContain('not approved as it stands')
  await mina.post(`${request}/close`, { ...close, outcome: 'withdrawn' })
  expect((await mina.get('/access')).text).not.toContain(reference)
  expect((await mina.get(`${request}/close`)).status).toBe(404)
  const shown = (await mina.get(request)).text
  for (const words of ['Taken back', 'Handed over at school.', 'Mina Farah, ']) expect(shown).toContain(words)
})

test('what was told to others and what came of meetings is in it too, in the agency’s own words', async () => {
  const lena = house.as('lena')
  const at = house.clock.now
  const { keys } = house.house
  await house.seen(lena, async (tx) => {
    const about = { subject, recipient: house.cast.agencies['housing']!, name: 'Petra Vale', role: 'Warden' }
    const told = {
      method: 'by phone',
      consent: null,
      notTold: 'Not safe yet',
      outside: 'Tonight',
      expires: null,
    } as const
    const shared = {
      ...about,
      classes: ['D4'] as const,
      ...safeguarding,
      wishes: null,
      why: 'They change the lock',
      at,
      ...told,
    }
    await share(tx, keys, lena, shared, { age: 'child', handling: 0, closeness: 0 })
    const facts = (await subjectFacts(tx, lena.partnership, subject))!
    const call = {
      kind: 'mace',
      ...safeguarding,
      starts_at: at,
      place: 'in the room of the warden',
      handling: 0,
    } as const
    await callMeeting(tx, keys, lena, facts, call, at)
  })
  const asked = { 'asked_on-day': '20', 'asked_on-month': '11', 'asked_on-year': '2026' }
  request = (await mina.post(`/people/${subject}/access`, { asker: 'Kez', capacity: 'person', ...asked })).location
  request = request.split('?')[0]!
  const texts = await Promise.all((await items()).map(async (one) => (await mina.get(one)).text))
  const shown = texts.find((text) => text.includes('We told North Elmshire Housing something about you'))!
  for (const words of ['They change the lock', 'Not safe yet', '“Petra Vale”', 'Their job: '])
    expect(shown).toContain(words)
  expect(texts.some((text) => text.includes('Where: in the room of the '))).toBe(true)
})

test('why its people did what they did around the person is in it too, and nothing of what another agency’s did', async () => {
  const [lena, dena, hal] = [house.as('lena'), house.as('dena'), house.as('hal')]
  const { keys } = house.house
  const at = house.clock.now
  const sealed = await write('lena', 'He sleeps behind the mill.', { handling: 2 })
  await house.seen(lena, async (tx) => {
    const part = { subject, agency: hal.agency, staff: hal.staff, role: 'circle', contact: '01632 960222', at } as const
    await involve(tx, lena, part, { said: { keys, why: 'the landlord has the other key' } })
    await keepAsked(tx, keys, lena, { subject, why: 'to ring whoever collects her', shown: 1, at })
    const row = { row: sealed, subject }
    await addName(tx, lena, row, house.as('mina').staff, { keys, why: 'she answers for the night team', at })
  })
  const glass = await house.seen(dena, (tx) =>
    breakGlass(tx, keys, dena, { subject, why: 'she was not at the bus stop', minutes: 15, at }),
  )
  const review = { outcome: 'justified', words: 'anybody would have looked', at } as const
  await house.seen(lena, (tx) => reviewBreakGlass(tx, keys, lena, glass, review))
  await house.seen(hal, async (tx) => {
    await keepAsked(tx, keys, hal, { subject, why: 'to know whom to send the letter', shown: 1, at })
    await breakGlass(tx, keys, hal, { subject, why: 'the tenancy ends tonight', minutes: 15, at })
  })
  const said = (await Promise.all((await items()).map(async (one) => (await mina.get(one)).text))).join(' ')
  for (const words of [
    'Why: the landlord has the other key',
    'Why: to ring whoever collects her',
    'Why: she was not at the bus stop',
    'Was it right? Yes, it was justified',
    'anybody would have looked',
    'was named to read this too. Why: she answers for the night team',
    'How an earlier request to see your record ended: Taken back',
    'Handed over at school.',
  ])
    expect(said.replace(/<\/?mark[^>]*>/g, '')).toContain(words)
  for (const words of ['send the letter', 'tenancy ends tonight']) expect(said).not.toContain(words)
})

test('what was told of something sealed is read and given by whoever is named for it: the decider', async () => {
  const tell = (name: 'lena' | 'mina', why: string) => {
    const viewer = house.as(name)
    const about = {
      subject,
      recipient: house.cast.agencies['housing']!,
      name: 'Petra Vale',
      role: 'Warden',
      wishes: null,
    }
    const how = {
      method: 'by phone',
      consent: null,
      notTold: 'Not safe yet',
      outside: 'Tonight',
      expires: null,
    } as const
    const said = { ...about, classes: ['D4'] as const, ...safeguarding, why, at: house.clock.now, ...how }
    return house.seen(viewer, (tx) =>
      share(tx, house.house.keys, viewer, said, { age: 'child', handling: 2, closeness: 0 }),
    )
  }
  const [lenas, minas] = [
    await tell('lena', 'the flat is behind the chapel'),
    await tell('mina', 'the flat is behind the mill'),
  ]
  const itemOf = (kept: typeof lenas) => `${request}/items/${(kept as { id: string }).id}`
  const [shut, open] = [(await mina.get(itemOf(lenas))).text, (await mina.get(itemOf(minas))).text]
  expect([shut.includes('chapel'), shut.includes('Tonight'), open.includes('the flat is behind the mill')]).toEqual([
    false,
    false,
    true,
  ])
  const release = async (kept: typeof lenas) => {
    const { text } = await mina.get(itemOf(kept))
    const shown = Object.fromEntries(spansIn(text).map((span) => [span, 'hide']))
    return (await mina.post(itemOf(kept), { seen: '0', outcome: 'release', ...shown })).status
  }
  expect([await release(lenas), await release(minas)]).toEqual([422, 303])
})
