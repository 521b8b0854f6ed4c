import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { safeguarding, signForCast } from '../../test/signed-for-cast.ts'
import { openSubject } from '../../test/subject.ts'
import { newId } from '../platform/index.ts'

let house: TestHouse
let subject: string
let whom: Record<string, string | string[]>
beforeAll(async () => {
  house = await openTestHouse()
  await signForCast(house)
  subject = await openSubject(house, { adult_from: '2028-06-01' })
  whom = {
    recipient: house.as('hal').agency,
    name: 'Hal Ferris',
    role: 'Housing officer',
    classes: ['D4', 'D7'],
    handling: '0',
    ...safeguarding,
  }
})
afterAll(() => house.close())

const words = (text: string): string => text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const at = () => `/people/${subject}/share`
const decided = { why: 'They change the lock', method: 'by phone', told: 'yes' }
const eventsOf = (kind: string) =>
  house.seen(house.system, (tx) => tx.selectFrom('event').selectAll().where('kind', '=', kind).orderBy('seq').execute())

test('the page says what the agreement answers for each kind of detail before anything is written down', async () => {
  const lena = await house.browser('lena')
  expect((await lena.get(at())).status).toBe(200)
  const answered = await lena.post(at(), { ...whom, step: 'answers' })
  const said = words(answered.text)
  expect(said).toContain('Class D4 Yes Clause ELM 3')
  expect(said).toContain('Class D7 No Shut by clause ELM 5')
  expect(said).toContain('Hal Ferris is in this person’s circle')
  expect(said).toContain('A child at risk needs no consent first')
  expect(await eventsOf('information shared')).toEqual([])
})

test('a class that the agreement denies goes only with a reason of its own, and then it is on the list with its clause', async () => {
  const lena = await house.browser('lena')
  const wrong = await lena.post(at(), { ...whom, ...decided, step: 'keep share' })
  expect(wrong.status).toBe(422)
  expect(words(wrong.text)).toContain('Write why you share it all the same')
  expect(wrong.text).toContain('They change the lock')
  const form = {
    ...whom,
    ...decided,
    outside: 'A life in danger <tonight>',
    'expires-day': '23',
    'expires-month': '12',
  }
  const sent = await lena.post(at(), { ...form, 'expires-year': '2026', step: 'keep share' })
  expect(sent.location).toBe(`/people/${subject}/shared?done=shared`)
  const listed = await lena.get(sent.location)
  const said = words(listed.text)
  for (const seen of [
    'Shared with North Elmshire Housing',
    'Until 23 December 2026',
    'Class D4: Clause ELM 3',
    'Shut by clause',
  ])
    expect(said).toContain(seen)
  expect(listed.text).toContain('&lt;tonight>')
  const [event] = await eventsOf('information shared')
  expect(event).toMatchObject({ staff_id: house.as('lena').staff, about_id: subject })
  expect(JSON.stringify(event)).not.toMatch(/lock|danger|Ferris/)
})

test('codes that the lists do not have, an end in the past and empty boxes come back with what was typed', async () => {
  const lena = await house.browser('lena')
  const empty = await lena.post(at(), { step: 'answers' })
  expect(empty.status).toBe(422)
  for (const seen of ['Choose the agency', 'Enter the name', 'Choose what kinds of detail', 'Choose the purpose'])
    expect(words(empty.text)).toContain(seen)
  const unknown = await lena.post(at(), { ...whom, purpose: 'curiosity', why: 'half a thought', step: 'answers' })
  expect(words(unknown.text)).toContain('That is not in the list of the agreement')
  expect(unknown.text).toContain('half a thought')
  const sensitive = await lena.post(at(), { ...whom, classes: 'D6', step: 'answers' })
  expect(words(sensitive.text)).toContain('Choose the condition')
  await house.seen(house.system, (tx) =>
    tx
      .insertInto('sharing_code')
      .values({
        partnership_id: house.cast.partnership,
        list: 'basis',
        code: 'old',
        label: 'The old basis',
        valid_to: '2026-11-22',
      })
      .execute(),
  )
  const outdated = await lena.post(at(), { ...whom, basis: 'old', step: 'answers' })
  expect(words(outdated.text)).toContain('“The old basis” ended on 22 November 2026. Choose another')
  const past = { ...whom, ...decided, classes: 'D4', 'expires-day': '1', 'expires-month': '2', 'expires-year': '2026' }
  const late = await lena.post(at(), { ...past, step: 'keep share' })
  expect(words(late.text)).toContain('today or later')
  expect((await lena.post(at(), { ...whom, why: 'kept', step: 'whom' })).text).toContain('kept')
})

test('for an adult it begins with what they want and whether they agree; harm to a child is no reason', async () => {
  const adult = await openSubject(house, { adult_from: '2001-01-01' })
  const lena = await house.browser('lena')
  const to = `/people/${adult}/share`
  expect(words((await lena.post(to, { ...whom, step: 'answers' })).text)).toContain('Start from what the person wants')
  const sent = await lena.post(to, { ...whom, classes: 'D4', ...decided, step: 'keep share' })
  expect(words(sent.text)).toContain('Choose whether they agree')
  expect(words(sent.text)).toContain('Write what the person wants')
  expect((await lena.post(to, { ...whom, step: 'not' })).text).not.toContain('more harmful')
  const full = { ...whom, classes: 'D4', ...decided, wishes: 'To be left alone', consent: 'coercion' }
  expect((await lena.post(to, { ...full, step: 'keep share' })).status).toBe(303)
  expect(words((await lena.get(`/people/${adult}/shared`)).text)).toContain('they are being coerced')
})

test('not sharing because it harms the child more is answered by another manager; overturned, the decider shares it', async () => {
  const not = {
    ...whom,
    classes: 'D4',
    reason: 'more harmful to the child than not sharing',
    why: 'He would hear of it',
  }
  const lena = await house.browser('lena')
  const sent = await lena.post(at(), { ...not, step: 'keep not' })
  expect(sent.location).toBe(`/people/${subject}/shared?done=second`)
  expect(words((await lena.get(sent.location)).text)).toContain('Waits for a second manager')

  const mina = await house.browser('mina')
  expect((await mina.get('/people')).text).toContain('1 decision not to share to answer')
  const listed = await mina.get('/people/not-shared')
  expect(listed.text).not.toContain('He would hear of it')
  const address = /\/people\/not-shared\/[0-9a-f-]{36}/.exec(listed.text)![0]
  for (const name of ['lena', 'hal', 'wes'] as const)
    expect((await (await house.browser(name)).get(address)).status).toBe(404)
  const before = house.clock.now
  house.clock.now = new Date('2026-11-24T17:00:01Z')
  const again = await house.browser('mina')
  expect(words((await again.get('/people/not-shared')).text)).toContain('Late')
  house.clock.now = before
  expect((await mina.get(address)).text).toContain('He would hear of it')
  expect((await mina.post(address, {})).status).toBe(422)
  const answered = await mina.post(address, { answer: 'overturned', words: 'Housing has to know' })
  expect(answered.location).toBe('/people/not-shared?done=saved')
  expect((await mina.get(address)).status).toBe(404)

  expect((await lena.get('/people')).text).toContain('1 decision not to share was overturned')
  const after = /\/people\/[0-9a-f-]{36}\/share\?after=[0-9a-f-]{36}/.exec(
    (await lena.get('/people/not-shared')).text,
  )![0]
  expect((await lena.get(after)).text).toContain('Hal Ferris')
  house.clock.now = new Date(before.getTime() + 60_000)
  await lena.post(at(), { ...whom, classes: 'D4', ...decided, step: 'keep share' })
  expect((await lena.get('/people')).text).not.toContain('overturned')
  house.clock.now = before
})

test('what is for named people only is told to no colleague, here or among who has looked, and its manager is named', async () => {
  const sealed = await openSubject(house, { adult_from: '2028-06-01' })
  const to = `/people/${sealed}/share`
  const lena = await house.browser('lena')
  const form = { ...whom, classes: 'D4', handling: '2', ...decided, outside: 'A life in danger' }
  expect((await lena.post(to, { ...form, step: 'keep share' })).status).toBe(303)
  const reason = 'more harmful to the child than not sharing'
  const unnamed = await lena.post(to, { ...form, reason, step: 'keep not' })
  expect([unnamed.status, words(unnamed.text).includes('Choose who answers it')]).toEqual([422, true])
  const named = await lena.post(to, { ...form, reason, second: house.as('mina').staff, step: 'keep not' })
  expect(named.location).toContain('done=second')
  expect((await lena.get(`/people/${sealed}/shared`)).text).toContain('They change the lock')

  const colm = await house.browser('colm')
  await colm.post(`/people/${sealed}/purpose`, safeguarding)
  const shown = words((await colm.get(`/people/${sealed}/shared`)).text)
  expect(shown).toContain('2 items Sealed: for people named on it only')
  for (const secret of ['They change the lock', 'Hal Ferris', 'North Elmshire Housing'])
    expect(shown).not.toContain(secret)
  const names = [...(await lena.get(`/people/${sealed}/shared`)).text.matchAll(/\/people\/[^"]+\/names/g)].map(
    ([to]) => to,
  )
  expect(names).toHaveLength(2)
  expect((await colm.get(names[0]!)).status).toBe(404)
  const add = { act: 'add', add: house.as('colm').staff, why: 'He works with her' }
  expect((await colm.post(names[0]!, add, { from: '/people' })).status).toBe(404)
  for (const each of names) expect((await lena.post(each, add)).status).toBe(303)
  expect((await colm.get(`/people/${sealed}/shared`)).text).toContain('They change the lock')
  const mina = await house.browser('mina')
  const address = /\/people\/not-shared\/[0-9a-f-]{36}/.exec((await mina.get('/people/not-shared')).text)![0]
  expect((await mina.get(address)).text).toContain('They change the lock')
  await mina.post(address, { answer: 'confirmed', words: 'It is' })
  const looked = words((await lena.get(`/people/${sealed}/looked`)).text)
  expect(looked).toContain('Read what was shared')
  const acts = {
    'information shared': 'Shared something with another agency',
    'sharing decided against': 'Decided not to share something',
    'decision not to share read': 'Read a decision not to share',
    'decision not to share answered': 'Answered a decision not to share',
  }
  for (const [kind, said] of Object.entries(acts)) {
    const found = (await eventsOf(kind)).filter(({ about_id }) => about_id === sealed)
    const handlings = new Set(found.map(({ detail }) => String((detail as { handling: unknown }).handling)))
    expect([...handlings]).toEqual(['2'])
    expect(looked).not.toContain(`${said} `)
  }
})

test('at midnight the purpose has ended: what was typed is kept, to be sent again', async () => {
  const before = house.clock.now
  house.clock.now = new Date('2026-11-24T00:00:00Z')
  const lena = await house.browser('lena')
  const late = await lena.post(at(), { ...whom, why: 'Half a thought', step: 'keep share' }, { from: '/account' })
  expect([late.status, late.text.includes('Half a thought')]).toEqual([409, true])
  house.clock.now = before
})

test('where no other manager is there to answer, whoever decides is told so beforehand', async () => {
  const hal = await house.browser('hal')
  const form = { ...whom, recipient: house.as('lena').agency, step: 'not' }
  expect((await hal.post(at(), form)).text).toContain('has no other manager here')
  const lena = await house.browser('lena')
  expect((await lena.post(at(), { ...whom, step: 'not' })).text).not.toContain('has no other manager here')
})

test('the agency that has not signed finds no such page, in the words of a person who does not exist', async () => {
  const wes = await house.browser('wes')
  for (const end of ['share', 'shared']) {
    const real = await wes.get(`/people/${subject}/${end}`)
    expect(real.status).toBe(404)
    expect(real.text.length).toBe((await wes.get(`/people/${newId()}/${end}`)).text.length)
  }
})
