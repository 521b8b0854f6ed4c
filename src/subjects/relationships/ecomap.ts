/** Where everybody stands around a person, in pixels. `edge` is where the line from the middle ends. */
export type Ecomap = {
  width: number
  height: number
  middle: { x: number; y: number; radius: number }
  people: { x: number; y: number; edge: number }[]
}

export const ecomapBox = { width: 178, height: 62 }
const step = ecomapBox.height + 14
const radius = 50
const margin = 10
/** Between the middle and whoever stands nearest to it: room for the marks on a line. */
const nearest = 96

/**
 * Half of them on either side of the person, from the top down in the order given, on two arcs that bulge away from the
 * middle. A line to somebody further up or down crosses no box: it is nearer to the middle than any arc where it passes.
 * @param count how many there are
 */
export const layEcomap = (count: number): Ecomap => {
  const left = Math.ceil(count / 2)
  const rows = Math.max(left, 2)
  const bulge = Math.min(110, rows * 12)
  const reach = radius + nearest + bulge
  const width = 2 * (reach + ecomapBox.width + margin)
  const height = rows * step + 2 * margin + 40
  const middle = { x: width / 2, y: height / 2, radius }
  const people = Array.from({ length: count }, (_, i) => {
    const isLeft = i < left
    const [at, of] = isLeft ? [i, left] : [i - left, count - left]
    const down = (at - (of - 1) / 2) * step
    const away = radius + nearest + bulge * Math.sqrt(1 - ((2 * down) / (rows * step)) ** 2)
    const edge = Math.round(isLeft ? middle.x - away : middle.x + away)
    return { x: isLeft ? edge - ecomapBox.width : edge, y: Math.round(middle.y + down - ecomapBox.height / 2), edge }
  })
  return { width: Math.round(width), height: Math.round(height), middle, people }
}
