import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../../test/house.ts'
import { noticed } from '../../../test/noticed.ts'
import { findPatterns } from './find.ts'
import { patternsWaiting } from './pattern.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse()
})
afterAll(() => house.close())

const said = (name: 'priya' | 'hal' | 'wes' | undefined, day: number, input: object) =>
  noticed(house, input, {
    ...(name && { viewer: house.as(name), channel: 'professional' as const }),
    at: new Date(Date.UTC(2026, 10, day)),
  })
const look = (now = house.clock.now) =>
  house.seen(house.system, (tx) => findPatterns(tx, house.house.keys, house.cast.partnership, { now }))
const waiting = () => house.seen(house.as('dena'), (tx) => patternsWaiting(tx, house.house.keys, house.as('dena')))
const van = { details: [{ kind: 'vehicle', said: 'DK99 OLP' }] }

test('the same plate from three sources is found once, with the concerns it rests on, and not for two', async () => {
  const first = await said('priya', 3, van)
  await said('priya', 4, van)
  await said('hal', 9, van)
  expect(await look()).toBe(0)
  // Twenty-two days after the first: too late.
  await said('wes', 25, van)
  expect(await look(new Date('2026-11-25T10:00:00Z'))).toBe(0)
  await said(undefined, 20, van)
  expect(await look()).toBe(1)
  expect(await look()).toBe(0)
  const [pattern] = await waiting()
  expect(pattern).toMatchObject({ code: 'same-plate', said: 'DK99 OLP', least: 3, days: 21 })
  expect(pattern!.concerns.map(({ id }) => id)).toContain(first.concern)
  expect(pattern!.concerns).toHaveLength(4)
})

test('an answer ends it, until a concern comes that the answer did not know', async () => {
  const [pattern] = await waiting()
  const dena = await house.browser('dena')
  const shown = await dena.get(`/patterns/${pattern!.id}`)
  expect(shown.status).toBe(200)
  const empty = await dena.post(`/patterns/${pattern!.id}`, {})
  expect([empty.status, empty.text.includes('Choose what was made of it')]).toEqual([422, true])
  const answer = { outcome: 'known already', words: 'Police watch it' }
  expect((await dena.post(`/patterns/${pattern!.id}`, answer)).location).toBe('/patterns?done=answer')
  expect(await look()).toBe(0)
  await said('wes', 22, van)
  expect(await look()).toBe(1)
  for (const name of ['priya', 'wes', 'gwen', 'otto', 'ada'] as const)
    expect((await (await house.browser(name)).get(`/patterns/${pattern!.id}`)).status).toBe(404)
})

test('a phone in concerns about two people who go missing is found; about one, however often, it is not', async () => {
  const missing = (name: string, day: number) =>
    said('priya', day, { signs: ['CH01'], people: [{ name }], details: [{ kind: 'phone', said: '07700 900818' }] })
  await missing('Mirren Oakes', 5)
  await missing('Oakes, Mirren', 6)
  expect(await look()).toBe(0)
  await missing('Ilka Toth', 7)
  expect(await look()).toBe(1)
})

test('a place is new when nobody named it in the year before', async () => {
  const place = (postcode: string, at: Date) => noticed(house, { postcode }, { at })
  await place('CV21 1ZZ', new Date('2026-03-01T10:00:00Z'))
  for (const day of [5, 6, 7])
    for (const postcode of ['CV21 1ZZ', 'CV11 4ZT']) await place(postcode, new Date(Date.UTC(2026, 10, day)))
  expect(await look()).toBe(1)
  expect((await waiting()).find(({ code }) => code === 'new-place')?.said).toBe('CV11 4ZT')
})

test('a manager tunes a rule with a reason that everybody there reads; a duty worker and a stale page do not', async () => {
  const mina = await house.browser('mina')
  const form = { is_on: 'no', least: '4', days: '14', why: 'Too many taxis', was: '0' }
  const wrong = await mina.post('/patterns/rules/same-plate', { ...form, least: '1', why: '' })
  expect([wrong.status, wrong.text.includes('from 2 to 50'), wrong.text.includes('Write why')]).toEqual([
    422,
    true,
    true,
  ])
  expect((await mina.post('/patterns/rules/same-plate', form)).status).toBe(303)
  const stale = await mina.post('/patterns/rules/same-plate', { ...form, why: 'Mine' })
  expect([stale.status, stale.text.includes('while you were writing'), stale.text.includes('Mine')]).toEqual([
    422,
    true,
    true,
  ])
  const dena = await house.browser('dena')
  expect((await dena.get('/patterns/rules/same-plate')).text).toContain('Too many taxis')
  expect((await dena.post('/patterns/rules/same-plate', { ...form, was: '1' }, { from: '/queue' })).status).toBe(404)
  expect((await dena.get('/queue')).text).toContain('/patterns')
})
