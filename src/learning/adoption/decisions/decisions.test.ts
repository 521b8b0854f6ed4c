import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type Browser, type TestHouse } from '../../../../test/house.ts'
import { enterLearners, type Learners } from '../../../../test/learning.ts'

let house: TestHouse
let learners: Learners
let nell: Browser
let iris: Browser
beforeAll(async () => {
  house = await openTestHouse()
  learners = await enterLearners(house)
  nell = await learners.browser('nell')
  iris = await learners.browser('iris')
})
afterAll(() => house.close())

const evidence = {
  kind: 'research',
  title: 'What one-off lessons change',
  source: 'An invented university',
  link: 'https://example.org/lessons',
  year: '2024',
  summary: 'A single lesson did not change what pupils did.',
  strength: 'research',
}
const decision = {
  outcome: 'pause',
  alternatives: 'Go on, or do nothing',
  why: 'It may do more harm than good',
  decided_by: 'Executive board',
  care: 'The two trainers; their lead sees them weekly',
  boundary: 'Between schools and police; the board’s deputy owns it',
  curiosity: 'Whether it works for younger children',
  'decided-day': '1',
  'decided-month': '11',
  'decided-year': '2026',
  'review-day': '20',
  'review-month': '11',
  'review-year': '2026',
}
const idIn = ({ location }: { location: string }): string => location.split('/')[2]!.split('?')[0]!

let piece: string
test('evidence is added in plain words, and anybody who reads it sees how it fits here and who says so', async () => {
  const empty = await nell.post('/evidence/new', { kind: 'research' })
  expect(empty.status).toBe(422)
  for (const words of ['Type a title', 'Say where it is from', 'Type a year, like 2024', 'Select how strong it is'])
    expect(empty.text).toContain(words)
  const wrong = await nell.post('/evidence/new', { ...evidence, link: 'javascript:alert(1)' })
  expect(wrong.text).toContain('Type an address that begins with https://')
  expect(wrong.text).toContain('A single lesson did not change')
  piece = idIn(await nell.post('/evidence/new', evidence))
  const fit = { fit: 'partly', words: 'Our schools are larger', according_to: 'Heads’ forum' }
  expect((await nell.post(`/evidence/${piece}`, fit)).status).toBe(303)
  await nell.post(`/evidence/${piece}/change`, { ...evidence, year: '2025' })
  const read = await iris.get(`/evidence/${piece}`)
  for (const words of ['Our schools are larger', 'Heads’ forum', '2025', 'Published research'])
    expect(read.text).toContain(words)
  expect(read.text).not.toContain('Say how it fits here</h2>')
})

let programme: string
test('a programme is paused by evidence, with the three prompts answered; what is missing is said', async () => {
  programme = idIn(await nell.post('/decisions/new', { name: 'Safer lessons', about: 'A package for schools' }))
  const short = await nell.post(`/decisions/${programme}/decide`, {
    ...decision,
    care: '',
    why: '',
    'review-year': '2025',
  })
  expect(short.status).toBe(422)
  for (const words of ['Say why', 'Answer this in a few words']) expect(short.text).toContain(words)
  const before = await nell.post(`/decisions/${programme}/decide`, { ...decision, 'review-year': '2025' })
  expect(before.text).toContain('The day to look again is after the day of the decision')
  const not = await nell.post(`/decisions/${programme}/decide`, { ...decision, evidence: programme })
  expect(not.text).toContain('Choose one of the answers shown')
  expect((await nell.post(`/decisions/${programme}/decide`, { ...decision, evidence: piece })).status).toBe(303)
  const shown = (await iris.get(`/decisions/${programme}`)).text
  for (const words of ['Pause', 'It may do more harm', evidence.title, 'Executive board', 'the board’s deputy'])
    expect(shown).toContain(words)
  expect((await iris.get(`/evidence/${piece}`)).text).toContain('Safer lessons')
})

test('past its day it is on the list and on the work page, until somebody decides again; both decisions stand', async () => {
  expect((await nell.get('/decisions')).text).toContain('Look again now')
  expect((await nell.get('/work')).text).toContain('One decision about a programme is to be looked at again')
  const again = { ...decision, outcome: 'adapt', 'decided-day': '23', 'review-month': '6', 'review-year': '2027' }
  expect((await nell.post(`/decisions/${programme}/decide`, again)).status).toBe(303)
  expect((await nell.get('/work')).text).not.toContain('to be looked at again')
  const shown = (await nell.get(`/decisions/${programme}`)).text
  expect(shown.indexOf('Decided on 23 November 2026')).toBeLessThan(shown.indexOf('Before, on 1 November 2026'))
  expect(shown).toContain('Adapt')
  expect(shown).toContain('Pause')
})

test('what was begun is there after a closed lid, and gone when it is done or thrown away', async () => {
  const path = `/decisions/${programme}/decide`
  await nell.post(path, { do: 'keep', why: 'Half a thought', evidence: piece })
  const back = (await nell.get(path)).text
  expect(back).toContain('Half a thought')
  expect(back).toContain('You began this before')
  expect((await (await learners.browser('ravi')).get(path)).text).not.toContain('Half a thought')
  await nell.post(path, { do: 'drop' })
  expect((await nell.get(path)).text).not.toContain('Half a thought')
  await nell.post(path, { do: 'keep', why: 'Another' })
  await nell.post(path, { do: 'go', ...decision, 'review-year': '2027' })
  expect((await nell.get(path)).text).not.toContain('Another')
})

test('who has no part in learning, and another partnership, are told that there is nothing', async () => {
  for (const name of ['wes', 'otto', 'mina'] as const) {
    const browser = await house.browser(name)
    for (const path of ['/evidence', `/evidence/${piece}`, '/decisions', `/decisions/${programme}`])
      expect((await browser.get(path)).status).toBe(404)
    const { rows } = await house.seen(house.as(name), (tx) => sql`select id from programme_decision`.execute(tx))
    expect(rows).toEqual([])
  }
  expect((await iris.post(`/decisions/${programme}/decide`, decision, { from: '/decisions' })).status).toBe(404)
})

test('the log says who decided and how, and none of the words', async () => {
  const { rows } = await house.seen(house.system, (tx) =>
    sql<{ kind: string; detail: unknown; staff_id: string }>`select kind, detail, staff_id from event
      where about_kind in ('programme', 'evidence') order by seq`.execute(tx),
  )
  expect(rows.map(({ kind }) => kind)).toContain('programme decided')
  expect(new Set(rows.map(({ staff_id }) => staff_id))).toEqual(new Set([learners.as('nell').staff]))
  expect(JSON.stringify(rows)).not.toMatch(/harm|lessons/i)
})
