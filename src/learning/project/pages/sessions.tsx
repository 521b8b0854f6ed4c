import { Button, fill, Link, Tag, type Ask } from '../../../web/index.ts'
import { withProject, type At } from '../at-project.ts'
import type { Group, Session } from '../project.ts'
import { groupsOf, sessionsOf } from '../session-queries.ts'
import { dayOf, projectPage } from './frame.tsx'
import { voicesShown } from './voices-shown.tsx'

/** The sessions of a project, and whose voice none of them has heard. */
export const sessionsPage = withProject(async (ask, at) => {
  const words = ask.w.projects.sessions
  const sessions = await sessionsOf(ask.tx, at.viewer.partnership, at.project.id)
  const groups = await groupsOf(ask.tx, at.viewer.partnership, at.project.id)
  return projectPage({
    ask,
    at,
    place: '/sessions',
    title: words.title,
    children: (
      <>
        {sessions.length === 0 && <p class="govuk-body-l">{words.none}</p>}
        <ul class="trellis-rows">
          {sessions.map((one) => (
            <Row ask={ask} at={at} session={one} groups={groups.filter(({ session_id }) => session_id === one.id)} />
          ))}
        </ul>
        {at.writes && <Button href={ask.href(`${at.base}/sessions/new`)}>{words.add}</Button>}
        {sessions.length > 0 && (await voicesShown(ask, at, groups))}
      </>
    ),
  })
})

type Shown = { ask: Ask; at: At; session: Session; groups: readonly Group[] }

const Row = ({ ask, at, session, groups }: Shown) => {
  const words = ask.w.projects.sessions
  const told = groups.some(({ came }) => came !== null)
  const sum = (of: 'invited' | 'came') => groups.reduce((all, one) => all + (one[of] ?? 0), 0)
  const counts = { invited: sum('invited'), came: sum('came') }
  return (
    <li class="trellis-row">
      <div>
        <Link href={ask.href(`${at.base}/sessions/${session.id}`)}>{session.purpose}</Link>
        <span class="trellis-row__more">
          {dayOf(ask, session.held_on)}
          {session.place && `, ${session.place}`}
          <br />
          {fill(told ? words.came : words.invited, counts)}
        </span>
      </div>
      <div class="trellis-row__tags">
        {session.held_on > at.today ? (
          <Tag classes="govuk-tag--blue">{words.toCome}</Tag>
        ) : (
          !told && <Tag classes="govuk-tag--orange">{words.untold}</Tag>
        )}
      </div>
    </li>
  )
}
