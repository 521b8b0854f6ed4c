import { ecomapBox, layEcomap } from '../../relationships/ecomap.ts'
import type { Effect, Strength } from '../../relationships/relationship.ts'

/** One who stands around the person; the words under the name say what the line shows, too. */
export type Around = { name: string; kind: string; effect: Effect; effectWords: string; strength: Strength }

/** The person in the middle, and a line to everybody: how thick and whole says how strong, a zigzag that it harms. */
export const EcomapPicture = (props: {
  title: string
  description: string
  middle: string
  around: readonly Around[]
}) => {
  const { title, description, around } = props
  const { width, height, middle, people } = layEcomap(around.length)
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      class="trellis-family__picture"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-labelledby="ecomap-title ecomap-description"
    >
      <title id="ecomap-title">{title}</title>
      <desc id="ecomap-description">{description}</desc>
      {people.map(({ edge, y }, i) => (
        <Tie
          from={middle}
          to={{ x: edge, y: y + ecomapBox.height / 2 }}
          effect={around[i]!.effect}
          strength={around[i]!.strength}
        />
      ))}
      <circle class="trellis-family__shape" cx={middle.x} cy={middle.y} r={middle.radius} stroke-width="4" />
      <text class="trellis-family__name" x={middle.x} y={middle.y + 5} text-anchor="middle">
        {short(props.middle, 11)}
      </text>
      {around.map(({ name, kind, effectWords }, i) => {
        const { x, y } = people[i]!
        return (
          <g transform={`translate(${x} ${y})`}>
            <rect class="trellis-family__shape" width={ecomapBox.width} height={ecomapBox.height} rx="8" />
            <text class="trellis-family__name" x="10" y="20">
              {short(name, 20)}
            </text>
            <text class="trellis-family__more" x="10" y="37">
              {short(kind, 26)}
            </text>
            <text class="trellis-family__more" x="10" y="53">
              {effectWords}
            </text>
          </g>
        )
      })}
    </svg>
  )
}

type Point = { x: number; y: number }

/** From the edge of the circle to the edge of a box. */
const Tie = (props: { from: Point & { radius: number }; to: Point; effect: Effect; strength: Strength }) => {
  const { from, to, effect, strength } = props
  const long = Math.hypot(to.x - from.x, to.y - from.y)
  const along = { x: (to.x - from.x) / long, y: (to.y - from.y) / long }
  const at = (far: number, aside = 0): string =>
    `${(from.x + along.x * far - along.y * aside).toFixed(1)} ${(from.y + along.y * far + along.x * aside).toFixed(1)}`
  return <TieLine at={at} start={from.radius + 2} end={long} effect={effect} strength={strength} />
}

/** The same line in the picture and in its legend. `at` places what is so far along and so far aside. */
export const TieLine = (props: {
  at: (far: number, aside?: number) => string
  start: number
  end: number
  effect: Effect
  strength: Strength
}) => {
  const { at, start, end, effect, strength } = props
  const middle = (start + end) / 2
  const straight = `M${at(start)}L${at(end)}`
  const steps = Math.max(4, Math.round((end - start) / 6.5))
  const zigzag = Array.from({ length: steps - 1 }, (_, i) =>
    at(start + ((i + 1) * (end - start)) / steps, i % 2 === 0 ? 6 : -6),
  )
  const harms = `M${at(start)}L${zigzag.join('L')}L${at(end)}`
  const d = { protective: straight, harmful: harms, both: straight + harms, 'not known': straight }[effect]
  return (
    <>
      <path class={`trellis-family__tie trellis-family__tie--${strength.replace(' ', '-')}`} d={d} />
      {strength === 'broken' && (
        <path
          class="trellis-family__tie"
          d={`M${at(middle - 8, 9)}L${at(middle, -9)}M${at(middle, 9)}L${at(middle + 8, -9)}`}
        />
      )}
    </>
  )
}

export const short = (words: string, most: number): string => {
  const letters = [...words]
  return letters.length > most
    ? `${letters
        .slice(0, most - 1)
        .join('')
        .trim()}…`
    : words
}
