import { hasRole, localDate } from '../../platform/index.ts'
import { fill, WarningText, type Ask } from '../../web/index.ts'
import type { Through } from '../gate.ts'
import type { HoldOn } from '../legal-hold.ts'
import { day } from './said.tsx'

/** That the record is held, for everybody who may open it: whatever the rules say, nothing of it is destroyed. */
export const Held = ({ ask, held }: { ask: Ask; held: readonly HoldOn[] }) => (
  <>
    {held.map(({ agency, from_at }) => (
      <WarningText>
        {fill(ask.w.rights.hold.stands, { agency, day: day(localDate(from_at, ask.place.zone)) })}
      </WarningText>
    ))}
  </>
)

/** What a manager of an agency that holds something does for the person's rights. */
export const RightsLinks = ({ ask, at, holds }: { ask: Ask; at: Through; holds: boolean }) => {
  if (!holds || !hasRole(at.worker, 'manager')) return null
  const words = ask.w.rights
  const links = [
    ['access', words.access.person.link],
    ['hold', words.hold.link],
    ['erase', words.erase.link],
  ]
  return (
    <>
      {links.map(([end, text]) => (
        <p class="govuk-body">
          <a class="govuk-link" href={ask.href(`/people/${at.subject.id}/${end}`)}>
            {text}
          </a>
        </p>
      ))}
    </>
  )
}
