import { dateFormat } from '../../../../web/index.ts'
import { ratingCodes, ratingWith } from '../principles.ts'
import type { Answer, Review } from '../queries.ts'

const monthOf = dateFormat({ month: 'short', year: 'numeric' })
const [lane, top, left, width] = [34, 6, 112, 320]

/**
 * How many agencies said what, review by review: four lanes from "not yet" at the foot up, a ring with a number for each.
 * No line joins them, because there is no middle of what agencies say.
 */
export const Levels = (props: {
  label: string
  lang: string
  reviews: readonly Review[]
  answers: readonly Answer[]
}) => {
  const { label, lang, reviews, answers } = props
  const lanes = [...ratingCodes].reverse()
  const height = top + lanes.length * lane
  const column = (width - left) / reviews.length
  return (
    <svg class="trellis-levels" viewBox={`0 0 ${width} ${height + 20}`} role="img" aria-label={label}>
      {lanes.map((rating, i) => {
        const y = top + i * lane + lane / 2
        return (
          <g>
            <line class="trellis-levels__lane" x1={left} x2={width} y1={y} y2={y} />
            <text x={left - 8} y={y + 4} text-anchor="end">
              {ratingWith(rating).short}
            </text>
            {reviews.map((review, at) => {
              const count = answers.filter((one) => one.review_id === review.id && one.rating === rating).length
              return count === 0 ? null : <Ring x={left + column * (at + 0.5)} y={y} count={count} />
            })}
          </g>
        )
      })}
      {reviews.map((review, at) => (
        <text x={left + column * (at + 0.5)} y={height + 14} text-anchor="middle">
          {monthOf('UTC', lang).format(new Date(`${review.begun_on}T12:00:00Z`))}
        </text>
      ))}
    </svg>
  )
}

const Ring = ({ x, y, count }: { x: number; y: number; count: number }) => (
  <>
    <circle class="trellis-levels__ring" cx={x} cy={y} r={13} />
    <text class="trellis-levels__count" x={x} y={y + 4} text-anchor="middle">
      {count}
    </text>
  </>
)
