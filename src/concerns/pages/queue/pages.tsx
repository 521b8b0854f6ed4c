import { Pagination, type Ask } from '../../../web/index.ts'
import { queueAddress } from '../../queue-filter.ts'
import { page_rows, type QueueFilter } from '../../queue-order.ts'

/** The pages around this one, and the ends. */
export const QueuePages = ({ ask, filter, total }: { ask: Ask; filter: QueueFilter; total: number }) => {
  const last = Math.ceil(total / page_rows)
  if (last < 2) return null
  const to = (number: number) => ask.href(queueAddress({ ...filter, page: number }))
  const near = [1, filter.page - 1, filter.page, filter.page + 1, last].filter(
    (number) => number >= 1 && number <= last,
  )
  const numbers = [...new Set(near)].sort((a, b) => a - b)
  return (
    <Pagination
      previous={filter.page > 1 ? { href: to(filter.page - 1) } : undefined}
      next={filter.page < last ? { href: to(filter.page + 1) } : undefined}
      items={numbers.flatMap((number, i) => [
        i > 0 && number - numbers[i - 1]! > 1 && { ellipsis: true as const },
        { number, href: to(number), current: number === filter.page },
      ])}
    />
  )
}
