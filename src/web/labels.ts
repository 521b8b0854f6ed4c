/** A name on a map: beside its dot, or around its middle. Lengths are in the units of the drawing. */
export type Label = { x: number; y: number; text: string; middle?: boolean }

/** A name that can stand: after its dot, or before it where there is more room. */
export type Standing<L> = L & { before: boolean }

/**
 * Which names can stand on a map without covering each other: the first of the list first. The browser's map asks it
 * again at every zoom, so this imports nothing. Widths are guessed from the number of letters, which is close enough.
 * @param edges where the map ends on the left and on the right
 */
export const labelsThatFit = <L extends Label>(
  labels: readonly L[],
  size: number,
  [first, last] = [-Infinity, Infinity],
): Standing<L>[] => {
  const taken: { left: number; right: number; y: number }[] = []
  return labels.flatMap((label) => {
    const { x, y, text, middle } = label
    const width = 0.56 * size * text.length + size / 2
    const starts = middle ? [x - width / 2] : [x, x - width]
    const left = starts.find(
      (left) =>
        left >= first &&
        left + width <= last &&
        taken.every((one) => left + width < one.left || left > one.right || Math.abs(y - one.y) > 1.15 * size),
    )
    if (left === undefined) return []
    taken.push({ left, right: left + width, y })
    return [{ ...label, before: left === x - width }]
  })
}

/** A pin whose tip is the point, for the browser's map and the server's alike. */
export const pinShape = 'M0 0C-3-9-10-12-10-20a10 10 0 0 1 20 0C10-12 3-9 0 0Zm0-16a4 4 0 1 0 0-8 4 4 0 0 0 0 8Z'
