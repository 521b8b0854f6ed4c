import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { safeguarding, signForCast } from '../../test/signed-for-cast.ts'
import { breakGlass, declareConflict } from '../sharing/index.ts'
import { addEntry } from './add-entry.ts'
import { openPerson } from './open-person.ts'
import { subjectFacts } from './queries.ts'
import { identitySchema } from './subject.ts'

/** Hal leads; Lena is of an agency that the agreement would let in, and does not work with the person. */
let house: TestHouse
let bryony: string
const words = (text: string): string => text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const reason = { why: 'She rang from the station and I must know who may collect her', minutes: '30' }

beforeAll(async () => {
  house = await openTestHouse()
  await signForCast(house)
  const hal = house.as('hal')
  const at = house.clock.now
  const { keys } = house.house
  const said = identitySchema.parse({ name: 'Bryony Askew', born_on: '2011-02-03' })
  bryony = await house.seen(hal, (tx) => openPerson(tx, keys, hal, said, { as: 'lead', contact: '01632 960444', at }))
  for (const [text, handling] of [
    ['Noise from the flat at night', 0],
    ['The refuge she went to', 2],
  ] as const)
    await house.seen(hal, async (tx) =>
      addEntry(
        tx,
        keys,
        hal,
        (await subjectFacts(tx, hal.partnership, bryony))!,
        { kind: 'contact', happened_at: at, words: text, data_class: 'D4', handling, source: '' },
        { at },
      ),
    )
})
afterAll(() => house.close())

test('whoever does not work with somebody meets the glass first, without a name on it', async () => {
  const lena = await house.browser('lena')
  const door = await lena.get(`/people/${bryony}`)
  expect(door.status).toBe(403)
  expect(words(door.text)).toContain('You are not working with this person')
  expect(door.text).not.toContain('Bryony')
})

test('without a reason the glass holds, and what was typed stays', async () => {
  const lena = await house.browser('lena')
  const sent = await lena.post(
    `/people/${bryony}/break-glass`,
    { ...safeguarding, why: 'no', minutes: '30' },
    { from: `/people/${bryony}` },
  )
  expect(sent.status).toBe(422)
  expect(words(sent.text)).toContain('Write why you must look now')
  expect(sent.text).toMatch(/<textarea[^>]*>\s*no<\/textarea>/)
})

test('the reason comes first, then a page that says what will happen, and until it is answered nothing opens', async () => {
  const lena = await house.browser('lena')
  const from = { from: `/people/${bryony}` }
  const asked = await lena.post(`/people/${bryony}/break-glass`, { ...safeguarding, ...reason }, from)
  expect(asked.status).toBe(200)
  for (const said of ['Stop and think', 'Break the glass for 30 minutes', 'She rang from the station'])
    expect(words(asked.text)).toContain(said)
  expect(asked.text).not.toContain('Bryony')
  const changing = { ...safeguarding, ...reason, sure: 'no' }
  const back = await lena.post(`/people/${bryony}/break-glass`, changing, from)
  expect(back.text).toMatch(/<textarea[^>]*>\s*She rang from the station/)
  expect((await lena.get(`/people/${bryony}`)).status).toBe(403)
})

test('broken with a reason it opens what the clause reaches and no sealed row, to the minute, and the lead sees it at once', async () => {
  const lena = await house.browser('lena')
  const began = house.clock.now
  const sent = await lena.post(
    `/people/${bryony}/break-glass`,
    { ...safeguarding, ...reason, sure: 'yes' },
    { from: `/people/${bryony}` },
  )
  expect(sent.location).toBe(`/people/${bryony}`)
  const open = words((await lena.get(`/people/${bryony}`)).text)
  expect(open).toContain('Bryony Askew')
  expect(open).toContain('Noise from the flat')
  expect(open).not.toContain('refuge')
  expect(open).toContain('Sealed: for people named on it only')

  const hal = await house.browser('hal')
  for (const at of ['/people', '/work']) expect(words((await hal.get(at)).text)).toContain('1 break-glass to review')
  const waiting = words((await hal.get('/people/reviews')).text)
  expect(waiting).toContain('Lena')
  expect(waiting).toContain('She rang from the station')
  // One working day after ten on a Monday.
  expect(waiting).toContain('Review due 24 November 2026')

  house.clock.now = new Date(began.getTime() + 30 * 60_000 - 1)
  expect((await lena.get(`/people/${bryony}`)).status).toBe(200)
  house.clock.now = new Date(began.getTime() + 30 * 60_000)
  expect((await lena.get(`/people/${bryony}`)).status).toBe(403)
  house.clock.now = began
})

test('the lead reviews it with reasons, whoever broke it cannot, and nobody else finds it', async () => {
  const hal = await house.browser('hal')
  const shown = await hal.get('/people/reviews')
  const id = /people\/reviews\/([0-9a-f-]+)/.exec(shown.text)![1]!
  expect((await hal.post(`/people/reviews/${id}`, { outcome: 'justified' }, { from: '/people/reviews' })).status).toBe(
    422,
  )
  for (const name of ['lena', 'dena', 'wes'] as const) {
    const other = await house.browser(name)
    expect(
      (await other.post(`/people/reviews/${id}`, { outcome: 'justified', words: 'Mine' }, { from: '/people/reviews' }))
        .status,
    ).toBe(404)
  }
  const review = (text: string) =>
    hal.post(`/people/reviews/${id}`, { outcome: 'justified', words: text }, { from: '/people/reviews' })
  // Two pages of the same lead at once: one review, and the other keeps its words.
  const both = await Promise.all([review('She was right to look'), review('She was right to look')])
  expect(both.map(({ location }) => location).filter(Boolean)).toEqual(['/people/reviews?done=saved'])
  const slower = both.find(({ location }) => !location)!
  expect([404, 409]).toContain(slower.status)
  expect(slower.text).toContain('She was right to look')
  const after = words((await hal.get('/people/reviews')).text)
  expect(after).toContain('Nothing waits')
  // What was made of it is read by those who answer for it, and by whoever broke the glass; by nobody else.
  const mine = words((await (await house.browser('lena')).get('/people/reviews')).text)
  for (const read of [after, mine])
    for (const said of ['She rang from the station', 'Yes, it was justified', 'She was right to look', 'Hal Ferris,'])
      expect(read).toContain(said)
  for (const name of ['dena', 'wes', 'mina'] as const)
    expect((await (await house.browser(name)).get('/people/reviews')).text).not.toMatch(/the station|right to look/)
  const events = await house.seen(house.system, (tx) =>
    tx.selectFrom('event').select(['kind', 'staff_id']).where('about_id', '=', bryony).execute(),
  )
  expect(events).toContainEqual({ kind: 'glass broken', staff_id: house.as('lena').staff })
  expect(events).toContainEqual({ kind: 'break-glass reviewed', staff_id: house.as('hal').staff })
})

test('an agency that has not signed finds no glass to break', async () => {
  const wes = await house.browser('wes')
  expect((await wes.get(`/people/${bryony}`)).status).toBe(404)
  expect(
    (
      await wes.post(
        `/people/${bryony}/break-glass`,
        { ...safeguarding, ...reason, sure: 'yes' },
        { from: '/people/find' },
      )
    ).status,
  ).toBe(404)
})

test('of somebody without a lead the manager of the agency that opened the record reviews it, unless too close; each read is in the log', async () => {
  const [lena, hal, mina] = [house.as('lena'), house.as('hal'), house.as('mina')]
  const { keys } = house.house
  const at = house.clock.now
  const said = identitySchema.parse({ name: 'Corin Hale', born_on: '2011-02-03' })
  const corin = await house.seen(lena, (tx) => openPerson(tx, keys, lena, said, { as: 'circle', at }))
  await house.seen(hal, (tx) =>
    breakGlass(tx, keys, hal, { subject: corin, why: 'He fell in the canal', minutes: 30, at }),
  )
  const manager = await house.browser('mina')
  const shown = async () => (await manager.get('/people/reviews')).text
  expect(await shown()).toContain('He fell in the canal')
  for (const name of ['lena', 'hal', 'colm'] as const)
    expect((await (await house.browser(name)).get('/people/reviews')).text).not.toContain('He fell in the canal')
  const reads = await house.seen(house.system, (tx) =>
    tx.selectFrom('event').select(['kind', 'staff_id']).where('about_id', '=', corin).execute(),
  )
  expect(reads.filter(({ kind }) => kind === 'break-glass reasons read')).toEqual([
    { kind: 'break-glass reasons read', staff_id: mina.staff },
  ])
  const id = /people\/reviews\/([0-9a-f-]+)/.exec(await shown())![1]!
  await house.seen(mina, (tx) => declareConflict(tx, mina, { subject: corin, kind: 'relative', at }))
  expect(await shown()).not.toContain('He fell in the canal')
  const answer = { outcome: 'justified', words: 'He is my nephew' }
  expect((await manager.post(`/people/reviews/${id}`, answer, { from: '/people/reviews' })).status).toBe(404)
})
