import { labelsThatFit, pinShape } from '../web/index.ts'
import { frameOf, nearby, onDrawing, whereIs, type AreaMap, type At, type MapFrame } from './map.ts'

/** Of the letters where nothing sets it anew: 14 pixels on the small map. */
const size = 28

/**
 * The whole map, for the browser's script to put cross and pin on. Of two names that would cover each other the script
 * keeps the earlier: towns, then areas, then villages.
 */
export const MapDrawing = ({ map }: { map: AreaMap }) => {
  const frame = frameOf(map)
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      class="trellis-map__drawing"
      viewBox={`0 0 ${frame.width} ${frame.height}`}
      font-size={size}
      aria-hidden="true"
      focusable="false"
      data-west={frame.west}
      data-north={frame.north}
      data-across={frame.across}
      data-down={frame.down}
      data-near={nearby}
    >
      <Areas map={map} frame={frame} />
      {map.places.filter(isTown).map((place) => (
        <Place frame={frame} {...place} />
      ))}
      {map.areas.map(({ name, outline }) => {
        const [x, y] = middleOf(frame, outline)
        return (
          <text class="trellis-map__area-name" x={x} y={y} data-x={x} data-y={y} data-label={name} data-rank="2">
            {name}
          </text>
        )
      })}
      {map.places
        .filter((place) => !isTown(place))
        .map((place) => (
          <Place frame={frame} {...place} />
        ))}
    </svg>
  )
}

const isTown = ({ rank }: AreaMap['places'][number]) => rank === 1

const Place = ({ frame, name, at, rank, outside }: AreaMap['places'][number] & { frame: MapFrame }) => {
  const [x, y] = onDrawing(frame, at)
  return (
    <g class={placeClass(outside)} data-x={x} data-y={y} data-label={name} data-rank={rank} data-place={name}>
      <Dot x={x} y={y} />
      <Name x={x} y={y}>
        {name}
      </Name>
    </g>
  )
}

/** A small map with a point on it: the towns for orientation, and whatever is closest. */
export const MapLocator = ({ map, point, label }: { map: AreaMap; point: At; label: string }) => {
  const frame = frameOf(map)
  const [x, y] = onDrawing(frame, point)
  // Points beyond the map are fine: the picture grows until it holds them.
  const [left, top] = [Math.min(0, x - 40), Math.min(0, y - 80)]
  const [right, bottom] = [Math.max(frame.width, x + 40), Math.max(frame.height, y + 40)]
  const closest = whereIs(map, point).place
  const named = map.places
    .filter(({ name, rank }) => rank === 1 || name === closest)
    .toSorted((a, b) => Number(b.name === closest) - Number(a.name === closest))
    .map(({ name, at, outside }) => {
      const [x, y] = onDrawing(frame, at)
      return { text: name, x, y, outside }
    })
  return (
    <svg
      class="trellis-map__drawing"
      viewBox={`${left} ${top} ${right - left} ${bottom - top}`}
      font-size={size}
      role="img"
      aria-label={label}
    >
      <Areas map={map} frame={frame} />
      {labelsThatFit(named, size, [left, right]).map(({ text, x, y, outside, before }) => (
        <g class={placeClass(outside)}>
          <Dot x={x} y={y} />
          <Name x={x} y={y} before={before}>
            {text}
          </Name>
        </g>
      ))}
      <path class="trellis-map__pin" d={pinShape} transform={`translate(${x} ${y}) scale(2)`} />
    </svg>
  )
}

/** What a map says of one area, and how dark it is: 0 is white. */
export type AreaSaid = { text: string; shade: 0 | 1 | 2 | 3 }

/** The areas alone, each with its name and what is said of it. Whoever shows it says the same in words beside it. */
export const MapOfAreas = ({
  map,
  label,
  said,
}: {
  map: AreaMap
  label: string
  said: ReadonlyMap<string, AreaSaid>
}) => {
  const frame = frameOf(map)
  return (
    <svg
      class="trellis-map__drawing"
      viewBox={`0 0 ${frame.width} ${frame.height}`}
      font-size={size}
      role="img"
      aria-label={label}
    >
      {map.areas.map(({ name, outline }) => (
        <path
          class={`trellis-map__area trellis-map__area--${said.get(name)?.shade ?? 0}`}
          d={`M${outline.map((point) => onDrawing(frame, point).join(' ')).join('L')}Z`}
        />
      ))}
      {apart(
        map.areas.map(({ name, outline }) => labelOf(frame, outline, [...inTwo(name), said.get(name)?.text ?? ''])),
      ).map(({ x, y, lines }) => (
        <text x={x} text-anchor="middle">
          {lines.map((line, i) => (
            <tspan
              x={x}
              y={y + (i - (lines.length - 2) / 2) * line_high}
              font-weight={i === lines.length - 1 ? 'bold' : undefined}
            >
              {line}
            </tspan>
          ))}
        </text>
      ))}
    </svg>
  )
}

/** A long name stands in two lines, broken at the gap nearest to its middle. */
const inTwo = (name: string): string[] => {
  const gaps = [...name.matchAll(/ /g)].map(({ index }) => index)
  const at = gaps.toSorted((a, b) => Math.abs(a - name.length / 2) - Math.abs(b - name.length / 2))[0]
  return at === undefined || name.length < 14 ? [name] : [name.slice(0, at), name.slice(at + 1)]
}

type AreaLabel = { x: number; y: number; lines: string[]; width: number; height: number }
const line_high = size * 1.1

const labelOf = (frame: MapFrame, outline: readonly At[], lines: string[]): AreaLabel => {
  const [x, y] = centreOf(frame, outline)
  return {
    x,
    y,
    lines,
    width: 0.56 * size * Math.max(...lines.map(({ length }) => length)),
    height: lines.length * line_high,
  }
}

/** Labels of small neighbours that would cover each other, one moved up and the other down. */
const apart = (labels: readonly AreaLabel[]): AreaLabel[] => {
  const placed = labels.map((label) => ({ ...label })).sort((a, b) => a.y - b.y)
  placed.forEach((one, i) => {
    for (const other of placed.slice(i + 1)) {
      const covered = (one.height + other.height) / 2 - (other.y - one.y)
      if (covered <= 0 || Math.abs(one.x - other.x) > (one.width + other.width) / 2) continue
      one.y -= covered / 2
      other.y += covered / 2
    }
  })
  return placed
}

/** Where the area would balance: a tongue of land does not pull a name out of it, as it would pull its middle. */
const centreOf = (frame: MapFrame, outline: readonly At[]): [x: number, y: number] => {
  const points = outline.map((point) => onDrawing(frame, point))
  let [x, y, twice] = [0, 0, 0]
  points.forEach(([x1, y1], i) => {
    const [x2, y2] = points[(i + 1) % points.length]!
    const part = x1 * y2 - x2 * y1
    x += (x1 + x2) * part
    y += (y1 + y2) * part
    twice += part
  })
  return [Math.round(x / (3 * twice)), Math.round(y / (3 * twice))]
}

const Areas = ({ map, frame }: { map: AreaMap; frame: MapFrame }) => (
  <>
    {map.areas.map(({ name, outline }) => (
      <path
        class="trellis-map__area"
        data-area={name}
        d={`M${outline.map((point) => onDrawing(frame, point).join(' ')).join('L')}Z`}
      />
    ))}
  </>
)

/** A line of no length with round ends stays as large as it is at every zoom. */
const Dot = ({ x, y }: { x: number; y: number }) => <path class="trellis-map__dot" d={`M${x} ${y}h0`} />

const Name = ({ x, y, before, children }: { x: number; y: number; before?: boolean; children: string }) => (
  <text x={x} y={y} dx={before ? '-.5em' : '.5em'} dy=".35em" text-anchor={before ? 'end' : 'start'}>
    {children}
  </text>
)

const placeClass = (outside: boolean) => `trellis-map__place${outside ? ' trellis-map__place--outside' : ''}`

const middleOf = (frame: MapFrame, outline: readonly At[]): [x: number, y: number] => {
  const points = outline.map((point) => onDrawing(frame, point))
  const middle = (values: number[]) => Math.round((Math.min(...values) + Math.max(...values)) / 2)
  return [middle(points.map(([x]) => x)), middle(points.map(([, y]) => y))]
}
