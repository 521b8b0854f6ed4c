import { localDate } from '../../platform/index.ts'
import { fill, type Ask } from '../../web/index.ts'
import type { Definition } from '../guidance.ts'
import { day } from './day.ts'

export const DefinitionView = ({ ask, definition }: { ask: Ask; definition: Definition }) => {
  const w = ask.w.guidance.definition
  const from = day(ask, localDate(definition.published_at, ask.place.zone))
  return (
    <>
      <h1 class="govuk-heading-xl">{w.title}</h1>
      <p class="govuk-body-l">{w.lead}</p>
      <h2 class="govuk-heading-m">{w.easy}</h2>
      <EasyRead of={definition.easy_read} />
      <h2 class="govuk-heading-m">{w.plain}</h2>
      <blockquote class="trellis-definition">{definition.plain}</blockquote>
      <h2 class="govuk-heading-m">{w.in}</h2>
      <Items of={definition.scope_in} />
      <h2 class="govuk-heading-m">{w.out}</h2>
      <Items of={definition.scope_out} />
      <div class="trellis-note">
        <p>
          <strong>{approval(ask, definition)}</strong>
        </p>
        <p>
          {fill(w.version, { version: definition.version, date: from })}{' '}
          {fill(w.review, { date: day(ask, definition.review_by) })}
        </p>
      </div>
    </>
  )
}

/** Nothing counts as approved until the day it was approved is written down. */
const approval = (ask: Ask, { approved_on, approver, origin }: Definition): string => {
  const w = ask.w.guidance.definition
  if (approved_on) return fill(w.approved, { approver, date: day(ask, approved_on) })
  return origin === 'shipped' ? w.notApproved : fill(w.notApprovedLocal, { approver })
}

const Items = ({ of }: { of: readonly string[] }) => (
  <ul class="govuk-list govuk-list--bullet">
    {of.map((line) => (
      <li>{line}</li>
    ))}
  </ul>
)

/** Large, with room around each short sentence. */
export const EasyRead = ({ of }: { of: readonly string[] }) => (
  <div class="trellis-easy">
    {of.map((line) => (
      <p>{line}</p>
    ))}
  </div>
)
