import { Tag, type Ask } from '../../web/index.ts'
import type { Status } from '../queries.ts'

const colours: Record<Status, string> = {
  active: 'govuk-tag--green',
  invited: 'govuk-tag--yellow',
  suspended: 'govuk-tag--red',
  'agency closed': 'govuk-tag--red',
}

export const StatusTag = ({ ask, status }: { ask: Ask; status: Status }) => (
  <Tag classes={colours[status]}>{ask.w.staff.statuses[status]}</Tag>
)
