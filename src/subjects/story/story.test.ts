import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../../test/house.ts'
import { safeguarding, signForCast } from '../../../test/signed-for-cast.ts'
import type { Name } from '../../../test/cast.ts'
import { involve, statePurpose } from '../../sharing/index.ts'
import { openPerson } from '../open-person.ts'
import { identitySchema } from '../subject.ts'
import { fromStory, notAskedAgain } from './from-story.ts'

let house: TestHouse
let subject: string
let story: string

beforeAll(async () => {
  house = await openTestHouse()
  await signForCast(house)
  const lena = house.as('lena')
  const at = house.clock.now
  subject = await house.seen(lena, async (tx) => {
    const said = identitySchema.parse({ name: 'Kezia Thorne', born_on: '2010-06-01' })
    const id = await openPerson(tx, house.house.keys, lena, said, { as: 'lead', at })
    const { agency, staff } = house.as('hal')
    await involve(tx, lena, { subject: id, agency, staff, role: 'circle', contact: '', at })
    return id
  })
  for (const name of ['lena', 'hal', 'mina'] as const)
    await house.seen(house.as(name), (tx) => {
      const until = new Date(at.getTime() + 36_000_000)
      return statePurpose(tx, house.as(name), subject, { ...safeguarding, until }, at)
    })
  story = `/people/${subject}/story`
})
afterAll(() => house.close())

const day = { 'said_on-day': '22', 'said_on-month': '11', 'said_on-year': '2026' }
const said = (words: string, readers = 'circle', agencies: string[] = []) => ({
  words,
  how: 'said',
  readers,
  agencies,
  ...day,
})
const shown = async (name: Name, path = story) => (await house.browser(name)).get(path)

test('with no story yet nobody is held up, and every card is offered', async () => {
  expect((await shown('lena', `/people/${subject}`)).status).toBe(200)
  const text = (await shown('lena')).text
  for (const card of ['About me', 'What not to ask me again', 'How to reach me safely, and when'])
    expect(text).toContain(card)
})

test('a card is kept in the person’s words, sealed, and says who wrote it down and how', async () => {
  const lena = await house.browser('lena')
  const empty = await lena.post(`${story}/about-me`, { words: ' ' })
  expect(empty.status).toBe(422)
  for (const wrong of ['Enter what they said, in their words', 'Select how they said it', 'Select who may read it'])
    expect(empty.text).toContain(wrong)
  const half = await lena.post(`${story}/about-me`, said('I draw zylophants.', 'agencies'))
  expect([
    half.status,
    half.text.includes('Select at least one agency'),
    half.text.includes('I draw zylophants.'),
  ]).toEqual([422, true, true])
  expect((await lena.post(`${story}/about-me`, said('I draw zylophants.'))).location).toBe(`${story}?done=written`)
  expect((await shown('lena')).text).toContain('Said to Lena Sorrel on 22 November 2026')
  const { rows } = await house.seen(house.system, (tx) =>
    sql`select from story_card c where c::text like '%zylophant%'`.execute(tx),
  )
  expect(rows).toEqual([])
})

test('whoever comes new reads the story before they see a form, once for each purpose', async () => {
  const hal = await house.browser('hal')
  for (const path of ['', '/add', '/share']) expect((await hal.get(`/people/${subject}${path}`)).location).toBe(story)
  const first = (await hal.get(story)).text
  for (const words of ['Read this before anything else', 'I draw zylophants.', 'I have read it'])
    expect(first).toContain(words)
  expect((await hal.post(`${story}/read`, {}, { from: story })).location).toBe(`/people/${subject}`)
  expect((await hal.get(`/people/${subject}/add`)).status).toBe(200)
  // Whoever wrote it down has read it.
  expect((await shown('lena', `/people/${subject}`)).status).toBe(200)
  const { rows } = await house.seen(house.system, (tx) => sql`select staff_id, purpose from story_read`.execute(tx))
  expect(rows).toHaveLength(2)
})

test('a later version replaces the earlier, which stays to be read; a note stands beside and changes nothing', async () => {
  const lena = await house.browser('lena')
  await lena.post(`${story}/about-me`, said('I paint now.'))
  const hal = await house.browser('hal')
  expect((await hal.post(`${story}/about-me/note`)).text).toContain('Enter your note')
  await hal.post(`${story}/about-me/note`, { words: 'She showed me one.' })
  const text = (await shown('lena')).text
  for (const words of ['I paint now.', '1 earlier version', 'I draw zylophants.', 'She showed me one.', 'Hal Ferris'])
    expect(text).toContain(words)
})

test('the person decides who reads a card, every version of it, and never more than the agreement lets', async () => {
  const lena = await house.browser('lena')
  await lena.post(`${story}/about-me`, said('Only here.', 'agencies', [house.as('lena').agency]))
  await lena.post(`${story}/hurts`, said('Shouting.', 'trusted adult'))
  const hal = (await shown('hal')).text
  for (const words of ['Only here.', 'I draw zylophants.', 'She showed me one.', 'Shouting.'])
    expect(hal).not.toContain(words)
  expect(hal).toContain('2 cards are kept for others')
  const mina = (await shown('mina')).text
  expect([mina.includes('Only here.'), mina.includes('Shouting.')]).toEqual([true, false])
  // Nobody writes over a card that they do not read, or beside it.
  expect((await shown('hal', `${story}/about-me`)).text).toContain('you are not among them')
  expect(
    (await (await house.browser('hal')).post(`${story}/about-me`, said('Mine.'), { from: '/account' })).status,
  ).toBe(409)
  expect((await shown('hal', `${story}/about-me/note`)).status).toBe(404)
  for (const name of ['wes', 'priya', 'ada', 'gwen'] as const) expect((await shown(name)).status).toBe(404)
})

test('a form begins with what was said once, and the questions that it did not ask are counted', async () => {
  const lena = { ...house.as('lena'), stated: { ...safeguarding, until: new Date('2099-01-01') } }
  const told = await house.seen(lena, async (tx) => {
    await notAskedAgain(tx, lena, subject, { form: 'assessment', questions: 20 }, house.clock.now)
    await notAskedAgain(tx, lena, subject, { form: 'plan', questions: 7 }, house.clock.now)
    return fromStory(tx, house.house.keys, lena, subject)
  })
  expect([...told]).toEqual([['about me', { words: 'Only here.', said_on: '2026-11-22' }]])
  expect((await shown('lena')).text).toContain('27 questions they did not have to answer again')
})
