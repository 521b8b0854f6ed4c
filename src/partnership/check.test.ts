import { describe, expect, test } from 'vitest'
import { shippedPartnership } from '../commands/partnership.ts'
import { problemsIn } from './check.ts'

type Json = Record<string, unknown>
const agency = (code: string, more: Json = {}): Json => ({
  code,
  name: code,
  kind: 'police',
  sector: 'statutory',
  ...more,
})
const area = (code: string, more: Json = {}): Json => ({ code, kind: 'district', name: code, ...more })
const door = { code: 'mash', name: 'MASH', kind: 'team', frontDoor: true, members: ['police'] }
const file = (more: Json = {}): Json => ({
  slug: 'elmshire',
  name: 'Elmshire Partnership',
  county: 'Elmshire',
  areas: [area('E07000001')],
  agencies: [agency('police')],
  boards: [door],
  ...more,
})

test('the partnership that ships with the product is in order', () => {
  expect(problemsIn(shippedPartnership('warwickshire'))).toEqual([])
})

test('a small file is in order', () => {
  expect(problemsIn(file())).toEqual([])
})

describe('each problem is named with its place in the file', () => {
  const cases: [string, Json | unknown, string[]][] = [
    ['no file at all', [], ['the file: Invalid input: expected object, received array']],
    ['a missing field', file({ county: undefined }), ['county: Invalid input: expected string, received undefined']],
    ['a field nobody knows', file({ countty: 'x' }), ['the file: Unrecognized key: "countty"']],
    [
      'a date that is none',
      file({ agencies: [agency('police', { validTo: '31/3/2028' })] }),
      ['agencies[0].validTo: a date is written as 2028-04-01'],
    ],
    [
      'a code used twice',
      file({ agencies: [agency('police'), agency('police')] }),
      ['agencies[1].code: "police" is there already, at agencies[0]'],
    ],
    [
      'a member listed twice',
      file({ boards: [{ ...door, members: ['police', 'police'] }] }),
      ['boards[0].members[1]: "police" is there already, at boards[0].members[0]'],
    ],
    [
      'an unknown parent',
      file({ agencies: [agency('police', { parent: 'wcc' })] }),
      ['agencies[0].parent: no agency is called "wcc"'],
    ],
    [
      'an unknown area',
      file({ agencies: [agency('police', { areas: ['E99'] })] }),
      ['agencies[0].areas[0]: no area is called "E99"'],
    ],
    [
      'an unknown member',
      file({ boards: [{ ...door, members: ['fire'] }] }),
      ['boards[0].members[0]: no agency is called "fire"'],
    ],
    ['an unknown county', file({ countyArea: 'E10' }), ['countyArea: no area is called "E10"']],
    [
      'parents in a circle',
      file({ areas: [area('a', { parent: 'b' }), area('b', { parent: 'c' }), area('c', { parent: 'a' })] }),
      ['areas[0].parent: goes round in a circle, a → b → c → a'],
    ],
    [
      'successors in a circle, said at either end',
      file({ agencies: [agency('police'), agency('x', { succeededBy: ['y'] }), agency('y', { succeededBy: ['x'] })] }),
      ['agencies[1].succeededBy: goes round in a circle, x → y → x'],
    ],
    [
      'an end before the beginning',
      file({ areas: [area('a', { validFrom: '2020-01-01', validTo: '2019-01-01' })] }),
      ['areas[0].validTo: 2019-01-01 is before validFrom, 2020-01-01'],
    ],
    [
      'a planned end before the beginning',
      file({ agencies: [agency('police', { validFrom: '2020-01-01', plannedEnd: '2019-01-01' })] }),
      ['agencies[0].plannedEnd: 2019-01-01 is before validFrom, 2020-01-01'],
    ],
    [
      'a successor that had ended before',
      file({
        agencies: [
          agency('police'),
          agency('x', { validTo: '2022-06-30', succeededBy: ['y'] }),
          agency('y', { validTo: '2021-01-01' }),
        ],
      }),
      ['agencies[1].succeededBy: "y" ended on 2021-01-01, so it cannot follow "x", which ended on 2022-06-30'],
    ],
    [
      'one number held by two at the same time',
      file({
        agencies: [
          agency('police', { ids: [{ scheme: 'ODS', value: 'QWU' }] }),
          agency('x', { ids: [{ scheme: 'ODS', value: 'QWU' }] }),
        ],
      }),
      ['agencies[1].ids[0]: ODS QWU is held by "police" at the same time (agencies[0].ids[0])'],
    ],
    [
      'a member that has ended',
      file({ agencies: [agency('police', { validTo: '2021-01-01' })] }),
      ['boards[0].members[0]: "police" ended on 2021-01-01'],
    ],
    [
      'no front door',
      file({ boards: [{ ...door, frontDoor: false }] }),
      ['boards: none has "frontDoor": true, so nobody would decide about concerns'],
    ],
    [
      'two front doors',
      file({ boards: [door, { ...door, code: 'other' }] }),
      ['boards[1].frontDoor: there is one front door, and boards[0] is it'],
    ],
    [
      'an empty front door',
      file({ boards: [{ ...door, members: [] }] }),
      ['boards[0].members: the front door has no member'],
    ],
  ]
  test.each(cases)('%s', (_, json, problems) => {
    expect(problemsIn(json)).toEqual(problems)
  })
})

test('one number may pass from who has ended to who came after', () => {
  const number = { ids: [{ scheme: 'ODS', value: 'QWU' }] }
  const agencies = [
    agency('police'),
    agency('x', { ...number, validTo: '2022-06-30' }),
    agency('y', { ...number, validFrom: '2022-07-01' }),
  ]
  expect(problemsIn(file({ agencies }))).toEqual([])
})
