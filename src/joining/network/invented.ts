import type { Shape } from './layout.ts'

/** An invented network for tests and measurements: few things are in many ties, most in one or two. The same each time. */
export const inventedShape = (things: number, seed = 7): Shape => {
  let state = seed
  const next = (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
  const tree = Array.from({ length: things - 1 }, (_, i): [number, number] => [next(next(i + 1) + 1), i + 1])
  const across = Array.from({ length: Math.floor(things / 4) }, (): [number, number] => [next(things), next(things)])
  return { things, ties: [...tree, ...across.filter(([a, b]) => a !== b)] }
}
