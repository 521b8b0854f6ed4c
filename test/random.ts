/** The same draws for the same seed, so that a failure can be played again. */
export const randomFrom = (seed: number) => {
  let state = seed >>> 0
  const random = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const under = (n: number): number => Math.floor(random() * n)
  const one = <T>(of: readonly T[]): T => of[under(of.length)]!
  const some = <T>(of: readonly T[], least = 1): T[] => {
    const taken = of.filter(() => random() < 0.45)
    return taken.length >= least ? taken : [one(of)]
  }
  return { under, one, some, chance: (of: number): boolean => random() < of }
}
