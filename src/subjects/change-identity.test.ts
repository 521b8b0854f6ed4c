import { afterAll, beforeAll, expect, test } from 'vitest'
import { safeguarding, signForCast } from '../../test/signed-for-cast.ts'
import { openTestHouse, type Browser, type TestHouse } from '../../test/house.ts'
import { addEntry } from './add-entry.ts'
import { openPerson } from './open-person.ts'
import { subjectFacts } from './queries.ts'
import { identitySchema } from './subject.ts'

let house: TestHouse
let person: string
let lena: Browser
const form = () => `/people/${person}/known`

beforeAll(async () => {
  house = await openTestHouse()
  await signForCast(house)
  const by = house.as('lena')
  const at = house.clock.now
  await house.seen(by, async (tx) => {
    const said = identitySchema.parse({ name: 'Somebody called Bryn', phone: '07700 900123' })
    person = await openPerson(tx, house.house.keys, by, said, { as: 'lead', at })
    const subject = (await subjectFacts(tx, by.partnership, person))!
    const entry = { kind: 'what happened', data_class: 'D4', handling: 0, words: 'Seen', source: '' } as const
    await addEntry(tx, house.house.keys, by, subject, { ...entry, happened_at: at }, { at })
  })
  lena = await house.browser('lena')
  await lena.post(`/people/${person}/purpose`, safeguarding)
})
afterAll(() => house.close())

const rows = () =>
  house.seen(house.system, async (tx) => ({
    subject: (await tx.selectFrom('subject').select('adult_from').where('id', '=', person).executeTakeFirstOrThrow())
      .adult_from,
    entries: await tx.selectFrom('entry').select('adult_from').where('subject_id', '=', person).execute(),
    identities: await tx
      .selectFrom('identity')
      .select(['born_on', 'adult_from', 'replaced_at'])
      .where('subject_id', '=', person)
      .orderBy('entered_at')
      .execute(),
  }))
const born = { 'born_on-day': '29', 'born_on-month': '2', 'born_on-year': '2012' }

test('a birthday that was not known counts from then on, for every row about the person', async () => {
  expect((await rows()).subject).toBeNull()
  const page = await lena.get(form())
  expect(page.text).toContain('value="07700 900123"')
  house.clock.now = new Date(house.clock.now.getTime() + 60_000)
  const sent = await lena.post(form(), { name: 'Bryn Askew', phone: '07700 900123', ...born })
  expect([sent.status, sent.location]).toEqual([303, `/people/${person}?done=known`])
  const now = await rows()
  expect(now.subject).toBe('2030-03-01')
  expect(now.entries).toEqual([{ adult_from: '2030-03-01' }])
  expect(now.identities.map(({ born_on, adult_from }) => [born_on, adult_from])).toEqual([
    [null, '2030-03-01'],
    ['2012-02-29', '2030-03-01'],
  ])
  expect(now.identities.map(({ replaced_at }) => replaced_at === null)).toEqual([false, true])
  const shown = (await lena.get(`/people/${person}`)).text
  expect(shown).toContain('Bryn Askew')
  expect(shown).not.toContain('Somebody called Bryn')
})

test('one that is still to come, or no day at all, is refused, and what was typed is shown again', async () => {
  for (const wrong of [
    { 'born_on-day': '31', 'born_on-month': '2', 'born_on-year': '2012' },
    { 'born_on-day': '1', 'born_on-month': '2', 'born_on-year': '2090' },
  ]) {
    const sent = await lena.post(form(), { name: 'Bryn of the flat', ...wrong })
    expect(sent.status).toBe(422)
    expect(sent.text).toContain('value="Bryn of the flat"')
  }
  expect((await rows()).subject).toBe('2030-03-01')
})

test('whoever is not in the circle changes nothing, and finds no such page', async () => {
  const hal = await house.browser('hal')
  await hal.post(`/people/${person}/purpose`, safeguarding)
  const shut = await hal.get(form())
  expect(shut.status).toBeGreaterThanOrEqual(403)
  expect(shut.text).not.toContain('07700 900123')
  expect((await hal.post(form(), { name: 'Nobody' })).status).toBeGreaterThanOrEqual(403)
  expect((await rows()).identities).toHaveLength(2)
})
