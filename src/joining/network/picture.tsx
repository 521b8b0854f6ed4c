import type { Laid } from './layout.ts'
import type { ThingKind } from './network.ts'

/** One thing as it is drawn. `name` is what a screen reader says; `days` and `first` are for the reader, and for the script. */
export type Drawn = {
  key: string
  kind: ThingKind
  label: string
  days: string
  name: string
  href: string
  /** The first and last day of it, YYYY-MM-DD. */
  first: string
  last: string
  middle: boolean
  onPath: boolean
  beyond: number
  /** What somebody's answer made one: how many there were; 0 for what was one from the start. */
  joined: number
  joinedText: string
}
/** A tie between two things by their numbers. */
export type DrawnTie = {
  a: number
  b: number
  name: string
  first: string
  weak: boolean
  onPath: boolean
  said: number
}

/**
 * The picture of a network. Each thing is a link to its place in the list below, which says the same in words: shape and
 * label say the kind, and colour only repeats it.
 */
export const NetworkPicture = (props: {
  laid: Laid
  title: string
  description: string
  things: readonly Drawn[]
  ties: readonly DrawnTie[]
}) => {
  const { laid, title, description, things, ties } = props
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      class="trellis-network__picture"
      viewBox={`0 0 ${laid.width} ${laid.height}`}
      width={laid.width}
      height={laid.height}
      role="group"
      aria-labelledby="network-title network-description"
    >
      <title id="network-title">{title}</title>
      <desc id="network-description">{description}</desc>
      <g aria-hidden="true">
        {ties.map((tie) => (
          <line
            class={tieClass(tie)}
            x1={laid.x[tie.a]}
            y1={laid.y[tie.a]}
            x2={laid.x[tie.b]}
            y2={laid.y[tie.b]}
            stroke-width={tie.onPath ? 5 : Math.min(5, 1 + tie.said)}
            data-a={tie.a}
            data-b={tie.b}
            data-first={tie.first}
          >
            <title>{tie.name}</title>
          </line>
        ))}
      </g>
      {things.map((thing, i) => (
        <g transform={`translate(${laid.x[i]} ${laid.y[i]! - 12})`}>
          <a class={thingClass(thing)} href={thing.href} data-thing={i} data-first={thing.first}>
            <title>{thing.name}</title>
            <rect class="trellis-network__ground" x="-72" y="-26" width="144" height="76" rx="6" />
            {thing.joined > 0 && (
              <g transform="translate(5 -4)">
                <Symbol kind={thing.kind} />
              </g>
            )}
            <Symbol kind={thing.kind} />
            {thing.joined > 0 && (
              <text class="trellis-network__more" x="-22" y="-9" text-anchor="end" aria-hidden="true">
                {thing.joinedText}
              </text>
            )}
            {thing.beyond > 0 && (
              <text class="trellis-network__more" x="21" y="-9" aria-hidden="true">
                +{thing.beyond}
              </text>
            )}
            <text class="trellis-network__label" y="32" text-anchor="middle" aria-hidden="true">
              {short(thing.label)}
            </text>
            <text class="trellis-network__days" y="46" text-anchor="middle" aria-hidden="true">
              {thing.days}
            </text>
          </a>
        </g>
      ))}
    </svg>
  )
}

const tieClass = ({ weak, onPath }: DrawnTie): string =>
  `trellis-network__tie${weak ? ' trellis-network__tie--weak' : ''}${onPath ? ' trellis-network__tie--path' : ''}`
const thingClass = ({ kind, middle, onPath }: Drawn): string =>
  `trellis-network__thing trellis-network__thing--${kind}${middle ? ' trellis-network__thing--middle' : ''}${
    onPath ? ' trellis-network__thing--path' : ''
  }`

const most_letters = 19
const short = (label: string): string => {
  const letters = [...label]
  return letters.length > most_letters
    ? `${letters
        .slice(0, most_letters - 1)
        .join('')
        .trim()}…`
    : label
}

/** One shape for each kind, within 18 pixels of its middle. */
const shapes: Record<ThingKind, string> = {
  concern: 'M-12-17H6L13-10V17H-13V-16Z M6-17V-10H13',
  person: 'M0-17A7 7 0 1 1 0-3A7 7 0 1 1 0-17Z M-14 17C-14 4-8-1 0-1S14 4 14 17Z',
  record: 'M-16-14H-5L-1-9H16V15H-16Z',
  place: 'M0-17L16-2H12V17H-12V-2H-16Z',
  business: 'M-15-15H15V-5H13V17H-13V-5H-15Z',
  group: 'M0-18L16-9V9L0 18L-16 9V-9Z',
  vehicle: 'M-18 8V-2L-11-4L-7-12H8L13-4L18-1V8H13A5 5 0 0 1 3 8H-3A5 5 0 0 1-13 8Z',
  phone: 'M-9-17H9V17H-9Z M-3 12H3',
  account: 'M0-18L18 0L0 18L-18 0Z',
  name: 'M-18-9H10L18 0L10 9H-18Z',
  agency: 'M-15-15H15V2C15 10 8 15 0 18C-8 15-15 10-15 2Z',
}

/** The shape of a kind, for the picture and its legend. */
export const Symbol = ({ kind }: { kind: ThingKind }) => (
  <path class={`trellis-network__shape trellis-network__shape--${kind}`} d={shapes[kind]} />
)

export const NetworkLegend = ({ kinds }: { kinds: readonly { kind: ThingKind; text: string }[] }) => (
  <ul class="trellis-network__legend">
    {kinds.map(({ kind, text }) => (
      <li>
        <svg width="30" height="30" viewBox="-20 -20 40 40" aria-hidden="true" focusable="false">
          <Symbol kind={kind} />
        </svg>
        {text}
      </li>
    ))}
  </ul>
)
