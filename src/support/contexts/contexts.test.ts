import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Name } from '../../../test/cast.ts'
import { openTestHouse, type TestHouse } from '../../../test/house.ts'
import { noticed } from '../../../test/noticed.ts'
import { safeguarding, signForCast } from '../../../test/signed-for-cast.ts'
import { involve, statePurpose } from '../../sharing/index.ts'
import { identitySchema, openPerson } from '../../subjects/index.ts'

import { askLeads } from './tell.ts'

let house: TestHouse
let home: string
let id: string
let concern: string
const place = 'Zylostop bus station, Ash Hill'

beforeAll(async () => {
  house = await openTestHouse()
  await signForCast(house)
  concern = (await noticed(house, { about: 'place', place, postcode: 'EL1 1AA' })).concern
})
afterAll(() => house.close())

const here = async (name: Name) =>
  house.seen(house.as(name), (tx) => {
    const at = house.clock.now
    const until = new Date(at.getTime() + 36_000_000)
    return statePurpose(tx, house.as(name), id, { ...safeguarding, until }, at)
  })
const get = async (name: Name, path: string) => (await house.browser(name)).get(path)
const post = async (name: Name, path: string, form = {}, from = path) =>
  (await house.browser(name)).post(path, form, { from })
const on = (name: string, day: string, month = '12', year = '2026') => ({
  [`${name}-day`]: day,
  [`${name}-month`]: month,
  [`${name}-year`]: year,
})

const unescaped = (html: string) => html.replaceAll('&#39;', "'").replaceAll('&quot;', '"')
/** The form about what is known as somebody has it open: what its boxes say, and which texts it was opened with. */
const writes = async (name: Name, path = `${home}/assessment`) => {
  const browser = await house.browser(name)
  const { text } = await browser.get(path)
  const hidden: Record<string, string> = {}
  for (const [, field, value] of text.matchAll(/<input type="hidden" name="(sitting|v-\w+)" value(?:="([^"]*)")?/g))
    hidden[field!] = value ?? ''
  const said: Record<string, string> = {}
  for (const [, field, words] of text.matchAll(/<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)<\/textarea>/g))
    said[field!] = unescaped(words!)
  const send = (form: Record<string, string>, does = 'go on') => browser.post(path, { ...hidden, ...form, do: does })
  const keep = async (form: Record<string, string>) => {
    const answer = JSON.parse((await send(form, 'keep')).text) as {
      fields: Record<string, { outcome: string; read: string; hints: string[] }>
    }
    for (const [field, { read }] of Object.entries(answer.fields)) hidden[`v-${field}`] = read
    return answer
  }
  return { text: unescaped(text), said, send, keep }
}

test('a record of a place is opened from a concern, with no person in it, and has its own page and bar', async () => {
  const from = `/contexts/new?concern=${concern}`
  expect((await get('dena', `/concerns/${concern}`)).text).toContain(from)
  expect((await get('dena', from)).text).toContain(place)
  const empty = await post('dena', from)
  for (const wrong of ['Select what it is', 'Enter what it is called', 'Enter how others can reach you'])
    expect(empty.text).toContain(wrong)
  const said = { kind: 'place', name: 'Zylostop bus station', where: 'Ash Hill', contact: 'The duty desk' }
  const { location } = await post('dena', from, said)
  home = location.split('?')[0]!
  id = home.split('/')[2]!
  // Why one is here is asked as for a person, and leads back to it.
  expect((await post('dena', `/people/${id}/purpose`, safeguarding)).location).toBe(home)
  const { text } = await get('dena', `${home}?done=context-opened`)
  for (const words of ['Zylostop bus station', 'The record is open', '1 concern.', 'Ash Hill'])
    expect(text).toContain(words)
  // Its first review is due by its own clock.
  expect(text).toContain('15 February 2027')
})

test('a place is no person: neither list shows the other, and a person’s pages do not exist for it', async () => {
  expect((await get('dena', '/people')).text).not.toContain(id)
  expect((await get('dena', '/contexts')).text).toContain('Zylostop bus station')
  expect((await get('dena', `/people/${id}`)).location).toBe(home)
  for (const part of ['story', 'voice', 'plan', 'assessments', 'way'])
    expect([part, (await get('dena', `/people/${id}/${part}`)).status]).toEqual([part, 404])
  expect((await get('dena', `/people/${id}/involved`)).status).toBe(200)
})

test('the list is narrowed by sort and state; whoever the agreement does not let in finds nothing', async () => {
  expect((await get('dena', '/contexts?kind=online')).text).not.toContain(home)
  expect((await get('dena', '/contexts?kind=place&state=open')).text).toContain(home)
  expect((await get('hal', '/contexts')).text).not.toContain(home)
  for (const name of ['wes', 'priya', 'ada', 'gwen'] as const)
    for (const end of ['', '/map', '/people']) expect([name, (await get(name, home + end)).status]).toEqual([name, 404])
  // Whom the agreement would let in if they worked on it meets the glass, and no word of it.
  const glass = await get('hal', home)
  expect([glass.status, glass.text.includes('Zylostop')]).toEqual([403, false])
})

test('another concern that names the same place is asked about, said to be about it, and taken back', async () => {
  const other = await noticed(house, { place: 'By the ZYLOSTOP station (bus)', worry: 'Lads wait there' })
  const seen = await get('dena', `${home}/concerns`)
  expect(seen.text).toContain(other.reference)
  const linked = await post('dena', `${home}/concerns`, { concern: other.concern })
  expect(linked.location).toContain('done=linked')
  expect((await get('dena', home)).text).toContain('2 concerns.')
  const undo = /name="undo" value="([^"]+)"[^]*?Take back/.exec((await get('dena', `${home}/concerns`)).text)![1]!
  expect((await post('dena', `${home}/concerns`, { undo })).location).toContain('done=unlinked')
  expect((await post('dena', `${home}/concerns`, { concern: id })).status).toBe(404)
})

test('a business is asked about where a concern names it by another name, and not where its namesake is in another town', async () => {
  const named = (said: string, postcode: string) =>
    noticed(house, { about: 'business', postcode, details: [{ kind: 'business', said }] })
  const one = await named('Zylofry Ltd', 'EL1 1AB')
  const far = await named('Zylofryer Grill & Bar', 'B9 9ZZ')
  const said = { kind: 'business', name: 'The Zylofry Fish Bar', where: 'Lane End, EL1 1AB', contact: 'The duty desk' }
  const { location } = await post('dena', `/contexts/new?concern=${concern}`, said)
  const business = location.split('?')[0]!
  await post('dena', `/people/${business.split('/')[2]!}/purpose`, safeguarding)
  const { text } = await get('dena', `${business}/concerns`)
  expect([text.includes(one.reference), text.includes(far.reference)]).toEqual([true, false])
})

test('whoever leads is asked about a concern whose place has the same words, once, and nothing of it is told', async () => {
  const { concern: named, reference } = await noticed(house, { place: 'At Zylostop bus station', worry: 'Zyloworry' })
  const other = await noticed(house, { place: 'The bus station, Farfield' })
  const ask = (one: string) =>
    house.seen(house.system, (tx) => askLeads(tx, house.cast.partnership, one, house.clock.now))
  expect([await ask(named), await ask(named), await ask(other.concern)]).toEqual([1, 0, 0])
  const { text } = await get('dena', '/work')
  expect([text.includes('Is it about this?'), text.includes(reference)]).toEqual([true, false])
  expect((await get('dena', `/contexts/new?concern=${named}`)).text).toContain('Same words')
  const read = /name="read" value="([^"]+)"/.exec(text)![1]!
  await post('hal', '/contexts/read', { read }, '/account')
  expect((await get('dena', '/work')).text).toContain('Is it about this?')
  await post('dena', '/contexts/read', { read }, '/work')
  expect((await get('dena', '/work')).text).not.toContain('Is it about this?')
})

test('what is known stands in words without a score, and whatever is missing is told at once', async () => {
  const to = `${home}/assessment`
  const empty = await (await writes('dena')).send({})
  for (const wrong of ['Enter what happens there', 'Enter the day on which you look at it again'])
    expect([empty.status, empty.text.includes(wrong)]).toEqual([422, true])
  const said = { happens: 'Lads offer zylorides.', easy: 'No light.', ...on('review', '20') }
  const past = await (await writes('dena')).send({ ...said, ...on('review', '20', '11') })
  expect(past.text).toContain('The day must be after today')
  const form = await writes('dena')
  for (const press of [1, 2]) expect([press, (await form.send(said)).location]).toEqual([press, `${to}?done=assessed`])
  const { rows } = await house.seen(house.system, (tx) =>
    sql`select from context_assessment where subject_id = ${id}`.execute(tx),
  )
  expect(rows).toHaveLength(1)
  const again = await writes('dena')
  expect(again.text).toContain('Lads offer zylorides.</textarea>')
  await again.send({ ...said, happens: 'Rides, and a zylovan.' })
  const { text } = await get('dena', home)
  for (const words of ['Rides, and a zylovan.', 'No light.', 'Look again at what is known'])
    expect(text).toContain(words)
  expect((await get('dena', to)).text).toContain('Lads offer zylorides.')
})

test('what is written about it saves itself, outlives the sign-in, and counts once somebody keeps it', async () => {
  const form = await writes('dena')
  const kept = await form.keep({ ...form.said, unknown: 'Whose zylovan?', protects: 'She is putting herself at risk.' })
  expect(kept.fields['unknown']).toMatchObject({ outcome: 'saved' })
  expect(kept.fields['happens']).toMatchObject({ outcome: 'same' })
  expect(kept.fields['protects']!.hints).toHaveLength(1)
  const dena = await house.browser('dena')
  await dena.post('/sign-out', {}, { from: home })
  const hub = (await get('dena', home)).text
  expect([hub.includes('Not kept yet: Dena'), hub.includes('Whose zylovan?')]).toEqual([true, false])
  expect((await writes('dena')).text).toContain('Whose zylovan?</textarea>')
})

test('two who write about it at once lose nothing: each answer merges, and of two texts a person makes one', async () => {
  const hal = house.as('hal')
  const near = { subject: id, agency: hal.agency, staff: hal.staff, role: 'circle', contact: '' } as const
  await house.seen(house.as('dena'), (tx) => involve(tx, house.as('dena'), { ...near, at: house.clock.now }))
  await here('hal')
  const [dena, other] = [await writes('dena'), await writes('hal')]
  await dena.keep({ ...dena.said, times: 'Zylonights.', watched: 'The kiosk.' })
  const beside = await other.keep({ ...other.said, times: 'Zylomornings.', harmed: 'Girls of 13.' })
  expect([beside.fields['times']!.outcome, beside.fields['harmed']!.outcome]).toEqual(['beside', 'saved'])
  // It is not kept while two texts stand, whoever presses.
  const { location } = await dena.send({
    ...dena.said,
    times: 'Zylonights.',
    watched: 'The kiosk.',
    ...on('review', '21'),
  })
  expect(location).toBe(`${home}/assessment/times`)
  const page = await writes('dena', location)
  for (const words of ['Zylonights.', 'Zylomornings.', 'Hal']) expect(page.text).toContain(words)
  expect((await page.send({ times: ' ' })).status).toBe(422)
  expect((await page.send({ times: 'Zylonights and zylomornings.' })).location).toContain('done=one')
  expect((await get('dena', `${home}/assessment/nothing`)).status).toBe(404)
  const last = await writes('hal')
  await last.send({ ...last.said, ...on('review', '21') })
  const { text } = await get('dena', home)
  for (const words of ['Zylonights and zylomornings.', 'Girls of 13.', 'The kiosk.', 'Whose zylovan?'])
    expect(text).toContain(words)
  expect(text).not.toContain('Not kept yet')
})

test('the map keeps what young people say of each spot apart from what workers say, in a sketch and in words', async () => {
  const map = `${home}/map`
  expect((await post('dena', map)).text).toContain('Enter what people call it')
  await post('dena', map, { name: 'Zylobay C', cell: 'top left' })
  const spot = /\/contexts\/[0-9a-f-]+\/map\/[0-9a-f-]+/.exec((await get('dena', map)).text)![0]
  const said = { who: 'young people', feels: 'not safe', words: 'Nobody comes zyloback here.', times: 'After school' }
  expect((await post('dena', spot, {})).text).toContain('Select whose words they are')
  await post('dena', spot, { ...said, ...on('on', '20', '11') })
  await post('dena', spot, { ...said, who: 'worker', feels: 'safe', words: 'Quiet at noon.', ...on('on', '21', '11') })
  const { text } = await get('dena', map)
  const [theirs, ours] = [text.indexOf('What those who use it say'), text.indexOf('What workers say')]
  expect(text.indexOf('Nobody comes zyloback here.')).toBeGreaterThan(theirs)
  expect(text.indexOf('Quiet at noon.')).toBeGreaterThan(ours)
  // The mark says what those who use it said, whatever a worker said later.
  expect(text).toContain('trellis-sketch__mark--not-safe')
  expect(text).toContain('Young people, 20 November 2026: does not feel safe. After school')
})

test('the plan has guardians by role, actions of one owner and one day, and reviews on its clock', async () => {
  const plan = `${home}/plan`
  expect((await post('dena', `${home}/guardians/new`)).text).toContain('Enter how they are reached')
  const role = { role: 'Night zylowarden', elsewhere: 'The bus company', contact: 'The depot desk' }
  const nowhere = await post('dena', `${home}/guardians/new`, { ...role, elsewhere: '' })
  expect(nowhere.text).toContain('Select their agency')
  await post('dena', `${home}/guardians/new`, role)
  const act = { words: 'Mend the zylolamp.', part: 'the place', owner: house.as('dena').staff, ...on('due', '4') }
  expect((await post('dena', `${plan}/actions/new`, act)).location).toBe(`${plan}?done=action`)
  // A part of a person's plan is none of a place's.
  expect((await post('dena', `${plan}/actions/new`, { ...act, part: 'health' })).status).toBe(422)
  expect((await get('dena', '/actions')).text).toMatch(/\/contexts\/[0-9a-f-]+\/plan\/actions\//)
  const shown = (await get('dena', plan)).text
  for (const words of ['Night zylowarden, The bus company', 'Mend the zylolamp.', 'By 4 December 2026'])
    expect(shown).toContain(words)
  const action = /\/contexts\/[0-9a-f-]+\/plan\/actions\/(?!new)[0-9a-f-]+/.exec(shown)![0]
  const last = /name="last" value="([^"]+)"/.exec((await get('dena', action)).text)![1]!
  expect((await post('dena', action, { last, said: 'done' })).location).toBe(`${plan}?done=said`)
  const review = { changed: 'Lit.', decisions: 'Go on.', ...on('held', '23', '11'), ...on('next', '20', '02', '2027') }
  const half = await post('dena', `${plan}/review`, { ...review, heard: 'no' })
  expect([half.status, half.text.includes('why they were not')]).toEqual([422, true])
  await post('dena', `${plan}/review`, { ...review, heard: 'yes', view: 'We sit there now.' })
  expect((await get('dena', plan)).text).toContain('Next review by 20 February 2027')
  const end = /\/contexts\/[0-9a-f-]+\/guardians\/[0-9a-f-]+\/end/.exec((await get('dena', plan)).text)![0]
  await post('dena', end, {}, plan)
  expect((await get('dena', plan)).text).not.toContain('Night zylowarden, The bus company')
})

test('who is tied to it is seen only by whoever may open both records, by reference and until a day', async () => {
  const at = house.clock.now
  const [dena, hal] = [house.as('dena'), house.as('hal')]
  const { keys } = house.house
  const open = async (name: string, by: typeof dena) => {
    const said = identitySchema.parse({ name, born_on: '2011-01-10' })
    const person = await house.seen(by, (tx) => openPerson(tx, keys, by, said, { as: 'lead', at }))
    const row = house.seen(house.system, (tx) =>
      tx.selectFrom('subject').select('reference').where('id', '=', person).executeTakeFirstOrThrow(),
    )
    return { person, ...(await row) }
  }
  const theirs = await open('Kezia Zylothorne', dena)
  const others = await open('Rowan Zyloash', hal)
  const tie = { part: 'harmed or at risk', why: 'She waits there.', ...on('until', '20') }
  const to = `${home}/people`
  expect((await post('dena', to, { ...tie, reference: 'P-1', ...on('until', '20', '12', '2028') })).text).toContain(
    'within the next year',
  )
  for (const reference of ['P-AAAA-AAAA', others.reference])
    expect((await post('dena', to, { ...tie, reference })).text).toContain(
      'No record with this reference opens for you',
    )
  expect((await post('dena', to, { ...tie, reference: theirs.reference })).location).toBe(`${to}?done=person`)
  const { text } = await get('dena', to)
  expect([text.includes(theirs.reference), text.includes('Zylothorne')]).toEqual([true, false])
  // Whoever is in the person's circle and may open the record of the place reads it from the person, and nobody else does.
  const mina = house.as('mina')
  const near = {
    subject: theirs.person,
    agency: mina.agency,
    staff: mina.staff,
    role: 'circle',
    contact: '',
    at,
  } as const
  await house.seen(dena, (tx) => involve(tx, dena, near))
  for (const [name, sees] of [
    ['mina', true],
    ['colm', false],
  ] as const) {
    await house.seen(house.as(name), (tx) => {
      const until = new Date(at.getTime() + 36_000_000)
      return statePurpose(tx, house.as(name), theirs.person, { ...safeguarding, until }, at)
    })
    await get(name, `/people/${theirs.person}/story`)
    const told = (await get(name, `/people/${theirs.person}`)).text
    expect([told.includes('Kezia Zylothorne'), told.includes('Tied until 20 December 2026')]).toEqual([true, sees])
  }
  // Somebody else who works on the place, and not with the person, sees that nobody is there.
  await house.seen(dena, (tx) =>
    involve(tx, dena, { subject: id, agency: hal.agency, staff: hal.staff, role: 'circle', contact: '', at }),
  )
  await here('hal')
  expect((await get('hal', to)).text).not.toContain(theirs.reference)
  expect((await get('hal', home)).status).toBe(200)
  const end = /\/contexts\/[0-9a-f-]+\/people\/[0-9a-f-]+\/end/.exec(text)![0]
  expect((await post('hal', end, {}, '/account')).status).toBe(404)
  expect((await post('dena', end, {}, to)).location).toContain('done=unperson')
  expect((await get('dena', to)).text).not.toContain(theirs.reference)
})

test('it is closed with a reason, and a new concern that somebody says is about it opens it again', async () => {
  const to = `${home}/close`
  expect((await post('dena', to)).text).toContain('Enter why it can be closed')
  const closing = { why: 'A zylolong quiet.', used: 'Twice as many wait there.', signs: 'Cars after ten.' }
  expect((await post('dena', to, closing)).location).toBe(`${home}?done=context-closed`)
  expect((await get('dena', home)).text).toContain('Cars after ten.')
  expect((await get('dena', '/contexts?state=closed')).text).toContain(home)
  const again = await noticed(house, { place: 'Zylostop, the bus station' })
  expect((await post('dena', `${home}/concerns`, { concern: again.concern })).location).toContain('done=reopened')
  expect((await get('dena', '/contexts?state=open')).text).toContain(home)
  const { text } = await get('dena', `${home}/chronology`)
  for (const words of [
    'The record was closed',
    'opened again by a concern',
    'What is said of its spots was kept',
    again.reference,
  ])
    expect(text).toContain(words)
})

test('no word about it stands in the database as it was written', async () => {
  const { rows: tables } = await house.seen(house.system, (tx) =>
    sql<{ name: string }>`select tablename as name from pg_tables
      where tablename ~ '^(context|plan)' or tablename in ('event', 'written')`.execute(tx),
  )
  for (const { name } of tables) {
    const { rows } = await house.seen(house.system, (tx) =>
      sql`select from ${sql.table(name)} t where t::text ilike '%zylo%'`.execute(tx),
    )
    expect([name, rows]).toEqual([name, []])
  }
})
