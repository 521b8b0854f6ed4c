import { expect, test } from 'vitest'
import { Busy } from '../platform/index.ts'
import { takeTurns } from './turns.ts'

/** Work that ends when it is told to. */
const held = () => {
  let end = (): void => {}
  let fail = (): void => {}
  const ended = new Promise<void>((resolve, reject) => {
    end = resolve
    fail = () => reject(new Error('broken'))
  })
  return { end, fail, ended }
}

test('so many run at once, so many wait in the order they came, and one more is refused at once', async () => {
  const { inTurn, isFull } = takeTurns(2, 3)
  const works = Array.from({ length: 5 }, held)
  const began: number[] = []
  const all = works.map((work, i) => inTurn(() => (began.push(i), work.ended)))
  expect(began).toEqual([0, 1])
  expect(isFull()).toBe(true)
  await expect(inTurn(async () => {})).rejects.toBeInstanceOf(Busy)
  works[1]!.end()
  await all[1]
  expect(began).toEqual([0, 1, 2])
  expect(isFull()).toBe(false)
  for (const { end } of works) end()
  await Promise.all(all)
  expect(began).toEqual([0, 1, 2, 3, 4])
})

test('work that fails gives its turn on', async () => {
  const { inTurn } = takeTurns(1, 1)
  const [first, second] = [held(), held()]
  const one = inTurn(() => first.ended)
  const two = inTurn(() => second.ended)
  first.fail()
  await expect(one).rejects.toThrow('broken')
  second.end()
  await two
  expect(await inTurn(async () => 'free')).toBe('free')
})
