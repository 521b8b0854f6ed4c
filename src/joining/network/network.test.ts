import { expect, test } from 'vitest'
import { reached, weave, type Claim, type Mention, type ThingKind } from './network.ts'
import { narrowed, pathBetween, seenTogether } from './questions.ts'
import { viewOf } from './view.ts'

const thing = (kind: ThingKind, name: string): Mention => ({
  key: `${kind} ${name}`,
  id: `${name}-id`,
  kind,
  label: name,
})
const at = (day: number) => new Date(Date.UTC(2026, 10, day))
const says = (concern: string, agency: string, day: number, b: Mention, how: Claim['how'] = 'named'): Claim => ({
  a: thing('concern', concern),
  b,
  how,
  said: { concern, agency, channel: 'professional', at: at(day) },
})
const van = thing('vehicle', 'van')
const phone = thing('phone', 'phone')
const school = thing('agency', 'school')
const claims = [
  says('one', 'school', 3, van),
  says('one', 'school', 3, phone),
  says('two', 'housing', 9, van),
  says('two', 'housing', 9, phone),
  says('three', 'school', 12, phone),
  says('one', 'school', 3, school, 'sent by'),
  says('four', 'school', 1, school, 'sent by'),
]

test('the same claims in any order are the same network', () => {
  expect(weave(claims.toReversed())).toEqual(weave(claims))
})

test('that one agency sent two concerns ties nobody to anybody', () => {
  const network = weave(claims)
  expect([...reached(network, ['concern one'])]).not.toContain('concern four')
  expect(pathBetween(network, 'concern one', 'concern four')).toBeUndefined()
})

test('the shortest path is found, and is the same one each time', () => {
  const path = pathBetween(weave(claims), 'concern three', 'vehicle van')!
  expect(path.map(({ from, to }) => `${from.key} → ${to.key}`)).toEqual([
    'concern three → phone phone',
    'phone phone → concern one',
    'concern one → vehicle van',
  ])
})

test('what is said together is counted by concern and by source', () => {
  expect(seenTogether(weave(claims))).toMatchObject([
    { a: { key: 'phone phone' }, b: { key: 'vehicle van' }, concerns: 2, agencies: 2 },
  ])
})

test('a tie stands as long as one who said it is left', () => {
  const day = (date: Date) => date.toISOString().slice(0, 10)
  const late = narrowed(weave(claims), { from: '2026-11-09', without: [] }, day)
  expect(late.ties.map(({ a, b }) => `${a} ${b}`)).toEqual([
    'concern three phone phone',
    'concern two phone phone',
    'concern two vehicle van',
  ])
})

test('far things are not drawn but counted at their nearest, and opening shows them', () => {
  const of = { start: 'concern three', concern: 'three', steps: 1, open: [], keep: [], all: true, agencies: false }
  const near = viewOf(weave(claims), of)
  expect(near.drawn.things.map(({ key }) => key)).toEqual(['concern three', 'phone phone'])
  expect(near.beyond.get('phone phone')).toBe(2)
  expect(viewOf(weave(claims), { ...of, open: ['phone phone'] }).drawn.things).toHaveLength(5)
})
