import { afterAll, beforeAll, expect, test } from 'vitest'
import { decision, happened, noticed, wordsOf } from '../../test/noticed.ts'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { NotFound } from '../platform/index.ts'
import { decide } from './decide.ts'
import { decisionRoutes, decisionSchema, limbsMet, mainRoutes, nameInTold } from './decision.ts'
import { take } from './take.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse()
})
afterAll(() => house.close())

const decided = (name: 'dena' | 'colm', id: string, over: object = {}, standing: string | null = null) =>
  house.seen(house.as(name), (tx) =>
    decide(tx, house.house.keys, house.as(name), id, decision(over), { standing, at: house.clock.now }),
  )
const rows = <T extends 'decision' | 'message' | 'clock_run' | 'undecided' | 'decision_need' | 'holding'>(
  table: T,
  id: string,
) =>
  house.seen(house.system, (tx) =>
    (tx.selectFrom as (t: 'decision') => ReturnType<typeof tx.selectFrom<'decision'>>)(table as 'decision')
      .selectAll()
      .where('concern_id', '=', id)
      .execute(),
  )

test('a decision keeps its reasons, tells the reporter, ends the waiting and stops the clocks, all at once', async () => {
  const { concern } = await noticed(house, { danger_now: true })
  await house.seen(house.as('dena'), (tx) => take(tx, house.as('dena'), concern, house.clock.now))
  const outcome = await decided('dena', concern)
  expect(outcome.outcome).toBe('decided')
  expect(await wordsOf(house, 'decision', await rows('decision', concern))).toMatchObject([
    {
      route: 'family-help',
      reason: 'Two people saw the same car',
      decided_by: house.as('dena').staff,
      replaced_at: null,
    },
  ])
  expect(await wordsOf(house, 'decision_need', await rows('decision_need', concern))).toMatchObject([
    { need: 'consent', choice: 'given', words: 'His mother agreed' },
  ])
  expect(await wordsOf(house, 'message', await rows('message', concern))).toMatchObject([
    { direction: 'to reporter', kind: 'news', words: 'Thank you. We have looked at it.' },
  ])
  expect(await rows('undecided', concern)).toEqual([])
  const clocks = (await rows('clock_run', concern)) as unknown as { clock: string; stopped_at: Date | null }[]
  expect(clocks.map(({ clock, stopped_at }) => [clock, stopped_at !== null]).sort()).toEqual([
    ['child-decision', true],
    ['first-look-red', true],
    ['reporter-feedback', true],
  ])
  expect(
    ((await rows('holding', concern)) as unknown as { to_at: Date | null }[]).every(({ to_at }) => to_at !== null),
  ).toBe(true)
  expect((await happened(house, concern)).at(-1)).toMatchObject({
    kind: 'concern decided',
    staff_id: house.as('dena').staff,
    detail: { route: 'family-help' },
  })
  const job = await house.seen(house.system, (tx) =>
    tx.selectFrom('job').select('payload').where('kind', '=', 'concern decided').execute(),
  )
  expect(job.map(({ payload }) => payload)).toContainEqual({
    concern,
    decision: outcome.outcome === 'decided' ? outcome.id : '',
  })
})

test('another look makes another decision; what was decided stays', async () => {
  const { concern } = await noticed(house)
  const first = await decided('dena', concern)
  if (first.outcome !== 'decided') throw new Error(first.outcome)
  const second = await decided(
    'colm',
    concern,
    { route: 'advice', reason: 'The mother rang: they have moved', needs: [] },
    first.id,
  )
  expect(second.outcome).toBe('decided')
  const all = (await rows('decision', concern)) as unknown as {
    id: string
    replaces_id: string | null
    replaced_at: Date | null
  }[]
  expect(all).toHaveLength(2)
  expect(all.find(({ id }) => id === first.id)!.replaced_at).not.toBeNull()
  expect(all.find(({ id }) => id !== first.id)).toMatchObject({ replaces_id: first.id, replaced_at: null })
  expect((await happened(house, concern)).at(-1)).toMatchObject({ kind: 'decision replaced' })
})

test('of two who decide at once one decision stands, and the other writer hears of it with nothing saved', async () => {
  const { concern } = await noticed(house)
  const outcomes = await Promise.all([
    decided('dena', concern),
    decided('colm', concern, { route: 'advice', needs: [] }),
  ])
  expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['decided', 'stale'])
  expect(await rows('decision', concern)).toHaveLength(1)
  expect(await rows('message', concern)).toHaveLength(1)
})

test('of two who replace the same decision at once one stands', async () => {
  const { concern } = await noticed(house)
  const first = await decided('dena', concern)
  if (first.outcome !== 'decided') throw new Error(first.outcome)
  const outcomes = await Promise.all([decided('dena', concern, {}, first.id), decided('colm', concern, {}, first.id)])
  expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['decided', 'stale'])
})

test('words for the reporter that name somebody are refused until it is confirmed', async () => {
  const { concern } = await noticed(house, { people: [{ name: 'Kezia Thorne' }] })
  const told = 'We are helping Kezia.'
  expect(await decided('dena', concern, { told })).toEqual({ outcome: 'names', found: ['Kezia'] })
  expect(await rows('decision', concern)).toEqual([])
  expect((await decided('dena', concern, { told, told_confirmed: true })).outcome).toBe('decided')
})

test('names, nicknames, phones, plates and postcodes are found however they are typed', () => {
  const details = [
    { kind: 'name' as const, said: 'Mr José Álvarez' },
    { kind: 'nickname' as const, said: 'Dizzy' },
    { kind: 'phone' as const, said: '01632 960 123' },
    { kind: 'vehicle' as const, said: 'AB12 CDE' },
    { kind: 'postcode' as const, said: 'CV34 4RL' },
    { kind: 'account' as const, said: '@dizzy.k' },
  ]
  expect(nameInTold('Álvarez and DIZZY: ring 01632960123 about ab12cde at cv344rl or @dizzy.k', details)).toEqual([
    'Álvarez',
    'DIZZY',
    '01632960123',
    'ab12cde',
    'cv344rl',
    '@dizzy.k',
  ])
  expect(nameInTold('Thank you for telling us. Ring 01632 960999. Mr Dizzyness', details)).toEqual([])
})

test('nobody away from the front door decides', async () => {
  const { concern } = await noticed(house, {}, { viewer: house.as('priya'), channel: 'professional' })
  for (const viewer of [house.as('priya'), house.as('ada'), house.as('otto'), house.anyone])
    await expect(
      house.seen(viewer, (tx) =>
        decide(tx, house.house.keys, viewer, concern, decision(), { standing: null, at: house.clock.now }),
      ),
    ).rejects.toThrow(NotFound)
})

test('something is always offered: there is no route without an offer and none that only closes', () => {
  expect(
    decisionRoutes
      .filter(({ kind }) => kind === 'main')
      .every(({ offer, tellReporter }) => offer !== '' && tellReporter !== ''),
  ).toBe(true)
  expect(decisionRoutes.some(({ code }) => /no-further|close|nfa/.test(code))).toBe(false)
  const { error } = decisionSchema.safeParse(decision({ offered: ' ', unknowns: '', reason: '', told: '' }))
  expect(error?.issues.map(({ path }) => path[0])).toEqual(['reason', 'unknowns', 'offered', 'told'])
})

test('each frame has its own routes and those for anyone', () => {
  const codes = (frame: 'child' | 'adult' | 'context') => mainRoutes(frame).map(({ code }) => code)
  expect(codes('child')).toContain('s47-strategy-discussion')
  expect(codes('child')).not.toContain('s42-enquiry')
  expect(codes('adult')).toEqual(
    expect.arrayContaining(['s42-enquiry', 'other-enquiry', 'exploitation-pathway', 'advice']),
  )
  expect(codes('context')).toEqual(expect.arrayContaining(['context-referral', 'intelligence']))
})

test('the test of section 42 is met by all three limbs, and not met by one', () => {
  const limbs = (limb_needs: 'yes' | 'no' | 'not yet known', limb_risk = limb_needs, limb_protect = limb_needs) =>
    limbsMet({ limb_needs, limb_risk, limb_protect })
  expect(limbs('yes')).toBe('met')
  expect(limbs('yes', 'yes', 'no')).toBe('not met')
  expect(limbs('not yet known', 'no', 'yes')).toBe('not met')
  expect(limbs('yes', 'not yet known', 'yes')).toBe('not yet known')
})
