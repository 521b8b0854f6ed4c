import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Name } from '../../../test/cast.ts'
import { openTestHouse, type TestHouse } from '../../../test/house.ts'
import { safeguarding, signForCast } from '../../../test/signed-for-cast.ts'
import { dueAt, instant, momentsOf } from '../../platform/index.ts'
import { involve, statePurpose } from '../../sharing/index.ts'
import { identitySchema, openPerson } from '../../subjects/index.ts'
import { startPlan } from '../plan/write.ts'
import { hoursMissing, isAdults, turnedEighteen } from './missing.ts'
import { reasonsFor } from './triggers.ts'

const zone = 'Europe/London'
const calendar = { zone, opens: 540, closes: 1020, holidays: new Set<string>() }
const hours = { amount: 72, unit: 'hours' } as const
const clock = (date: string, time: string): Date => {
  const [hour, minute] = time.split(':').map(Number) as [number, number]
  return instant(date, hour * 60 + minute, zone)
}

let house: TestHouse
let subject: string
let missing: string

/** Turns 18 on 1 March 2027. */
const open = async (name: string): Promise<string> => {
  const lena = house.as('lena')
  const at = house.clock.now
  const id = await house.seen(lena, async (tx) => {
    const said = identitySchema.parse({ name, born_on: '2009-03-01' })
    const opened = await openPerson(tx, house.house.keys, lena, said, { as: 'lead', at })
    const { agency, staff } = house.as('hal')
    await involve(tx, lena, { subject: opened, agency, staff, role: 'circle', contact: '', at })
    return opened
  })
  for (const who of ['lena', 'hal'] as const) await state(who, id)
  return id
}
const state = (who: Name, id: string) =>
  house.seen(house.as(who), (tx) => {
    const until = new Date(house.clock.now.getTime() + 36_000_000)
    return statePurpose(tx, house.as(who), id, { ...safeguarding, until }, house.clock.now)
  })

beforeAll(async () => {
  house = await openTestHouse()
  await signForCast(house)
  subject = await open('Kezia Thorne')
  missing = `/people/${subject}/missing`
})
afterAll(() => house.close())

const shown = async (name: Name, path = missing) => (await house.browser(name)).get(path)
const when = (name: string, day: string, month: string, year: string, time: string) => ({
  [`${name}-day`]: day,
  [`${name}-month`]: month,
  [`${name}-year`]: year,
  [`${name}-time`]: time,
})
const report = {
  ...when('started', '22', '11', '2026', '21:30'),
  place: '14 Zylo Close',
  reported_by: 'Her nan, zylonan',
  looked_after: 'no',
  out_of_county: 'not known',
  exploitation: 'yes',
  grade: 'medium',
  reference: 'Z-221',
}
const sent = async (who: Name, path: string, form: Record<string, string>) =>
  (await house.browser(who)).post(path, form)

test('72 hours are hours that pass, also over the nights on which clocks change', () => {
  // Back on Saturday morning before the clocks go forward, and before they go back.
  expect(dueAt(clock('2026-03-28', '10:00'), hours, calendar)).toEqual(clock('2026-03-31', '11:00'))
  expect(dueAt(clock('2026-10-24', '10:00'), hours, calendar)).toEqual(clock('2026-10-27', '09:00'))
  const night = (date: string, next: string) =>
    hoursMissing({ started_at: clock(date, '22:00'), ended_at: clock(next, '22:00') }, new Date())
  expect([night('2026-03-28', '2026-03-29'), night('2026-10-24', '2026-10-25')]).toEqual([23, 25])
})

test('a time of day stands for one moment, for none in the hour left out in March, for two in that of October', () => {
  expect(momentsOf('2026-03-29', 90, zone)).toEqual([])
  expect(momentsOf('2026-10-25', 90, zone).map((one) => one.toISOString())).toEqual([
    '2026-10-25T00:30:00.000Z',
    '2026-10-25T01:30:00.000Z',
  ])
  expect(momentsOf('2026-06-01', 90, zone)).toEqual([new Date('2026-06-01T00:30:00Z')])
})

test('each rule that holds is a reason with its number, and nothing is added up', () => {
  const started_at = clock('2026-11-20', '22:00')
  const episode = { started_at, ended_at: null, looked_after: 'yes', out_of_county: 'yes', exploitation: 'no' } as const
  const starts = ['2026-08-22', '2026-10-01', '2026-11-20'].map((day) => clock(day, '22:00'))
  const asked = { episode, starts, others: 2, adultFrom: '2032-01-01', now: clock('2026-11-21', '22:00'), zone }
  expect(reasonsFor(asked)).toEqual([
    { code: 'often', count: 3, limit: 90 },
    { code: 'long', count: 24, limit: 24 },
    { code: 'out of county', count: 0, limit: 0 },
    { code: 'looked after', count: 0, limit: 0 },
    { code: 'young', count: 0, limit: 13 },
    { code: 'others', count: 2, limit: 0 },
  ])
  // A day earlier is 91 days, an hour less is under a day, thirteen that day is not under thirteen.
  const less = { ...asked, starts: [clock('2026-08-21', '22:00'), ...starts.slice(1)], others: 0 }
  const few = reasonsFor({ ...less, now: clock('2026-11-21', '21:00'), adultFrom: '2031-11-20' })
  expect(few.map(({ code }) => code)).toEqual(['out of county', 'looked after'])
})

test('whoever turns 18 while missing goes on being missing, as an adult', () => {
  const open = { started_at: clock('2027-02-27', '23:00'), ended_at: null }
  const on = (day: string) => [
    isAdults(open, '2027-03-01', clock(day, '12:00'), zone),
    turnedEighteen(open, '2027-03-01', clock(day, '12:00'), zone),
  ]
  expect([on('2027-02-28'), on('2027-03-01')]).toEqual([
    [false, false],
    [true, true],
  ])
})

test('that somebody is missing needs three answers; what is wrong is said and what was typed is kept', async () => {
  const empty = await sent('lena', `${missing}/new`, {})
  expect(empty.status).toBe(422)
  for (const wrong of [
    'Enter where they are missing from',
    'Enter who says so',
    'Select whether they are looked after',
  ])
    expect(empty.text).toContain(wrong)
  const undated = await sent('lena', `${missing}/new`, { ...report, ...when('started', '', '', '', '') })
  expect(undated.text).toContain('Enter since when they are missing')
  const never = await sent('lena', `${missing}/new`, { ...report, ...when('started', '29', '03', '2026', '01:30') })
  expect([
    never.status,
    never.text.includes('There was no 01:30 that night'),
    never.text.includes('Zylo Close'),
  ]).toEqual([422, true, true])
  const twice = await sent('lena', `${missing}/new`, { ...report, ...when('started', '25', '10', '2026', '01:30') })
  expect([twice.status, twice.text.includes('Select which of the two it was')]).toEqual([422, true])
  const later = await sent('lena', `${missing}/new`, { ...report, ...when('started', '24', '11', '2026', '01:30') })
  expect([later.status, later.text.includes('must be today or before')]).toEqual([422, true])
  const care = await sent('lena', `${missing}/new`, { ...report, looked_after: 'yes' })
  expect(care.text).toContain('Select which of the two it is')
})

let one: string
test('who is missing stands on the page of the person and among those who are missing now', async () => {
  const kept = await sent('lena', `${missing}/new`, report)
  expect(kept.location).toMatch(new RegExp(`^${missing}/[0-9a-f-]{36}\\?done=reported$`))
  one = kept.location.split('?')[0]!
  const { text } = await shown('lena', one)
  for (const words of ['22 November 2026 at 21:30', '12 hours', '14 Zylo Close', 'Medium, since', 'Reference Z-221'])
    expect(text).toContain(words)
  expect(text).toContain('It is known, or thought, that somebody exploits them')
  expect((await shown('lena', `/people/${subject}`)).text).toContain(
    'Missing since 22 November 2026 at 21:30: 12 hours.',
  )
  const board = (await shown('lena', '/missing')).text
  for (const words of ['Kezia Thorne', 'Police grade: medium', '12 hours']) expect(board).toContain(words)
  // Somebody who is missing already is not missing twice.
  expect((await sent('hal', `${missing}/new`, report)).text).toContain('They are missing already')
})

test('nobody is on the list who does not exist for its reader, and a name waits for a purpose', async () => {
  for (const name of ['wes', 'saul'] as const) {
    const { status, text } = await shown(name, '/missing')
    if (status === 200) expect(text).toContain('Nobody is missing whom you may see.')
  }
  expect((await shown('wes', one)).status).toBe(404)
  const other = await open('Rowan Ash')
  await sent('lena', `/people/${other}/missing/new`, { ...report, place: '14, zylo close' })
  house.clock.now = new Date('2026-11-24T10:00:00Z')
  const { text } = await shown('lena', '/missing')
  expect([text.includes('Kezia'), text.includes('Say why you are looking')]).toEqual([false, true])
  for (const id of [subject, other]) await state('lena', id)
  await state('hal', subject)
  expect((await shown('lena', one)).text).toContain('Somebody else was missing from the same place at the same time')
})

test('a new grade stands beside the earlier one, and whom it may have to do with is kept', async () => {
  expect((await sent('lena', `${one}/news`, {})).text).toContain('Enter a new grade, or whom or what')
  expect((await sent('lena', `${one}/news`, { kind: 'phone' })).text).toContain('Enter whom, where or which number')
  const news = { grade: 'high', why: 'Seen in a grey car', kind: 'phone', words: '07700 900555 zylophone' }
  expect((await sent('lena', `${one}/news`, news)).location).toBe(`${one}?done=news`)
  const { text } = await shown('lena', one)
  for (const words of ['High, since', 'Medium, since', 'Seen in a grey car', 'zylophone']) expect(text).toContain(words)
})

const back = {
  ...when('ended', '24', '11', '2026', '08:00'),
  where: 'Zylo station',
  by: 'A guard',
  how: 'Rang her nan',
  prevention: 'yes',
  well: 'not known',
}
test('only somebody who says that they are back ends it; then the 72 hours run', async () => {
  expect((await shown('lena', `${one}/offer`)).status).toBe(404)
  const early = await sent('lena', `${one}/back`, { ...back, ...when('ended', '22', '11', '2026', '20:00') })
  expect([early.status, early.text.includes('cannot be back before')]).toEqual([422, true])
  expect((await sent('lena', `${one}/back`, back)).location).toBe(`${one}?done=back`)
  expect((await sent('lena', `${one}/back`, back)).text).toContain('Somebody has said already')
  const { text } = await shown('lena', one)
  for (const words of ['To be held by 27 November 2026 at 08:00.', 'Zylo station', 'Rang her nan'])
    expect(text).toContain(words)
  expect((await shown('lena', '/missing')).text).not.toContain('Kezia Thorne')
})

test('no is an answer and not the end: who spoke with them instead, and when somebody tries again', async () => {
  const offer = {
    ...when('offered', '24', '11', '2026', '09:00'),
    by: 'Hal Ferris',
    independent: 'yes',
    answer: 'refused',
  }
  const half = await sent('hal', `${one}/offer`, offer)
  for (const wrong of ['Enter who else spoke with them', 'Enter when somebody tries again'])
    expect(half.text).toContain(wrong)
  const again = { 'again-day': '26', 'again-month': '11', 'again-year': '2026' }
  const said = { ...offer, ...again, spoke: 'Her teacher, zyloteacher', carer: 'She slept all day' }
  expect((await sent('hal', `${one}/offer`, said)).location).toBe(`${one}?done=offered`)
  const { text } = await shown('lena', one)
  for (const words of ['They said no. Offered by Hal Ferris', 'zyloteacher', 'Try again on 26 November 2026'])
    expect(text).toContain(words)
  expect((await shown('lena', `/people/${subject}`)).text).toContain('Try again to offer a conversation')
})

test('a conversation that is late is late; one that is held says whether it was in time', async () => {
  house.clock.now = new Date('2026-11-27T09:00:00Z')
  await state('lena', subject)
  expect((await shown('lena', one)).text).toContain('Should have been held by 27 November 2026 at 08:00')
  const talk = {
    ...when('held', '27', '11', '2026', '07:30'),
    by: 'Lena Sorrel',
    independent: 'no',
    where: 'The park',
    said: 'They said I owed zylomoney.',
    actions: 'Lena rings the college\n\nA zylolock for the door',
  }
  expect((await sent('lena', `${one}/talk`, { ...talk, said: ' ' })).text).toContain('Enter what they said')
  expect((await sent('lena', `${one}/talk`, talk)).location).toBe(`${one}?done=talked`)
  const { text } = await shown('lena', one)
  for (const words of ['Held within 72 hours', 'I owed zylomoney.']) expect(text).toContain(words)
  const told = (await shown('lena', `/people/${subject}`)).text
  for (const words of ['Spoke about being missing', 'and said no', 'Back after they were missing for 1 day 10 hours'])
    expect(told).toContain(words)
})

test('what a conversation says is to be done waits beside the plan: taken on as it was written, or left out with a reason', async () => {
  await house.seen(house.as('lena'), async (tx) => {
    const plan = { kind: 'exploitation', review_on: '2026-12-20' } as const
    await startPlan(tx, house.as('lena'), { id: subject, adult_from: '2027-03-01' }, plan, house.clock.now)
  })
  const plan = `/people/${subject}/plan`
  expect((await shown('lena', `/people/${subject}`)).text).toContain('2 things are proposed.')
  const { text } = await shown('lena', plan)
  for (const words of ['Lena rings the college', 'A zylolock for the door']) expect(text).toContain(words)
  const [first, second] = [...text.matchAll(/href="([^"]+\/plan\/proposals\/[^"]+)"/g)].map(([, href]) => href!)
  const form = (await shown('lena', first)).text
  expect(form).toMatch(/<textarea[^>]* name="words"[^>]*>Lena rings the college</)
  expect((await sent('lena', first!, { words: 'Lena rings the college' })).status).toBe(422)
  const said = { words: 'Lena rings the college', part: 'education or work', owner: house.as('lena').staff }
  const due = { 'due-day': '4', 'due-month': '12', 'due-year': '2026' }
  expect((await sent('lena', first!, { ...said, ...due })).location).toBe(`${plan}?done=action`)
  expect((await sent('lena', second!, { why: ' ' })).text).toContain('Write why it is not for the plan')
  expect((await sent('lena', second!, { why: 'The landlord did it zylowhy' })).location).toBe(`${plan}?done=notTaken`)
  expect((await shown('lena', second)).status).toBe(404)
  expect((await shown('lena', plan)).text).not.toContain('Proposed for the plan')
  expect((await shown('lena', '/actions')).text).toContain('Lena rings the college')
})

test('at 18 an episode goes on as an adult’s, and a conversation takes their consent', async () => {
  house.clock.now = new Date('2027-02-27T10:00:00Z')
  await state('lena', subject)
  const again = { ...report, ...when('started', '26', '02', '2027', '20:00') }
  const two = (await sent('lena', `${missing}/new`, again)).location.split('?')[0]!
  house.clock.now = new Date('2027-03-02T10:00:00Z')
  await state('lena', subject)
  expect((await shown('lena', two)).text).toContain('They turned 18 on 1 March 2027 while they were missing')
  expect((await shown('lena', '/missing')).text).toContain('An adult now')
  await sent('lena', `${two}/back`, { ...back, ...when('ended', '02', '03', '2027', '09:00') })
  expect((await shown('lena', two)).text).toContain('held only if they agree')
  const talk = {
    ...when('held', '02', '03', '2027', '09:30'),
    by: 'L',
    independent: 'no',
    where: 'W',
    said: 'S',
    actions: 'A',
  }
  expect((await sent('lena', `${two}/talk`, talk)).text).toContain('Select that they agreed')
  expect((await sent('lena', `${two}/talk`, { ...talk, agreed: 'yes' })).location).toBe(`${two}?done=talked`)
  const { rows } = await house.seen(house.system, (tx) =>
    sql`select turned_eighteen, in_time from missing_facts order by started_at`.execute(tx),
  )
  expect(rows).toContainEqual({ turned_eighteen: true, in_time: true })
})

test('no word of it stands in the database as it was written', async () => {
  const tables = ['episode', 'grade', 'link', 'return', 'offer', 'talk'].map((name) => `missing_${name}`)
  for (const table of [...tables, 'plan_proposal', 'plan_proposal_answer', 'event']) {
    const { rows } = await house.seen(house.system, (tx) =>
      sql`select from ${sql.table(table)} t where t::text ilike '%zylo%'`.execute(tx),
    )
    expect([table, rows]).toEqual([table, []])
  }
})
