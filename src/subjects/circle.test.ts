import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Name } from '../../test/cast.ts'
import { openTestHouse, type Browser, type TestHouse } from '../../test/house.ts'
import { handoverTyped } from '../../test/matters.ts'
import { safeguarding, signForCast } from '../../test/signed-for-cast.ts'
import { suspend } from '../staff/suspend.ts'
import { openPerson } from './open-person.ts'
import { identitySchema } from './subject.ts'

let house: TestHouse
let person: string
beforeAll(async () => {
  house = await openTestHouse()
  await signForCast(house)
})
afterAll(() => house.close())
beforeEach(async () => {
  const lena = house.as('lena')
  const said = identitySchema.parse({ name: 'Kezia Thorne', born_on: '2010-06-01' })
  person = await house.seen(lena, (tx) =>
    openPerson(tx, house.house.keys, lena, said, { as: 'lead', contact: '01632 960111', at: house.clock.now }),
  )
})

const here = (end = '') => `/people/${person}${end}`
const inside = async (name: Name): Promise<Browser> => {
  const browser = await house.browser(name)
  await browser.post(here('/purpose'), safeguarding)
  return browser
}
const hal = () => ({
  agency: house.as('hal').agency,
  staff: house.as('hal').staff,
  role: 'circle',
  contact: '01632 960222',
  why: 'Zylophant tenancy',
})
const addHal = async () => {
  house.clock.now = new Date(house.clock.now.getTime() + 60_000)
  return (await inside('lena')).post(here('/involved/add'), hal())
}
const words = (text: string): string => text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const eventsOf = async () =>
  house.seen(house.system, (tx) =>
    tx
      .selectFrom('event')
      .select(['kind', 'staff_id', 'detail'])
      .where('about_id', '=', person)
      .orderBy('seq')
      .execute(),
  )
const involvements = () =>
  house.seen(house.system, (tx) => tx.selectFrom('involvement').selectAll().where('subject_id', '=', person).execute())

test('a lead worker adds a housing officer, who sees the person from then on and until the end of it', async () => {
  expect((await (await house.browser('hal')).get(here())).text).not.toContain('Kezia')
  expect((await addHal()).location).toBe(`${here()}?done=added-to-circle`)
  const officer = await inside('hal')
  expect((await officer.get(here())).text).toContain('Kezia Thorne')
  const lena = await house.browser('lena')
  const shown = await lena.post(here('/involved'), { why: 'To change it' })
  const [, end] = [...shown.text.matchAll(/href="([^"]+\/end)"/g)].map(([, href]) => href!)
  expect((await lena.post(end!, { reason: '' })).status).toBe(422)
  expect(
    (await lena.post(end!, { reason: 'work done', why: 'Zylophant closed', ...handoverTyped })).location,
  ).toContain('done=ended')
  const after = await officer.get(here())
  expect(after.status).toBe(403)
  expect(after.text).not.toContain('Kezia')
  // The list of the one whose part ended says so, by reference, until they have read it.
  const told = await officer.get('/people')
  expect(words(told.text)).toContain('You are not In the circle of P-')
  expect(words(told.text)).toContain('Lena Sorrel')
  const id = /name="told" value="([^"]+)"/.exec(told.text)![1]!
  await officer.post('/people', { told: id })
  expect((await officer.get('/people')).text).not.toContain('name="told"')
  // Whoever leads reads why, of what is and of what was; nobody else does.
  const past = words((await lena.post(here('/involved'), { why: 'To look back' })).text)
  for (const said of ['Zylophant tenancy', 'The work is done. Zylophant closed', 'by Lena Sorrel'])
    expect(past).toContain(said)
  const dena = await inside('dena')
  expect((await dena.post(here('/involved'), { why: 'Quornish look' })).text).not.toMatch(/Zylophant|Quornish/)
  // So who asked about it, and why, is read by whoever leads and by a manager of the agency that opened the record.
  for (const reader of [lena, await inside('mina')])
    expect(words((await reader.post(here('/involved'), { why: 'To see' })).text)).toMatch(
      /Dena Okoro, Elmshire children’s social care .{5,40} Quornish look/,
    )
  // Why is in no row as words, and in no event.
  expect(JSON.stringify([await involvements(), await eventsOf()])).not.toMatch(/zylophant/i)
})

test('what was typed comes back with what is wrong, and only agencies that have signed are offered', async () => {
  const lena = await inside('lena')
  const first = await lena.get(here('/involved/add'))
  expect(first.text).toContain('North Elmshire Housing')
  expect(first.text).not.toContain('Jobcentre')
  const wrong = await lena.post(here('/involved/add'), { ...hal(), contact: '' })
  expect(wrong.status).toBe(422)
  expect(wrong.text).toContain('Zylophant tenancy')
  const wes = house.as('wes')
  const unsigned = await lena.post(here('/involved/add'), { ...hal(), agency: wes.agency, staff: wes.staff })
  expect(unsigned.status).toBe(422)
  // Somebody of another agency than the one that was chosen is nobody on that list.
  expect((await lena.post(here('/involved/add'), { ...hal(), staff: house.as('priya').staff })).status).toBe(422)
  expect((await involvements()).length).toBe(1)
})

test('the circle asks in colleagues of its own agency alone, and whoever has no part in it nobody', async () => {
  await addHal()
  const officer = await inside('hal')
  const dena = house.as('dena')
  const form = { ...hal(), agency: dena.agency, staff: dena.staff }
  expect((await officer.post(here('/involved/add'), form)).status).toBe(422)
  expect((await officer.get(here('/involved/lead'))).status).toBe(404)
  for (const path of ['/involved/add', '/involved/lead', '/involved/trusted-adult'])
    expect((await (await house.browser('wes')).get(here(path))).status).toBe(404)
})

test('somebody for whom no record opens is not asked in, and counts for nobody as leading', async () => {
  await addHal()
  const lena = await inside('lena')
  // The council has an administrator and a guardian, the school people who only report.
  const first = await lena.get(here('/involved/lead'))
  for (const agency of ['Elmshire County Council', 'Ash Hill School']) expect(first.text).not.toContain(agency)
  const { agency, staff } = house.as('ada')
  const { contact, why } = hal()
  expect((await lena.post(here('/involved/add'), { ...hal(), agency, staff })).status).toBe(422)
  expect((await lena.post(here('/involved/lead'), { agency, staff, contact, why, stay: 'yes' })).status).toBe(422)
  await house.seen(house.system, (tx) =>
    tx
      .updateTable('involvement')
      .set({ staff_id: staff, agency_id: agency })
      .where('subject_id', '=', person)
      .where('role', '=', 'lead')
      .execute(),
  )
  expect((await (await inside('hal')).get(here('/involved/lead'))).status).toBe(200)
})

test('whoever adds themself where the agreement lets them is written down as having claimed it', async () => {
  const dena = await inside('dena')
  expect(words((await dena.get(here('/involved/add'))).text)).toContain('Say that you work with this person')
  const sent = await dena.post(here('/involved/add'), { contact: '01632 960333', why: 'She rang me' })
  expect(sent.location).toBe(`${here()}?done=claimed`)
  const claimed = (await eventsOf()).filter(({ kind }) => kind === 'involvement self-claimed')
  expect(claimed.map(({ staff_id }) => staff_id)).toEqual([house.as('dena').staff])
  const lena = await inside('lena')
  expect((await lena.post(here('/involved'), { why: 'To see' })).text).toContain('Added themself')
})

test('a broken glass makes nobody a member of the circle', async () => {
  await addHal()
  const officer = await inside('hal')
  const shown = await officer.post(here('/involved'), { why: 'To leave' })
  const mine = /href="([^"]+\/end)"/.exec(shown.text)![1]!
  expect(shown.text.match(/\/end"/g)).toHaveLength(1)
  await officer.post(mine, { reason: 'work done', ...handoverTyped })
  // The agency is not involved any more: the glass is all that is left.
  await officer.post(
    here('/break-glass'),
    { ...safeguarding, why: 'She did not come home', minutes: '15', sure: 'yes' },
    { from: here() },
  )
  expect((await officer.get(here())).text).toContain('Kezia Thorne')
  expect((await officer.get(here('/involved'))).text).not.toContain('/involved/add')
  expect((await officer.get(here('/involved/add'))).status).toBe(404)
})

test('another lead is named in one moment; two who do it at once do it once; the old one is told', async () => {
  const [lena, again] = [await inside('lena'), await inside('lena')]
  const page = `${here('/involved/lead')}?agency=${house.as('colm').agency}`
  const was = /name="was" value="([^"]+)"/.exec((await lena.get(page)).text)![1]!
  const { staff, agency } = house.as('colm')
  const form = { agency, staff, contact: '01632 960444', why: 'Holiday', stay: 'yes', was, ...handoverTyped }
  expect((await lena.post(here('/involved/lead'), { ...form, stay: '' })).status).toBe(422)
  expect((await lena.post(here('/involved/lead'), form)).location).toContain('done=named')
  const late = await again.post(here('/involved/lead'), { ...form, staff: house.as('dena').staff }, { from: here() })
  // Lena is in the circle now, and the circle names nobody while somebody leads.
  expect(late.status).toBe(404)
  const rows = await involvements()
  const lead = rows.filter(({ role, to_at }) => role === 'lead' && to_at === null)
  expect(lead.map(({ staff_id }) => staff_id)).toEqual([staff])
  const old = rows.find(({ role, staff_id }) => role === 'lead' && staff_id === house.as('lena').staff)!
  expect(old.to_at).toEqual(lead[0]!.from_at)
  const colm = await inside('colm')
  const stale = await colm.post(here('/involved/lead'), { ...form, staff: house.as('dena').staff })
  expect(stale.status).toBe(422)
  expect(words(stale.text)).toContain('Somebody else was named while you wrote')
})

test('the last lead ends only with a reason why nobody leads, and the circle may then name one', async () => {
  await addHal()
  const lena = await inside('lena')
  const shown = await lena.post(here('/involved'), { why: 'To leave' })
  const mine = /href="([^"]+\/end)"/.exec(shown.text)![1]!
  expect(words((await lena.get(mine)).text)).toContain('Nobody would lead the work')
  const bare = await lena.post(mine, { reason: 'left post', ...handoverTyped })
  expect(bare.status).toBe(422)
  expect(
    (await lena.post(mine, { reason: 'left post', why: 'No worker until Monday', ...handoverTyped })).location,
  ).toBe('/people?done=ended')
  expect((await eventsOf()).map(({ kind }) => kind)).toContain('left without a lead')
  const officer = await inside('hal')
  expect((await officer.get(here('/involved/lead'))).status).toBe(200)
})

test('the people of somebody who left are handed on from their open work, by reference, and by nobody else’s manager', async () => {
  const lena = house.as('lena')
  await house.seen(house.as('ada'), (tx) =>
    suspend(tx, house.house, house.as('ada'), { account: lena.staff, why: 'Left' }),
  )
  const mina = await house.browser('mina')
  expect((await mina.get('/people')).text).toContain(`/accounts/${lena.staff}/people`)
  expect((await mina.get(`/accounts/${lena.staff}/work`)).text).toContain(`/accounts/${lena.staff}/people`)
  const page = await mina.get(`/accounts/${lena.staff}/people`)
  expect(page.text).not.toContain('Kezia')
  const mine = (await involvements()).find(({ to_at }) => to_at === null)!
  const form = {
    person: mine.id,
    to: house.as('colm').staff,
    contact: '01632 960444',
    why: 'Lena has left',
    ...handoverTyped,
  }
  expect((await mina.post(`/accounts/${lena.staff}/people`, { ...form, to: '' })).status).toBe(422)
  expect((await mina.post(`/accounts/${lena.staff}/people`, form)).location).toContain('moved=1&elsewhere=0')
  expect((await mina.post(`/accounts/${lena.staff}/people`, form)).location).toContain('moved=0&elsewhere=1')
  expect((await involvements()).find(({ role, to_at }) => role === 'lead' && to_at === null)?.staff_id).toBe(
    house.as('colm').staff,
  )
  for (const name of ['colm', 'ada'] as const)
    expect((await (await house.browser(name)).get(`/accounts/${lena.staff}/people`)).status).toBe(404)
})

test('a list that shows a name is a look at the person', async () => {
  const dena = await inside('dena')
  await dena.post(here('/involved/add'), { contact: '01632 960333', why: 'She rang me' })
  const before = (await eventsOf()).length
  expect((await dena.get('/people')).text).toContain('Kezia Thorne')
  const since = (await eventsOf()).slice(before)
  expect(since.map(({ kind, staff_id }) => [kind, staff_id])).toEqual([['person listed', house.as('dena').staff]])
})
