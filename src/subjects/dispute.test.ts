import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { safeguarding, signForCast } from '../../test/signed-for-cast.ts'
import type { Name } from '../../test/cast.ts'
import { declareConflict, involve, statePurpose } from '../sharing/index.ts'
import { addEntry } from './add-entry.ts'
import { openPerson } from './open-person.ts'
import { subjectFacts } from './queries.ts'
import { identitySchema } from './subject.ts'

let house: TestHouse
let subject: string
let entry: string
let said: string

beforeAll(async () => {
  house = await openTestHouse()
  await signForCast(house)
  const lena = house.as('lena')
  const { keys } = house.house
  const at = house.clock.now
  subject = await house.seen(lena, (tx) =>
    openPerson(tx, keys, lena, identitySchema.parse({ name: 'Kezia Thorne' }), { as: 'lead', at }),
  )
  await house.seen(lena, async (tx) => {
    const { agency, staff } = house.as('hal')
    await involve(tx, lena, { subject, agency, staff, role: 'circle', contact: '', at })
    const facts = (await subjectFacts(tx, lena.partnership, subject))!
    const happened_at = new Date(at.getTime() - 12 * 86_400_000)
    const words = { kind: 'contact', words: 'She hit the warden.', data_class: 'D4', handling: 0, source: '' } as const
    entry = await addEntry(tx, keys, lena, facts, { ...words, happened_at }, { at })
  })
  for (const name of ['lena', 'hal', 'mina'] as const) await state(name)
  said = `/people/${subject}/entries/${entry}/disputed`
})
afterAll(() => house.close())

const state = (name: Name) =>
  house.seen(house.as(name), (tx) => {
    const until = new Date(house.clock.now.getTime() + 36_000_000)
    return statePurpose(tx, house.as(name), subject, { ...safeguarding, until }, house.clock.now)
  })
const chronology = async (name: Name) => (await (await house.browser(name)).get(`/people/${subject}`)).text

test('an entry written long after it happened says so', async () => {
  expect(await chronology('lena')).toContain('Written 12 days later')
})

test('what the person says stands beside the entry in their words, for everybody who sees the entry, and is sealed', async () => {
  const hal = await house.browser('hal')
  const empty = await hal.post(said)
  expect([empty.status, empty.text.includes('Enter what they say')]).toEqual([422, true])
  const form = { words: 'I did not touch him.', said_by: 'person' }
  const noDay = await hal.post(said, form)
  expect([noDay.status, noDay.text.includes('Enter the day'), noDay.text.includes('I did not touch him.')]).toEqual([
    422,
    true,
    true,
  ])
  const day = { 'said_on-day': '22', 'said_on-month': '11', 'said_on-year': '2026' }
  expect((await hal.post(said, { ...form, ...day })).location).toBe(`/people/${subject}?done=disputed`)
  for (const name of ['lena', 'hal'] as const) {
    const text = await chronology(name)
    for (const words of ['She hit the warden.', 'The person themself does not agree', 'I did not touch him.'])
      expect(text).toContain(words)
    expect(text).toContain('To be answered by 22 December 2026')
  }
  const { rows } = await house.seen(house.system, (tx) =>
    sql`select from entry_dispute d where d::text like '%touch%'`.execute(tx),
  )
  expect(rows).toEqual([])
})

const answers = async () => {
  const link = new RegExp(`${said}/[0-9a-f-]{36}`)
  return link.exec(await chronology('lena'))?.[0]
}

test('only the agency that wrote the entry answers; a correction is a later entry, and the first stays', async () => {
  const answer = (await answers())!
  expect(await chronology('hal')).not.toContain(answer)
  expect((await (await house.browser('hal')).get(answer)).status).toBe(404)
  const mina = await house.browser('mina')
  const sealed = (handling: '0' | '2') =>
    house.seen(house.system, (tx) => tx.updateTable('subject').set({ handling }).where('id', '=', subject).execute())
  expect((await mina.get('/access')).text).toContain('Due 22 December 2026')
  await sealed('2')
  expect((await mina.get('/access')).text).not.toContain('Due 22 December 2026')
  await sealed('0')
  const lena = await house.browser('lena')
  const half = await lena.post(answer, { outcome: 'corrected', why: 'The camera shows it.' })
  expect([half.status, half.text.includes('Enter what is right')]).toEqual([422, true])
  const whole = { outcome: 'corrected', why: 'The camera shows it.', correction: 'The warden fell by himself.' }
  expect((await lena.post(answer, whole)).location).toContain('done=dispute-answered')
  const text = await chronology('hal')
  for (const words of [
    'She hit the warden.',
    'I did not touch him.',
    'The camera shows it.',
    'The warden fell by himself.',
  ])
    expect(text).toContain(words)
  expect(text).toContain('Puts right an entry of 11 November 2026')
  expect((await lena.get(answer)).status).toBe(404)
  expect(await answers()).toBeUndefined()
  // Whoever was slower keeps their words, and is told that it was done; whose it never was keeps theirs and is not.
  const late = await lena.post(answer, { outcome: 'stands', why: 'Zylophant slower' }, { from: said })
  expect([late.status, late.text.includes('Zylophant slower')]).toEqual([409, true])
  expect(late.text).toContain('This has been done already')
  const hal = await house.browser('hal')
  const never = await hal.post(answer, { outcome: 'stands', why: 'Zylophant other' }, { from: said })
  expect([never.status, never.text.includes('Zylophant other')]).toEqual([404, true])
  expect(never.text).not.toContain('This has been done already')
})

test('strangers have no such pages', async () => {
  for (const name of ['wes', 'priya', 'ada', 'gwen'] as const)
    expect((await (await house.browser(name)).get(said)).status).toBe(404)
})

test('a manager or guardian of the agency holds the record with a reason, and everybody who opens it sees that it is held', async () => {
  const at = `/people/${subject}/hold`
  for (const name of ['lena', 'hal', 'wes'] as const)
    expect((await (await house.browser(name)).get(at)).status).toBe(404)
  const gwen = await house.browser('gwen')
  expect((await gwen.post(at)).text).toContain('Enter why it has to be kept')
  expect((await gwen.post(at, { why: 'The coroner asked.' })).location).toBe(at)
  const shown = await chronology('hal')
  expect(shown).toContain('Held by Elmshire County Council since 23 November 2026')
  expect(shown).not.toContain('coroner')
  const mina = await house.browser('mina')
  const lift = /\/retention\/holds\/[0-9a-f-]{36}/.exec((await gwen.get(at)).text)![0]
  expect((await mina.get(at)).text).not.toContain(lift)
  expect((await mina.get(lift)).status).toBe(404)
  expect((await gwen.get(lift)).text).toContain('The coroner asked.')
  await gwen.post(lift, { why: 'The inquest is over.' })
  const late = await gwen.post(lift, { why: 'The inquest ended.' }, { from: at })
  expect([late.status, late.text.includes('The inquest ended.')]).toEqual([404, true])
  expect(await chronology('hal')).not.toContain('Held by')
  const lifted = (await gwen.get(at)).text
  for (const words of ['Lifted before', 'The coroner asked.', 'The inquest is over.', 'Gwen Astley'])
    expect(lifted).toContain(words)
  expect((await mina.get(at)).text).not.toContain('The inquest is over.')
})

test('whoever is too close neither reads why a record is held nor lets it go', async () => {
  const gwen = await house.browser('gwen')
  await gwen.post(`/people/${subject}/hold`, { why: 'Another inquiry.' })
  const lift = /\/retention\/holds\/[0-9a-f-]{36}/.exec((await gwen.get('/retention')).text)![0]
  expect((await gwen.get(lift)).text).toContain('Another inquiry.')
  const viewer = house.as('gwen')
  await house.seen(viewer, (tx) => declareConflict(tx, viewer, { subject, kind: 'relative', at: house.clock.now }))
  expect((await gwen.get(lift)).status).toBe(404)
  expect((await gwen.post(lift, { why: 'For my brother.' }, { from: '/retention' })).status).toBe(404)
  expect((await gwen.get('/retention')).text).not.toContain(lift)
})

test('that a sealed entry was read is told in no list of who looked', async () => {
  const lena = house.as('lena')
  const at = house.clock.now
  const sealed = await house.seen(lena, async (tx) => {
    const facts = (await subjectFacts(tx, lena.partnership, subject))!
    const words = { kind: 'contact', words: 'Her sister rang.', data_class: 'D4', handling: 2, source: '' } as const
    return addEntry(tx, house.house.keys, lena, facts, { ...words, happened_at: at }, { at })
  })
  const browser = await house.browser('lena')
  const looks = async () =>
    (await browser.get(`/people/${subject}/looked?kind=entry+read`)).text.match(/class="trellis-row"/g)?.length ?? 0
  const before = await looks()
  expect((await browser.get(`/people/${subject}/entries/${sealed}/disputed`)).text).toContain('Her sister rang.')
  expect(await looks()).toBe(before)
  expect((await browser.get(said)).status).toBe(200)
  expect(await looks()).toBe(before + 1)
})
