import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { giveAgreement } from '../../../test/agreement.ts'
import type { Name } from '../../../test/cast.ts'
import { openTestHouse, type Browser, type TestHouse } from '../../../test/house.ts'
import { endOfDay, involve, share, statePurpose } from '../../sharing/index.ts'
import { openPerson } from '../open-person.ts'
import { meetingsHeld } from './held.ts'
import { identitySchema } from '../subject.ts'

let house: TestHouse
let child: string
let base: string
const browsers = new Map<Name, Browser>()
const here = { purpose: 'child-safeguarding', basis: 'public-task', condition: '' }
beforeAll(async () => {
  house = await openTestHouse()
  await giveAgreement(house)
  const at = house.clock.now
  const lena = house.as('lena')
  child = await house.seen(lena, async (tx) => {
    const who = identitySchema.parse({ name: 'Kezia Thorne', born_on: '2010-06-01' })
    const id = await openPerson(tx, house.house.keys, lena, who, { as: 'lead', at })
    for (const name of ['hal', 'mina', 'colm'] as const)
      await involve(tx, lena, {
        subject: id,
        agency: house.as(name).agency,
        staff: house.as(name).staff,
        role: 'circle',
        contact: '',
        at,
      })
    const until = await endOfDay(tx, at, 'Europe/London')
    for (const name of ['lena', 'hal', 'mina', 'colm'] as const)
      await statePurpose(tx, house.as(name), id, { ...here, until }, at)
    return id
  })
  base = `/people/${child}/meetings`
  for (const name of ['lena', 'hal', 'mina', 'colm', 'wes', 'dena'] as const)
    browsers.set(name, await house.browser(name))
})
afterAll(() => house.close())

const by = (name: Name): Browser => browsers.get(name)!
const text = async (name: Name, url: string): Promise<string> =>
  (await by(name).get(url)).text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const called = {
  ...here,
  kind: 'strategy discussion',
  'on-day': '23',
  'on-month': '11',
  'on-year': '2026',
  time: '9.30',
  place: 'Room 4, Larkrise House',
  handling: '1',
}
const call = async (parts: Partial<typeof called> = {}): Promise<string> =>
  (await by('lena').post(`${base}/new`, { ...called, ...parts })).location.replace('?done=called', '')
const add = (at: string, form: Record<string, string>) =>
  by('lena').post(`${at}/add`, form, { from: `${at}/add?agency=${form['agency']}` })
const declareLink = async (name: Name, at: string, whose: string): Promise<string> => {
  const link = new RegExp(`href="([^"]+/declare/[^"]+)"[^>]*aria-label="Declaration of ${whose}"`)
  return link.exec((await by(name).get(at)).text)?.[1] ?? ''
}

test('a meeting is called for a purpose of the agreement, and an empty form is explained', async () => {
  const empty = await by('lena').post(`${base}/new`, { 'on-day': '', time: '', place: '' })
  expect(empty.status).toBe(422)
  for (const said of ['Choose what kind of meeting it is', 'Enter the day of the meeting', 'Enter a time, like 14:30'])
    expect(empty.text).toContain(said)
  expect((await by('lena').post(`${base}/new`, { ...called, purpose: 'immigration' })).status).toBe(422)
  const at = await call()
  const shown = await text('lena', at)
  expect(shown).toContain('23 November 2026 at 09:30')
  expect(shown).toContain('Room 4, Larkrise House')
  expect(shown).toContain('Keeping a child safe from exploitation, on the basis “Public task')
  expect(await text('lena', base)).toContain('Strategy discussion')
})

test('each attendee is shown with what their agency may hear, and one whose agency has not signed as such', async () => {
  const at = await call()
  await add(at, { agency: 'housing', staff: house.as('hal').staff, name: '' })
  await add(at, { agency: 'dwp', staff: house.as('wes').staff, name: '' })
  await add(at, { agency: 'none', name: 'Her nan, Mrs Voss' })
  expect((await add(at, { agency: 'housing', staff: house.as('hal').staff, name: '' })).location).toContain(
    'done=there',
  )
  expect((await add(at, { agency: 'housing', staff: house.as('wes').staff, name: '' })).status).toBe(422)
  const shown = await text('lena', at)
  expect(shown).toMatch(/Hal Ferris North Elmshire Housing May hear: .*T2-CHILD 4/)
  expect(shown).toMatch(/Wes Larkin Has not signed Jobcentre Elmbridge May hear nothing under the agreement/)
  expect(shown).toMatch(/Her nan, Mrs Voss Of no agency/)
  // The name of an outsider is sealed.
  const { rows } = await house.seen(house.system, (tx) =>
    sql<{
      found: boolean
    }>`select bool_or(position('Voss'::bytea in name_sealed) > 0) as found from meeting_attendee`.execute(tx),
  )
  expect(rows[0]?.found).toBe(false)
})

test('the agreement decides who sees it: the circle of a signed agency does, the same 404 for the others', async () => {
  const at = await call()
  expect(await text('hal', at)).toContain('Strategy discussion')
  expect((await by('hal').get(`${at}/add`)).status).toBe(404)
  expect((await by('hal').get(`${at}/end`)).status).toBe(404)
  for (const name of ['wes', 'dena'] as const) {
    const real = await by(name).get(at)
    expect([name, real.text.includes('Room 4')]).toEqual([name, false])
  }
  expect((await by('wes').get(at)).status).toBe(404)
})

test('each declares for themself, and whoever keeps the meeting writes down what others said in it', async () => {
  const at = await call()
  await add(at, { agency: 'housing', staff: house.as('hal').staff, name: '' })
  await add(at, { agency: 'childrens', staff: house.as('colm').staff, name: '' })
  const own = await declareLink('hal', at, 'Hal Ferris')
  expect(await declareLink('hal', at, 'Lena Sorrel')).toBe('')
  expect((await by('hal').post(own, {})).status).toBe(422)
  await by('hal').post(own, { said: 'confidential' })
  expect(await text('lena', at)).toMatch(/Hal Ferris Declared/)
  const colms = await declareLink('mina', at, 'Colm Byrne')
  expect((await by('mina').get(colms)).text).not.toContain('relative')
  expect((await by('mina').post(colms, { said: 'relative' }, { from: colms })).status).toBe(404)
  expect((await by('colm').get(at)).status).toBe(200)
})

test('the person’s own paper tells of a meeting, but not of one that only the circle knows of', async () => {
  const paper = `/people/${child}/looked/for-the-person`
  const told = /(Called|Read about) a meeting about you/
  await by('lena').get(await call())
  expect(await text('lena', paper)).not.toMatch(told)
  const at = await call({ handling: '0' })
  expect(await text('lena', paper)).toContain('Called a meeting about you')
  expect(await text('lena', paper)).not.toContain('Read about a meeting about you')
  await by('lena').get(at)
  expect(await text('lena', paper)).toContain('Read about a meeting about you')
})

const attend = async (at: string, name: Name): Promise<void> => {
  const { agency, staff } = house.as(name)
  const code = Object.entries(house.cast.agencies).find(([, id]) => id === agency)![0]
  await add(at, { agency: code, staff, name: '' })
}

test('whoever calls a meeting shuts nobody out by what they write down of them', async () => {
  const at = await call()
  for (const name of ['hal', 'mina', 'colm'] as const) {
    await attend(at, name)
    const link = await declareLink('lena', at, house.cast.people[name].name)
    for (const kind of ['relative', 'self', 'declared'])
      expect([name, (await by('lena').post(link, { said: kind }, { from: link })).status]).toEqual([name, 404])
    await by('lena').post(link, { said: 'conflict' })
    expect((await by('lena').post(link, { said: 'relative' }, { from: link })).status).toBe(404)
    expect([name, (await by(name).get(`/people/${child}`)).status]).toEqual([name, 200])
    expect(await text(name, at)).toContain('Lena Sorrel wrote this down. The record stays open to them until')
  }
  const { rows } = await house.seen(house.system, (tx) =>
    sql`select from conflict where subject_id = ${child}`.execute(tx),
  )
  expect(rows).toHaveLength(0)
})

test('what was written down of somebody shuts them out once a manager of theirs confirms it who did not write it', async () => {
  const at = await call()
  await attend(at, 'colm')
  await attend(at, 'hal')
  for (const name of ['Colm Byrne', 'Hal Ferris'])
    await by('lena').post(await declareLink('lena', at, name), { said: 'conflict' })
  expect(await text('lena', at)).toMatch(/Colm Byrne Takes no part/)
  expect(await declareLink('mina', at, 'Hal Ferris')).toBe('')
  const link = await declareLink('mina', at, 'Colm Byrne')
  expect((await by('mina').post(link, { said: 'relative' })).location).toBe(`${at}?done=declared`)
  for (const page of [at, `/people/${child}`]) expect((await by('colm').get(page)).status).toBe(404)
  expect(await declareLink('mina', at, 'Colm Byrne')).toBe('')
  expect(await text('mina', '/conflicts')).toMatch(/Colm Byrne .* Confirmed by Mina Farah/)
})

test('whoever declares themself too close is out at once', async () => {
  const at = await call()
  await add(at, { agency: 'childrens', staff: house.as('mina').staff, name: '' })
  const closed = await by('mina').post(await declareLink('mina', at, 'Mina Farah'), { said: 'declared' })
  expect(closed.location).toBe('/too-close/done')
  expect((await by('mina').get(at)).status).toBe(404)
})

test('whoever says again that they are too close, after it was lifted, is out again', async () => {
  const at = await call()
  await attend(at, 'hal')
  const link = await declareLink('hal', at, 'Hal Ferris')
  const standing = () =>
    house.seen(house.system, (tx) =>
      sql<{ id: string }>`select id from conflict where subject_id = ${child} and lifted_at is null
        and staff_id = ${house.as('hal').staff}`.execute(tx),
    )
  for (let round = 0; round < 2; round++) {
    expect((await by('hal').post(link, { said: 'declared' })).location).toBe('/too-close/done')
    expect((await by('hal').get(`/people/${child}`)).status).toBe(404)
    const { rows } = await standing()
    expect(rows).toHaveLength(1)
    await house.seen(house.system, (tx) =>
      sql`update conflict set lifted_at = ${house.clock.now}, lifted_by = ${house.as('lena').staff}, lifted_why_sealed = '\\x01'
        where id = ${rows[0]!.id}`.execute(tx),
    )
  }
})

test('what came of it is sealed and written once; the chronology says only that it was held', async () => {
  const later = await call({ 'on-day': '24' })
  expect((await by('lena').post(`${later}/end`, { outcome: 'held', words: 'x' })).text).toContain(
    'It has not begun yet',
  )
  const at = await call()
  const lena = house.as('lena')
  const disclosure = await house.seen(lena, (tx) =>
    share(
      tx,
      house.house.keys,
      lena,
      {
        ...here,
        subject: child,
        recipient: house.as('hal').agency,
        name: 'Hal Ferris',
        role: 'Housing officer',
        classes: ['D4'],
        wishes: null,
        why: 'They hold the tenancy',
        method: 'in person',
        consent: null,
        notTold: null,
        outside: null,
        expires: null,
        at: house.clock.now,
      },
      { age: 'child', handling: 0, closeness: 2 },
    ),
  )
  if (disclosure === 'outside needed') throw new Error('the clause lets them have it')
  const stale = await by('lena').get(`${at}/end`)
  expect(stale.text).toContain(disclosure.id)
  const ended = { outcome: 'held', words: 'Lena visits on Tuesday', disclosures: disclosure.id }
  expect((await by('lena').post(`${at}/end`, ended)).location).toBe(`${at}?done=ended`)
  expect((await by('lena').post(`${at}/end`, { ...ended, words: 'Twice' }, { from: `${base}/new` })).text).toContain(
    'Somebody has written down already',
  )
  const shown = await text('lena', at)
  expect(shown).toContain('Lena visits on Tuesday')
  expect(shown).toContain('to North Elmshire Housing, 23 November 2026')
  expect(await text('hal', at)).toContain('1 disclosure of the agency that called it')
  const held = await house.seen(house.system, (tx) =>
    meetingsHeld(tx, house.house.keys, lena.partnership, { subject: child, agency: lena.agency }),
  )
  expect(held.meetings.map(({ words }) => words)).toContain('Lena visits on Tuesday')
  expect(held.outsiders).toEqual(['Her nan, Mrs Voss'])
  const chronology = await text('lena', `/people/${child}`)
  expect(chronology).toContain('Strategy discussion held, called by Elmshire children’s social care')
  expect(chronology).not.toContain('Lena visits on Tuesday')
})
