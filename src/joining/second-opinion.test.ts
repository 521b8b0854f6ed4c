import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type Browser, type TestHouse } from '../../test/house.ts'
import { happened, noticed } from '../../test/noticed.ts'
import { newId } from '../platform/index.ts'
import { decide, type Answering } from './decide.ts'
import { drawSample, least_checked, measureQuality, wilson } from './quality.ts'
import { pairsToReview } from './review.ts'

let house: TestHouse
let dena: Browser
let colm: Browser
beforeAll(async () => {
  house = await openTestHouse()
  dena = await house.browser('dena')
  colm = await house.browser('colm')
})
afterAll(() => house.close())

type Who = 'dena' | 'colm' | 'mina'
const say = (proposal: string, answer: Answering['answer'], name: Who) =>
  house.seen(house.as(name), (tx) =>
    decide(tx, house.house.keys, house.as(name), proposal, {
      answer,
      why: `${name} saw ${answer}`,
      shown: [],
      at: house.clock.now,
    }),
  )
const proposals = () =>
  house.seen(house.system, (tx) =>
    tx.selectFrom('proposal').select(['id', 'settled_at']).where('settled_at', 'is', null).orderBy('id').execute(),
  )
const knowns = () =>
  house.seen(house.system, async (tx) => {
    const { rows } = await sql<{
      n: number
    }>`select count(distinct known_id)::int as n from belonging where to_at is null`.execute(tx)
    return rows[0]!.n
  })
/** One plate in so many concerns, of which all are joined but the last. */
const almostOne = async (plate: string, concerns: number): Promise<string> => {
  let last = ''
  for (let i = 0; i < concerns; i++) {
    await noticed(house, { details: [{ kind: 'vehicle', said: plate }] })
    const [open] = await proposals()
    if (!open) continue
    last = open.id
    if (i < concerns - 1) expect((await say(open.id, 'same', 'dena')).outcome).toBe('decided')
    // The others are of what is one already.
    await house.seen(house.system, (tx) =>
      tx
        .updateTable('proposal')
        .set({ settled_at: house.clock.now })
        .where('id', '<>', last)
        .where('settled_at', 'is', null)
        .execute(),
    )
  }
  return last
}

test('a big join waits for a second person, who does not see the first answer', async () => {
  const proposal = await almostOne('KX19 EEE', 9)
  const before = await knowns()
  expect((await say(proposal, 'same', 'dena')).outcome).toBe('asked of a second')
  expect((await say(proposal, 'same', 'dena')).outcome).toBe('answered already')
  expect(await knowns()).toBe(before)
  const list = (name: Who) => house.seen(house.as(name), (tx) => pairsToReview(tx, house.as(name), []))
  expect((await list('dena')).map(({ id }) => id)).not.toContain(proposal)
  expect((await list('colm')).map(({ id }) => id)).toContain(proposal)
  const page = await colm.get(`/joining/${proposal}`)
  expect(page.text).toContain('What others answered is not shown until you have.')
  expect(page.text).not.toContain('Dena Okoro,')
  expect((await say(proposal, 'same', 'colm')).outcome).toBe('decided')
  expect(await knowns()).toBe(before - 1)
  expect((await happened(house, proposal)).map(({ kind }) => kind)).toContain('second opinion asked')
}, 30_000)

test('where two differ both are kept, nothing moves, and a third decides', async () => {
  const proposal = await almostOne('KX19 FFF', 9)
  const before = await knowns()
  await say(proposal, 'same', 'dena')
  expect((await say(proposal, 'different', 'colm')).outcome).toBe('disagrees')
  expect(await knowns()).toBe(before)
  expect((await dena.get('/joining')).text).toContain('Two people saw it differently')
  // Both reasons, for each of the two and for the third.
  const both = /Two people saw it differently(?=[\s\S]*dena saw same)(?=[\s\S]*colm saw different)/
  for (const reader of [dena, colm, await house.browser('mina')])
    expect((await reader.get(`/joining/${proposal}`)).text).toMatch(both)
  expect((await say(proposal, 'different', 'mina')).outcome).toBe('decided')
  const after = (await colm.get(`/joining/${proposal}`)).text
  expect(after).toMatch(both)
  expect(after.match(/mina saw different/g)).toHaveLength(1)
  expect((await dena.get('/joining')).text).not.toContain('Two people saw it differently')
  expect(await knowns()).toBe(before)
}, 30_000)

test('a sample of what was answered is asked of somebody else, blindly, and moves nothing', async () => {
  await noticed(house, { details: [{ kind: 'vehicle', said: 'LX20 AAA' }] })
  const { concern } = await noticed(house, { details: [{ kind: 'vehicle', said: 'LX20 AAA' }] })
  const [pair] = await proposals()
  await say(pair!.id, 'same', 'dena')
  const draw = () =>
    house.seen(house.system, (tx) => drawSample(tx, house.cast.partnership, house.clock.now, { share: 1 }))
  expect(await draw()).toBeGreaterThan(0)
  expect(await draw()).toBe(0)
  const before = await knowns()
  const page = await colm.get(`/joining/${pair!.id}`)
  expect(page.text).not.toContain('Take it back')
  expect(page.text).not.toContain('dena saw same')
  // Nor on the concern, on the page of the pair below it, or in the network: it is as if nobody had answered.
  for (const address of [`/concerns/${concern}`, `/concerns/${concern}/joins/${pair!.id}`, `/network/${concern}`]) {
    const [asked, answered] = [(await colm.get(address)).text, (await dena.get(address)).text]
    expect(asked).not.toMatch(/dena saw same|>Take it back|, or take it back|on the word of Dena/)
    expect(answered).toMatch(/dena saw same|on the word of Dena/)
  }
  expect(
    (await colm.post(`/concerns/${concern}/joins/${pair!.id}`, { answer: 'different', why: 'Another van' })).status,
  ).toBe(303)
  const read = (await colm.get(`/joining/${pair!.id}`)).text
  expect(read).toMatch(/dena saw same[\s\S]*Two people saw it differently[\s\S]*Another van/)
  expect(await knowns()).toBe(before)
  expect((await happened(house, pair!.id)).map(({ kind }) => kind)).toContain('join disagreed')
  expect((await dena.get('/joining')).text).toContain('Two people saw it differently')
})

test('what is measured is kept by month, and nothing is said of few; anyone may read it', async () => {
  const at = new Date('2027-03-15T03:00:00Z')
  const { partnership } = house.cast
  await house.seen(house.system, (tx) => measureQuality(tx, partnership, house.clock.now))
  const anyone = await house.browser()
  const few = await anyone.get('/about/matching')
  expect(few.status).toBe(200)
  expect(few.text).toContain('Too few to say')
  // Enough of one band, of which half were asked about; nine in ten of them were the same.
  await house.seen(house.system, async (tx) => {
    const { a_id, b_id, key_id } = await tx
      .selectFrom('proposal')
      .innerJoin('noted_record', 'noted_record.id', 'proposal.a_id')
      .select(['a_id', 'b_id', 'key_id'])
      .executeTakeFirstOrThrow()
    const agency_id = house.cast.agencies['childrens']!
    for (let i = 0; i < least_checked * 2; i++) {
      const id = newId()
      const kept = { partnership_id: partnership, agency_id }
      await tx
        .insertInto('pair_question')
        .values({ ...kept, id, a_id, b_id, reason: 'sample', band: 'look', share: 0.5, asked_at: at, closed_at: at })
        .execute()
      const answer = i % 10 === 0 ? 'different' : 'same'
      await tx
        .insertInto('pair_answer')
        .values({ ...kept, id: newId(), question_id: id, staff_id: house.cast.people.colm.id, answer, key_id, at })
        .execute()
    }
    await measureQuality(tx, partnership, at)
  })
  const told = await anyone.get('/about/matching')
  expect(told.text).toContain('March 2027')
  expect(told.text).toContain('90% (70% to 97%)')
  expect(wilson(0.9, 20).low).toBeCloseTo(0.699, 3)
})
