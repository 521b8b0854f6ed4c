import {
  BackLink,
  fill,
  IdentityBar,
  NotificationBanner,
  page,
  WarningText,
  type Ask,
  type Handler,
} from '../../web/index.ts'
import { frontDoor } from '../front-door.ts'
import { markRead } from '../opened.ts'
import { factsOf, type Props } from './concern/facts.ts'
import { Actions, Clocks, Unheard } from './concern/actions.tsx'
import { Checks } from './concern/checks.tsx'
import { Decisions } from './concern/decisions.tsx'
import { Details, Files, People, Said, Shared } from './concern/said.tsx'
import { Joins } from './concern/joins.tsx'
import { Messages, Reporter } from './concern/messages.tsx'
import { Happened } from './concern/timeline.tsx'
import { ClockLine, ClockTag } from './clock-line.tsx'
import { PatternsOf } from './patterns.tsx'
import { Moment, named, PriorityTag } from './said.tsx'

/** Everything about one concern: what was said, what is shared with others, what was done, and what can be done now. */
export const concern: Handler = async (ask) => {
  const worker = frontDoor(ask.viewer)
  const facts = await factsOf(ask, worker, ask.params['id']!)
  // New until it was read by whoever has it; while nobody has it, by anyone.
  const isUnread = facts.messages.some(({ direction, read_at }) => direction === 'from reporter' && !read_at)
  if (isUnread && (!facts.holder || facts.holder === worker.staff))
    await markRead(ask.tx, worker, facts.concern.id, ask.house.now())
  const words = ask.w.duty.concern
  const done = ({ ...words.done, ...ask.w.joining.done } as Record<string, string>)[ask.query['done'] ?? '']
  return page({
    title: fill(words.title, { reference: facts.concern.reference }),
    wide: true,
    frame: 'staff',
    about: { kind: 'concern', id: facts.concern.id },
    body: (
      <>
        <BackLink href={ask.href('/queue')}>{words.back}</BackLink>
        {done && (
          <NotificationBanner type="success" title={ask.w.common.saved}>
            {done}
          </NotificationBanner>
        )}
        <Bar ask={ask} facts={facts} />
        {facts.concern.danger_now && !facts.standing && <WarningText>{words.danger}</WarningText>}
        <Unheard ask={ask} facts={facts} />
        <PatternsOf ask={ask} patterns={facts.patterns} />
        <div class="trellis-concern">
          <aside class="trellis-concern__side">
            <Actions ask={ask} facts={facts} />
            <Clocks ask={ask} facts={facts} />
            <Contents ask={ask} />
          </aside>
          <div class="trellis-concern__main">
            <Said ask={ask} facts={facts} />
            <People ask={ask} facts={facts} />
            <Details ask={ask} facts={facts} />
            <Files ask={ask} facts={facts} />
            <Joins ask={ask} facts={facts} />
            <Shared ask={ask} facts={facts} />
            <Reporter ask={ask} facts={facts} />
            <Messages ask={ask} facts={facts} />
            <Checks ask={ask} facts={facts} />
            <Decisions ask={ask} facts={facts} />
            <Happened ask={ask} facts={facts} />
          </div>
        </div>
      </>
    ),
  })
}

const Bar = ({ ask, facts }: Props) => {
  const words = ask.w.duty.concern
  const { concern: said, holder, level, clocks, calendar } = facts
  const first = clocks.find(({ stopped_at, clock }) => stopped_at === null && clock !== 'partner-check-reply')
  const parts = [
    { label: words.received, value: <Moment ask={ask} at={said.received_at} /> },
    { label: words.channel, value: named(ask.w.duty.channels, said.channel) },
    { label: words.priority, value: <PriorityTag ask={ask} level={level} short /> },
    { label: words.has, value: facts.who(holder) },
    first && {
      label: words.clock,
      value: (
        <>
          <ClockTag ask={ask} run={first} /> <ClockLine ask={ask} run={first} calendar={calendar} />
        </>
      ),
    },
  ].filter((part) => part !== undefined)
  return (
    <IdentityBar
      title={<h1 class="trellis-bar__title">{fill(words.title, { reference: said.reference })}</h1>}
      classes="trellis-bar"
    >
      <dl class="trellis-bar__parts">
        {parts.map(({ label, value }) => (
          <div>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </IdentityBar>
  )
}

const sections = [
  'said',
  'people',
  'details',
  'files',
  'joins',
  'shared',
  'reporter',
  'messages',
  'checks',
  'decision',
  'timeline',
] as const

const Contents = ({ ask }: { ask: Ask }) => {
  const words = ask.w.duty.concern
  return (
    <nav class="trellis-contents trellis-screen-only" aria-label={words.onThisPage}>
      <h2 class="govuk-heading-s">{words.onThisPage}</h2>
      <ul class="govuk-list">
        {sections.map((name) => (
          <li>
            <a class="govuk-link govuk-link--no-visited-state" href={`#${name}`}>
              {words.sections[name]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
