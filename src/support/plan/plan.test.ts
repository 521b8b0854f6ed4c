import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Name } from '../../../test/cast.ts'
import { openTestHouse, type TestHouse } from '../../../test/house.ts'
import { handedOver } from '../../../test/matters.ts'
import { safeguarding, signForCast } from '../../../test/signed-for-cast.ts'
import { endInvolvement, involve, involvedWith, statePurpose } from '../../sharing/index.ts'
import { identitySchema, openPerson } from '../../subjects/index.ts'

let house: TestHouse
let subject: string
let plan: string

beforeAll(async () => {
  house = await openTestHouse()
  await signForCast(house)
  const lena = house.as('lena')
  const at = house.clock.now
  subject = await house.seen(lena, async (tx) => {
    const said = identitySchema.parse({ name: 'Kezia Thorne', born_on: '2009-01-10' })
    const id = await openPerson(tx, house.house.keys, lena, said, { as: 'lead', at })
    const { agency, staff } = house.as('hal')
    await involve(tx, lena, { subject: id, agency, staff, role: 'circle', contact: '', at })
    return id
  })
  for (const name of ['lena', 'hal'] as const)
    await house.seen(house.as(name), (tx) => {
      const until = new Date(at.getTime() + 36_000_000)
      return statePurpose(tx, house.as(name), subject, { ...safeguarding, until }, at)
    })
  plan = `/people/${subject}/plan`
})
afterAll(() => house.close())

const due = (day: string, month = '12', year = '2026', name = 'due') => ({
  [`${name}-day`]: day,
  [`${name}-month`]: month,
  [`${name}-year`]: year,
})
const shown = async (name: Name, path = plan) => (await house.browser(name)).get(path)
const idOf = (kind: 'actions' | 'goals', text: string, words: string): string =>
  new RegExp(`${kind}/([0-9a-f-]{36})"[^>]*>[^<]*<span[^>]*>: ${words}`).exec(text)![1]!

test('a plan begins with its sort, and the first review is due by the clock of that sort', async () => {
  const lena = await house.browser('lena')
  expect((await lena.post(plan, {})).text).toContain('Select what sort of plan it is')
  expect((await lena.post(plan, { kind: 'child protection' })).location).toBe(`${plan}?done=started`)
  // Ten working days from 23 November.
  expect((await shown('lena')).text).toContain('7 December 2026')
  expect((await lena.post(plan, { kind: 'exploitation' }, { from: '/account' })).text).toContain(
    'There is a plan already',
  )
})

test('what they want stands beside what keeps them safe', async () => {
  const lena = await house.browser('lena')
  expect((await lena.post(`${plan}/goals/new`, {})).text).toContain('Enter the goal')
  await lena.post(`${plan}/goals/new`, { whose: 'own', part: 'safety', words: 'I want my own zylokey.' })
  await lena.post(`${plan}/goals/new`, { whose: 'protection', part: 'safety', words: 'Nobody waits at the stop.' })
  const { text } = await shown('lena')
  for (const words of ['What they want', 'I want my own zylokey.', 'What keeps them safe', 'Nobody waits at the stop.'])
    expect(text).toContain(words)
})

test('an action has exactly one owner, who is a person, and one day', async () => {
  const lena = await house.browser('lena')
  const to = `${plan}/actions/new`
  const said = { words: 'Change the zylolock.', part: 'home' }
  const none = await lena.post(to, said)
  for (const wrong of ['Select who does it', 'Enter by which day']) expect(none.text).toContain(wrong)
  const agency = house.cast.agencies['housing']!
  const alone = await lena.post(to, { ...said, ...due('4'), owner: 'somebody', agency })
  expect([alone.status, alone.text.includes('an agency alone cannot own an action')]).toEqual([422, true])
  const past = await lena.post(to, { ...said, ...due('4', '11'), owner: house.as('hal').staff })
  expect([past.status, past.text.includes('today or later'), past.text.includes('zylolock')]).toEqual([422, true, true])
  expect((await lena.post(to, { ...said, ...due('4'), owner: house.as('hal').staff })).location).toContain(
    'done=action',
  )
  await lena.post(to, {
    words: 'Look at the phone.',
    part: 'health',
    ...due('2'),
    owner: 'somebody',
    name: 'Bea Orr',
    agency,
  })
  const { text } = await shown('lena')
  for (const words of ['Who: Hal Ferris', 'By 4 December 2026', 'Who: Bea Orr']) expect(text).toContain(words)
  // Somebody who does not work with them cannot be given anything.
  const stranger = { ...said, ...due('4'), owner: house.as('wes').staff }
  expect((await lena.post(to, stranger)).text).toContain('Select who does it')
})

test('what an agency has to do it sees, whatever class it is of; the rest goes by the agreement', async () => {
  const hal = (await shown('hal')).text
  // A part of health is of a class that housing does not see, but this is its own to do.
  expect([hal.includes('Look at the phone.'), hal.includes('zylolock')]).toEqual([true, true])
  await (
    await house.browser('lena')
  ).post(`${plan}/actions/new`, {
    words: 'See the nurse.',
    part: 'health',
    ...due('5'),
    owner: house.as('lena').staff,
  })
  expect((await shown('hal')).text).not.toContain('See the nurse.')
  for (const name of ['wes', 'priya', 'ada', 'gwen'] as const) expect((await shown(name)).status).toBe(404)
})

test('what somebody has to do is listed for them, the next due first, by reference', async () => {
  const { text } = await shown('hal', '/actions')
  expect([text.includes('zylolock'), text.includes('Kezia'), text.includes('See the nurse')]).toEqual([
    true,
    false,
    false,
  ])
  expect((await shown('hal', '/work')).text).toContain('You have 1 action in people’s plans.')
  expect((await shown('priya', '/work')).text).not.toContain('in people’s plans')
})

test('a stuck one asks for its smallest next step, which has a day of its own', async () => {
  const hal = await house.browser('hal')
  const action = `${plan}/actions/${idOf('actions', (await shown('hal')).text, 'Change')}`
  const last = /name="last" value="([^"]+)"/.exec((await hal.get(action)).text)![1]!
  expect((await hal.post(action, { last })).text).toContain('Select what happened')
  expect((await hal.post(action, { last, said: 'stuck' })).text).toContain('Enter a few words')
  expect((await hal.post(action, { last, said: 'stuck', words: 'No zyloparts.' })).location).toContain('done=said')
  expect((await shown('hal')).text).toContain('what is the smallest next step?')
  const again = await hal.post(action, { last, said: 'done' })
  expect([again.status, again.text.includes('said something of it meanwhile')]).toEqual([422, true])
  const now = /name="last" value="([^"]+)"/.exec((await hal.get(action)).text)![1]!
  const step = { last: now, said: 'next step', words: 'Ring the locksmith.', ...due('26', '11') }
  expect((await hal.post(action, step)).location).toContain('done=said')
  const { text } = await shown('hal')
  expect([text.includes('By 26 November 2026'), text.includes('smallest next step?')]).toEqual([true, false])
})

test('a review has what changed, what the person says or why not, decisions and the next day', async () => {
  const lena = await house.browser('lena')
  const to = `${plan}/review`
  expect((await lena.get(to)).text).toContain('By the clock of this plan it is due by 23 February 2027.')
  const half = await lena.post(to, { changed: 'Calmer.', decisions: 'Go on.', heard: 'no', kind: 'child protection' })
  expect([half.status, half.text.includes('Enter why they were not heard')]).toEqual([422, true])
  const whole = {
    ...due('23', '11', '2026', 'held'),
    ...due('20', '02', '2027', 'next'),
    changed: 'Calmer.',
    decisions: 'Go on.',
    heard: 'yes',
    view: 'I sleep now.',
    channel: 'drawing',
    kind: 'child protection',
  }
  expect((await lena.post(to, whole)).location).toContain('done=reviewed')
  const { text } = await shown('lena')
  for (const words of ['I sleep now.', 'Next review by 20 February 2027']) expect(text).toContain(words)
  // Typed once, it stands among all that they said, for nobody who may not read the review.
  const voice = (await shown('lena', `/people/${subject}/voice`)).text
  for (const words of ['I sleep now.', 'A drawing, 23 November 2026']) expect(voice).toContain(words)
  expect((await shown('hal', `/people/${subject}/voice`)).text).not.toContain('I sleep now.')
  const print = (await shown('lena', `${plan}/print`)).text
  expect([print.includes('I want my own zylokey.'), print.includes('Hal Ferris will do this by')]).toEqual([true, true])
})

test('what was the action of somebody who left has no owner, and is never lost', async () => {
  const lena = house.as('lena')
  await house.seen(lena, async (tx) => {
    const live = await involvedWith(tx, lena.partnership, subject, house.clock.now)
    const hal = live.find(({ staff_id }) => staff_id === house.as('hal').staff)!
    const said = { keys: house.house.keys, why: 'Moved on' }
    const ending = { subject, involvement: hal.id, reason: 'left post', at: house.clock.now, said } as const
    await endInvolvement(tx, lena, { ...ending, handover: handedOver('2026-11-20') })
  })
  const { text } = await shown('lena')
  for (const words of ['Nobody owns these', 'Was with: Hal Ferris', 'zylolock']) expect(text).toContain(words)
  expect((await shown('hal', '/actions')).text).not.toContain('zylolock')
  const browser = await house.browser('lena')
  const action = `${plan}/actions/${idOf('actions', text, 'Change')}`
  const last = /name="last" value="([^"]+)"/.exec((await browser.get(action)).text)![1]!
  const given = { last, said: 'given', words: 'Hal has moved on.', owner: lena.staff, ...due('9') }
  expect((await browser.post(action, given)).location).toContain('done=said')
  expect((await shown('lena')).text).toContain('Who: Lena Sorrel')
})

test('the story of the person tells when the plan began, what was done and when it was reviewed', async () => {
  const { text } = await shown('lena', `/people/${subject}`)
  for (const words of ['The plan began: Child protection plan', 'The plan was reviewed', '1 has no owner.'])
    expect(text).toContain(words)
})

test('no word of the plan stands in the database as it was written', async () => {
  const tables = ['plan_goal', 'plan_action', 'plan_progress', 'plan_review', 'event']
  for (const table of tables) {
    const { rows } = await house.seen(house.system, (tx) =>
      sql`select from ${sql.table(table)} t where t::text like '%zylo%'`.execute(tx),
    )
    expect([table, rows]).toEqual([table, []])
  }
})
