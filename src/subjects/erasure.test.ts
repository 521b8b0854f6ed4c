import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openTestHouse, type Browser, type TestHouse } from '../../test/house.ts'
import { safeguarding, signForCast } from '../../test/signed-for-cast.ts'
import { newId } from '../platform/index.ts'
import { share, statePurpose } from '../sharing/index.ts'
import { addEntry } from './add-entry.ts'
import { answerErasure, erasuresFor } from './erasure.ts'
import { openPerson } from './open-person.ts'
import { subjectFacts } from './queries.ts'
import { callMeeting } from './meetings/call.ts'
import { loadMissingRetention } from './retention.ts'
import { identitySchema } from './subject.ts'

let house: TestHouse
let subject: string
let entry: string
let mina: Browser
let gwen: Browser

beforeAll(async () => {
  house = await openTestHouse()
  await signForCast(house)
  ;[mina, gwen] = [await house.browser('mina'), await house.browser('gwen')]
})
afterAll(() => house.close())

type Work<T> = Parameters<typeof house.seen<T>>[1]
const product = <T>(work: Work<T>) => house.seen(house.system, work)

/** A person with planted words in everything that is kept about somebody. */
beforeEach(async () => {
  const lena = house.as('lena')
  const at = house.clock.now
  const { keys } = house.house
  const said = identitySchema.parse({ name: 'Plantedname', phone: '07700900999' })
  subject = await house.seen(lena, (tx) =>
    openPerson(tx, keys, lena, said, { as: 'lead', contact: 'plantedcontact', at }),
  )
  entry = await write('lena')
  const until = new Date(at.getTime() + 36_000_000)
  await house.seen(lena, (tx) => statePurpose(tx, lena, subject, { ...safeguarding, until }, at))
  const about = {
    subject,
    recipient: house.cast.agencies['housing']!,
    name: 'Plantedrecipient',
    role: 'plantedrole',
    classes: ['D4'] as const,
    ...safeguarding,
    wishes: 'plantedwishes',
    why: 'plantedwhy',
    at,
    method: 'by phone',
    consent: 'lacks capacity',
    notTold: 'plantednottold',
    outside: 'plantedoutside',
    expires: null,
  } as const
  await house.seen(lena, (tx) => share(tx, keys, lena, about, { age: 'adult', handling: 0, closeness: 0 }))
})

const write = (name: 'lena' | 'hal') =>
  house.seen(house.as(name), async (tx) => {
    const facts = (await subjectFacts(tx, house.cast.partnership, subject))!
    const at = house.clock.now
    const words = {
      kind: 'contact',
      words: 'plantedwords',
      data_class: 'D4',
      handling: 0,
      source: 'plantedsource',
    } as const
    return addEntry(tx, house.house.keys, house.as(name), facts, { ...words, happened_at: at }, { at })
  })
const end = () =>
  product((tx) => sql`update involvement set to_at = ${house.clock.now} where subject_id = ${subject}`.execute(tx))

const asked = { 'asked_on-day': '20', 'asked_on-month': '11', 'asked_on-year': '2026' }
const ask = async (): Promise<string> => {
  const form = { said: 'plantedsaid', ground: 'not needed', ...asked }
  return (await mina.post(`/people/${subject}/erase`, form)).location
}
const erase = { answer: 'erase', why: 'plantedreason' }
/** Every row of every table as text, so that no column is forgotten. */
const tablesWith = async (words: string): Promise<string[]> => {
  const { rows } = await product((tx) =>
    sql<{
      name: string
    }>`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
      and relname <> 'migration'`.execute(tx),
  )
  const found: string[] = []
  for (const { name } of rows) {
    const hit = await product((tx) =>
      sql`select from ${sql.table(name)} t where t::text ~* ${words} limit 1`.execute(tx),
    )
    if (hit.rows.length) found.push(name)
  }
  return found.sort()
}

test('two different people erase a person; nothing of what anybody wrote is left in any table, and nothing opens', async () => {
  const empty = await mina.post(`/people/${subject}/erase`)
  expect([empty.status, empty.text.includes('Enter what they say')]).toEqual([422, true])
  const address = await ask()
  await mina.post(`/people/${subject}/access`, { asker: 'plantedasker', capacity: 'person', ...asked })
  const on = { 'said_on-day': '20', 'said_on-month': '11', 'said_on-year': '2026' }
  const lena = await house.browser('lena')
  const disputed = `/people/${subject}/entries/${entry}/disputed`
  expect((await lena.post(disputed, { words: 'planteddispute', said_by: 'person', ...on })).status).toBe(303)
  expect((await mina.post(address, erase)).text).toContain('Somebody works with the person')
  await end()
  expect((await mina.post(address, erase)).location).toBe(address)
  expect((await mina.post(address, erase)).text).toContain('You have confirmed it already')
  expect(await tablesWith('planted|lacks capacity')).toEqual(['disclosure', 'involvement'])
  expect((await gwen.post(address, erase)).location).toBe('/retention')
  expect(await tablesWith('planted|lacks capacity')).toEqual([])
  const { rows } = await product((tx) =>
    sql`select from data_key where of_id = ${subject} and wrapped is not null`.execute(tx),
  )
  expect(rows).toEqual([])
  for (const path of [address, `/people/${subject}/access`, `/people/${subject}/hold`])
    expect((await gwen.get(path)).status).toBe(404)
  const shown = (await gwen.get('/retention')).text
  for (const words of ['at the person’s request', 'Mina Farah', 'Gwen Astley']) expect(shown).toContain(words)
})

test('what another agency supplied is not destroyed without somebody of that agency', async () => {
  await write('hal')
  await end()
  const address = await ask()
  await mina.post(address, erase)
  await gwen.post(address, erase)
  expect((await gwen.get(address)).text).toMatch(/Confirmed by (Mina Farah, Gwen Astley|Gwen Astley, Mina Farah)/)
})

test('an agency that only called a meeting about the person is asked too, and answers for what it holds', async () => {
  const hal = house.as('hal')
  await house.seen(hal, (tx) =>
    callMeeting(
      tx,
      house.house.keys,
      hal,
      { id: subject, adult_from: null },
      { ...safeguarding, kind: 'other', starts_at: house.clock.now, place: 'plantedplace', handling: 0 },
      house.clock.now,
    ),
  )
  await end()
  const address = await ask()
  const manager = { ...hal, roles: ['manager'] as const }
  const waits = await house.seen(manager, (tx) => erasuresFor(tx, house.house.keys, manager, subject))
  expect(waits.map(({ said }) => said)).toEqual(['plantedsaid'])
  await mina.post(address, erase)
  await gwen.post(address, erase)
  expect((await gwen.get(address)).text).toMatch(/Confirmed by (Mina Farah, Gwen Astley|Gwen Astley, Mina Farah)/)
  const grant = { partnership_id: house.cast.partnership, id: newId(), account_id: hal.staff, role: 'manager' }
  await product((tx) =>
    tx
      .insertInto('role_grant')
      .values({ ...grant, granted_at: house.clock.now })
      .execute(),
  )
  const managers = await house.browser('hal')
  for (const path of [address, `/people/${subject}/access`]) expect((await managers.get(path)).status).toBe(200)
  await product((tx) =>
    tx.updateTable('role_grant').set({ ended_at: house.clock.now }).where('id', '=', grant.id).execute(),
  )
})

test('it is refused with one of the grounds of the law, and a legal hold wins', async () => {
  await end()
  const address = await ask()
  await gwen.post(`/people/${subject}/hold`, { why: 'An inquiry.' })
  expect((await mina.post(address, erase)).text).toContain('A legal hold stands on this record')
  expect((await mina.post(address, { ...erase, answer: 'refuse' })).text).toContain('Select why it may be refused')
  await mina.post(address, { answer: 'refuse', refusal: 'public task', why: 'We look after her.' })
  expect((await gwen.get(address)).text).toContain('a task that the law gives us')
  expect((await gwen.post(address, erase, { from: '/retention' })).status).toBe(409)
  for (const name of ['lena', 'hal', 'wes', 'ada'] as const)
    expect((await (await house.browser(name)).get(address)).status).toBe(404)
})

test('a refusal that came while somebody read the request wins over their confirmation', async () => {
  await end()
  const address = await ask()
  await mina.post(address, erase)
  const { keys } = house.house
  const viewer = house.as('gwen')
  await house.seen(viewer, async (tx) => {
    const facts = (await subjectFacts(tx, viewer.partnership, subject))!
    const at = { subject: facts, viewer, now: house.clock.now, holders: [], named: new Set<string>() }
    const [read] = await erasuresFor(tx, keys, viewer, subject)
    const refuse = { answer: 'refuse', refusal: 'legal claims', why: 'A claim was lodged.' } as const
    expect(await answerErasure(tx, keys, { ...at, viewer: house.as('lena') }, read!, refuse)).toBe('refused')
    expect(await answerErasure(tx, keys, at, read!, { ...erase, answer: 'erase', refusal: null })).toBe(
      'refused before',
    )
  })
  expect((await gwen.get(address)).text).toContain('A claim was lodged.')
})

test('the guardian or an administrator changes a rule as a dated row with its reason; the one that was stays', async () => {
  await loadMissingRetention(house.db)
  await loadMissingRetention(house.db)
  const ada = await house.browser('ada')
  const rule = '/retention/rules/adult-default'
  expect((await ada.get('/retention/rules')).text).toContain('Record of an adult: 8 years after last contact')
  expect((await mina.get('/retention/rules')).status).toBe(200)
  for (const name of ['mina', 'lena'] as const) expect((await (await house.browser(name)).get(rule)).status).toBe(404)
  const said = { act: 'change', label: 'Adults: 10 years', counts_from: 'last contact', years: '10', checked: 'yes' }
  const wrong = await ada.post(rule, { ...said, years: 'ten' })
  expect([
    wrong.status,
    wrong.text.includes('as a whole number'),
    wrong.text.includes('Enter why it is changed'),
  ]).toEqual([422, true, true])
  expect((await ada.post(rule, { ...said, why: 'The schedule of May.' })).location).toBe('/retention/rules')
  const shown = (await gwen.get('/retention/rules')).text
  for (const words of ['Adults: 10 years', 'Ada Quill', 'The schedule of May.', '8 years after last contact', 'Ended '])
    expect(shown).toContain(words)
  expect((await gwen.post(rule, { ...said, why: 'Again.' })).text).toContain('Somebody else changed this rule')
  const added = { label: 'Panels', counts_from: 'closure', years: '3', entry_kinds: 'meeting', why: 'New.' }
  expect((await gwen.post('/retention/rules/new', added)).location).toBe('/retention/rules')
  const { rows } = await product((tx) =>
    sql<{ n: number }>`select count(*)::int as n from event where kind = 'retention rule changed'`.execute(tx),
  )
  expect(rows[0]!.n).toBe(2)
})
