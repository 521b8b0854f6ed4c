import { layGenogram } from '../../relationships/genogram.ts'
import { kinHalf, type Kin } from '../../relationships/kin.ts'
import type { Gender } from '../../relationships/relationship.ts'
import { short } from './ecomap-picture.tsx'

export type DrawnKin = Kin & { name: string; years: string; hasDied: boolean }

/** A family as pictures of families are drawn: squares, circles, diamonds; a cross for who has died. */
export const GenogramPicture = (props: { title: string; description: string; kin: readonly DrawnKin[] }) => {
  const { title, description, kin } = props
  const { width, height, people, lines, homes } = layGenogram(kin)
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      class="trellis-family__picture"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-labelledby="genogram-title genogram-description"
    >
      <title id="genogram-title">{title}</title>
      <desc id="genogram-description">{description}</desc>
      {homes.map((home) => (
        <rect class="trellis-family__home" {...home} rx="12" />
      ))}
      {lines.map(({ d }) => (
        <path class="trellis-family__line" d={d} />
      ))}
      {people.map(({ id, x, y }) => {
        const { name, years, gender, hasDied, tie } = kin.find((one) => one.id === id)!
        return (
          <g transform={`translate(${x} ${y})`}>
            <KinSymbol gender={gender} hasDied={hasDied} isSelf={tie === 'self'} />
            <text class="trellis-family__name" y={kinHalf + 18} text-anchor="middle">
              {short(name, 13)}
            </text>
            <text class="trellis-family__more" y={kinHalf + 34} text-anchor="middle">
              {years}
            </text>
          </g>
        )
      })}
    </svg>
  )
}

/** One shape for each gender; a question mark where it is not known; drawn twice for the person themself. */
export const KinSymbol = (props: { gender: Gender; hasDied?: boolean; isSelf?: boolean }) => {
  const { gender, hasDied = false, isSelf = false } = props
  return (
    <>
      <Shape gender={gender} half={kinHalf} />
      {isSelf && <Shape gender={gender} half={kinHalf - 5} />}
      {gender === 'not known' && !hasDied && (
        <text class="trellis-family__name" y="5" text-anchor="middle">
          ?
        </text>
      )}
      {hasDied && (
        <path
          class="trellis-family__line"
          d={`M${-across} ${-across}L${across} ${across}M${-across} ${across}L${across} ${-across}`}
        />
      )}
    </>
  )
}
const across = kinHalf - 3

const Shape = ({ gender, half }: { gender: Gender; half: number }) => {
  if (gender === 'man')
    return <rect class="trellis-family__shape" x={-half} y={-half} width={half * 2} height={half * 2} />
  if (gender === 'woman') return <circle class="trellis-family__shape" r={half} />
  return <path class="trellis-family__shape" d={`M0 ${-half}L${half} 0L0 ${half}L${-half} 0Z`} />
}
