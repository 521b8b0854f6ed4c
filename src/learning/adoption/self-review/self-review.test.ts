import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type Browser, type TestHouse } from '../../../../test/house.ts'
import { enterLearners, type Learners } from '../../../../test/learning.ts'
import { principles, sets } from './principles.ts'

let house: TestHouse
let learners: Learners
let nell: Browser
let ravi: Browser
beforeAll(async () => {
  house = await openTestHouse()
  learners = await enterLearners(house)
  nell = await learners.browser('nell')
  ravi = await learners.browser('ravi')
})
afterAll(() => house.close())

const begin = async (name: string, month: string): Promise<string> => {
  const begun = { 'begun-day': '2', 'begun-month': month, 'begun-year': '2026' }
  return (await nell.post('/self-review/new', { name, ...begun })).location.split('/')[2]!
}
const answer = async (browser: Browser, address: string, said: Record<string, string>) => {
  const read = /name="read"(?: value(?:="([^"]*)")?)?/.exec((await browser.get(address)).text)![1] ?? ''
  return browser.post(address, { read, narrative: 'Some teams do', ...said })
}

test('there are eight practice principles and six of adult safeguarding, and what was not found again says so', () => {
  expect(sets.map((set) => set.principles.length)).toEqual([8, 6])
  expect(principles.filter(({ checked, source }) => checked !== (source !== ''))).toEqual([])
})

let spring: string
let autumn: string
test('several agencies answer each for itself, in words; that it works is heard from somebody', async () => {
  spring = await begin('Spring 2026', '3')
  expect((await nell.post(`/self-review/${spring}/voice`, {})).text).toContain('Select how far you are')
  const heard = await answer(nell, `/self-review/${spring}/voice`, { rating: 'heard' })
  expect(heard.status).toBe(422)
  expect(heard.text).toContain('Say from whom you heard that it works')
  expect((await answer(nell, `/self-review/${spring}/voice`, { rating: 'not yet' })).status).toBe(303)
  expect((await answer(ravi, `/self-review/${spring}/voice`, { rating: 'in place' })).status).toBe(303)
  const shown = (await nell.get(`/self-review/${spring}/voice`)).text
  expect(shown).toContain('Elmshire County Council')
  expect(shown).toContain('Tandem Support Programme')
  expect((await nell.get(`/self-review/${spring}`)).text).toContain('One other agency has answered')
})

test('an answer that is changed keeps what it said before, and no colleague’s is replaced unread', async () => {
  const address = `/self-review/${spring}/trauma`
  await answer(nell, address, { rating: 'not yet', narrative: 'First words' })
  const stale = await nell.post(address, { read: '', rating: 'beginning', narrative: 'Other words' })
  expect(stale.status).toBe(422)
  expect(stale.text).toContain('A colleague of your agency answered meanwhile')
  expect(stale.text).toContain('Other words')
  expect((await answer(nell, address, { rating: 'beginning', narrative: 'Second words' })).status).toBe(303)
  const shown = (await ravi.get(address)).text
  expect(shown).toContain('Second words')
  expect(shown).toContain('What was said before and changed since')
  expect(shown).toContain('First words')
})

test('the partnership is compared with itself: a picture and the same in words, with no total and no average', async () => {
  await nell.post(`/self-review/${spring}/end`, {}, { from: `/self-review/${spring}` })
  expect((await nell.get(`/self-review/${spring}/voice`)).text).not.toContain('Save the answer')
  const late = await nell.post(`/self-review/${spring}/voice`, {
    read: '',
    rating: 'heard',
    narrative: 'N',
    heard_from: 'H',
  })
  expect(late.text).toContain('This review has ended meanwhile')
  autumn = await begin('Autumn 2026', '10')
  await answer(nell, `/self-review/${autumn}/voice`, { rating: 'heard', heard_from: 'The forum' })
  const iris = await learners.browser('iris')
  const shown = (await iris.get('/self-review/compare')).text
  expect(shown).toContain('<svg class="trellis-levels"')
  const voice = shown.slice(shown.indexOf('id="principle-voice"'), shown.indexOf('id="principle-strengths"'))
  expect(voice.indexOf('Spring 2026')).toBeLessThan(voice.indexOf('Autumn 2026'))
  expect(voice).toContain('Elmshire County Council: Not yet')
  expect(voice).toContain('Elmshire County Council: In place, and heard from people that it works')
  expect(shown).not.toMatch(/average|total|score/i)
})

test('nobody outside learning reads it, and the chair changes nothing', async () => {
  const iris = await learners.browser('iris')
  expect((await iris.get(`/self-review/${autumn}`)).status).toBe(200)
  expect((await iris.get('/self-review/new')).status).toBe(404)
  for (const name of ['wes', 'otto'] as const) {
    const browser = await house.browser(name)
    expect((await browser.get(`/self-review/${autumn}`)).status).toBe(404)
    const { rows } = await house.seen(house.as(name), (tx) => sql`select id from self_review_answer`.execute(tx))
    expect(rows).toEqual([])
  }
})
