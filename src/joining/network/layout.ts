/*
 * Where each thing of a network is drawn. Fruchterman and Reingold's forces (1991, doi 10.1002/spe.4380211102): all push
 * one another apart, ties pull together, and the whole cools. Above a few hundred things, what is far pushes as one
 * lump for each square of a grid. Then labels are moved off one another. Nothing is drawn by chance, so the same network
 * is always the same picture.
 *
 * Of our own rather than d3-force: that was measured at 3.8 s for 3,000 things, with a goal of 4 s.
 */

/** Things by number; the first is what the picture is about. Ties are pairs of those numbers. */
export type Shape = { things: number; ties: readonly (readonly [number, number])[] }
/** Where the middle of each thing is, in pixels from the upper left corner, which is outside of all of them. */
export type Laid = { width: number; height: number; x: number[]; y: number[] }

/** What a thing and its label need, in pixels. */
const room = { across: 154, down: 88 }
/** So much wider than high: as screens are, and as labels are. */
const stretch = 1.7
const exact_most = 300
/** Of forces that cool slowly enough for a tree to unfold, and fewer where each turn costs more. */
const turnsFor = (things: number): number => (things <= exact_most ? 240 : 110)

/** Works out a picture of `shape`. Takes time that grows with things times their square root. */
export const layOut = (shape: Shape): Laid => {
  const { things } = shape
  const x = new Float64Array(things)
  const y = new Float64Array(things)
  placeByDistance(shape, x, y)
  settle(shape, x, y)
  // Forces know points; from here on they are boxes with words, so large that a usual tie is seen between two of them.
  const scale = (room.down * (things > exact_most ? 2.4 : 1.7)) / usualTie(shape, x, y)
  for (let i = 0; i < things; i++) {
    x[i]! *= scale * stretch
    y[i]! *= scale
  }
  partLabels(x, y)
  return inFrame(x, y)
}

/** Rings around the first by how many ties away, those that hang on the same thing side by side. What nothing ties comes outermost. */
const placeByDistance = ({ things, ties }: Shape, x: Float64Array, y: Float64Array): void => {
  const next = Array.from({ length: things }, (): number[] => [])
  for (const [a, b] of ties) {
    next[a]!.push(b)
    next[b]!.push(a)
  }
  const from = new Float64Array(things)
  const to = new Float64Array(things)
  const seen = new Uint8Array(things)
  for (let root = 0, found = 0; root < things; root++) {
    if (seen[root]) continue
    seen[root] = 1
    from[root] = 0
    to[root] = 2 * Math.PI
    let ring = [root]
    for (let far = root === 0 ? 0 : 1 + Math.sqrt(found); ring.length > 0; far++) {
      const outer: number[] = []
      for (const one of ring) {
        const middle = (from[one]! + to[one]!) / 2
        x[one] = far * Math.cos(middle)
        y[one] = far * Math.sin(middle)
        const hanging = next[one]!.filter((other) => !seen[other] && (seen[other] = 1))
        const share = (to[one]! - from[one]!) / Math.max(1, hanging.length)
        hanging.forEach((other, i) => {
          from[other] = from[one]! + i * share
          to[other] = from[other]! + share
        })
        outer.push(...hanging)
      }
      found += ring.length
      ring = outer
    }
  }
}

const settle = ({ things, ties }: Shape, x: Float64Array, y: Float64Array): void => {
  const pushX = new Float64Array(things)
  const pushY = new Float64Array(things)
  const turns = turnsFor(things)
  const push = things <= exact_most ? pushAll : pushByGrid
  const degree = new Float64Array(things)
  for (const [a, b] of ties) {
    degree[a]!++
    degree[b]!++
  }
  for (let turn = 0; turn < turns; turn++) {
    pushX.fill(0)
    pushY.fill(0)
    push(x, y, pushX, pushY)
    for (const [a, b] of ties) {
      const dx = x[b]! - x[a]!
      const dy = y[b]! - y[a]!
      // A hub would otherwise be pulled to pieces: its many ties are each weaker, by the lesser of the two ends.
      const pull = Math.sqrt(dx * dx + dy * dy) / Math.sqrt(Math.max(1, Math.min(degree[a]!, degree[b]!)))
      pushX[a]! += dx * pull
      pushY[a]! += dy * pull
      pushX[b]! -= dx * pull
      pushY[b]! -= dy * pull
    }
    const hot = (1 - turn / turns) ** 1.5 * Math.max(0.6, Math.sqrt(things) / 12)
    for (let i = 0; i < things; i++) {
      // A little towards the middle, so that what nothing ties does not drift away.
      const fx = pushX[i]! - x[i]! * 0.06
      const fy = pushY[i]! - y[i]! * 0.06
      const far = Math.sqrt(fx * fx + fy * fy)
      if (far === 0) continue
      const step = Math.min(far, hot) / far
      x[i]! += fx * step
      y[i]! += fy * step
    }
  }
}

const usualTie = ({ ties }: Shape, x: Float64Array, y: Float64Array): number => {
  const long = ties.map(([a, b]) => Math.hypot(x[a]! - x[b]!, y[a]! - y[b]!)).sort((a, b) => a - b)
  return long[Math.floor(long.length / 2)] || 1
}

type Push = (x: Float64Array, y: Float64Array, pushX: Float64Array, pushY: Float64Array) => void

/** So close that the direction says nothing: two in one place part by their numbers. */
const least = 1e-4

const pushAll: Push = (x, y, pushX, pushY) => {
  for (let a = 0; a < x.length; a++)
    for (let b = a + 1; b < x.length; b++) {
      const dx = x[a]! - x[b]! || least * (a - b)
      const dy = y[a]! - y[b]!
      const near = 1 / Math.max(least, dx * dx + dy * dy)
      pushX[a]! += dx * near
      pushY[a]! += dy * near
      pushX[b]! -= dx * near
      pushY[b]! -= dy * near
    }
}

/** Squares hold about √things/3 each: as many squares to look at from afar as things to look at closely. */
const pushByGrid: Push = (x, y, pushX, pushY) => {
  const things = x.length
  const side = Math.ceil(Math.sqrt(3 * Math.sqrt(things)))
  const [left, right, top, bottom] = boundsOf(x, y)
  const wide = (right - left) / side || 1
  const high = (bottom - top) / side || 1
  const cell = new Int32Array(things)
  const count = new Float64Array(side * side)
  const sumX = new Float64Array(side * side)
  const sumY = new Float64Array(side * side)
  for (let i = 0; i < things; i++) {
    const column = Math.min(side - 1, Math.floor((x[i]! - left) / wide))
    const row = Math.min(side - 1, Math.floor((y[i]! - top) / high))
    const at = row * side + column
    cell[i] = at
    count[at]!++
    sumX[at]! += x[i]!
    sumY[at]! += y[i]!
  }
  const start = new Int32Array(side * side + 1)
  for (let c = 0; c < side * side; c++) start[c + 1] = start[c]! + count[c]!
  const fill = start.slice()
  const members = new Int32Array(things)
  for (let i = 0; i < things; i++) members[fill[cell[i]!]!++] = i
  for (let i = 0; i < things; i++) {
    const row = Math.floor(cell[i]! / side)
    const column = cell[i]! % side
    for (let c = 0; c < side * side; c++) {
      const lump = count[c]!
      if (lump === 0) continue
      const near = Math.abs(Math.floor(c / side) - row) <= 1 && Math.abs((c % side) - column) <= 1
      if (near)
        for (let m = start[c]!; m < start[c + 1]!; m++) {
          const other = members[m]!
          if (other === i) continue
          const dx = x[i]! - x[other]! || least * (i - other)
          const dy = y[i]! - y[other]!
          const by = 1 / Math.max(least, dx * dx + dy * dy)
          pushX[i]! += dx * by
          pushY[i]! += dy * by
        }
      else {
        const dx = x[i]! - sumX[c]! / lump
        const dy = y[i]! - sumY[c]! / lump
        const by = lump / Math.max(least, dx * dx + dy * dy)
        pushX[i]! += dx * by
        pushY[i]! += dy * by
      }
    }
  }
}

/** Moves boxes that cover one another apart, each pair along the way that is shorter. */
const partLabels = (x: Float64Array, y: Float64Array): void => {
  const order = Array.from(x, (_, i) => i)
  for (let turn = 0; turn < 100; turn++) {
    let moved = false
    order.sort((a, b) => x[a]! - x[b]! || a - b)
    for (let p = 0; p < order.length; p++)
      for (let q = p + 1; q < order.length; q++) {
        const [a, b] = [order[p]!, order[q]!]
        const across = room.across - (x[b]! - x[a]!)
        // In the order of x: from here on everything is further away.
        if (across <= 0) break
        const apart = y[b]! - y[a]!
        const down = room.down - Math.abs(apart)
        if (down <= 0.01) continue
        moved = true
        if (down * stretch <= across) {
          const by = (apart < 0 || (apart === 0 && b < a) ? -1 : 1) * (down / 2)
          y[a]! -= by
          y[b]! += by
        } else {
          x[a]! -= across / 2
          x[b]! += across / 2
        }
      }
    if (!moved) return
  }
}

const boundsOf = (x: Float64Array, y: Float64Array): [left: number, right: number, top: number, bottom: number] => {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
  for (let i = 0; i < x.length; i++) {
    left = Math.min(left, x[i]!)
    right = Math.max(right, x[i]!)
    top = Math.min(top, y[i]!)
    bottom = Math.max(bottom, y[i]!)
  }
  return [left, right, top, bottom]
}

const inFrame = (x: Float64Array, y: Float64Array): Laid => {
  if (x.length === 0) return { width: 0, height: 0, x: [], y: [] }
  const [left, right, top, bottom] = boundsOf(x, y)
  const margin = { side: room.across / 2 + 6, end: room.down / 2 + 8 }
  return {
    width: Math.ceil(right - left + 2 * margin.side),
    height: Math.ceil(bottom - top + 2 * margin.end),
    x: Array.from(x, (at) => Math.round((at - left + margin.side) * 10) / 10),
    y: Array.from(y, (at) => Math.round((at - top + margin.end) * 10) / 10),
  }
}
