/** One line of a text beside another: it stands in both, or it is gone, or it came. */
export type Compared = { text: string; stays: boolean; gone?: boolean }

/** Two texts line by line, by their longest common run of lines: what went from the first, what came with the second. */
export const linesCompared = (before: string, after: string): { before: Compared[]; after: Compared[] } => {
  const [old, fresh] = [linesOf(before), linesOf(after)]
  if (old.length * fresh.length > most)
    return {
      before: old.map((text) => ({ text, stays: false, gone: true })),
      after: fresh.map((text) => ({ text, stays: false })),
    }
  /** How many lines are common from here to the end. */
  const common = old.map(() => fresh.map(() => 0))
  const at = (i: number, j: number): number => common[i]?.[j] ?? 0
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = fresh.length - 1; j >= 0; j--)
      common[i]![j] = same(old[i]!, fresh[j]!) ? 1 + at(i + 1, j + 1) : Math.max(at(i + 1, j), at(i, j + 1))
  const left: Compared[] = []
  const right: Compared[] = []
  let [i, j] = [0, 0]
  while (i < old.length || j < fresh.length) {
    if (i < old.length && j < fresh.length && same(old[i]!, fresh[j]!)) {
      left.push({ text: old[i++]!, stays: true })
      right.push({ text: fresh[j++]!, stays: true })
    } else if (j >= fresh.length || (i < old.length && at(i + 1, j) >= at(i, j + 1)))
      left.push({ text: old[i++]!, stays: false, gone: true })
    else right.push({ text: fresh[j++]!, stays: false })
  }
  return { before: left, after: right }
}

/** Comparing takes as many steps as both have lines, multiplied. */
const most = 250_000
const linesOf = (text: string): string[] => text.split(/\r?\n/).filter((line) => line.trim() !== '')

const same = (one: string, other: string): boolean => one.trim() === other.trim()
