import type { Ask } from '../../../web/index.ts'
import { cells, type Feeling, type Spot } from '../context.ts'

const side = 300
const third = side / 3
/** Where in its field a spot stands, when several lie there. */
const steps = [
  [0, 0],
  [-24, -24],
  [24, 24],
  [24, -24],
  [-24, 24],
] as const

/**
 * A sketch of nine fields with a numbered mark for each spot. Its shape says what was said last by those who use it, so
 * nothing depends on a colour; the same stands in words beside or below it.
 */
export const Sketch = ({ ask, spots }: { ask: Ask; spots: readonly Spot[] }) => {
  const words = ask.w.contexts.map
  return (
    <figure class="trellis-sketch">
      <svg viewBox={`0 0 ${side} ${side}`} role="img" aria-label={words.sketch}>
        <rect class="trellis-sketch__ground" x="1" y="1" width={side - 2} height={side - 2} rx="6" />
        <path
          class="trellis-sketch__lines"
          d={`M${third} 6V294M${2 * third} 6V294M6 ${third}H294M6 ${2 * third}H294`}
        />
        {spots.map((spot, i) => (
          <Mark spot={spot} number={i + 1} at={placeOf(spots, i)} />
        ))}
      </svg>
      <figcaption class="govuk-body-s">{words.legend}</figcaption>
      <ol class="govuk-list govuk-list--number trellis-sketch__names">
        {spots.map(({ name }) => (
          <li dir="auto">{name}</li>
        ))}
      </ol>
    </figure>
  )
}

const placeOf = (spots: readonly Spot[], i: number): readonly [x: number, y: number] => {
  const { cell } = spots[i]!
  const field = cells.indexOf(cell)
  const before = spots.slice(0, i).filter((one) => one.cell === cell).length
  const [dx, dy] = steps[before % steps.length]!
  return [(field % 3) * third + third / 2 + dx, Math.floor(field / 3) * third + third / 2 + dy]
}

/** What those who use it said last of a spot; a worker's word counts only where nobody else was asked. */
export const feltAt = ({ said }: Spot): Feeling | undefined =>
  (said.find(({ who }) => who !== 'worker') ?? said[0])?.feels

const Mark = ({ spot, number, at: [x, y] }: { spot: Spot; number: number; at: readonly [number, number] }) => {
  const felt = feltAt(spot)
  const kind = felt ? felt.replace(' ', '-') : 'none'
  return (
    <g class={`trellis-sketch__mark trellis-sketch__mark--${kind}`} transform={`translate(${x} ${y})`}>
      {felt === 'sometimes' ? (
        <rect x="-14" y="-14" width="28" height="28" transform="rotate(45)" />
      ) : felt === 'not safe' ? (
        <rect x="-15" y="-15" width="30" height="30" />
      ) : (
        <circle r="16" />
      )}
      <text text-anchor="middle" dy="6">
        {number}
      </text>
    </g>
  )
}
