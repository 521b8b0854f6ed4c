import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Name } from '../../../test/cast.ts'
import { openTestHouse, type Browser, type TestHouse } from '../../../test/house.ts'
import { safeguarding, signForCast } from '../../../test/signed-for-cast.ts'
import { involve, statePurpose } from '../../sharing/index.ts'
import { eraseSubject } from '../../subjects/erase.ts'
import { identitySchema, openPerson, subjectFacts } from '../../subjects/index.ts'
import { wordsIn } from '../../web/index.ts'
import { beginDay } from '../days.ts'
import { heldOf } from '../held.ts'
import { reportMissing } from '../missing/report.ts'
import { startPlan } from '../plan/write.ts'

let house: TestHouse
let rowan: string
let page: string

beforeAll(async () => {
  house = await openTestHouse()
  await signForCast(house)
  house.clock.now = new Date('2028-02-28T09:00:00Z')
  // Born on a day that most years do not have.
  rowan = await person('Rowan Ash', '2012-02-29')
  page = `/people/${rowan}/eighteen`
})
afterAll(() => house.close())

const person = async (name: string, born_on: string | null): Promise<string> => {
  const lena = house.as('lena')
  const at = house.clock.now
  return house.seen(lena, async (tx) => {
    const said = identitySchema.parse({ name, born_on })
    const id = await openPerson(tx, house.house.keys, lena, said, { as: 'lead', at })
    const { agency, staff } = house.as('hal')
    await involve(tx, lena, { subject: id, agency, staff, role: 'circle', contact: '', at })
    const facts = (await subjectFacts(tx, lena.partnership, id))!
    await startPlan(tx, lena, facts, { kind: 'exploitation', review_on: '2040-01-01' }, at)
    return id
  })
}
/** Signed in on this day, with a purpose for it. */
const today = async (day: string, name: Name = 'lena', id = rowan): Promise<Browser> => {
  house.clock.now = new Date(`${day}T09:00:00Z`)
  const until = new Date(house.clock.now.getTime() + 36_000_000)
  await house.seen(house.as(name), (tx) =>
    statePurpose(tx, house.as(name), id, { ...safeguarding, until }, house.clock.now),
  )
  await house.seen(house.system, (tx) => beginDay(tx, house.cast.partnership, house.clock.now))
  return house.browser(name)
}
const codes = async (id = rowan): Promise<string[]> => {
  const { rows } = await house.seen(house.system, (tx) =>
    sql<{ code: string }>`select code from transition_task where subject_id = ${id} order by falls_on, code`.execute(
      tx,
    ),
  )
  return rows.map(({ code }) => code)
}
const taskIn = (text: string, label: string): string =>
  `${page}/tasks/${new RegExp(`tasks/([0-9a-f-]{36})"[^>]*>${label}`).exec(text)![1]!}`

test('the sixteenth birthday calls for its tasks on its day and once, however often the night comes', async () => {
  const before = await (await today('2028-02-28')).get(page)
  expect(before.text).toContain('This begins on 29 February 2028')
  expect(await codes()).toEqual([])
  await today('2028-02-29')
  const lena = await today('2028-02-29')
  expect(await codes()).toEqual(['adult-pathway', 'consent-records'])
  const { text } = await lena.get(page)
  for (const words of ['Tell them about help for adults', 'By 28 March 2028', 'Nothing here ends on 1 March 2030'])
    expect(text).toContain(words)
  const late = (await (await today('2028-03-29')).get(page)).text
  expect([late.includes('Was due 28 March 2028'), late.includes('By 28 March 2028')]).toEqual([true, false])
})

test('the law for a child and for an adult stand side by side, and what nobody confirmed is not shown as law', async () => {
  const { text } = await (await today('2028-03-01')).get(page)
  for (const words of [
    'What changes on 1 March 2030',
    'Section 47 enquiries',
    'Section 42 enquiries',
    'Until 1 March 2030',
  ])
    expect(text).toContain(words)
  expect(text.indexOf('To be checked')).toBeLessThan(text.indexOf('A narrower defence'))
  expect(text.indexOf('To be checked')).toBeGreaterThan(text.indexOf('Child abduction warning notices'))
})

test('each task is carried by somebody on both sides, and one of them may be another for one task', async () => {
  await today('2029-02-28')
  expect(await codes()).not.toContain('joint-owners')
  const lena = await today('2029-03-01')
  expect(await codes()).toContain('joint-owners')
  expect((await lena.get(page)).text).toContain('Nobody yet: name somebody before 17 years and 9 months')
  const to = `${page}/owners`
  const empty = await lena.post(to, {})
  expect([empty.status, empty.text.includes('Select which side they are from')]).toEqual([422, true])
  await lena.post(to, { side: 'child', owner: house.as('lena').staff })
  const alone = await lena.post(to, { side: 'adult', owner: 'somebody', agency: house.as('hal').agency })
  expect(alone.text).toContain('Enter a name and an agency')
  const named = { side: 'adult', owner: 'somebody', name: 'Zyla Moor', agency: house.as('hal').agency }
  expect((await lena.post(to, named)).location).toBe(`${page}?done=owner`)
  const { text } = await lena.get(page)
  expect(text).toContain('Lena Sorrel, with Zyla Moor')
  const task = taskIn(text, 'Tell them about help for adults').split('/').at(-1)!
  await lena.post(to, { side: 'adult', owner: house.as('hal').staff, task })
  const after = (await lena.get(page)).text
  expect(after).toContain('Lena Sorrel, with Hal Ferris')
  expect(after).toMatch(/Hal Ferris, [^<]+: only “Tell them about help for adults”/)
  expect(after).toContain('Lena Sorrel, with Zyla Moor')
})

test('what the record says already is ticked the first time with where it says it, and counts once somebody keeps it', async () => {
  const lena = await today('2029-03-01')
  expect((await lena.get(page)).text).not.toMatch(/value="looked-after"[^>]* checked/)
  const at = house.clock.now
  const known = { looked_after: 'yes', absence: 'M', out_of_county: 'no', exploitation: 'no' } as const
  const words = { reported_by: 'R', seen_by: '', seen_where: '', clothing: '', place: 'P', what: '' }
  const times = { started_at: at, reported_at: at, seen_at: null }
  await house.seen(house.as('lena'), (tx) =>
    reportMissing(
      tx,
      house.house.keys,
      house.as('lena'),
      { id: rowan, adult_from: '2030-03-01' },
      { ...known, ...words, ...times },
      at,
    ),
  )
  const { text } = await lena.get(page)
  for (const code of ['looked-after', 'missing'])
    expect(text).toMatch(new RegExp(`<input[^>]*value="${code}"[^>]* checked|<input[^>]* checked[^>]*value="${code}"`))
  expect(text).toContain('The report of a missing episode on 1 March 2029 says so')
  expect(await codes()).not.toContain('personal-adviser')
  // Said once, it is no more ticked for anybody: what was left out stays left out, and the page still says what it knows.
  await lena.post(page, { so: ['looked-after'] })
  const after = (await lena.get(page)).text
  expect(after).not.toMatch(/<input[^>]*value="missing"[^>]* checked|<input[^>]* checked[^>]*value="missing"/)
  expect(after).toContain('They are missing since 1 March 2029')
})

test('what is so for them calls for tasks of its own, and consent to stay in is asked for before the birthday', async () => {
  await today('2030-02-25')
  expect(await codes()).not.toContain('nrm-consent')
  const lena = await house.browser('lena')
  expect((await lena.post(page, { so: 'never' })).text).toContain('Select from the list')
  expect((await lena.post(page, { so: ['nrm', 'looked-after'] })).location).toBe(`${page}?done=said`)
  expect(await codes()).toEqual(expect.arrayContaining(['nrm-consent', 'personal-adviser']))
  const { text } = await lena.get(page)
  expect(text).toContain('by 28 February 2030, before the birthday')
  const task = taskIn(text, 'Ask whether they consent')
  const half = await lena.post(task, { outcome: 'done' })
  for (const wrong of ['Select what they say', 'Enter how they were told']) expect(half.text).toContain(wrong)
  const said = { outcome: 'done', answer: 'stays-supported', words: 'Hal explained it; she said zyloyes.' }
  expect((await lena.post(task, said)).location).toBe(`${page}?done=task`)
  const stale = await lena.post(task, { outcome: 'open again', words: 'Asked again', last: '' }, { from: page })
  expect([stale.status, stale.text.includes('Somebody else said something')]).toEqual([422, true])
  expect((await lena.get(page)).text).toContain('They consent to stay in, and want support')
})

test('somebody who may not see that they are in the Mechanism sees no task that would tell it', async () => {
  const hal = await today('2030-02-25', 'hal')
  const { text } = await hal.get(page)
  expect([
    text.includes('Tell them about help for adults'),
    text.includes('National Referral Mechanism decision'),
  ]).toEqual([true, true])
  expect(text).not.toContain('Ask whether they consent')
  expect(text).not.toContain('zyloyes')
})

test('on the birthday the law that counts is another by the date alone, and nothing closes', async () => {
  const before = await (await today('2030-02-28')).get(page)
  expect(before.text).toContain('Child until 1 March 2030')
  expect(await codes()).not.toContain('terms')
  const lena = await today('2030-03-01')
  const { text } = await lena.get(page)
  for (const words of ['Legal frame', 'Adult', 'What changed on 1 March 2030', 'Ask again who may read what'])
    expect(text).toContain(words)
  expect((await lena.get(`/people/${rowan}`)).text).toContain('They turned 18 on 1 March 2030.')
  const { rows } = await house.seen(house.system, (tx) =>
    sql`select from plan_closure union all select from involvement where to_at is not null`.execute(tx),
  )
  expect(rows).toEqual([])
})

test('reviews come at one, three, six and twelve months, and then each year to 25', async () => {
  const reviews = async (day: string) => {
    await today(day)
    return (await codes()).filter((code) => code.startsWith('review'))
  }
  expect(await reviews('2030-03-31')).toEqual(['review-1'])
  expect(await reviews('2030-08-31')).toEqual(['review-1', 'review-3', 'review-6'])
  expect(await reviews('2037-03-01')).toHaveLength(10)
  expect(await reviews('2038-03-01')).toHaveLength(10)
})

test('whoever comes to us late is not met by a heap of overdue tasks, and without a birthday the page asks for it', async () => {
  house.clock.now = new Date('2030-11-23T09:00:00Z')
  const late = await person('Kezia Thorne', '2012-12-20')
  const adult = await person('Bryony Askew', '2010-12-20')
  const unknown = await person('Kofi Ansell', null)
  await today('2030-11-23', 'lena', late)
  const lena = await today('2030-11-23', 'lena', unknown)
  const { rows } = await house.seen(house.system, (tx) =>
    sql`select from transition_task where subject_id = ${late} and due_on < '2030-11-23'`.execute(tx),
  )
  expect([rows.length, await codes(adult), await codes(unknown)]).toEqual([0, [], []])
  expect(await codes(late)).toContain('joint-owners')
  expect((await lena.get(`/people/${unknown}/eighteen`)).text).toContain('No birthday is known: ask them.')
})

test('it is in their story and in what they are given, sealed, and goes with them', async () => {
  const lena = await today('2030-03-02')
  expect((await lena.get(`/people/${rowan}/chronology`)).text).toContain('Done around 18: Ask whether they consent')
  const { partnership, agency } = house.as('lena')
  const held = await house.seen(house.system, (tx) =>
    heldOf(tx, house.house.keys, { partnership, subject: rowan, agency, words: wordsIn('en') }),
  )
  const text = held.map((one) => `${one.title}: ${one.text}`).join('\n')
  for (const words of ['Who goes with you through 18: From services for adults: Zyla Moor', 'zyloyes', 'Looked after'])
    expect(text).toContain(words)
  for (const table of ['transition_answer', 'transition_owner', 'event']) {
    const { rows } = await house.seen(house.system, (tx) =>
      sql`select from ${sql.table(table)} t where t::text ~ 'zylo|Zyla'`.execute(tx),
    )
    expect([table, rows]).toEqual([table, []])
  }
  await house.seen(house.system, (tx) => eraseSubject(tx, house.system, rowan, 'retention', house.clock.now))
  const { rows } = await house.seen(house.system, (tx) =>
    sql`select from transition_task where subject_id = ${rowan} and (adult_from is not null or falls_on > '1900-01-01')`.execute(
      tx,
    ),
  )
  expect(rows).toEqual([])
})

test('strangers find no such page', async () => {
  for (const name of ['wes', 'priya', 'ada', 'gwen'] as const)
    for (const end of ['', '/owners']) expect((await (await house.browser(name)).get(`${page}${end}`)).status).toBe(404)
})
