import { afterAll, beforeAll, expect, test } from 'vitest'
import { happened, noticed } from '../../../test/noticed.ts'
import { openTestHouse, type Browser, type TestHouse } from '../../../test/house.ts'
import { newId } from '../../platform/index.ts'
import { askReporter } from '../ask.ts'
import { askPartners } from '../check.ts'
import { take } from '../take.ts'

let house: TestHouse
let mina: Browser
let ada: Browser
let work: string
/** Two concerns that Dena has in hand; a question to the first one's reporter, and a check at the school, are open. */
let held: { concern: string; reference: string }[]
beforeAll(async () => {
  house = await openTestHouse()
  mina = await house.browser('mina')
  ada = await house.browser('ada')
  work = `/accounts/${house.cast.people.dena.id}/work`
  held = [await noticed(house, { wants_news: true }), await noticed(house)]
  const dena = house.as('dena')
  const at = house.clock.now
  await house.seen(dena, async (tx) => {
    for (const { concern } of held) await take(tx, dena, concern, at)
    await askReporter(tx, house.house.keys, dena, held[0]!.concern, 'Which day was it?', at)
    const agencies = [house.cast.agencies['school']!]
    await askPartners(tx, house.house.keys, dena, held[1]!.concern, {
      agencies,
      question: 'Known?',
      reason: 'To be safe',
      at,
    })
  })
})
afterAll(() => house.close())

const holders = () =>
  house.seen(house.system, async (tx) => {
    const rows = await tx
      .selectFrom('holding')
      .select(['concern_id', 'staff_id', 'why'])
      .where('to_at', 'is', null)
      .execute()
    return held.map(({ concern }) => rows.find(({ concern_id }) => concern_id === concern))
  })
const form = (over: Record<string, string | string[]> = {}) => ({
  concern: held.map(({ concern }) => concern),
  to: house.cast.people.colm.id,
  why: 'left',
  ...over,
})

test('a manager at the front door sees what somebody has in hand; an administrator only how much; nobody else finds it', async () => {
  const seen = await mina.get(work)
  for (const words of ['2 concerns in hand', held[0]!.reference, held[1]!.reference, '1 question to a reporter waits'])
    expect(seen.text).toContain(words)
  const counted = await ada.get(work)
  expect(counted.text).toContain('2 concerns in hand')
  for (const { reference } of held) expect(counted.text).not.toContain(reference)
  for (const name of ['colm', 'dena', 'priya', 'gwen', 'hal'] as const)
    expect((await (await house.browser(name)).get(work)).status, name).toBe(404)
  expect((await mina.get(`/accounts/${house.cast.people.otto.id}/work`)).status).toBe(404)
  expect((await mina.get('/accounts/nonsense/work')).status).toBe(404)
  expect((await ada.post(work, form())).status).toBe(404)
})

test('somebody with open work is not suspended without a word about it', async () => {
  const suspend = `/accounts/${house.cast.people.dena.id}/suspend`
  expect((await ada.get(suspend)).text).toContain('2 pieces of open work would be left without a worker.')
  expect((await ada.get(`/accounts/${house.cast.people.saul.id}/suspend`)).text).not.toContain('open work')
  expect((await ada.get(`/partners/${house.cast.agencies['childrens']}/access`)).text).toContain(
    '2 pieces of open work',
  )
  // The check at the school has two who could answer it: it counts once both are gone.
  expect((await ada.get(`/partners/${house.cast.agencies['school']}/access`)).text).toContain('1 piece of open work')
  expect((await mina.get('/without-a-worker')).text).toContain('Nothing is stranded.')
  expect((await ada.post(suspend, { why: 'Left' })).location).toBe(work)
})

test('what a leaver had is listed for managers until somebody has it', async () => {
  const list = await mina.get('/without-a-worker')
  expect(list.text).toContain('Dena Okoro')
  expect(list.text).toContain('2 concerns,')
  expect((await mina.get('/work')).text).toMatch(/trellis-count--loud.*Without a worker/)
  expect((await (await house.browser('colm')).get('/without-a-worker')).status).toBe(404)
  expect((await ada.get('/without-a-worker')).status).toBe(404)
})

test('an empty form is explained, and a wrong one keeps what was chosen', async () => {
  const empty = await mina.post(work, {})
  expect(empty.status).toBe(422)
  for (const words of ['Select at least one concern', 'Select who takes them over', 'Select why they are handed on'])
    expect(empty.text).toContain(words)
  const wrong = await mina.post(work, form({ concern: held[1]!.concern, to: house.cast.people.priya.id }))
  expect(wrong.status).toBe(422)
  expect(wrong.text.match(/checked/g)).toHaveLength(2)
  expect((await holders()).map((one) => one?.staff_id)).toEqual(Array(2).fill(house.cast.people.dena.id))
})

test('handed on in one press, with the reason, and what has gone elsewhere meanwhile stays there', async () => {
  expect((await mina.post(work, form({ concern: held[0]!.concern }))).location).toBe(`${work}?moved=1&elsewhere=0`)
  const got = await mina.post(work, form({ to: house.cast.people.mina.id, why: 'shared out' }))
  expect(got.location).toBe(`${work}?moved=1&elsewhere=1`)
  expect((await mina.get(got.location)).text).toContain('1 was not with them any more')
  expect((await holders()).map((one) => [one?.staff_id, one?.why])).toEqual([
    [house.cast.people.colm.id, 'left'],
    [house.cast.people.mina.id, 'shared out'],
  ])
  const [last] = (await happened(house, held[0]!.concern)).filter(({ kind }) => kind === 'concern handed on')
  expect(last).toEqual({
    kind: 'concern handed on',
    staff_id: house.cast.people.mina.id,
    detail: { to: house.cast.people.colm.id, why: 'left' },
  })
  expect((await mina.get(`/concerns/${held[0]!.concern}`)).text).toContain('They have left')
  expect((await mina.get('/without-a-worker')).text).toContain('Nothing is stranded.')
})

test('a check that nobody at the agency can answer any more is listed too', async () => {
  const access = `/partners/${house.cast.agencies['school']}/access`
  await ada.post(access, { why: 'Closed' })
  const list = await mina.get('/without-a-worker')
  expect(list.text).toContain('Ash Hill School')
  expect(list.text).toContain(held[1]!.reference)
  await ada.post(`${access}/lift`, {}, { from: access })
  expect((await mina.get('/without-a-worker')).text).toContain('Nothing is stranded.')
})

test('somebody whose role has ended cannot work on what they have, so it is listed', async () => {
  const { id } = house.cast.people.colm
  await ada.post(`/accounts/${id}/roles`, { roles: 'practitioner' })
  expect((await mina.get('/without-a-worker')).text).toContain('Colm Byrne')
})

test('people whose lead is gone are counted for whoever shares out the work, and not named', async () => {
  const lena = house.cast.people.lena
  const subject = newId()
  await house.seen(house.system, (tx) =>
    tx
      .insertInto('involvement')
      .values({
        partnership_id: house.cast.partnership,
        id: newId(),
        subject_id: subject,
        agency_id: lena.agency,
        staff_id: lena.id,
        role: 'lead',
        from_at: new Date('2026-11-01T00:00:00Z'),
      })
      .execute(),
  )
  expect((await ada.get(`/accounts/${lena.id}/suspend`)).text).toContain('1 piece of open work')
  expect((await mina.get('/without-a-worker')).text).not.toContain('Lena Sorrel')
  expect((await ada.post(`/accounts/${lena.id}/suspend`, { why: 'Left' })).location).toBe(`/accounts/${lena.id}/work`)
  expect((await ada.get(`/accounts/${lena.id}/work`)).text).toContain('the lead or the trusted adult of 1 person')
  const list = await mina.get('/without-a-worker')
  expect(list.text).toContain('Lena Sorrel')
  expect(list.text).toContain('1 person, the longest since 1 Nov 2026')
  expect(list.text).not.toContain(subject)
})
