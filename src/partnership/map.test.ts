import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { shippedPartnership } from '../commands/partnership.ts'
import { projectRoot } from '../platform/index.ts'
import { labelsThatFit } from '../web/index.ts'
import { frameOf, mapOf, onDrawing, whereIs } from './map.ts'

const slugs = fs
  .readdirSync(path.join(projectRoot, 'content/partnerships/maps'))
  .map((name) => name.replace('.json', ''))
const warwickshire = mapOf('warwickshire')!

test.each(slugs)(
  'the map of %s draws areas of its own partnership, every place in one of them or marked as outside',
  (slug) => {
    const map = mapOf(slug)!
    const codes = new Set(shippedPartnership(slug).areas.map(({ code }) => code))
    expect(map.areas.filter(({ code }) => !codes.has(code))).toEqual([])
    const wrong = map.places.filter(({ at, outside }) => (whereIs(map, at).area === undefined) !== outside)
    expect(wrong.map(({ name }) => name)).toEqual([])
  },
)

test('a partnership without a map has none', () => {
  expect(mapOf('elmshire')).toBeUndefined()
})

test('a point is near a place and in an area, or in neither', () => {
  expect(whereIs(warwickshire, [-1.473, 52.474])).toEqual({ place: 'Bedworth', area: 'Nuneaton and Bedworth' })
  expect(whereIs(warwickshire, [-1.512, 52.4])).toEqual({ place: 'Coventry', area: undefined })
  expect(whereIs(warwickshire, [-0.12, 51.5])).toEqual({ place: undefined, area: undefined })
})

test('a tenth of a kilometre on the ground is one unit of the drawing', () => {
  const frame = frameOf(warwickshire)
  const [x, y] = onDrawing(frame, [-1.5, 52.3])
  const [east] = onDrawing(frame, [-1.5 + 10 / (111.32 * Math.cos((52.3 * Math.PI) / 180)), 52.3])
  expect(Math.abs(east - x - 100)).toBeLessThanOrEqual(1)
  expect(onDrawing(frame, [-1.5, 52.3 + 10 / 111.32])[1]).toBe(y - 100)
})

test('of names that would cover each other one stands before its dot, and the last is left out', () => {
  const names = [
    { x: 100, y: 0, text: 'Leamington Spa' },
    { x: 80, y: 2, text: 'Warwick' },
    { x: 90, y: 4, text: 'Barford' },
    { x: 100, y: 30, text: 'Kineton' },
  ]
  expect(labelsThatFit(names, 14).map(({ text, before }) => `${text}${before ? ' before' : ''}`)).toEqual([
    'Leamington Spa',
    'Warwick before',
    'Kineton',
  ])
  expect(labelsThatFit([{ x: 100, y: 0, text: 'Rugby' }], 14, [0, 110])[0]!.before).toBe(true)
})
