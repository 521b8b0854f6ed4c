import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { signForCast } from '../../test/signed-for-cast.ts'
import { openSubject } from '../../test/subject.ts'
import { declareConflict } from '../sharing/index.ts'
import { eraseSubject } from './erase.ts'

let house: TestHouse
let subject: string
beforeAll(async () => {
  house = await openTestHouse()
  await signForCast(house)
  subject = await openSubject(house, { reference: 'P-ASH' })
})
afterAll(() => house.close())

test('nothing chosen is explained, and nothing closes', async () => {
  const lena = await house.browser('lena')
  const sent = await lena.post(`/people/${subject}/too-close`)
  expect(sent.status).toBe(422)
  expect(sent.text).toContain('Select how you are close')
  expect((await lena.get(`/people/${subject}/looked`)).status).toBe(200)
})

test('a relative closes the record to themself at once, and only another manager of theirs opens it', async () => {
  const lena = await house.browser('lena')
  expect((await lena.post(`/people/${subject}/too-close`, { kind: 'relative' })).location).toBe('/too-close/done')
  expect((await lena.get('/too-close/done')).text).not.toContain('P-ASH')
  for (const end of ['looked', 'too-close']) expect((await lena.get(`/people/${subject}/${end}`)).status).toBe(404)

  const mina = await house.browser('mina')
  const listed = await mina.get('/conflicts')
  expect(listed.text).toContain('Lena Sorrel')
  expect(listed.text).not.toContain('P-ASH')
  const address = /\/conflicts\/[0-9a-f-]{36}/.exec(listed.text)![0]
  expect((await lena.get(address)).status).toBe(404)
  const empty = await mina.post(address)
  expect([empty.status, empty.text.includes('Enter why they may see it again')]).toEqual([422, true])
  expect((await mina.post(address, { why: 'It was another family.' })).location).toBe('/conflicts')
  expect((await lena.get(`/people/${subject}/looked`)).status).toBe(200)
  const after = (await mina.get('/conflicts')).text
  for (const said of ['Nobody of your agency', 'Opened again', 'By Mina Farah', 'It was another family.'])
    expect(after).toContain(said)
  expect(after).not.toContain('P-ASH')
})

test('who is too close is so once, however often it is said at the same time', async () => {
  const hal = house.as('hal')
  const say = (tx: Parameters<typeof declareConflict>[0]) =>
    declareConflict(tx, hal, { subject, kind: 'relative', at: house.clock.now })
  await Promise.all([house.seen(hal, say), house.seen(hal, say)])
  const { rows } = await house.seen(house.system, (tx) =>
    sql`select from conflict where subject_id = ${subject} and staff_id = ${hal.staff}`.execute(tx),
  )
  expect(rows).toHaveLength(1)
})

test('a manager does not open their own', async () => {
  const mina = await house.browser('mina')
  await mina.post(`/people/${subject}/too-close`, { kind: 'self' })
  expect((await mina.get(`/people/${subject}/too-close`)).status).toBe(404)
  const { text } = await mina.get('/conflicts')
  expect(text).toContain('Nobody of your agency')
  // Nor do they read why the same record was opened to another.
  expect(text).not.toContain('another family')
})

test.each(['priya', 'wes'] as const)('for %s there is no such form', async (name) => {
  expect((await (await house.browser(name)).get(`/people/${subject}/too-close`)).status).toBe(404)
})

test('how somebody is close is in no event, why it was lifted lies sealed, and erasing the person takes both', async () => {
  const rows = () => house.seen(house.system, (tx) => tx.selectFrom('conflict').selectAll().execute())
  expect((await rows()).map(({ kind }) => kind).sort()).toEqual(['relative', 'relative', 'self'])
  expect((await rows()).filter((row) => JSON.stringify(row).includes('another family'))).toEqual([])
  await house.seen(house.system, (tx) => eraseSubject(tx, house.system, subject, 'on request', house.clock.now))
  expect((await rows()).map(({ kind }) => kind)).toEqual([null, null, null])
  const events = await house.seen(house.system, (tx) =>
    tx.selectFrom('event').select('detail').where('kind', '=', 'conflict declared').execute(),
  )
  expect(events.map(({ detail }) => detail)).toEqual([{}, {}, {}])
})
