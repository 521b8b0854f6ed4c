import { expect, test } from 'vitest'
import { randomFrom } from '../../../test/random.ts'
import { ecomapBox, layEcomap } from './ecomap.ts'
import { layGenogram } from './genogram.ts'
import { generationOf, kinHalf, kinSlot, kinWords, type Kin } from './kin.ts'
import { familyTies } from './relationship.ts'

type Box = { x: number; y: number; width: number; height: number }
const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
const overlaps = (boxes: readonly Box[]): number =>
  boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => overlap(a, b))).length
const inside = (box: Box, { width, height }: { width: number; height: number }): boolean =>
  box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height

test('up to forty people stand around the middle, nobody over another, and no line crosses anybody', () => {
  for (let count = 0; count <= 40; count++) {
    const { middle, people, ...frame } = layEcomap(count)
    const boxes = people.map(({ x, y }) => ({ x, y, ...ecomapBox }))
    const centre = { x: middle.x - middle.radius, y: middle.y - middle.radius, width: 100, height: 100 }
    expect([count, overlaps([...boxes, centre])]).toEqual([count, 0])
    expect(boxes.every((box) => inside(box, frame))).toBe(true)
    const crossed = people.flatMap(({ edge, y }, i) =>
      Array.from({ length: 50 }, (_, k) => k / 50).filter((part) => {
        const x = middle.x + (edge - middle.x) * part
        const down = middle.y + (y + ecomapBox.height / 2 - middle.y) * part
        return boxes.some((box, other) => other !== i && overlap(box, { x, y: down, width: 0.1, height: 0.1 }))
      }),
    )
    expect([count, crossed]).toEqual([count, []])
  }
  expect(layEcomap(17)).toEqual(layEcomap(17))
})

const self: Kin = { id: 'self', tie: 'self', through: null, gender: 'not known', born: 2010, livesWith: true }
/** A family that might be: whoever is family through somebody names one who is there, or nobody. */
const inventedFamily = (seed: number, count: number): Kin[] => {
  const { one: pick, under, chance } = randomFrom(seed)
  const kin: Kin[] = [self]
  for (let i = 1; i < count; i++) {
    const tie = pick(familyTies)
    const through = tie === 'child' ? ['partner', 'former partner'] : ['parent']
    const by = kin.filter((one) => through.includes(one.tie))
    kin.push({
      id: String(i),
      tie,
      through: by.length > 0 && chance(0.8) ? pick(by).id : null,
      gender: pick(['woman', 'man', 'another', 'not known']),
      born: chance(0.7) ? 1930 + under(90) : null,
      livesWith: chance(0.3),
    })
  }
  return kin
}
const boxOf = ({ x, y }: { x: number; y: number }): Box => ({
  x: x - kinSlot / 2 + 1,
  y: y - kinHalf,
  width: kinSlot - 2,
  height: kinHalf + kinWords,
})

test('a family of up to forty stands in rows of generations, and nobody over another', () => {
  for (let seed = 1; seed <= 120; seed++) {
    const kin = inventedFamily(seed, 1 + (seed % 40))
    const { people, ...frame } = layGenogram(kin)
    const boxes = people.map(boxOf)
    expect([seed, people.length, overlaps(boxes)]).toEqual([seed, kin.length, 0])
    expect([seed, boxes.every((box) => inside(box, frame))]).toEqual([seed, true])
    const heights = new Map(people.map(({ generation, y }) => [generation, y]))
    for (const one of people) {
      const { tie } = kin.find(({ id }) => id === one.id)!
      expect([one.generation, one.y]).toEqual([generationOf[tie], heights.get(generationOf[tie])])
    }
    expect([...heights].sort((a, b) => a[1] - b[1]).map(([generation]) => generation)).toEqual(
      [...heights.keys()].sort(),
    )
    expect(layGenogram(structuredClone(kin))).toEqual(layGenogram(kin))
  }
})

test('brothers and sisters stand by birth, and partners beside each other with a line between them', () => {
  for (let seed = 1; seed <= 120; seed++) {
    const kin = inventedFamily(seed, 40)
    const { people, lines } = layGenogram(kin)
    const at = new Map(people.map((one) => [one.id, one]))
    const own = kin
      .filter(({ tie, born }) => (tie === 'sibling' || tie === 'self') && born !== null)
      .sort((a, b) => at.get(a.id)!.x - at.get(b.id)!.x)
    expect(own.map(({ born }) => born)).toEqual(own.map(({ born }) => born).sort())
    const parents = people.filter(({ id }) => kin.some((one) => one.id === id && one.tie === 'parent'))
    const partner = people.find(({ id, x }) => {
      const isPartner = kin.some((one) => one.id === id && one.tie.endsWith('partner'))
      return isPartner && x === at.get('self')!.x + kinSlot
    })
    const hasPartner = kin.some(({ tie }) => tie === 'partner' || tie === 'former partner')
    expect([seed, partner !== undefined]).toEqual([seed, hasPartner])
    const couples = kin.filter(
      ({ tie, through }) => tie.endsWith('partner') || (tie === 'partner of parent' && through !== null),
    ).length
    const joined = lines.filter(({ kind }) => kind !== 'child').length
    expect(joined).toBeGreaterThanOrEqual(couples + Number(parents.length > 1))
  }
})

test('a known family is drawn as somebody would draw it', () => {
  const kin: Kin[] = [
    self,
    { id: 'mum', tie: 'parent', through: null, gender: 'woman', born: 1985, livesWith: true },
    { id: 'dad', tie: 'parent', through: null, gender: 'man', born: 1980, livesWith: false },
    { id: 'nan', tie: 'grandparent', through: 'mum', gender: 'woman', born: 1955, livesWith: false },
    { id: 'old', tie: 'sibling', through: null, gender: 'man', born: 2005, livesWith: true },
    { id: 'baby', tie: 'half-sibling', through: 'mum', gender: 'woman', born: 2022, livesWith: true },
  ]
  const { people, homes, lines } = layGenogram(kin)
  const row = (generation: number) => people.filter((one) => one.generation === generation).map(({ id }) => id)
  expect([row(0), row(1), row(2)]).toEqual([['nan'], ['dad', 'mum'], ['old', 'self', 'baby']])
  const at = new Map(people.map((one) => [one.id, one]))
  expect(at.get('nan')!.x).toBe(at.get('mum')!.x)
  // The mother alone, and the three children beside each other.
  expect(homes.map(({ width }) => width)).toEqual([kinSlot - 8, 3 * kinSlot - 8])
  expect(lines.map(({ kind }) => kind)).toEqual(['couple', 'child', 'child', 'child'])
})
