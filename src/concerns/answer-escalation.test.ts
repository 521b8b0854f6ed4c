import { afterAll, beforeAll, expect, test } from 'vitest'
import { decision, happened, noticed, unheard, wordsOf } from '../../test/noticed.ts'
import { openTestHouse, type TestHouse } from '../../test/house.ts'
import { NotFound } from '../platform/index.ts'
import { answerEscalation } from './answer-escalation.ts'
import { decide } from './decide.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse()
})
afterAll(() => house.close())

const answered = (name: 'dena' | 'colm' | 'mina' | 'priya' | 'otto', id: string, words = 'We looked again') =>
  house.seen(house.as(name), (tx) => answerEscalation(tx, house.house.keys, house.as(name), id, words, house.clock.now))
const decidedByDena = async () => {
  const { concern } = await noticed(house)
  await house.seen(house.as('dena'), (tx) =>
    decide(tx, house.house.keys, house.as('dena'), concern, decision(), { standing: null, at: house.clock.now }),
  )
  return concern
}

test('the first step is answered by anyone at the front door but whoever decided', async () => {
  const id = await decidedByDena()
  expect(await unheard(house, id)).toEqual({ step: 1 })
  expect(await answered('dena', id)).toBe('not yours')
  expect(await answered('colm', id)).toBe('answered')
  expect(await answered('mina', id)).toBe('already answered')
})

test('the answer reaches the reporter, names what it answers, stops its clock and leaves its event', async () => {
  const id = await decidedByDena()
  await unheard(house, id)
  await answered('colm', id, 'Colm has read it all again.')
  const kept = await house.seen(house.system, async (tx) => ({
    messages: await tx.selectFrom('message').selectAll().where('concern_id', '=', id).execute(),
    escalations: await tx.selectFrom('escalation').selectAll().where('concern_id', '=', id).execute(),
    clock: await tx
      .selectFrom('clock_run')
      .selectAll()
      .where('concern_id', '=', id)
      .where('clock', '=', 'not-heard-step-1')
      .executeTakeFirstOrThrow(),
  }))
  const messages = await wordsOf(house, 'message', kept.messages)
  const raised = messages.find(({ kind }) => kind === 'not heard')!
  expect(messages.find(({ kind }) => kind === 'reply')).toMatchObject({
    words: 'Colm has read it all again.',
    answers_id: raised.id,
    direction: 'to reporter',
  })
  expect(kept.clock.stopped_at).toEqual(house.clock.now)
  const [escalation] = await wordsOf(house, 'escalation', kept.escalations)
  expect(escalation).toMatchObject({ answered_by: house.as('colm').staff, answer: 'Colm has read it all again.' })
  expect((await happened(house, id)).at(-1)).toMatchObject({ kind: 'not heard answered', detail: { step: 1 } })
})

test('later steps are for a manager', async () => {
  const id = await decidedByDena()
  await unheard(house, id)
  await answered('colm', id)
  expect(await unheard(house, id, 'Still nobody')).toEqual({ step: 2 })
  expect(await answered('colm', id)).toBe('not yours')
  expect(await answered('mina', id)).toBe('answered')
})

test('of two answers at once the reporter gets one', async () => {
  const id = await decidedByDena()
  await unheard(house, id)
  expect((await Promise.all([answered('colm', id), answered('mina', id)])).sort()).toEqual([
    'already answered',
    'answered',
  ])
})

test('nobody away from the front door answers', async () => {
  const id = await decidedByDena()
  await unheard(house, id)
  for (const name of ['priya', 'otto'] as const) await expect(answered(name, id)).rejects.toThrow(NotFound)
})
