/** Who is waited for goes before what nobody waits for: a page and a report before a job, which take turns on one processor. */
export type RightOfWay = {
  /** Does what somebody waits for. */
  first: <T>(work: () => Promise<T>) => Promise<T>
  /** Resolves when nobody waits for anything, or after `most` ms: nothing gives way for ever. */
  after: (most: number) => Promise<void>
}

export const rightOfWay = (): RightOfWay => {
  let inHand = 0
  const giving = new Set<() => void>()
  return {
    first: async (work) => {
      inHand++
      try {
        return await work()
      } finally {
        inHand--
        if (inHand === 0) for (const go of giving) go()
      }
    },
    after: (most) =>
      new Promise((resolve) => {
        if (inHand === 0 || most <= 0) return resolve()
        const go = (): void => {
          clearTimeout(timer)
          giving.delete(go)
          resolve()
        }
        const timer = setTimeout(go, most)
        giving.add(go)
      }),
  }
}
