import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Name } from '../../../test/cast.ts'
import { openTestHouse, type TestHouse } from '../../../test/house.ts'
import { decision, noticed } from '../../../test/noticed.ts'
import { safeguarding, signForCast } from '../../../test/signed-for-cast.ts'
import { jobsWith } from '../../app.ts'
import * as concerns from '../../concerns/index.ts'
import { runDueJobs } from '../../platform/index.ts'
import { involve, statePurpose } from '../../sharing/index.ts'
import { addEntry, identitySchema, openPerson, subjectFacts, warn } from '../../subjects/index.ts'
import { wordsIn } from '../../web/index.ts'
import { beginDay } from '../days.ts'
import { heldOf } from '../held.ts'
import { nameOwner } from '../transition/name-owner.ts'
import { startPlan } from '../plan/write.ts'
import { cliffEdges } from './cliff-edges.ts'
import { gapsFor } from './find.ts'
import type { GapKind } from './gap.ts'

let house: TestHouse
let kezia: string
let page: string

beforeAll(async () => {
  house = await openTestHouse()
  await signForCast(house)
  house.clock.now = new Date('2026-09-01T09:00:00Z')
  kezia = await person('Kezia Thorne', '2011-03-01')
  page = `/people/${kezia}`
  await today('2026-11-23')
})
afterAll(() => house.close())

const factsOf = (id: string) =>
  house.seen(house.as('lena'), async (tx) => (await subjectFacts(tx, house.cast.partnership, id))!)
/** Somebody whom Lena leads, with a plan; Hal of another agency works with them too unless they are hers alone. */
const person = async (name: string, born_on: string | null, { alone = false } = {}): Promise<string> => {
  const lena = house.as('lena')
  const at = house.clock.now
  return house.seen(lena, async (tx) => {
    const said = identitySchema.parse({ name, born_on })
    const id = await openPerson(tx, house.house.keys, lena, said, { as: 'lead', at })
    const { agency, staff } = house.as('hal')
    if (!alone) await involve(tx, lena, { subject: id, agency, staff, role: 'circle', contact: '', at })
    const facts = (await subjectFacts(tx, lena.partnership, id))!
    await startPlan(tx, lena, facts, { kind: 'exploitation', review_on: '2027-06-01' }, at)
    return id
  })
}
/** Signed in on this day, with a purpose for Kezia. */
const today = async (day: string) => {
  house.clock.now = new Date(`${day}T09:00:00Z`)
  const at = house.clock.now
  for (const name of ['lena', 'hal', 'mina'] as const)
    await house.seen(house.as(name), (tx) =>
      statePurpose(tx, house.as(name), kezia, { ...safeguarding, until: new Date(at.getTime() + 36_000_000) }, at),
    )
}
const contact = (id: string, on: string) =>
  house.seen(house.as('lena'), async (tx) => {
    const at = new Date(`${on}T09:00:00Z`)
    const said = { kind: 'contact', happened_at: at, words: 'W', data_class: 'D4', handling: 0, source: '' } as const
    return addEntry(tx, house.house.keys, house.as('lena'), await subjectFactsIn(tx, id), said, { at })
  })
const subjectFactsIn = async (tx: Parameters<typeof subjectFacts>[0], id: string) =>
  (await subjectFacts(tx, house.cast.partnership, id))!
const gaps = async (name: Name = 'lena', whose: 'mine' | 'agency' = 'mine') => {
  const found = await house.seen(house.as(name), (tx) =>
    gapsFor(tx, house.as(name), { whose, at: house.clock.now, zone: 'Europe/London' }),
  )
  return (kind: GapKind): string[] =>
    found.filter((gap) => gap.kind === kind).map(({ subject }) => subject ?? 'concern')
}
const work = () =>
  runDueJobs(
    house.db,
    jobsWith(house.house.keys, () => house.clock.now),
    (kind, error) => {
      throw new Error(kind, { cause: error })
    },
  )
const onDay = (name: string, day: string, month: string, year: string) => ({
  [`${name}-day`]: day,
  [`${name}-month`]: month,
  [`${name}-year`]: year,
})

test('a test that was not met is never written down without what was offered instead, on no page and in no row', async () => {
  const lena = await house.browser('lena')
  const to = `${page}/thresholds`
  const empty = await lena.post(to, {})
  expect(empty.status).toBe(422)
  for (const wrong of [
    'Select which test',
    'Enter when it was decided',
    'Enter why it was not met',
    'Select what was offered instead',
    'Enter by whom',
  ])
    expect(empty.text).toContain(wrong)
  const said = {
    test: 's17',
    agency: house.as('hal').agency,
    ...onDay('on', '20', '11', '2026'),
    exploitation: 'CCE',
    why: 'They said zylochoice.',
    offer: 'youth-work',
    offered: 'A zylomentor from Monday; she says yes.',
  }
  expect((await lena.post(to, { ...said, offered: ' ' })).text).toContain('Enter by whom, from when')
  expect((await lena.post(to, said)).location).toBe(`${to}?done=kept`)
  const { text } = await lena.get(to)
  for (const words of [
    'They said zylochoice.',
    'Offered instead: A youth worker or mentor',
    'Decided by North Elmshire Housing',
  ])
    expect(text).toContain(words)
  for (const nothing of [sql`offer = 'none'`, sql`offered_sealed = null`])
    await expect(house.seen(house.system, (tx) => sql`update threshold set ${nothing}`.execute(tx))).rejects.toThrow(
      /check constraint/,
    )
})

test('what a decision about a concern says of legal tests comes into the register, and goes when another replaces it', async () => {
  const { concern } = await noticed(house, {})
  const dena = house.as('dena')
  const decide = async (over: object, standing: string | null): Promise<string> => {
    const said = await house.seen(dena, (tx) =>
      concerns.decide(tx, house.house.keys, dena, concern, decision(over), { standing, at: house.clock.now }),
    )
    if (said.outcome !== 'decided') throw new Error(said.outcome)
    await work()
    return said.id
  }
  const register = async () => {
    const { rows } = await house.seen(dena, (tx) =>
      sql<{ test: string; offer: string; ended_at: Date | null }>`select test, offer, ended_at from threshold
        where concern_id = ${concern} order by test`.execute(tx),
    )
    return rows.map(({ test: code, offer, ended_at }) => [code, offer, ended_at === null])
  }
  const first = await decide({}, null)
  expect(await register()).toEqual([['s17', 'family-help', true]])
  const limb = { limb_needs: 'no', limb_needs_why: 'W', limb_risk: 'yes', limb_risk_why: 'W' }
  const protect = { limb_protect: 'no', limb_protect_why: 'W' }
  await decide({ frame: 'adult', route: 'other-enquiry', ...limb, ...protect, needs: [] }, first)
  expect(await register()).toEqual([
    ['s17', 'family-help', false],
    ['s42-needs', 'other-enquiry', true],
    ['s42-protect', 'other-enquiry', true],
  ])
  const { rows } = await house.seen(house.as('lena'), (tx) =>
    sql`select from threshold where concern_id is not null`.execute(tx),
  )
  expect(rows).toEqual([])
})

test('counts name nobody, hide what is small, and a spreadsheet runs nothing in them', async () => {
  const mina = await house.browser('mina')
  const { text } = await mina.get('/thresholds')
  for (const words of ['Child in need (Children Act 1989 section 17)', '12 to 15', 'fewer than 5', 'Cliff edges at 18'])
    expect(text).toContain(words)
  for (const words of ['Kezia', 'zylo', 'P-']) expect(text).not.toContain(words)
  const csv = await mina.get('/thresholds/csv')
  expect([csv.status, csv.headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8'])
  expect(csv.text).toContain('fewer than 5')
  expect(csv.text).not.toMatch(/^[=+@-]/m)
  for (const name of ['lena', 'hal', 'priya'] as const)
    expect((await (await house.browser(name)).get('/thresholds')).status).toBe(404)
})

test('an address in another area is a gap that says what it saw, until somebody there is named or the area is put right', async () => {
  const lena = house.as('lena')
  const { keys } = house.house
  const at = house.clock.now
  const known = { name: 'Rowan Ash', born_on: '2010-06-01' }
  const rowan = await house.seen(lena, (tx) => {
    const who = identitySchema.parse({ ...known, postcode: 'CV21 2AB' })
    return openPerson(tx, keys, lena, who, { as: 'lead', at })
  })
  const browser = await house.browser('lena')
  await browser.post(`/people/${rowan}/purpose`, safeguarding)
  const borders = async (): Promise<number> => {
    const gaps = await house.seen(lena, (tx) => gapsFor(tx, lena, { whose: 'mine', at, zone: 'Europe/London' }))
    return gaps.filter(({ kind, subject }) => kind === 'over the border' && subject === rowan).length
  }
  const is = { name: 'Rowan Ash', 'born_on-day': '1', 'born_on-month': '6', 'born_on-year': '2010' }
  const write = (said: Record<string, string>) => browser.post(`/people/${rowan}/known`, { ...is, ...said })
  expect(await borders()).toBe(0)
  // Twice, since what was seen of a postcode is not forgotten when another word is put right.
  for (let time = 0; time < 2; time++) await write({ address: '2 Zylo Street', postcode: 'LE1 1AA' })
  expect(await borders()).toBe(1)
  expect((await browser.get(`/people/${rowan}`)).text).toContain('The postcode begins with other letters')
  const { rows: areas } = await house.seen(house.system, (tx) =>
    sql<{ id: string }>`select id from area where kind in ('county', 'district', 'unitary') limit 1`.execute(tx),
  )
  await write({ address: '2 Zylo Street', postcode: 'LE1 1AA', area: areas[0]!.id })
  expect(await borders()).toBe(0)
  await write({ address: '2 Zylo Street', postcode: 'LE1 1AA', area: 'elsewhere' })
  expect(await borders()).toBe(1)
  const told = (await browser.get(`/people/${rowan}`)).text
  for (const words of ['Outside the areas of this partnership', 'ring the front door there'])
    expect(told).toContain(words)
})

test('a disagreement between agencies says who holds the person meanwhile, by name: never nobody', async () => {
  const lena = await house.browser('lena')
  const to = `${page}/disputes/new`
  const said = {
    about: 'area',
    other: house.as('hal').agency,
    words: 'She zylomoved to them.',
    other_words: '',
    ...onDay('due', '30', '11', '2026'),
  }
  const empty = (await lena.post(to)).text
  const wrong = [
    'what it is about',
    'with which agency',
    'Enter what you say',
    'Select who does it',
    'Enter by which day',
  ]
  const summary = empty.slice(empty.indexOf('govuk-error-summary__list'))
  expect(wrong.map((words) => summary.indexOf(words)).every((at, i, all) => at > (all[i - 1] ?? 0))).toBe(true)
  const nobody = await lena.post(to, { ...said, owner: '' })
  expect([nobody.status, nobody.text.includes('Select who does it')]).toEqual([422, true])
  const alone = await lena.post(to, { ...said, owner: 'somebody', agency: house.as('hal').agency })
  expect(alone.text).toContain('an agency alone cannot own')
  const { location } = await lena.post(to, { ...said, owner: house.as('lena').staff })
  expect(location).toMatch(/disputes\/[0-9a-f-]{36}\?done=raised$/)
  expect((await lena.get(page)).text).toContain('Agencies do not agree: Which area')
  const hal = await house.browser('hal')
  expect((await hal.get('/disputes')).text).toContain('Which area: they moved')
  expect((await hal.get(location)).text).toContain('She zylomoved to them.')
  await hal.post(location.replace('?done=raised', ''), { step: 'said', words: 'Only for the summer.' })
  expect((await lena.get(location)).text).toContain('Only for the summer.')
  const one = location.replace('?done=raised', '')
  const nameless = await lena.post(one, { step: 'held', words: 'He knows her zylobest.', owner: '' })
  expect([nameless.status, nameless.text.includes('Select who does it')]).toEqual([422, true])
  const given = await lena.post(one, { step: 'held', words: 'He knows her zylobest.', owner: house.as('hal').staff })
  expect(given.location).toContain('done=held')
  for (const words of ['Held from now on by Hal Ferris', 'He knows her zylobest.'])
    expect((await hal.get(one)).text).toContain(words)
  expect((await hal.get('/work')).text).toMatch(/You hold P-[^ ]+ until agencies agree: Which area/)
  expect((await lena.get('/work')).text).toMatch(/Somebody else holds P-[^ ]+ now: Which area/)
  await expect(
    house.seen(house.system, (tx) => sql`update boundary_dispute set holder_id = null`.execute(tx)),
  ).rejects.toThrow('boundary_dispute_held')
})

test('past its day it goes to managers and then to the guardian, each once, who reads none of the words and can settle it', async () => {
  const lie = async (name: Name) => (await (await house.browser(name)).get('/disputes')).text
  expect((await (await house.browser('lena')).get('/gaps')).text).not.toContain('Agencies do not agree')
  await today('2026-12-01')
  for (let night = 0; night < 2; night++)
    await house.seen(house.system, (tx) => beginDay(tx, house.cast.partnership, house.clock.now))
  expect(await lie('lena')).toContain('With managers')
  expect(await lie('gwen')).toContain('No disagreement lies with you')
  expect((await (await house.browser('lena')).get('/gaps')).text).toContain('Two managers speak to each other today')
  await today('2026-12-07')
  await house.seen(house.system, (tx) => beginDay(tx, house.cast.partnership, house.clock.now))
  const gwen = await house.browser('gwen')
  const list = (await gwen.get('/disputes')).text
  expect(list).toContain('With the guardian')
  expect((await gwen.get('/work')).text).toContain('1 has passed its day and waits for you.')
  const one = /href="(\/disputes\/[0-9a-f-]{36})"/.exec(list)![1]!
  const shown = (await gwen.get(one)).text
  expect([shown.includes('Lena Sorrel'), shown.includes('zylomoved'), shown.includes('Kezia')]).toEqual([
    true,
    false,
    false,
  ])
  // Whoever works with people goes through the gate of this one.
  expect((await (await house.browser('hal')).get(one)).location).toBe(`${page}${one}`)
  const past = await (await house.browser('hal')).post(one, { step: 'resolved', words: 'W' }, { from: '/account' })
  expect(past.status).toBe(404)
  const empty = await gwen.post(one, {})
  expect([empty.status, empty.text.includes('Select what you want to write down')]).toEqual([422, true])
  expect(
    (await gwen.post(one, { step: 'resolved', words: 'Children’s services lead until June.' })).location,
  ).toContain('done=resolved')
  const { rows } = await house.seen(house.system, (tx) =>
    sql<{ step: string }>`select step from boundary_step order by taken_at`.execute(tx),
  )
  expect(rows.map(({ step }) => step)).toEqual(['said', 'held', 'to managers', 'to guardian', 'resolved'])
  expect((await (await house.browser('lena')).get(`${page}/chronology`)).text).toContain(
    'Agencies agree again: Which area',
  )
})

test('a disagreement about a concern is the front door’s to log', async () => {
  const { concern } = await noticed(house, {})
  const dena = await house.browser('dena')
  const to = `/concerns/${concern}/disputes/new`
  const said = {
    about: 'threshold',
    other: house.as('hal').agency,
    words: 'It is zyloours.',
    owner: house.as('dena').staff,
  }
  const { location } = await dena.post(to, { ...said, ...onDay('due', '30', '12', '2026') })
  expect((await dena.get(location)).text).toContain('It is zyloours.')
  for (const name of ['lena', 'hal', 'wes'] as const) {
    expect((await (await house.browser(name)).get(to)).status).toBe(404)
    expect((await (await house.browser(name)).get(location)).status).toBe(404)
  }
})

test('a plan without contact, with one agency alone or without a review stands in the list until somebody acts', async () => {
  const of = await gaps()
  expect([of('no contact'), of('single agency'), of('late review')]).toEqual([[kezia], [], []])
  await contact(kezia, '2026-12-01')
  const alone = await person('Rowan Ash', '2012-01-01', { alone: true })
  await house.seen(house.system, (tx) =>
    sql`update plan set started_at = '2026-11-01', review_on = '2026-11-20' where subject_id = ${alone}`.execute(tx),
  )
  const after = await gaps()
  expect([after('no contact'), after('single agency'), after('late review')]).toEqual([[alone], [alone], [alone]])
})

test('who leads nobody, who was handed over and who has nobody named stand there too', async () => {
  const left = await person('Bryony Askew', '2012-02-02')
  const named = await person('Tam Reed', '2012-02-02')
  await house.seen(house.as('lena'), (tx) =>
    involve(tx, house.as('lena'), {
      subject: named,
      agency: house.as('mina').agency,
      staff: null,
      role: 'circle',
      contact: '',
      at: new Date('2026-10-01T09:00:00Z'),
    }),
  )
  await house.seen(house.system, async (tx) => {
    await sql`update involvement set role = 'circle' where subject_id = ${left} and role = 'lead'`.execute(tx)
    const school = house.cast.agencies['school']!
    await sql`update involvement set agency_id = ${school} where subject_id = ${named} and staff_id is null`.execute(tx)
  })
  await warnedUntil(named, '2026-12-05')
  const of = await gaps()
  expect([of('no lead'), of('nobody named'), of('expired warning')]).toEqual([[left], [named], [named]])
  const { text } = await (await house.browser('lena')).get('/gaps')
  for (const words of ['Smallest next step:', 'Ask who in the circle', 'Since 5 December 2026', 'href="/people/'])
    expect(text).toContain(words)
  expect(text).not.toContain('Bryony')
})
const warnedUntil = async (id: string, review_on: string) => {
  const facts = await factsOf(id)
  await house.seen(house.as('lena'), (tx) =>
    warn(tx, house.house.keys, house.as('lena'), facts, { words: 'W', review_on, handling: 0 }, house.clock.now),
  )
}

test('cliff edges are measured: nobody from adult services at 17 years and 9 months, and silence after 18', async () => {
  const near = await person('Ada Birch', '2009-01-10')
  await house.seen(house.system, (tx) =>
    sql`update subject set opened_at = '2026-01-01' where id = ${near}`.execute(tx),
  )
  const measured = () =>
    house.seen(house.system, (tx) =>
      cliffEdges(tx, house.cast.partnership, {
        today: house.clock.now.toISOString().slice(0, 10),
        at: house.clock.now,
      }),
    )
  expect((await gaps())('no adult owner')).toEqual([near])
  expect(await measured()).toMatchObject({ near: 1, unowned: 1, turned: 0 })
  const owner = { staff: house.as('hal').staff, agency: house.as('hal').agency }
  const facts = await factsOf(near)
  await house.seen(house.as('lena'), (tx) =>
    nameOwner(tx, house.house.keys, house.as('lena'), facts, { side: 'adult', task: null, owner }, house.clock.now),
  )
  expect((await gaps())('no adult owner')).toEqual([])
  expect(await measured()).toMatchObject({ near: 1, unowned: 0 })
  await today('2027-02-20')
  expect((await gaps())('silent after 18')).toEqual([near])
  expect(await measured()).toMatchObject({ turned: 1, silent: 1 })
  await contact(near, '2027-01-20')
  expect(await measured()).toMatchObject({ turned: 1, silent: 0 })
})

test('a concern in nobody’s hands is the front door’s gap, and somebody too close to a person sees none of theirs', async () => {
  expect((await gaps('dena', 'agency'))('unowned concern').length).toBeGreaterThan(0)
  expect((await gaps('lena', 'agency'))('unowned concern')).toEqual([])
  expect((await gaps('lena'))('no contact')).toContain(kezia)
  await house.seen(house.system, (tx) =>
    sql`insert into conflict (partnership_id, id, subject_id, agency_id, staff_id, kind, declared_at)
      values (${house.cast.partnership}, gen_random_uuid(), ${kezia}, ${house.as('lena').agency}, ${house.as('lena').staff}, 'declared', ${house.clock.now})`.execute(
      tx,
    ),
  )
  expect((await gaps('lena'))('no contact')).not.toContain(kezia)
  for (const name of ['wes', 'gwen', 'priya'] as const)
    expect((await (await house.browser(name)).get('/gaps')).text).not.toMatch(/P-\w{4}-\w{4}/)
})

test('what was written is sealed, and belongs to what the person is given', async () => {
  for (const table of ['threshold', 'boundary_dispute', 'boundary_step', 'event', 'job']) {
    const { rows } = await house.seen(house.system, (tx) =>
      sql`select from ${sql.table(table)} t where t::text like '%zylo%'`.execute(tx),
    )
    expect([table, rows]).toEqual([table, []])
  }
  const { partnership, agency } = house.as('lena')
  const held = await house.seen(house.system, (tx) =>
    heldOf(tx, house.house.keys, { partnership, subject: kezia, agency, words: wordsIn('en') }),
  )
  const text = held.map((one) => `${one.title}: ${one.text}`).join('\n')
  for (const words of ['They said zylochoice.', 'A zylomentor from Monday', 'She zylomoved to them.'])
    expect(text).toContain(words)
  expect(text).not.toContain('Only for the summer.')
})
