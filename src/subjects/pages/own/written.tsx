import { localDate } from '../../../platform/index.ts'
import { fill, Link, type Ask } from '../../../web/index.ts'
import type { Dispute } from '../../dispute.ts'
import type { Entry } from '../../chronology.ts'
import { day } from '../said.tsx'
import { Quote } from './at-own.tsx'

/** What is written about them that they may read, with what they said against it and what was answered. */
export const Written = (props: {
  ask: Ask
  entries: readonly Entry[]
  disputes: readonly Dispute[]
  agencies: ReadonlyMap<string, string>
  maySay: boolean
}) => {
  const { ask, entries, disputes, agencies, maySay } = props
  const words = ask.w.own.written
  if (entries.length === 0) return <p class="govuk-body">{words.none}</p>
  return (
    <>
      {maySay && <p class="govuk-body">{words.intro}</p>}
      {entries.map((entry) => {
        const by = {
          agency: agencies.get(entry.agency_id) ?? '',
          day: day(localDate(entry.happened_at, ask.place.zone)),
        }
        return (
          <>
            <h3 class="govuk-heading-s">{fill(words.by, by)}</h3>
            <Quote>{entry.words}</Quote>
            {disputes
              .filter(({ entry_id }) => entry_id === entry.id)
              .map((dispute) => (
                <Against ask={ask} dispute={dispute} agency={by.agency} />
              ))}
            {maySay && (
              <p class="govuk-body">
                <Link href={ask.href(`/mine/disagree/${entry.id}`)}>
                  {words.disagree} <span class="govuk-visually-hidden">{fill(words.disagreeOf, by)}</span>
                </Link>
              </p>
            )}
          </>
        )
      })}
    </>
  )
}

const Against = ({ ask, dispute, agency }: { ask: Ask; dispute: Dispute; agency: string }) => {
  const words = ask.w.own.written
  const { outcome, why, due_on } = dispute
  return (
    <div class="trellis-story__beside">
      {dispute.said_by === 'person' && (
        <>
          <h4 class="govuk-heading-s">{words.said}</h4>
          <p class="govuk-body trellis-words" dir="auto">
            {dispute.words}
          </p>
        </>
      )}
      {outcome ? (
        <>
          <h4 class="govuk-heading-s">{words[outcome]}</h4>
          <p class="govuk-body trellis-words" dir="auto">
            {why}
          </p>
        </>
      ) : (
        <p class="govuk-body">{fill(words.due, { agency, day: day(due_on) })}</p>
      )}
    </div>
  )
}
