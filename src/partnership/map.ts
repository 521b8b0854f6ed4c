import fs from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { projectRoot } from '../platform/index.ts'
import type { Near } from '../web/index.ts'

const name = z.string().min(1)
/** Longitude and latitude, in that order, as GeoJSON has them. */
const at = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)])

const mapFile = z.strictObject({
  /** Whose data it is, in the words that their licence asks for. */
  attribution: z.array(name).min(1),
  areas: z
    .array(
      z.strictObject({
        code: name,
        name,
        outline: z.array(at).min(3),
        /** Beginnings of postcodes that lie in this area with all of their addresses: 'CV99', 'CV99 4'. */
        postcodes: z.array(z.string().regex(/^[A-Z]{1,2}\d[A-Z\d]?( \d)?$/)).default([]),
      }),
    )
    .min(1),
  /** The most telling first: 1 is always named, 3 only when one looks closely. */
  places: z.array(
    z.strictObject({ name, at, rank: z.number().int().min(1).max(3), outside: z.boolean().default(false) }),
  ),
})

export type AreaMap = z.infer<typeof mapFile>
export type At = z.infer<typeof at>

const kept = new Map<string, AreaMap | undefined>()

/** The map of a partnership's own area, or undefined: a partnership need not have one. */
export const mapOf = (slug: string): AreaMap | undefined => {
  if (!kept.has(slug)) kept.set(slug, readMap(slug))
  return kept.get(slug)
}

const readMap = (slug: string): AreaMap | undefined => {
  const file = path.join(projectRoot, 'content/partnerships/maps', `${slug}.json`)
  return fs.existsSync(file) ? mapFile.parse(JSON.parse(fs.readFileSync(file, 'utf8'))) : undefined
}

/** How degrees become units of 100 m from the north-west corner of the drawing. A county is small enough to be flat. */
export type MapFrame = { west: number; north: number; across: number; down: number; width: number; height: number }

const unitsOfOneDegree = 1113.2
/** Around the outlines, with room at the sides for a name or two. */
const margin = { side: 45, end: 25 }

export const frameOf = ({ areas }: AreaMap): MapFrame => {
  const points = areas.flatMap(({ outline }) => outline)
  const [west, east] = [Math.min(...points.map(([x]) => x)), Math.max(...points.map(([x]) => x))]
  const [south, north] = [Math.min(...points.map(([, y]) => y)), Math.max(...points.map(([, y]) => y))]
  const across = unitsOfOneDegree * Math.cos((((south + north) / 2) * Math.PI) / 180)
  return {
    west: west - margin.side / across,
    north: north + margin.end / unitsOfOneDegree,
    across,
    down: unitsOfOneDegree,
    width: Math.round((east - west) * across) + 2 * margin.side,
    height: Math.round((north - south) * unitsOfOneDegree) + 2 * margin.end,
  }
}

export const onDrawing = (
  { west, north, across, down }: MapFrame,
  [longitude, latitude]: At,
): [x: number, y: number] => [Math.round((longitude - west) * across), Math.round((north - latitude) * down)]

/** How far from a place one still says "near" it, in units of 100 m. */
export const nearby = 50

/** What a point is close to and lies in, as far as the map knows. */
export const whereIs = (map: AreaMap, point: At): Near => {
  const frame = frameOf(map)
  const [x, y] = onDrawing(frame, point)
  const far = ({ at }: AreaMap['places'][number]) => {
    const [px, py] = onDrawing(frame, at)
    return Math.hypot(px - x, py - y)
  }
  const place = map.places.toSorted((a, b) => far(a) - far(b))[0]
  return {
    place: place && far(place) <= nearby ? place.name : undefined,
    area: map.areas.find(({ outline }) => isInside(outline, point))?.name,
  }
}

/** The area whose list has the beginning of this postcode, the longest there is. */
export const areaOfPostcode = ({ areas }: AreaMap, postcode: string): string | undefined => {
  const [outward, inward = ''] = postcode.split(' ')
  const has = (beginning: string) => areas.find(({ postcodes }) => postcodes.includes(beginning))?.name
  return (inward ? has(`${outward} ${inward[0]}`) : undefined) ?? has(outward!)
}

/** By how often a line to the east crosses the outline: an odd number is inside. */
const isInside = (outline: readonly At[], [x, y]: At): boolean =>
  outline.filter(([x1, y1], i) => {
    const [x2, y2] = outline.at(i - 1)!
    return y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1
  }).length %
    2 ===
  1
