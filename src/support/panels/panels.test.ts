import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Name } from '../../../test/cast.ts'
import { openTestHouse, type Browser, type TestHouse } from '../../../test/house.ts'
import { safeguarding, signForCast } from '../../../test/signed-for-cast.ts'
import { involve } from '../../sharing/index.ts'
import { identitySchema, openContext, openPerson, subjectFacts } from '../../subjects/index.ts'
import { eraseSubject } from '../../subjects/erase.ts'
import { wordsIn } from '../../web/index.ts'
import { addAction, startPlan } from '../index.ts'
import { panelsHeld } from './held.ts'

/*
 * A MACE of children's social care: Kezia, whose circle housing is in, and Rowan, whom housing knows nothing of. Hal of
 * housing is asked to the panel; the jobcentre has not signed and is not.
 */
let house: TestHouse
let kezia: string
let rowan: string
let kofi: string
let panel: string
const browsers = new Map<Name, Browser>()
const at = (): Date => house.clock.now

beforeAll(async () => {
  house = await openTestHouse()
  await signForCast(house)
  kezia = await open('Kezia Thorne', '2010-06-01')
  rowan = await open('Rowan Ash', '2009-01-15')
  const { agency, staff } = house.as('hal')
  const circle = { subject: kezia, agency, staff, role: 'circle', contact: '', at: at() } as const
  await house.seen(house.as('lena'), (tx) => involve(tx, house.as('lena'), circle))
  for (const subject of [kezia, rowan])
    await acting(subject, async (tx, lena, facts) => {
      await startPlan(tx, lena, facts, { kind: 'exploitation', review_on: '2026-11-25' }, at())
    })
  await acting(kezia, async (tx, lena, facts) => {
    const owner = { staff: lena.staff, agency: lena.agency }
    const todo = { part: 'home', goal: null, words: 'Change the lock', owner, due_on: '2026-11-10' } as const
    await addAction(tx, house.house.keys, lena, facts, todo, at())
  })
  for (const name of ['lena', 'mina', 'hal', 'wes', 'priya'] as const) browsers.set(name, await house.browser(name))
})
afterAll(() => house.close())

type Acting = Parameters<Parameters<typeof house.seen>[1]>[0]
const acting = (
  subject: string,
  work: (
    tx: Acting,
    lena: ReturnType<typeof house.as>,
    facts: NonNullable<Awaited<ReturnType<typeof subjectFacts>>>,
  ) => Promise<void>,
) =>
  house.seen(house.as('lena'), async (tx) => {
    const facts = (await subjectFacts(tx, house.cast.partnership, subject))!
    await work(tx, house.as('lena'), facts)
  })
const open = (name: string, born_on: string): Promise<string> => {
  const lena = house.as('lena')
  const who = identitySchema.parse({ name, born_on })
  return house.seen(lena, (tx) => openPerson(tx, house.house.keys, lena, who, { as: 'lead', at: at() }))
}
const by = (name: Name): Browser => browsers.get(name)!
const plain = (text: string): string => text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const read = async (name: Name, path: string): Promise<string> => plain((await by(name).get(path)).text)
const rowsOf = <T>(query: ReturnType<typeof sql<T>>) =>
  house.seen(house.system, async (tx) => (await query.execute(tx)).rows)
const planned = {
  kind: 'mace',
  body: '',
  ...safeguarding,
  from: '14:00',
  to: '16.00',
  place: 'Room 4, Larkrise House',
  'on-day': '26',
  'on-month': '11',
  'on-year': '2026',
}

test('a panel is planned for a purpose of the agreement, and an empty form is explained', async () => {
  const empty = await by('lena').post('/meetings/new', {})
  expect(empty.status).toBe(422)
  for (const said of ['Choose which panel it is', 'Enter the day', 'Enter a time', 'Enter where it takes place'])
    expect(empty.text).toContain(said)
  expect((await by('lena').post('/meetings/new', { ...planned, to: '13:00' })).text).toContain('Enter an end after')
  const { location } = await by('lena').post('/meetings/new', planned)
  panel = location
  expect(panel).toMatch(/^\/meetings\/[0-9a-f-]{36}$/)
  expect(await read('lena', '/meetings')).toMatch(
    /MACE panel 26 November 2026 at 14:00, called by Elmshire children’s social care · MACE-/,
  )
})

test('nobody is on it before whoever comes says what they are there for; and it is not there for an agency that is not asked', async () => {
  const before = await read('lena', panel)
  expect(before).toContain('Before the agenda opens')
  for (const name of ['Kezia', 'Rowan']) expect(before).not.toContain(name)
  for (const stranger of ['wes', 'priya', 'hal'] as const) {
    expect((await by(stranger).get(panel)).status).toBe(404)
    expect((await by(stranger).post(`${panel}/declare`, {}, { from: '/account' })).status).toBe(404)
  }
  expect(await read('hal', '/meetings')).not.toContain('MACE-')
  expect((await by('lena').post(`${panel}/declare`, {}, { from: panel })).location).toBe(panel)
})

test('the agenda is made of what is due, each line says why, and a person puts it on or off with a reason', async () => {
  const due = await read('lena', panel)
  expect(due).toMatch(
    /Due, and not on it yet .*Kezia Thorne Something in their plan is stuck since 10 November 2026 The review of their plan is due, 25 November 2026/,
  )
  expect(due).toContain('Rowan Ash')
  const off = `${panel}/due/${rowan}`
  const unsaid = await by('lena').post(off, { do: 'off' })
  expect(unsaid.status).toBe(422)
  expect(unsaid.text).toContain('Write why they are put off')
  await by('lena').post(off, { do: 'off', reason: 'Seen at the daily meeting zqoff' })
  await by('lena').post(`${panel}/due/${kezia}`, { do: 'add', handling: '0' }, { from: panel })
  const after = await read('lena', panel)
  expect(after).toMatch(
    /On the agenda Kezia Thorne .*Something in their plan is stuck The review of their plan is due Pack and minutes/,
  )
  expect(after).toMatch(/Put off this time Rowan Ash Lena Sorrel, .*zqoff/)
  expect(after).toContain('Nothing else is due that you may see')
  // Rowan is spoken about after all: somebody brings him, and says why.
  const bring = `/people/${rowan}/panels`
  await by('lena').post(`/people/${rowan}/purpose`, safeguarding)
  expect((await by('lena').post(bring, { panel: panel.split('/')[2]!, handling: '0', reason: ' ' })).text).toContain(
    'Write why',
  )
  await by('lena').post(bring, { panel: panel.split('/')[2]!, handling: '0', reason: 'A new car zqcar' })
  expect(await read('lena', panel)).toContain('zqcar')
  const [sealed] = await rowsOf(sql<{ n: number }>`select count(*)::int as n from panel_item i, panel_deferral d
    where i::text like '%zq%' or d::text like '%zq%' or encode(i.reason_sealed, 'escape') like '%zq%'`)
  expect(sealed!.n).toBe(0)
})

test('who should be there and is not is found by rule, and asked', async () => {
  const gaps = await read('lena', panel)
  expect(gaps).toContain('For Kezia Thorne: whoever works with the person already')
  expect(gaps).toContain('For Kezia Thorne: the police, for everybody')
  expect(gaps).toContain('For Rowan Ash: adult social care, from 17 on')
  expect(gaps).not.toContain('For Kezia Thorne: adult social care')
  expect(gaps).not.toContain('For Rowan Ash: whoever works with the person already')
  const { housing, dwp } = house.cast.agencies
  await by('lena').post(`${panel}/ask`, { agency: housing!, rule: 'circle' }, { from: panel })
  expect(await read('lena', panel)).toMatch(
    /North Elmshire Housing Asked because: whoever works with the person already/,
  )
  expect((await by('wes').post(`${panel}/ask`, { agency: dwp!, rule: 'circle' }, { from: '/account' })).status).toBe(
    404,
  )
})

test('an agency that works with somebody and that a rule asks for too is offered once', async () => {
  const { police } = house.cast.agencies
  const tie = { subject: kezia, agency: police!, staff: null, role: 'circle', contact: '', at: at() } as const
  await house.seen(house.as('lena'), (tx) => involve(tx, house.as('lena'), tie))
  const { text } = await by('lena').get(panel)
  expect(text.split(`value="${police}"`)).toHaveLength(2 + 1)
})

test('whoever is asked reads of the next panel where they land, and the minutes say who is not there for this person', async () => {
  expect(await read('hal', '/work')).toContain('Next panel MACE panel, 26 November 2026 at 14:00')
  expect(await read('wes', '/work')).not.toContain('Next panel')
  const minutes = await read('lena', `${await minutesOf(kezia)}/minutes`)
  expect(minutes).toContain('Who should be there, and is not Elmshire Police. The rule: the police, for everybody')
  expect(minutes).toContain('Nobody is known here to ask. The rule: a health service, for everybody')
  expect(minutes).toContain('Name a panel member for them')
})

test('whoever keeps the agenda sees who of those asked cannot see whom, why, and what mends it', async () => {
  const seen = await read('lena', panel)
  expect(seen).toMatch(
    /Who is asked and cannot see a part .*Rowan Ash: North Elmshire Housing Nobody there is named for them\. .*Name a panel member for Rowan Ash/,
  )
  expect(seen).not.toContain('Kezia Thorne: North Elmshire Housing')
})

test('each sees those whom they may see; of the others that something is kept from them and how to be let in, no number and no name', async () => {
  expect(await read('hal', '/meetings')).toContain('MACE panel')
  await by('hal').post(`${panel}/declare`, {}, { from: panel })
  const seen = await read('hal', panel)
  expect(seen).toContain('Kezia Thorne')
  for (const hidden of ['Rowan', rowan, 'zqcar', 'zqoff', 'Due, and not on it', 'Who should be there'])
    expect(seen).not.toContain(hidden)
  for (const said of ['that you are not shown', 'nobody has named you for it', 'ask Elmshire children’s social care'])
    expect(seen).toContain(said)
  expect(seen).not.toContain('cannot see a part')
  // Of those whom they see, down to what one would count by.
  expect((await by('hal').get(panel)).text.match(/\/minutes"/g)).toHaveLength(1)
  expect((await by('hal').get(`${panel}/due/${rowan}`)).status).toBe(404)
  // The glass before a record says the same of everybody whom an agency could meet.
  expect((await by('hal').get(`${await minutesOf(rowan)}/minutes`)).status).toBe(403)
  expect((await by('hal').post(`${panel}/call-off`, {}, { from: panel })).status).toBe(404)
})

const minutesOf = async (subject: string): Promise<string> => {
  const [item] = await rowsOf(
    sql<{ meeting_id: string }>`select meeting_id from panel_item where subject_id = ${subject}`,
  )
  return `/people/${subject}/meetings/${item!.meeting_id}`
}

test('minutes keep what two people write at once, and a decision lands in the plan with them', async () => {
  const base = await minutesOf(kezia)
  const opened = (await by('lena').get(`${base}/minutes`)).text
  const sitting = /name="sitting" value="([^"]+)"/.exec(opened)![1]!
  const said = { 'v-known': '', known: 'A grey car zqknown', do: 'keep', sitting }
  const kept = JSON.parse((await by('lena').post(`${base}/minutes`, said)).text) as {
    fields: { known: { outcome: string } }
  }
  expect(kept.fields.known.outcome).toBe('saved')
  await by('mina').post(`${panel}/declare`, {}, { from: panel })
  await by('mina').post(`/people/${kezia}/purpose`, safeguarding)
  await by('mina').get(`/people/${kezia}/story`)
  const beside = { ...said, known: 'A blue van', sitting: crypto.randomUUID(), do: 'go on' }
  expect((await by('mina').post(`${base}/minutes`, beside)).location).toBe(`${base}/minutes/known`)
  const two = await read('mina', `${base}/minutes`)
  for (const words of ['zqknown', 'A blue van', 'Make one text of both']) expect(two).toContain(words)
  const versions = /name="v-known" value="([^"]+)"/.exec((await by('mina').get(`${base}/minutes/known`)).text)![1]!
  const one = {
    'v-known': versions,
    known: 'A grey car zqknown and a blue van',
    sitting: crypto.randomUUID(),
    do: 'go on',
  }
  expect((await by('mina').post(`${base}/minutes/known`, one)).location).toContain('done=one')
  expect(await read('lena', `${base}/minutes`)).toContain('zqknown and a blue van')

  const decide = `${base}/decide`
  const empty = await by('lena').post(decide, { act: 'yes' })
  for (const words of ['Write what is decided', 'Write why']) expect(empty.text).toContain(words)
  const todo = { act: 'yes', todo: 'Walk with her to school', part: 'safety', owner: house.as('hal').staff }
  const due = { 'due-day': '30', 'due-month': '11', 'due-year': '2026' }
  const wrong = await by('lena').post(decide, { words: 'W', why: 'Y', ...todo, ...due, owner: '' })
  expect(wrong.status).toBe(422)
  expect(await rowsOf(sql`select from panel_decision`)).toEqual([])
  await by('lena').post(decide, {
    words: 'Not alone in the morning zqdecided',
    why: 'The car waits then',
    ...todo,
    ...due,
  })
  expect(await read('lena', `${base}/minutes`)).toMatch(
    /zqdecided Because: The car waits then In the plan: Walk with her to school \(Hal Ferris, by 30 November 2026\)/,
  )
  expect(await read('lena', `/people/${kezia}/plan`)).toContain('Walk with her to school')
  expect(await read('hal', '/actions')).toContain('Walk with her to school')
})

test('without a plan a decision lands in the chronology, and whoever does not keep the minutes only reads them', async () => {
  kofi = await open('Kofi Ansell', '2010-02-02')
  await by('lena').post(`/people/${kofi}/purpose`, safeguarding)
  const brought = await by('lena').post(`/people/${kofi}/panels`, {
    panel: panel.split('/')[2]!,
    handling: '0',
    reason: 'R',
  })
  const base = brought.location.replace('/minutes', '')
  const todo = { act: 'yes', todo: 'Ring his aunt', owner: house.as('lena').staff }
  const due = { 'due-day': '30', 'due-month': '11', 'due-year': '2026' }
  await by('lena').post(`${base}/decide`, { words: 'Ask the family', why: 'W', ...todo, ...due })
  expect(await read('lena', `/people/${kofi}/chronology`)).toContain('Ring his aunt. Lena Sorrel, by 30 November 2026')
  const theirs = await minutesOf(kezia)
  const seen = await by('hal').get(`${theirs}/minutes`)
  expect(plain(seen.text)).toContain('zqdecided')
  expect(seen.text).not.toContain('<textarea')
  for (const path of ['decide', 'minutes/known']) expect((await by('hal').get(`${theirs}/${path}`)).status).toBe(404)
})

test('what is decided from outside the circle waits as a proposal to whoever leads, and the minutes say what became of it', async () => {
  const base = await minutesOf(kezia)
  expect(await read('mina', `${base}/decide`)).toContain('You are not in their circle, which keeps the plan')
  const todo = { act: 'yes', todo: 'A key for her nan', part: 'home', owner: house.as('lena').staff }
  const due = { 'due-day': '30', 'due-month': '11', 'due-year': '2026' }
  const decided = await by('mina').post(`${base}/decide`, { words: 'A second door', why: 'W', ...todo, ...due })
  expect(decided.location).toBe(`${base}/minutes?done=proposed`)
  expect(await read('mina', `${base}/minutes`)).toContain('Proposed to whoever leads: A key for her nan')
  const hub = await read('lena', `/people/${kezia}`)
  expect(hub).toContain('1 thing is proposed for the plan')
  const plan = `/people/${kezia}/plan`
  const take = /href="([^"]+\/plan\/proposals\/[^"]+)"/.exec((await by('lena').get(plan)).text)![1]!
  expect((await by('mina').get(take)).status).toBe(404)
  const form = (await by('lena').get(take)).text
  for (const filled of ['A key for her nan</textarea>', 'name="due-day" type="text" value="30"'])
    expect(form).toContain(filled)
  await by('lena').post(take, { words: 'A key for her nan', part: 'home', owner: house.as('lena').staff, ...due })
  expect(await read('mina', `${base}/minutes`)).toContain('In the plan: A key for her nan (Lena Sorrel')
})

test('a place comes on for what is due of it, by its name, and is decided on without a part of its own', async () => {
  const lena = house.as('lena')
  const place = await house.seen(lena, async (tx) => {
    const said = { kind: 'place', name: 'Zylostop bus station', name_words: [], where: '', area: null } as const
    const id = await openContext(tx, house.house.keys, lena, said, { contact: '', at: at() })
    await startPlan(tx, lena, { id, adult_from: null }, { kind: 'context', review_on: '2026-11-20' }, at())
    return id
  })
  expect(await read('lena', panel)).toMatch(/Zylostop bus station The review of their plan is due, 20 November 2026/)
  await by('lena').post(`${panel}/due/${place}`, { do: 'add', handling: '0' }, { from: panel })
  expect(await read('lena', panel)).toMatch(/Zylostop bus station Place · C-/)
  const base = await minutesOf(place)
  const minutes = await read('lena', `${base}/minutes`)
  expect(minutes).toContain('What is known, and what is new')
  expect(minutes).not.toContain('The person’s part')
  expect((await by('lena').get(`${base}/part`)).status).toBe(404)
  expect(await read('hal', panel)).not.toContain('Zylostop')
})

test('the person’s part is written step by step, each with what it needs', async () => {
  const base = await minutesOf(kezia)
  expect(await read('lena', `${base}/minutes`)).toContain('Were they asked?')
  const on = { 'on-day': '20', 'on-month': '11', 'on-year': '2026' }
  const empty = await by('lena').post(`${base}/part`, {})
  expect(empty.text).toContain('Choose what happened')
  expect((await by('lena').post(`${base}/part`, { said: 'explained', ...on })).text).toContain('Choose how')
  expect((await by('lena').post(`${base}/part`, { said: 'not heard', ...on })).text).toContain('Write it down')
  await by('lena').post(`${base}/part`, { said: 'invited', how: 'in person', ...on })
  await by('lena').post(`${base}/part`, {
    said: 'explained',
    how: 'by phone',
    words: 'She nodded zqnod',
    ...on,
    'on-day': '23',
  })
  expect(await read('hal', `${base}/minutes`)).toMatch(
    /They were invited, in person, 20 November 2026 What was decided was explained to them, by phone, 23 November 2026 She nodded zqnod/,
  )
  await by('hal').post(`${base}/here`, {}, { from: `${base}/minutes` })
  expect(await read('lena', `${base}/minutes`)).toContain('Who is here for this part: Hal Ferris')
  const events = await rowsOf(sql<{ kind: string }>`select distinct kind from event where about_id = ${kezia}
    and (kind like 'panel %' or kind like 'meeting %') order by 1`)
  expect(events.map(({ kind }) => kind)).toEqual([
    'meeting attendee added',
    'meeting called',
    'meeting decision written',
    'meeting declaration made',
    'meeting form opened',
    'meeting minutes read',
    'meeting minutes written',
    'meeting part written',
    'panel item added',
  ])
})

test('a pack is made for one reader: of those whom they see, with the classification and their name on each page', async () => {
  const got = await by('lena').get(`${panel}/pack.docx`)
  expect(got.headers['content-type']).toContain('wordprocessingml')
  const page = await read('lena', `${panel}/pack`)
  for (const words of [
    'OFFICIAL-SENSITIVE',
    'Made for Lena Sorrel, Elmshire children’s social care',
    'Rowan Ash',
    'zqdecided',
  ])
    expect(page).toContain(words)
  const theirs = await read('hal', `${panel}/pack`)
  for (const words of ['Made for Hal Ferris', 'Kezia Thorne', 'zqknown', 'Walk with her to school'])
    expect(theirs).toContain(words)
  for (const hidden of ['Rowan', 'zqcar', 'Kofi']) expect(theirs).not.toContain(hidden)
  expect((await by('hal').get(`${panel}/pack.pdf`)).text).toMatch(/^%PDF-1\.7/)
  const made = await rowsOf(sql<{
    format: string
    about: string
  }>`select detail ->> 'format' as format, about_id::text as about
    from event where kind = 'panel pack made' and about_kind = 'person' and staff_id = ${house.as('hal').staff} order by 1`)
  expect(made).toEqual([
    { format: 'page', about: kezia },
    { format: 'pdf', about: kezia },
  ])
})

test('a calendar is told when and where, across the change of the clocks, and nothing of anybody', async () => {
  const spring = { ...planned, 'on-day': '30', 'on-month': '3', 'on-year': '2027', from: '10:00', to: '12:00' }
  const { location } = await by('lena').post('/meetings/new', spring)
  const told = await by('lena').get(`${location}/calendar.ics`)
  expect(told.headers['content-type']).toBe('text/calendar; charset=utf-8')
  for (const line of ['DTSTART:20270330T090000Z', 'DTEND:20270330T110000Z', 'STATUS:CONFIRMED'])
    expect(told.text).toContain(line)
  const winter = (await by('hal').get(`${panel}/calendar.ics`)).text
  expect(winter).toContain('DTSTART:20261126T140000Z')
  expect(winter).toMatch(/SUMMARY:MACE panel\\, reference MACE-/)
  expect(winter).not.toMatch(/Kezia|Rowan|Lena/)
  const etag = String(told.headers['etag'])
  expect((await by('lena').get(`${location}/calendar.ics`, { 'if-none-match': etag })).status).toBe(304)
  await by('lena').post(`${location}/declare`, {}, { from: location })
  await by('lena').post(`${location}/call-off`, {}, { from: location })
  const off = await by('lena').get(`${location}/calendar.ics`, { 'if-none-match': etag })
  expect(off.status).toBe(200)
  expect(off.text).toContain('STATUS:CANCELLED')
  const alone = (await by('lena').get(`${await minutesOf(kezia)}/calendar.ics`)).text
  expect(alone).toMatch(/SUMMARY:MACE[^\r]*\\, reference P-/)
  expect(alone).not.toMatch(/Kezia|LOCATION/)
})

test('after a meeting that decided something, what comes next is to explain it to the person', async () => {
  house.clock.now = new Date('2026-11-27T10:00:00Z')
  browsers.set('lena', await house.browser('lena'))
  for (const subject of [kofi, kezia]) await by('lena').post(`/people/${subject}/purpose`, safeguarding)
  expect(await read('lena', `/people/${kofi}`)).toContain('Explain to them what was decided: MACE')
  expect(await read('lena', `/people/${kezia}`)).not.toContain('Explain to them what was decided')
})

test('what meetings hold of somebody belongs in what they are given, and goes with their key', async () => {
  const { partnership, agency } = house.as('lena')
  const held = () =>
    house.seen(house.system, async (tx) => {
      const of = { partnership, subject: kezia, agency, words: wordsIn('en') }
      return (await panelsHeld(tx, house.house.keys, of)).map(({ text }) => text).join('\n')
    })
  const all = await held()
  for (const words of ['zqknown and a blue van', 'zqdecided', 'zqnod']) expect(all).toContain(words)
  expect(all).not.toContain('zqcar')
  await house.seen(house.system, (tx) => eraseSubject(tx, house.system, kezia, 'test', at()))
  expect(await held()).toBe('')
})
