import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Name } from '../../../test/cast.ts'
import { openTestHouse, type TestHouse } from '../../../test/house.ts'
import { safeguarding, signForCast } from '../../../test/signed-for-cast.ts'
import { newId } from '../../platform/index.ts'
import { involve, statePurpose } from '../../sharing/index.ts'
import { identitySchema, openPerson } from '../../subjects/index.ts'
import { everyQuestion, isNearlyEighteen, partsFor, routeOf, tooMuch } from './nrm.ts'

let house: TestHouse
let child: string
let adult: string

const open = async (name: string, born_on: string): Promise<string> => {
  const lena = house.as('lena')
  const at = house.clock.now
  const id = await house.seen(lena, async (tx) => {
    const said = identitySchema.parse({ name, known_as: 'Kez', born_on })
    const opened = await openPerson(tx, house.house.keys, lena, said, { as: 'lead', at })
    const { agency, staff } = house.as('hal')
    await involve(tx, lena, { subject: opened, agency, staff, role: 'circle', contact: '', at })
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
  // Turns 18 within six months of 23 November 2026.
  child = await open('Kezia Thorne', '2009-03-01')
  adult = await open('Rowan Ash', '1990-05-04')
})
afterAll(() => house.close())

const shown = async (name: Name, path: string) => (await house.browser(name)).get(path)
const sent = async (who: Name, path: string, form: Record<string, string | string[]>) =>
  (await house.browser(who)).post(path, form, { from: path.replace(/\/(parts\/.*|consent|outcome)$/, '') })
const begin = async (subject: string) =>
  (await (await house.browser('lena')).post(`/people/${subject}/packs/nrm`, {})).location.split('?')[0]!
/** As the page sends it: each answer with the versions that were on the page. */
const write = async (pack: string, part: string, answers: Record<string, string | string[]>) => {
  const { text } = await shown('lena', `${pack}/parts/${part}`)
  const read = [...text.matchAll(/name="(v-[^"]+)"(?: value="([^"]*)")?/g)].map(([, name, value]) => [
    name!,
    value ?? '',
  ])
  return sent('lena', `${pack}/parts/${part}`, {
    sitting: newId(),
    do: 'go on',
    ...Object.fromEntries(read),
    ...answers,
  })
}

test('a child is referred whether or not they agree; an adult is asked first, and no leads to the duty to notify', () => {
  const on = (born: string | null, said?: 'given' | 'refused') => routeOf(born, '2026-11-23', said)
  expect([on('2027-03-01'), on('2027-03-01', 'refused'), on(null)]).toEqual(['child', 'child', 'child'])
  expect([on('2008-05-04'), on('2008-05-04', 'given'), on('2008-05-04', 'refused')]).toEqual([
    'ask first',
    'adult',
    'duty to notify',
  ])
  const nearly = ['2027-05-24', '2027-05-23', '2026-11-24', '2026-11-23'].map((day) =>
    isNearlyEighteen(day, '2026-11-23'),
  )
  expect(nearly).toEqual([false, true, true, false])
})

test('each question that hangs on another is asked after its answer alone, and every condition names a question', () => {
  const named = (route: Parameters<typeof partsFor>[0], answers: Record<string, string>) =>
    partsFor(route, new Map(Object.entries(answers))).flatMap(({ asks }) => asks.map(({ name }) => name))
  expect(named('adult', { under18: 'no', still: 'yes' })).toEqual(
    expect.arrayContaining(['was_child', 'keeps', 'reach']),
  )
  expect(named('adult', { under18: 'no', still: 'no' })).not.toContain('keeps')
  expect(named('child', { under18: 'yes' })).toEqual(expect.arrayContaining(['la_name', 'guardian']))
  const known = new Map(everyQuestion.map((one) => [one.name, Object.keys(one.codes ?? {})]))
  for (const one of everyQuestion)
    for (const [name, codes] of Object.entries(one.when ?? {}))
      expect([one.name, codes.filter((code) => !known.get(name)?.includes(code))]).toEqual([one.name, []])
  expect(known.size).toBe(everyQuestion.length)
})

test('the duty to notify asks for no name, unless they work with the police', () => {
  const named = (cooperate: string) =>
    partsFor('duty to notify', new Map([['cooperate', cooperate]])).flatMap(({ asks }) => asks.map(({ name }) => name))
  expect(named('no')).toEqual(expect.arrayContaining(['gender', 'nationality', 'notify_reason']))
  for (const name of ['full_name', 'born', 'when_what', 'reach_phone']) expect(named('no')).not.toContain(name)
  expect(named('yes')).toContain('full_name')
})

test('what the form outside does not take is said and kept: 15,000 characters, ten towns', () => {
  const [story, towns] = ['when_what', 'towns'].map((name) => everyQuestion.find((one) => one.name === name)!)
  expect(tooMuch(story!, 'a'.repeat(15_000))).toBe(undefined)
  expect(tooMuch(story!, 'a'.repeat(15_001))).toEqual({ most: 15_000, has: 15_001, of: 'characters' })
  expect(tooMuch(towns!, 'Rugby\n'.repeat(11))).toEqual({ most: 10, has: 11, of: 'lines' })
})

let pack: string
test('a referral begins with what is known, and each answer says where it is from', async () => {
  pack = await begin(child)
  const { text } = await shown('lena', pack)
  expect(text).toContain('For a child, or somebody who may be one: a referral must be made.')
  expect(text).toContain('They turn 18 on 1 March 2027.')
  const who = (await shown('lena', `${pack}/parts/person`)).text
  for (const words of ['Kezia Thorne', 'Kez', 'From what your agency wrote down on 23 November 2026'])
    expect(who).toContain(words)
  const responder = (await shown('lena', `${pack}/parts/responder`)).text
  for (const words of [
    'Lena Sorrel',
    'Exploitation social worker',
    'lena@elmshire.example',
    'children’s social care',
    'From your account',
  ])
    expect(responder).toContain(words)
  const again = (await shown('lena', `/people/${child}/packs/nrm`)).text
  expect(again).toContain('One person has one referral.')
})

test('an answer that leads to more questions asks them next', async () => {
  const more = await write(pack, 'exploitation', { still: 'no', when_what: 'Since spring, zyloharm.' })
  expect(more.location).toBe(`${pack}/parts/exploitation?more=1`)
  expect((await shown('lena', more.location)).text).toContain('How did they get out?')
  const on = await write(pack, 'exploitation', { still: 'no', when_what: 'Since spring, zyloharm.', left: 'Nan' })
  expect(on.location).toBe(`${pack}/parts/insight`)
})

test('before it leaves, it is said what is open and where nobody said that it is safe to reach them', async () => {
  await write(pack, 'decision', { decision_address: '14 Larkrise Close' })
  const { text } = await shown('lena', `${pack}/check`)
  for (const words of [
    'Nobody has said that it is safe to reach them there',
    'Not answered yet',
    'zyloharm',
    'Trellis sends nothing.',
  ])
    expect(text).toContain(words)
  const pdf = await shown('lena', `${pack}/pack.pdf`)
  expect([pdf.status, pdf.text.startsWith('%PDF')]).toEqual([200, true])
})

test('what became of it is kept, with the days that follow from it', async () => {
  expect((await sent('lena', `${pack}/outcome`, {})).text).toContain('Select what happened')
  const on = { 'on-day': '20', 'on-month': '11', 'on-year': '2026' }
  expect((await sent('lena', `${pack}/outcome`, { what: 'sent', reference: 'zylo-NRM-1', ...on })).location).toContain(
    'done',
  )
  // Five working days from Friday 20 November.
  expect((await shown('lena', pack)).text).toContain('The first decision is aimed for by 27 November 2026.')
  const none = await sent('lena', `${pack}/outcome`, { what: 'reasonable grounds', ...on })
  expect(none.text).toContain('Select how it was decided')
  await sent('lena', `${pack}/outcome`, { what: 'reasonable grounds', outcome: 'positive', ...on, 'on-day': '23' })
  const { text } = await shown('lena', pack)
  for (const words of ['No conclusive decision before 23 December 2026', 'zylo-NRM-1', 'reasonable grounds: positive'])
    expect(text).toContain(words)
  const hub = (await shown('lena', `/people/${child}`)).text
  for (const words of ['Ask before they turn 18 whether they stay', 'National Referral Mechanism: '])
    expect(hub).toContain(words)
})

test('an adult is not referred before they are asked; what they say decides the way', async () => {
  const theirs = await begin(adult)
  expect((await shown('lena', theirs)).text).toContain('Ask first: a referral needs their informed consent.')
  expect((await shown('lena', `${theirs}/pack.pdf`)).status).toBe(404)
  const on = { 'on-day': '23', 'on-month': '11', 'on-year': '2026' }
  expect((await sent('lena', `${theirs}/outcome`, { what: 'sent', ...on })).text).toContain('have not been asked')
  const asked = { 'asked-day': '23', 'asked-month': '11', 'asked-year': '2026' }
  expect((await sent('lena', `${theirs}/consent`, { about: 'referral' })).text).toContain('Select what they say')
  const no = { about: 'referral', answer: 'refused', words: 'Not now, zyloafraid.', ...asked }
  expect((await sent('lena', `${theirs}/consent`, no)).location).toBe(`${theirs}?done=consent`)
  const duty = (await shown('lena', theirs)).text
  for (const words of ['There is a duty to notify', 'Why there is a duty to notify', 'zyloafraid'])
    expect(duty).toContain(words)
  expect((await sent('lena', `${theirs}/outcome`, { what: 'sent', ...on })).text).toContain(
    'did not agree to be referred',
  )
  await sent('lena', `${theirs}/consent`, { ...no, answer: 'given', words: 'I thought about it.' })
  expect((await shown('lena', theirs)).text).toContain('They agreed to be referred.')
})

test('a referral is sensitive: whoever works with the person and may not read that class sees none of it', async () => {
  expect((await shown('hal', pack)).status).toBe(404)
  expect((await shown('hal', `/people/${child}/packs`)).text).toContain('No referral is prepared that you may see.')
  expect((await shown('hal', `/people/${child}/packs/nrm`)).status).toBe(404)
  for (const name of ['wes', 'priya'] as const) expect((await shown(name, pack)).status).toBe(404)
})

test('no word of it stands in the database as it was written', async () => {
  for (const table of ['written', 'pack', 'pack_prefill', 'pack_consent', 'pack_outcome', 'event']) {
    const { rows } = await house.seen(house.system, (tx) =>
      sql`select from ${sql.table(table)} t where t::text ilike '%zylo%'`.execute(tx),
    )
    expect([table, rows]).toEqual([table, []])
  }
})
