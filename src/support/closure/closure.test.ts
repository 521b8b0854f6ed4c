import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Name } from '../../../test/cast.ts'
import { openTestHouse, type TestHouse } from '../../../test/house.ts'
import { safeguarding, signForCast } from '../../../test/signed-for-cast.ts'
import { jobsWith } from '../../app.ts'
import * as concerns from '../../concerns/index.ts'
import * as joining from '../../joining/index.ts'
import { runDueJobs } from '../../platform/index.ts'
import { involve, statePurpose } from '../../sharing/index.ts'
import { identitySchema, openPerson, subjectFacts } from '../../subjects/index.ts'
import { startPlan } from '../plan/write.ts'

let house: TestHouse
let subject: string
let plan: string

/** Far from eighteen, so that nobody else has to say yes. */
const open = async (name: string, born_on: string): Promise<string> => {
  const lena = house.as('lena')
  const at = house.clock.now
  const id = await house.seen(lena, async (tx) => {
    const said = identitySchema.parse({
      name,
      born_on,
      phone: '07700 900444',
      address: '4 Elm Row',
      postcode: 'EL1 1AA',
    })
    const opened = await openPerson(tx, house.house.keys, lena, said, { as: 'lead', at })
    const { agency, staff } = house.as('hal')
    await involve(tx, lena, { subject: opened, agency, staff, role: 'trusted adult', contact: '', at })
    await startPlan(
      tx,
      lena,
      (await subjectFacts(tx, lena.partnership, opened))!,
      { kind: 'exploitation', review_on: '2026-12-20' },
      at,
    )
    return opened
  })
  for (const who of ['lena', 'hal'] as const)
    await house.seen(house.as(who), (tx) => {
      const until = new Date(at.getTime() + 36_000_000)
      return statePurpose(tx, house.as(who), id, { ...safeguarding, until }, at)
    })
  return id
}

beforeAll(async () => {
  house = await openTestHouse()
  await signForCast(house)
  subject = await open('Kezia Thorne', '2011-03-01')
  plan = `/people/${subject}/plan`
})
afterAll(() => house.close())

const shown = async (name: Name, path = plan) => (await house.browser(name)).get(path)
const until = { 'until-day': '1', 'until-month': '3', 'until-year': '2027' }
const closing = (keeper: Name = 'hal') => ({
  keeper: house.as(keeper).staff,
  ...until,
  stays: 'Hal, on Fridays.',
  signs: 'A new zylophone.',
  instead: 'College and her nan.',
  heard: 'yes',
  view: 'I am all right.',
})
const work = () =>
  runDueJobs(house.db, jobsWith(house.house.keys), (kind, error) => {
    throw new Error(kind, { cause: error })
  })

test('a step down is answered in words, by a person; back up is one step and a reason', async () => {
  const lena = await house.browser('lena')
  const empty = await lena.post(`${plan}/step-down`, {})
  expect(empty.status).toBe(422)
  for (const wrong of ['whether it is safer', 'who stays', 'that it is coming back', 'the one step back'])
    expect(empty.text).toContain(wrong)
  const answers = { safer: 'She walks home.', stays: 'Hal.', signs: 'A new phone.', back: 'Ring Hal.' }
  expect((await lena.post(`${plan}/step-down`, answers)).location).toBe(`${plan}?done=stepped`)
  expect((await shown('lena')).text).toContain('It stands at: a lighter plan.')
  expect((await lena.post(`${plan}/step-up`, { why: ' ' })).text).toContain('Enter why it goes back up')
  await lena.post(`${plan}/step-up`, { why: 'The car is back.' })
  const { text } = await shown('lena')
  for (const words of ['It stands at: the whole plan.', 'The car is back.', 'She walks home.'])
    expect(text).toContain(words)
  expect((await shown('lena', `${plan}/step-up`)).status).toBe(404)
  // Who stays and what would show it are asked once; whether it is safer is judged each time.
  for (const form of ['step-down', 'close']) {
    const begun = (await shown('lena', `${plan}/${form}`)).text
    for (const words of ['What was answered before stands here', '>Hal.<', '>A new phone.<'])
      expect(begun).toContain(words)
    expect(begun).not.toContain('She walks home.')
  }
})

test('closing needs a keeper, who stays in touch, their view, early-warning signs and what happens instead', async () => {
  const lena = await house.browser('lena')
  const empty = await lena.post(`${plan}/close`, { heard: 'no' })
  for (const wrong of [
    'Select who keeps watch',
    'Enter until which day',
    'Enter who stays in touch',
    'Enter what happens instead',
  ])
    expect(empty.text).toContain(wrong)
  const past = await lena.post(`${plan}/close`, { ...closing(), 'until-year': '2026', view: '' })
  for (const wrong of ['The day must be after today', 'Enter what they say']) expect(past.text).toContain(wrong)
  expect((await lena.post(`${plan}/close`, closing())).location).toBe(`${plan}?done=closed`)
  expect((await shown('lena')).text).toContain('Hal Ferris keeps watch until 1 March 2027.')
  expect((await shown('lena', `/people/${subject}/voice`)).text).toContain('I am all right.')
})

test('the day on which watch was to end ends nothing: the keeper is asked to look again', async () => {
  await house.seen(house.system, (tx) => sql`update plan_closure set until_on = '2026-11-22'`.execute(tx))
  const { text } = await shown('lena')
  expect([text.includes('Closed with watch.'), text.includes('Nothing closes by itself.')]).toEqual([true, true])
})

const dena = () => house.as('dena')
const concern = async (): Promise<string> => {
  const said = concerns.reportSchema.parse({
    worry: 'She was in the grey car again',
    people: [
      {
        name: 'Kezia Thorne',
        part: 'worried about',
        born_on: '2011-03-01',
        phone: '07700 900444',
        address: '4 Elm Row',
        postcode: 'EL1 1AA',
      },
    ],
  })
  const sent = await house.seen(house.as('priya'), (tx) =>
    concerns.report(tx, house.house.keys, house.as('priya'), said, { channel: 'professional', at: house.clock.now }),
  )
  if (sent === 'already sent') throw new Error(sent)
  return sent.concern
}

test('a concern that is very likely about somebody closed is a question to the keeper, and opens nothing', async () => {
  await work()
  const id = await concern()
  await work()
  for (const name of ['hal', 'lena'] as const)
    expect((await shown(name, '/actions')).text).toContain('A concern that came in may be about P-')
  expect((await shown('lena')).text).toContain('Closed with watch.')
  await house.seen(dena(), async (tx) => {
    const [proposal] = await joining.proposalsFor(tx, house.house.keys, dena(), id, house.clock.now)
    const answer = { answer: 'same', why: 'Same phone', shown: ['phone'], at: house.clock.now } as const
    expect((await joining.decide(tx, house.house.keys, dena(), proposal!.id, answer)).outcome).toBe('decided')
  })
})

test('once somebody says that it is about them the plan is open again at once, and three people are told', async () => {
  await work()
  const { text } = await shown('lena')
  expect([text.includes('Open again: a concern about them came in.'), text.includes('keeps watch until')]).toEqual([
    true,
    false,
  ])
  const hal = await house.browser('hal')
  const told = (await hal.get('/work')).text
  expect(told).toContain('is open again')
  const read = [...told.matchAll(/name="read" value="([^"]+)"/g)].map(([, id]) => id!)
  await hal.post('/actions/read', { read }, { from: '/work' })
  expect((await hal.get('/work')).text).not.toContain('is open again')
  expect((await shown('priya', '/work')).text).not.toContain('is open again')
})

test('so near eighteen closing waits for a second person, who is not the one who asked; and it is counted', async () => {
  const near = await open('Rowan Ash', '2008-12-20')
  const to = `/people/${near}/plan`
  const lena = await house.browser('lena')
  expect((await lena.get(`${to}/close`)).text).toContain('within 60 days of their 18th birthday')
  expect((await lena.post(`${to}/close`, closing())).location).toBe(`${to}?done=waits`)
  expect((await lena.get(`${to}/close/second`)).status).toBe(404)
  const hal = await house.browser('hal')
  expect((await hal.get(to)).text).toContain('it waits for a second person')
  expect((await hal.post(`${to}/close/second`, { answer: 'yes' })).text).toContain('Enter why')
  await hal.post(`${to}/close/second`, { answer: 'no', why: 'She has no worker at eighteen yet.' })
  expect((await hal.get(to)).text).not.toContain('Closed with watch.')
  house.clock.now = new Date(house.clock.now.getTime() + 60_000)
  await lena.post(`${to}/close`, closing())
  await hal.post(`${to}/close/second`, { answer: 'yes', why: 'Her adult worker has met her twice.' })
  expect((await hal.get(to)).text).toContain('Closed with watch.')
  const { rows } = await house.seen(house.system, (tx) =>
    sql`select from closure_facts where near_eighteen`.execute(tx),
  )
  expect(rows).toHaveLength(1)
  expect((await lena.post(`${to}/reopen`, { why: 'He rang.' })).location).toBe(`${to}?done=reopened`)
  expect((await lena.get(to)).text).toContain('Open again: somebody asked for it.')
})

test('strangers find no plan, and no word stands in the database as it was written', async () => {
  for (const name of ['wes', 'priya', 'ada', 'gwen'] as const)
    for (const end of ['close', 'reopen', 'step-down']) expect((await shown(name, `${plan}/${end}`)).status).toBe(404)
  for (const table of ['plan_step', 'plan_closure', 'plan_reopening', 'event', 'job']) {
    const { rows } = await house.seen(house.system, (tx) =>
      sql`select from ${sql.table(table)} t where t::text like '%zylo%'`.execute(tx),
    )
    expect([table, rows]).toEqual([table, []])
  }
})
