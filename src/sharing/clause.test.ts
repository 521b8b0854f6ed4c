import { expect, test } from 'vitest'
import { wordsIn } from '../web/index.ts'
import { problemsOf, type ClauseFacts, type Ground, type StandingBar } from './clause.ts'
import { shippedCodes } from './file.ts'
import { problemText } from './problem-words.ts'

const clause: ClauseFacts = {
  effect: 'permit',
  title: 'Landlords see what happened',
  plain: '',
  suppliers: ['kind:police'],
  recipients: ['kind:district-housing'],
  purposes: ['housing'],
  bases: ['public-task'],
  conditions: [],
  gateways: ['cda-115'],
  classes: ['D4'],
  relationship: 'circle',
  age: 'any',
  handling: 0,
  obligations: ['no-further'],
}
const bar: StandingBar = {
  ...clause,
  cite: 'T1 7',
  effect: 'bar',
  title: 'Who reported it stays at the front door',
  suppliers: ['any'],
  recipients: ['any'],
  purposes: ['housing', 'crime'],
  bases: [],
  classes: ['D8'],
}
const ground: Ground = {
  agencies: [
    { id: '1', code: 'rugby', kind: 'district-housing', sector: 'statutory' },
    { id: '2', code: 'police', kind: 'police', sector: 'statutory' },
  ],
  codes: [
    ...shippedCodes().map((one) => ({ valid_from: '1900-01-01', valid_to: null, begun: true, ...one })),
    {
      list: 'gateway',
      code: 'old-act',
      label: 'An old Act',
      note: '',
      valid_from: '2001-01-01',
      valid_to: '2026-04-28',
      checked: true,
      begun: true,
    },
  ],
  today: '2026-11-23',
  bars: [bar],
}
const words = wordsIn('en').agreements
const said = (change: Partial<ClauseFacts>, on = ground): string[] =>
  problemsOf({ ...clause, ...change }, on).map((one) => problemText(words, one))

test('a clause that is in order is said nothing about', () => {
  expect(said({})).toEqual([])
})

test('one that a bar shuts for everybody it names is refused, naming the bar', () => {
  const sentence =
    'D8 Who reported it would still not be seen: T1 7, “Who reported it stays at the front door”, shuts it for everybody this clause names. Take D8 out, or change T1 7 first'
  expect(said({ classes: ['D4', 'D8'] })).toEqual([sentence])
  expect(said({ classes: ['D8'], suppliers: ['any'] })).toEqual([sentence])
})

test.each<[string, Partial<ClauseFacts>, Partial<StandingBar>]>([
  ['another agency', { recipients: ['any'] }, { recipients: ['agency:rugby'] }],
  ['another supplier', { suppliers: ['any'] }, { suppliers: ['agency:police'] }],
  ['another purpose', { purposes: ['housing', 'panel'] }, {}],
  ['another age', {}, { age: 'child' }],
  ['what is open to all, where the bar shuts only what is sealed', {}, { handling: 2 }],
])('a bar that leaves %s open does not stand in the way', (_, change, changedBar) => {
  expect(said({ classes: ['D8'], ...change }, { ...ground, bars: [{ ...bar, ...changedBar }] })).toEqual([])
})

test('several bars together may shut what none of them shuts alone', () => {
  const bars: StandingBar[] = [
    { ...bar, cite: 'T1 7', age: 'child' },
    { ...bar, cite: 'T1 8', age: 'adult' },
  ]
  expect(said({ classes: ['D8'], age: 'adult' }, { ...ground, bars })[0]).toContain('T1 8')
  expect(said({ classes: ['D8'], age: 'any' }, { ...ground, bars })).toEqual([])
})

test('a permit or a duty rests on a lawful basis, and special categories on a condition; a bar needs neither', () => {
  const basis = 'Select the lawful basis: nothing may be shared without one (Article 6)'
  expect(said({ bases: [] })).toEqual([basis])
  expect(said({ bases: [], effect: 'duty' })).toEqual([basis])
  expect(said({ classes: ['D5', 'D6'] })).toEqual([
    'D5 Assessment, voice and health summary is special category data: select the condition it rests on (Article 9)',
  ])
  expect(said({ classes: ['D5'], conditions: ['para-18'] })).toEqual([])
  expect(said({ effect: 'bar', bases: [], classes: ['D6'] })).toEqual([])
})

test('what no list knows, or what has ended, is named', () => {
  expect(said({ purposes: ['gossip'] })).toEqual(['“gossip” is not on the list of purposes'])
  expect(said({ classes: ['D12'] })).toEqual(['“D12” is not on the list of classes of information'])
  expect(said({ gateways: ['old-act'] })).toEqual(['“An old Act” ended on 28 April 2026, so no clause can rest on it'])
  expect(said({ gateways: ['old-act'] }, { ...ground, today: '2026-04-28' })).toEqual([])
})

test('agencies that are not there are named', () => {
  expect(said({ suppliers: ['agency:atlantis'] })).toEqual(['No agency here is called “atlantis”'])
  expect(said({ recipients: ['kind:wizards'] })).toEqual(['There is no kind of agency called “wizards”'])
  expect(said({ recipients: ['self'] })[0]).toContain('cannot be “the agency itself”')
  expect(said({ suppliers: ['self'], recipients: ['any'] })).toEqual([])
})

test('an empty one is told everything that is missing', () => {
  expect(said({ title: '', suppliers: [], recipients: [], purposes: [], classes: [], bases: [] })).toHaveLength(6)
})
