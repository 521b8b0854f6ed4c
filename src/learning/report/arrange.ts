/** A point and the points below it, by their ids. */
export type Arranged = { id: string; below: readonly string[] }
export const moves = ['up', 'down', 'in', 'out'] as const
export type Move = (typeof moves)[number]

/**
 * The points after one of them was moved: up or down among its own, in below the point above it, or out to stand after the
 * one that it hangs below. What cannot move so stays. There are two levels, as in the form: points below come with theirs.
 */
export const moved = (points: readonly Arranged[], id: string, move: Move): readonly Arranged[] => {
  const at = points.findIndex((one) => one.id === id)
  if (at >= 0) {
    if (move === 'up' || move === 'down') return swapped(points, at, move)
    const above = points[at - 1]
    if (move === 'out' || !above) return points
    const joined = { ...above, below: [...above.below, id, ...points[at]!.below] }
    return [...points.slice(0, at - 1), joined, ...points.slice(at + 1)]
  }
  const under = points.findIndex(({ below }) => below.includes(id))
  const parent = points[under]
  if (!parent || move === 'in') return points
  const i = parent.below.indexOf(id)
  const after =
    move === 'out'
      ? [
          { ...parent, below: parent.below.filter((one) => one !== id) },
          { id, below: [] },
        ]
      : [{ ...parent, below: swapped(parent.below, i, move) }]
  return [...points.slice(0, under), ...after, ...points.slice(under + 1)]
}

const swapped = <T>(list: readonly T[], at: number, move: 'up' | 'down'): readonly T[] => {
  const to = at + (move === 'up' ? -1 : 1)
  return to in list ? list.with(at, list[to]!).with(to, list[at]!) : list
}
