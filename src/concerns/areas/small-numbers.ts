/** What may be shown of a number: itself, that it is few, or nothing, because it would give a small one away. */
export type Shown = number | 'few' | 'hidden'

/** Below this a number may point at somebody. Nought points at nobody. */
export const fewest = 5

/**
 * Numbers that stand in one table with their total, so that none below `least` can be worked out from the others. Each
 * small one is `few`. Where the total would narrow down what it is, the smallest of the others are hidden with it, one
 * after another, until every `few` may be anything from 1 to `least - 1`; where none is left to hide, the total is hidden.
 */
export const hideSmall = (counts: readonly number[], least = fewest): { shown: Shown[]; total: Shown } => {
  const few = (n: number): boolean => n > 0 && n < least
  const others = counts.filter((n) => n >= least).sort((a, b) => a - b)
  const small = counts.filter(few)
  const hidden: number[] = []
  while (tells(small, hidden, least) && hidden.length < others.length) hidden.push(others[hidden.length]!)
  const total = tells(small, hidden, least) ? 'hidden' : counts.reduce((sum, n) => sum + n, 0)
  const left = total === 'hidden' ? [] : [...hidden]
  return {
    shown: counts.map((n) => {
      const at = left.indexOf(n)
      if (few(n) || at < 0) return few(n) ? 'few' : n
      left.splice(at, 1)
      return 'hidden'
    }),
    total,
  }
}

/** Whether what the small and the hidden ones make together, which the total says, rules out any value of a small one. */
const tells = (small: readonly number[], hidden: readonly number[], least: number): boolean => {
  if (small.length === 0) return false
  const together = [...small, ...hidden].reduce((sum, n) => sum + n, 0)
  const atLeast = small.length - 1 + hidden.length * least
  const atMost = hidden.length > 0 ? Infinity : (small.length - 1) * (least - 1)
  return together - atLeast < least - 1 || together - atMost > 1
}
