import { kinHalf, kinSlot, kinWords, type Kin, type Rows, type Standing } from './kin.ts'

/** `d` as SVG has it. */
export type FamilyLine = { kind: 'couple' | 'former' | 'child'; d: string }

/** How far above the symbols of a row its bar runs; each further bar of the row is a little higher. */
const bar = 26
const apart = 9

/** Lines between partners, and from parents down to their children. */
export const familyLines = (
  kin: readonly Kin[],
  at: ReadonlyMap<string, Standing>,
  { parents, own, partners, sibships }: Rows,
): FamilyLine[] => {
  const of = (tie: Kin['tie'], through: string): string[] =>
    kin.filter((one) => one.tie === tie && one.through === through).map(({ id }) => id)
  const self = kin.find(({ tie }) => tie === 'self')!.id
  const draw = { at, lines: [] as FamilyLine[] }
  const [first, second, ...more] = parents
  if (first && second) couple(draw, first, second)
  for (const parent of parents) for (const partner of of('partner of parent', parent)) couple(draw, parent, partner)
  parents.forEach((parent, i) => {
    const { elders, children } = sibships.get(parent)!
    if (elders[0] && elders[1]) couple(draw, elders[0], elders[1])
    if (elders.length > 0 || children.length > 1) descend(draw, elders.slice(0, 2), children, i)
  })
  if (first) descend(draw, second ? [first, second] : [first], own, 0)
  for (const parent of more) descend(draw, [parent], own, 0)
  parents.forEach((parent, i) => {
    const halves = of('half-sibling', parent)
    if (halves.length > 0) descend(draw, [parent], halves, i + 1)
  })
  partners.forEach((partner, i) => {
    const former = kin.some(({ id, tie }) => id === partner && tie === 'former partner')
    couple(draw, self, partner, former ? 'former' : 'couple')
    const children = of('child', partner)
    if (children.length > 0) descend(draw, i === 0 ? [self, partner] : [partner], children, i)
  })
  const alone = kin
    .filter(({ tie, through }) => tie === 'child' && !partners.includes(through ?? ''))
    .map(({ id }) => id)
  if (alone.length > 0) descend(draw, [self], alone, partners.length)
  return draw.lines
}

type Draw = { at: ReadonlyMap<string, Standing>; lines: FamilyLine[] }

/** Straight between two who stand beside each other, over the others otherwise; struck through twice where it is over. */
const couple = ({ at, lines }: Draw, one: string, other: string, kind: 'couple' | 'former' = 'couple'): void => {
  const [a, b] = [at.get(one)!, at.get(other)!].sort((p, q) => p.x - q.x) as [Standing, Standing]
  const beside = b.x - a.x === kinSlot
  const up = a.y - kinHalf - 14
  const line = beside
    ? `M${a.x + kinHalf} ${a.y}H${b.x - kinHalf}`
    : `M${a.x} ${a.y - kinHalf}V${up}H${b.x}V${b.y - kinHalf}`
  const [x, y] = [(a.x + b.x) / 2, beside ? a.y : up]
  const struck = `M${x - 8} ${y + 9}L${x} ${y - 9}M${x} ${y + 9}L${x + 8} ${y - 9}`
  lines.push({ kind, d: kind === 'former' ? line + struck : line })
}

/** From a couple, or from one parent, down to a bar over the children; a bar alone where no parent is known. */
const descend = ({ at, lines }: Draw, from: readonly string[], children: readonly string[], level: number): void => {
  const below = children.map((id) => at.get(id)!)
  const y = below[0]!.y - kinHalf - bar - level * apart
  const above = from.map((id) => at.get(id)!)
  const start = above.length === 0 ? undefined : originOf(above, level)
  const all = [...below.map(({ x }) => x), ...(start ? [start.x] : [])]
  lines.push({
    kind: 'child',
    d: [
      start && `M${start.x} ${start.y}V${y}`,
      `M${Math.min(...all)} ${y}H${Math.max(...all)}`,
      ...below.map((child) => `M${child.x} ${y}V${child.y - kinHalf}`),
    ]
      .filter(Boolean)
      .join(''),
  })
}

/** Two beside each other are left from the line between them; one, below their words, a little aside for each further bar. */
const originOf = (above: readonly Standing[], level: number): { x: number; y: number } => {
  const [a, b] = above
  if (a && b && Math.abs(a.x - b.x) === kinSlot) return { x: (a.x + b.x) / 2, y: a.y }
  return { x: a!.x + (above.length === 1 ? level * apart : 0), y: a!.y + kinWords }
}
