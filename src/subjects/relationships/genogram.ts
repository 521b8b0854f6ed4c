import { familyLines, type FamilyLine } from './family-lines.ts'
import { kinHalf, kinSlot, kinWords, type Generation, type Kin, type Rows, type Standing } from './kin.ts'

export type Genogram = {
  width: number
  height: number
  people: Standing[]
  lines: FamilyLine[]
  /** Around those who live together, row by row. */
  homes: { x: number; y: number; width: number; height: number }[]
}

const rowGap = 168
const top = 44
const margin = 62

/**
 * A family in rows of generations: the oldest above, brothers and sisters from left to right by birth, those whose year
 * nobody knows after the others. Partners stand beside each other; only between a parent and their own brothers and
 * sisters the couple comes before the order of birth.
 */
export const layGenogram = (kin: readonly Kin[]): Genogram => {
  const rows = rowsOf(kin)
  const x = new Map<string, number>()
  place(x, rows[1], 0)
  place(x, rows[2], between(x, rows.parents) - spanOf(rows[2], rows.own) * kinSlot)
  placeOver(x, rows)
  place(x, rows[3], between(x, [selfOf(kin), ...rows.partners]) - ((rows[3].length - 1) / 2) * kinSlot)
  const least = Math.min(...x.values())
  const present = ([0, 1, 2, 3] as const).filter((generation) => rows[generation].length > 0)
  const yOf = (generation: Generation): number => top + present.indexOf(generation) * rowGap
  const people = present.flatMap((generation) =>
    rows[generation].map((id) => ({ id, generation, x: Math.round(x.get(id)! - least + margin), y: yOf(generation) })),
  )
  return {
    width: Math.max(...people.map((one) => one.x)) + margin,
    height: yOf(present.at(-1)!) + kinWords + 24,
    people,
    lines: familyLines(kin, new Map(people.map((one) => [one.id, one])), rows),
    homes: homesOf(kin, people),
  }
}

/** Who stands in which row, from left to right. */
const rowsOf = (kin: readonly Kin[]): Rows => {
  const of = (tie: Kin['tie'], through?: string | null): string[] =>
    byBirth(kin.filter((one) => one.tie === tie && (through === undefined || one.through === through))).map(
      ({ id }) => id,
    )
  const parents = parentsOf(kin)
  const known = new Set(parents)
  const beside = (parent: string): string[] => [...of('aunt or uncle', parent), ...of('partner of parent', parent)]
  const [first, ...others] = parents
  // Whoever belongs to the first parent stands to the left of them, to every other to the right: the couple is not parted.
  const lefts = first === undefined ? [] : [...beside(first), first]
  const rights = others.flatMap((one) => [one, ...of('partner of parent', one), ...of('aunt or uncle', one)])
  const asideOf = (tie: Kin['tie']): string[] => of(tie).filter((id) => !known.has(throughOf(kin, id) ?? ''))
  const own = byBirth(kin.filter(({ tie }) => tie === 'self' || tie === 'sibling')).map(({ id }) => id)
  const partners = [...of('partner'), ...of('former partner')]
  const halves = (parent: string): string[] => of('half-sibling', parent)
  const self = own.indexOf(selfOf(kin))
  const middle = [...own.slice(0, self + 1), ...partners, ...own.slice(self + 1)]
  const leftHalves = first === undefined ? [] : halves(first)
  const rightHalves = others.flatMap(halves)
  const otherHalves = of('half-sibling').filter((id) => !leftHalves.includes(id) && !rightHalves.includes(id))
  const children = [
    ...partners.flatMap((partner) => of('child', partner)),
    ...of('child').filter((id) => !partners.includes(throughOf(kin, id) ?? '')),
  ]
  return {
    0: [...parents.flatMap((parent) => of('grandparent', parent)), ...asideOf('grandparent')],
    1: [...lefts, ...rights, ...asideOf('partner of parent'), ...asideOf('aunt or uncle')],
    2: [...leftHalves, ...middle, ...rightHalves, ...otherHalves],
    3: children,
    parents,
    own,
    partners,
    sibships: new Map(
      parents.map((parent) => [
        parent,
        { elders: of('grandparent', parent), children: [...of('aunt or uncle', parent), parent] },
      ]),
    ),
  }
}

const selfOf = (kin: readonly Kin[]): string => kin.find(({ tie }) => tie === 'self')!.id
const throughOf = (kin: readonly Kin[], id: string): string | null => kin.find((one) => one.id === id)!.through

/** As pictures of families have it: a father to the left. */
const parentsOf = (kin: readonly Kin[]): string[] => {
  const all = byBirth(kin.filter(({ tie }) => tie === 'parent'))
  return [...all.filter(({ gender }) => gender === 'man'), ...all.filter(({ gender }) => gender !== 'man')].map(
    ({ id }) => id,
  )
}

/** The eldest first, then those whose year nobody knows, in the order given. */
const byBirth = (kin: readonly Kin[]): Kin[] => [...kin].sort((a, b) => (a.born ?? 9999) - (b.born ?? 9999))

const place = (x: Map<string, number>, row: readonly string[], from: number): void =>
  row.forEach((id, i) => x.set(id, from + i * kinSlot))

/** The middle between the outermost of some who are placed already. */
const between = (x: Map<string, number>, ids: readonly string[]): number => {
  const all = ids.flatMap((id) => x.get(id) ?? [])
  return all.length === 0 ? 0 : (Math.min(...all) + Math.max(...all)) / 2
}

/** How many places from the start of a row the middle of some of it is. */
const spanOf = (row: readonly string[], ids: readonly string[]): number => {
  const at = ids.map((id) => row.indexOf(id))
  return (Math.min(...at) + Math.max(...at)) / 2
}

/** Grandparents over the parent whose parents they are, and that parent's brothers and sisters; nobody over another. */
const placeOver = (x: Map<string, number>, { 0: row, parents, sibships }: Rows): void => {
  let free = -Infinity
  const groups = parents.map((parent) => sibships.get(parent)!)
  const sided = new Set(groups.flatMap(({ elders }) => elders))
  for (const { elders, children } of groups) {
    if (elders.length === 0) continue
    const from = Math.max(free, between(x, children) - ((elders.length - 1) / 2) * kinSlot)
    place(x, elders, from)
    free = from + elders.length * kinSlot
  }
  const aside = row.filter((id) => !sided.has(id))
  place(x, aside, Math.max(free, Number.isFinite(free) ? free : 0))
}

const homesOf = (kin: readonly Kin[], people: readonly Standing[]): Genogram['homes'] => {
  const lives = new Set(kin.filter(({ livesWith, tie }) => livesWith || tie === 'self').map(({ id }) => id))
  if (lives.size < 2) return []
  const runs: Standing[][] = []
  for (const one of people.filter(({ id }) => lives.has(id))) {
    const last = runs.at(-1)?.at(-1)
    const follows = last?.generation === one.generation && one.x - last.x === kinSlot
    if (follows) runs.at(-1)!.push(one)
    else runs.push([one])
  }
  return runs.map((run) => ({
    x: run[0]!.x - kinSlot / 2 + 4,
    y: run[0]!.y - kinHalf - 10,
    width: run.at(-1)!.x - run[0]!.x + kinSlot - 8,
    height: kinHalf + kinWords + 14,
  }))
}
