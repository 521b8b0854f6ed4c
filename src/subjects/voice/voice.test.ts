import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../../test/house.ts'
import { openSubject } from '../../../test/subject.ts'
import { signForCast } from '../../../test/signed-for-cast.ts'
import type { Name } from '../../../test/cast.ts'
import { giveFeedback } from './you-said.ts'

let house: TestHouse
let subject: string
let voice: string

beforeAll(async () => {
  house = await openTestHouse()
  await signForCast(house)
  subject = await openSubject(house, { adult_from: '2020-01-01' })
  voice = `/people/${subject}/voice`
})
afterAll(() => house.close())

const on = (name: string, day: string, month = '11') => ({
  [`${name}-day`]: day,
  [`${name}-month`]: month,
  [`${name}-year`]: '2026',
})
const shown = async (name: Name, path = voice) => (await house.browser(name)).get(path)
const said = {
  stage: 'plan',
  channel: 'drawing',
  words: 'A zylophant with no door.',
  wanted: 'My own key.',
  readers: 'circle',
}

test('what somebody drew or said is kept as they did, sealed, with what they wanted and who heard', async () => {
  const lena = await house.browser('lena')
  const empty = await lena.post(`${voice}/new`)
  expect(empty.status).toBe(422)
  for (const wrong of ['Select the stage', 'Select how they said it', 'Enter what they said, as they said it'])
    expect(empty.text).toContain(wrong)
  const whole = { ...said, language: 'Polish', heard_by: 'Her aunt', ...on('heard_on', '20') }
  expect((await lena.post(`${voice}/new`, whole)).location).toBe(`${voice}?done=heard`)
  const text = (await shown('hal')).text
  for (const words of [
    'A zylophant with no door.',
    'My own key.',
    'A drawing, 20 November 2026. Heard by Her aunt. In Polish',
  ])
    expect(text).toContain(words)
  const { rows } = await house.seen(house.system, (tx) =>
    sql`select from voice v where v::text like '%zylophant%'`.execute(tx),
  )
  expect(rows).toEqual([])
})

test('what came of it stands beside, and whether it was explained back, how and when', async () => {
  const reply = `/people/${subject}/${/voice\/[0-9a-f-]{36}\/reply/.exec((await shown('hal')).text)![0]}`
  const hal = await house.browser('hal')
  const half = await hal.post(reply, { did: 'A new lock.', explained: 'by phone' })
  expect([
    half.status,
    half.text.includes('Enter the day on which it was explained'),
    half.text.includes('A new lock.'),
  ]).toEqual([422, true, true])
  await hal.post(reply, { did: 'A new lock.', explained: 'not yet' })
  expect((await shown('lena')).text).toContain('Not explained back to them yet')
  await hal.post(reply, { did: 'She has the key.', explained: 'in person', ...on('explained_on', '22') })
  expect((await shown('lena')).text).toContain('Explained back in person on 22 November 2026')
})

test('what they keep for some is shown to nobody else, and cannot be answered by them', async () => {
  const lena = await house.browser('lena')
  const mine = { ...said, words: 'Only Lena.', readers: 'agencies', agencies: house.as('lena').agency }
  await lena.post(`${voice}/new`, { ...mine, ...on('heard_on', '21') })
  const there = (await shown('lena')).text
  expect(there).toContain('Only Lena.')
  const hal = (await shown('hal')).text
  expect([hal.includes('Only Lena.'), hal.includes('1 thing they said is kept for others')]).toEqual([false, true])
  const [first] = [...there.matchAll(/voice\/([0-9a-f-]{36})\/reply/g)].map(([, id]) => id)
  expect((await shown('hal', `${voice}/${first}/reply`)).status).toBe(404)
  for (const name of ['wes', 'priya', 'ada'] as const) expect((await shown(name)).status).toBe(404)
})

test('that nobody heard them needs a reason and a next try, which is due until they are heard', async () => {
  const lena = await house.browser('lena')
  const form = { stage: 'review', reason: 'not safe', why: 'He was in the room.' }
  const noDay = await lena.post(`${voice}/not-heard`, form)
  expect([noDay.status, noDay.text.includes('Enter the day on which it is tried again')]).toEqual([422, true])
  expect((await lena.post(`${voice}/not-heard`, { ...form, ...on('next', '1', '1') })).status).toBe(422)
  expect((await lena.post(`${voice}/not-heard`, { ...form, ...on('next', '24') })).location).toBe(`${voice}?done=tried`)
  expect((await shown('lena', '/people')).text).not.toContain('could not be heard and is tried again')
  house.clock.now = new Date('2026-11-25T10:00:00Z')
  expect((await shown('lena', '/people')).text).toContain('1 person could not be heard and is tried again')
  const due = (await shown('hal', '/people/to-hear')).text
  for (const words of ['Review. Next try: 24 November 2026', 'Late']) expect(due).toContain(words)
  house.clock.now = new Date('2026-11-23T10:10:00Z')
  await lena.post(`${voice}/new`, { ...said, stage: 'review', ...on('heard_on', '23') })
  expect((await shown('lena', '/people/to-hear')).text).toContain('Nobody is waiting to be heard')
})

test('an adult says what they want to come of it, and at the end how far each is met', async () => {
  const lena = await house.browser('lena')
  const first = { point: 'start', asked: 'yes and expressed', ...on('asked_on', '20') }
  const none = await lena.post(`${voice}/outcomes`, first)
  expect([none.status, none.text.includes('Enter what they want, in their words')]).toEqual([422, true])
  await lena.post(`${voice}/outcomes`, { ...first, words: 'To keep my flat.\nTo see my sister.' })
  const form = (await shown('lena', `${voice}/outcomes`)).text
  expect(form).toContain('Nobody has confirmed the wording here yet')
  const [flat] = /met-[0-9a-f-]{36}/.exec(form)!
  await lena.post(`${voice}/outcomes`, { ...first, point: 'end', [flat]: 'partly' })
  const text = (await shown('hal')).text
  for (const words of [
    'To keep my flat.',
    'To see my sister.',
    'At the end: Partly',
    'Yes, and they said what they want',
  ])
    expect(text).toContain(words)
})

test('a manager keeps “You said, we did”, which everybody reads, beside what people told us', async () => {
  const { keys } = house.house
  const { partnership, agencies } = house.cast
  const given = { agency: agencies['childrens']!, stage: 'plan', said_on: '2026-11-20' } as const
  await house.seen(house.system, async (tx) => {
    await giveFeedback(tx, keys, partnership, { ...given, subject: null, heard: 'partly', words: 'Too many rooms.' })
    await giveFeedback(tx, keys, partnership, { ...given, subject, heard: 'heard', words: 'Lena asked me.' })
  })
  const mina = await house.browser('mina')
  const keep = (await mina.get('/you-said/keep')).text
  for (const words of ['Plan: 1 heard, 1 partly, 0 not heard', 'Too many rooms.']) expect(keep).toContain(words)
  expect(keep).not.toContain('Lena asked me.')
  expect((await shown('lena')).text).toContain('Lena asked me.')
  expect((await mina.post('/you-said/keep', { said: 'Too many rooms' })).text).toContain('Enter what we did')
  await mina.post('/you-said/keep', { said: 'Too many rooms', did: 'We meet where you choose' })
  expect((await (await house.browser()).get('/you-said')).text).toContain('We meet where you choose')
  const [off] = /\/you-said\/[0-9a-f-]{36}\/withdraw/.exec((await mina.get('/you-said/keep')).text)!
  await mina.post(off, {}, { from: '/you-said/keep' })
  expect((await (await house.browser()).get('/you-said')).text).not.toContain('We meet where you choose')
  expect((await (await house.browser('lena')).get('/you-said/keep')).status).toBe(404)
})
