import { labelOf } from '../../sharing/index.ts'
import { fill, Tag, Timeline, type Ask } from '../../web/index.ts'
import type { Dispute } from '../dispute.ts'
import type { Through } from '../gate.ts'
import type { Entry } from '../queries.ts'
import { localDate } from '../../platform/index.ts'
import { day } from './moment.ts'
import { NamedOn } from './named-on.tsx'
import { day as dayOf } from './said.tsx'
import type { Told } from './what-happened.tsx'

type Shown = Told & { ask: Ask; at: Through }

const day_ms = 86_400_000
/** Written down so many days after it happened: late enough to say so. */
const late_days = 3

/** What happened, newest first; beside each entry what the person says against it, and what was answered. */
export const Chronology = (told: Shown) => {
  const { ask, entries, agencies } = told
  const kinds: Record<string, string> = ask.w.subjects.entryKinds
  return (
    <Timeline
      headingLevel={3}
      byText=""
      items={entries.map((entry) => ({
        label: kinds[entry.kind] ?? entry.kind,
        byline: [agencies.get(entry.agency_id), entry.source].filter(Boolean).join(' · '),
        datetime: { timestamp: entry.happened_at.toISOString(), text: day(ask, entry.happened_at) },
        text: <One {...told} entry={entry} />,
      }))}
    />
  )
}

const One = ({ entry, ...told }: Shown & { entry: Entry }) => {
  const { ask, at, codes, disputes, entries } = told
  const words = ask.w.rights.disputed
  const late = Math.floor((entry.entered_at.getTime() - entry.happened_at.getTime()) / day_ms)
  const corrects = disputes.find(({ correction_id }) => correction_id === entry.id)
  const earlier = entries.find(({ id }) => id === corrects?.entry_id)
  return (
    <>
      <p class="govuk-body trellis-words" dir="auto">
        {entry.words}
      </p>
      <p class="govuk-body-s">
        <Tag classes="govuk-tag--grey">{labelOf(codes, 'class', entry.data_class)}</Tag>
        {entry.handling > 0 && (
          <>
            {' '}
            <Tag classes="govuk-tag--purple">{ask.w.subjects.handlings[entry.handling]}</Tag>
          </>
        )}
        {corrects && earlier ? (
          <>
            {' '}
            <Tag classes="govuk-tag--turquoise">{fill(words.corrects, { day: day(ask, earlier.happened_at) })}</Tag>
          </>
        ) : (
          late >= late_days && (
            <>
              {' '}
              <Tag classes="govuk-tag--yellow">{fill(words.late, { days: late })}</Tag>
            </>
          )
        )}{' '}
        <a
          class="govuk-link govuk-link--muted"
          href={ask.href(`/people/${at.subject.id}/entries/${entry.id}/disputed`)}
        >
          {words.link}
          <span class="govuk-visually-hidden"> {day(ask, entry.happened_at)}</span>
        </a>
      </p>
      <NamedOn ask={ask} at={at} entry={entry} named={told.named} />
      {disputes
        .filter(({ entry_id }) => entry_id === entry.id)
        .map((said) => (
          <Said {...told} said={said} />
        ))}
    </>
  )
}

const Said = ({ ask, at, said }: Shown & { said: Dispute }) => {
  const words = ask.w.rights.disputed
  return (
    <div class="govuk-inset-text">
      <p class="govuk-body govuk-!-font-weight-bold">
        {fill(words.said, { by: words.saidBy[said.said_by], day: dayOf(said.said_on) })}
      </p>
      <p class="govuk-body trellis-words" dir="auto">
        {said.words}
      </p>
      {said.outcome && said.answered_at ? (
        <p class="govuk-body govuk-!-margin-bottom-0 trellis-words">
          {fill(words.outcomes[said.outcome], { day: dayOf(localDate(said.answered_at, ask.place.zone)) })} {said.why}
        </p>
      ) : (
        <p class="govuk-body govuk-!-margin-bottom-0">
          {fill(words.waits, { day: dayOf(said.due_on) })}{' '}
          {said.agency_id === at.worker.agency && (
            <a
              class="govuk-link"
              href={ask.href(`/people/${at.subject.id}/entries/${said.entry_id}/disputed/${said.id}`)}
            >
              {words.answer.link}
            </a>
          )}
        </p>
      )}
    </div>
  )
}
