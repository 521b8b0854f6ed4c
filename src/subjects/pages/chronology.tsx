import { labelOf } from '../../sharing/index.ts'
import { fill, Link, Tag, Timeline, type Ask } from '../../web/index.ts'
import type { Entry } from '../chronology.ts'
import type { Dispute } from '../dispute.ts'
import type { Through } from '../gate.ts'
import type { Line } from '../lines.ts'
import { localDate } from '../../platform/index.ts'
import { day } from './moment.ts'
import { NamedOn } from './named-on.tsx'
import { day as dayOf } from './said.tsx'
import type { Told } from './what-happened.tsx'

type Shown = Told & { ask: Ask; at: Through }

const day_ms = 86_400_000
/** Written down so many days after it happened: late enough to say so. */
const late_days = 3

/** What happened, newest first; beside each entry what puts it right, what the person says against it, and what was answered. */
export const Chronology = ({
  lines = [],
  headingLevel = 2,
  ...told
}: Shown & { lines?: readonly Line[]; headingLevel?: 2 | 3 }) => {
  const { ask, entries } = told
  const items: Item[] = [
    ...entries.map((entry) => ({ at: entry.happened_at, entry })),
    ...lines.map((line) => ({ at: line.at, lines: [line] })),
  ].sort((a, b) => b.at.getTime() - a.at.getTime())
  if (items.length === 0) return null
  return (
    <Timeline
      headingLevel={headingLevel}
      byText=""
      items={together(ask, items).map((one) =>
        'entry' in one ? entryItem(told, one.entry) : linesItem(ask, one.lines, told.agencies),
      )}
    />
  )
}

type Item = { at: Date } & ({ entry: Entry } | { lines: readonly Line[] })

/** Lines of one kind, agency and day that follow each other are told as one thing: thirteen who matter are one list. */
const together = (ask: Ask, items: readonly Item[]): Item[] => {
  const told: Item[] = []
  for (const one of items) {
    const last = told.at(-1)
    if (last && 'lines' in last && 'lines' in one && isAlike(ask, last.lines[0]!, one.lines[0]!))
      told[told.length - 1] = { at: last.at, lines: [...last.lines, ...one.lines] }
    else told.push(one)
  }
  return told
}
const isAlike = (ask: Ask, a: Line, b: Line): boolean =>
  a.kind === b.kind && a.agency_id === b.agency_id && day(ask, a.at) === day(ask, b.at)

const entryItem = (told: Shown, entry: Entry) => {
  const { ask, agencies } = told
  const { entryKinds, knownFrom } = ask.w.subjects
  const kinds: Record<string, string> = entryKinds
  return {
    label: kinds[entry.kind] ?? entry.kind,
    byline: [agencies.get(entry.agency_id), entry.source, entry.known_from && knownFrom[entry.known_from]]
      .filter(Boolean)
      .join(' · '),
    datetime: { timestamp: entry.happened_at.toISOString(), text: day(ask, entry.happened_at) },
    text: <One {...told} entry={entry} />,
    classes: entry.significance === 'ordinary' ? '' : `trellis-entry--${entry.significance.replace(' ', '-')}`,
  }
}

const linesItem = (ask: Ask, lines: readonly Line[], agencies: ReadonlyMap<string, string>) => {
  const [line] = lines as [Line]
  return {
    label: ask.w.subjects.lineKinds[line.kind],
    byline: agencies.get(line.agency_id),
    datetime: { timestamp: line.at.toISOString(), text: day(ask, line.at) },
    text:
      lines.length === 1 ? (
        <p class="govuk-body trellis-words" dir="auto">
          <Said ask={ask} line={line} />
        </p>
      ) : (
        <ul class="govuk-list">
          {lines.map((one) => (
            <li class="trellis-words" dir="auto">
              <Said ask={ask} line={one} />
            </li>
          ))}
        </ul>
      ),
  }
}

const Said = ({ ask, line }: { ask: Ask; line: Line }) =>
  line.href ? <Link href={ask.href(line.href)}>{line.text}</Link> : <>{line.text}</>

const One = ({ entry, ...told }: Shown & { entry: Entry }) => {
  const { ask, at, amendments, disputes } = told
  return (
    <>
      <p class="govuk-body trellis-words" dir="auto">
        {entry.words}
      </p>
      <p class="govuk-body-s">
        <Tags {...told} entry={entry} />{' '}
        <span class="trellis-screen-only">
          <Link href={ask.href(`/people/${at.subject.id}/entries/${entry.id}/disputed`)} classes="govuk-link--muted">
            {ask.w.rights.disputed.link}
            <span class="govuk-visually-hidden"> {day(ask, entry.happened_at)}</span>
          </Link>
          {' · '}
          <Link href={ask.href(`/people/${at.subject.id}/entries/${entry.id}`)} classes="govuk-link--muted">
            {ask.w.subjects.entry.link}
            <span class="govuk-visually-hidden"> {day(ask, entry.happened_at)}</span>
          </Link>
        </span>
      </p>
      <NamedOn ask={ask} at={at} entry={entry} named={told.named} />
      {(amendments.get(entry.id) ?? []).map((amendment) => (
        <Amendment {...told} amendment={amendment} first={entry} />
      ))}
      {disputes
        .filter(({ entry_id }) => entry_id === entry.id)
        .map((said) => (
          <Disputed {...told} said={said} />
        ))}
    </>
  )
}

const Tags = ({ ask, at, codes, entry }: Shown & { entry: Entry }) => {
  const words = ask.w.rights.disputed
  const { subjects } = ask.w
  const late = Math.floor((entry.entered_at.getTime() - entry.happened_at.getTime()) / day_ms)
  const tags: ([colour: string, text: string] | false)[] = [
    ['grey', labelOf(codes, 'class', entry.data_class)],
    entry.handling > 0 && ['purple', subjects.handlings[entry.handling]],
    entry.significance !== 'ordinary' && ['blue', subjects.significances[entry.significance]],
    entry.pinned && ['green', subjects.entry.isPinned],
    late >= late_days && ['yellow', fill(words.late, { days: late })],
  ]
  return (
    <>
      {tags
        .filter((tag) => tag !== false)
        .map(([colour, text]) => (
          <>
            <Tag classes={`govuk-tag--${colour}`}>{text}</Tag>{' '}
          </>
        ))}
      {entry.about_kind === 'meeting' && (
        <Link href={ask.href(`/people/${at.subject.id}/meetings/${entry.about_id}`)}>{subjects.entry.ofMeeting}</Link>
      )}
      {entry.about_kind === 'assessment' && (
        <Link href={ask.href(`/people/${at.subject.id}/assessments/${entry.about_id}`)}>
          {subjects.entry.ofAssessment}
        </Link>
      )}
    </>
  )
}

/** Later words about the same, beneath the first, which stay as they were written. */
const Amendment = ({ ask, agencies, amendment, first }: Shown & { amendment: Entry; first: Entry }) => (
  <div class="govuk-inset-text trellis-amendment">
    <p class="govuk-body-s">
      <Tag classes="govuk-tag--turquoise">
        {fill(ask.w.rights.disputed.corrects, { day: day(ask, first.happened_at) })}
      </Tag>{' '}
      {fill(ask.w.subjects.entry.amended, {
        agency: agencies.get(amendment.agency_id) ?? '',
        day: day(ask, amendment.entered_at),
      })}
    </p>
    <p class="govuk-body trellis-words govuk-!-margin-bottom-0" dir="auto">
      {amendment.words}
    </p>
  </div>
)

const Disputed = ({ ask, at, said }: Shown & { said: Dispute }) => {
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
