import { expect, test } from 'vitest'
import { laidOut } from './laid.ts'
import { layOut } from './layout.ts'
import { inventedShape } from './invented.ts'

test('the same network is the same picture, to the last digit, in this thread or another', async () => {
  const shape = inventedShape(200)
  expect(layOut(shape)).toEqual(layOut(structuredClone(shape)))
  expect(await laidOut(shape, 60_000)).toEqual(layOut(shape))
})

test('no label of a picture of sixty covers another, and all lie inside of the frame', () => {
  const { width, height, x, y } = layOut(inventedShape(60))
  const covered = x.flatMap((_, a) =>
    x.filter((_, b) => b > a && Math.abs(x[a]! - x[b]!) < 148 && Math.abs(y[a]! - y[b]!) < 78),
  )
  expect(covered).toEqual([])
  expect(x.every((at) => at > 70 && at < width - 70)).toBe(true)
  expect(y.every((at) => at > 40 && at < height - 40)).toBe(true)
})

test('nothing, one thing, things in no relation and a thing with hundreds of others are drawn too', () => {
  expect(layOut({ things: 0, ties: [] })).toEqual({ width: 0, height: 0, x: [], y: [] })
  expect(layOut({ things: 1, ties: [] }).x).toHaveLength(1)
  const apart = layOut({ things: 5, ties: [] })
  const hub = layOut({ things: 400, ties: Array.from({ length: 399 }, (_, i) => [0, i + 1] as const) })
  for (const { x, y } of [apart, hub]) {
    expect([...x, ...y].every(Number.isFinite)).toBe(true)
    expect(new Set(x.map((at, i) => `${at} ${y[i]}`)).size).toBe(x.length)
  }
})

test('a picture that takes longer than somebody waits is there when they come again', async () => {
  const shape = inventedShape(301)
  expect(await laidOut(shape, 0)).toBeUndefined()
  expect((await laidOut(shape, 60_000))?.x).toHaveLength(301)
})
