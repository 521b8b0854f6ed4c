/** Below this nothing is shown to anybody: not a voice, not a number. */
export const fewest = 8

/** How many there are at least and at most, as far as it may be told: an exact number where the two are one. */
export type Told = { least: number; most: number }

/**
 * Parts of one whole, so that none from 1 to `least` - 1 can be worked out: not from the others and the whole, which is
 * known from the other questions that the same people answered, and not from this rule. A small part hides large ones
 * with it, from the last to the first and not by their size, until it may be anything that is small; where that cannot
 * be, nothing is told of any part.
 *
 * Its like for tables of concerns (`hideSmall`) hides the smallest first and may hide the whole instead; whoever knows
 * that can tell some small numbers, as the test of this file does with every table.
 */
export const heldBack = (counts: readonly number[], least = fewest): Told[] => {
  const whole = sum(counts)
  const small = counts.filter((n) => n > 0 && n < least)
  if (small.length === 0) return counts.map((n) => ({ least: n, most: n }))
  const large = counts.flatMap((n, i) => (n >= least ? [i] : [])).toReversed()
  for (let many = Math.min(1, large.length); many <= large.length; many++) {
    const hidden = large.slice(0, many)
    const together = sum(small) + sum(hidden.map((i) => counts[i]!))
    if (!isFree(together, { small: small.length, hidden: many }, least)) continue
    return counts.map((n, i): Told => {
      if (n > 0 && n < least) return { least: 1, most: least - 1 }
      if (!hidden.includes(i)) return { least: n, most: n }
      const room = together - small.length - (many - 1) * least
      return { least: many > 1 ? least : Math.max(least, together - small.length * (least - 1)), most: room }
    })
  }
  return counts.map(() => ({ least: 0, most: whole }))
}

/** Whether each of so many small parts may still be anything from 1 to `least` - 1, given what they make with the hidden ones. */
const isFree = (together: number, { small, hidden }: { small: number; hidden: number }, least: number): boolean => {
  const othersAtLeast = small - 1 + hidden * least
  const othersAtMost = hidden > 0 ? Infinity : (small - 1) * (least - 1)
  return together - othersAtLeast >= least - 1 && together - othersAtMost <= 1
}

/**
 * Levels, lowest first, with how many people each has, as groups of `least` or more. The first stands alone, since its
 * distance from the others is what is looked for; the others are put together from the top down, and what is left joins
 * the group above it. A level that comes to no group is in none: nothing may be told of it.
 */
export const groupsOf = (people: readonly { code: string; count: number }[], least = fewest): string[][] => {
  const [first, ...others] = people
  const groups: string[][] = []
  let open = { codes: [] as string[], count: 0 }
  for (const { code, count } of others.filter((one) => one.count > 0).toReversed()) {
    open = { codes: [code, ...open.codes], count: open.count + count }
    if (open.count < least) continue
    groups.unshift(open.codes)
    open = { codes: [], count: 0 }
  }
  if (groups[0]) groups[0] = [...open.codes, ...groups[0]]
  return first && first.count >= least ? [[first.code], ...groups] : groups
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)
