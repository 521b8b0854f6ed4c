import { Button, fill, Link, Tag, type Ask } from '../../../web/index.ts'
import { Prose } from '../../prose-shown.tsx'
import { withProject, type At } from '../at-project.ts'
import type { Change, Contribution } from '../project.ts'
import { aimsOf } from '../queries.ts'
import { logOf, sessionsOf } from '../session-queries.ts'
import { dayOf, projectPage } from './frame.tsx'

/** Who contributed what, and what changed because of it. */
export const logPage = withProject(async (ask, at) => {
  const words = ask.w.projects.log
  const of = [ask.tx, at.viewer.partnership, at.project.id] as const
  const { contributions, changes } = await logOf(...of)
  const places = { aims: await aimsOf(...of), sessions: await sessionsOf(...of) }
  return projectPage({
    ask,
    at,
    place: '/log',
    title: words.title,
    children: (
      <>
        <p class="govuk-body-l">{contributions.length === 0 ? words.none : words.intro}</p>
        {at.writes && <Button href={ask.href(`${at.base}/log/new`)}>{words.add}</Button>}
        <ul class="trellis-rows">
          {contributions.map((one) => (
            <Entry
              ask={ask}
              at={at}
              one={one}
              changes={changes.filter(({ contribution_id }) => contribution_id === one.id)}
              {...places}
            />
          ))}
        </ul>
      </>
    ),
  })
})

type Places = {
  aims: readonly { id: string; version: number }[]
  sessions: readonly { id: string; purpose: string }[]
}

const Entry = (props: { ask: Ask; at: At; one: Contribution; changes: readonly Change[] } & Places) => {
  const { ask, at, one, changes } = props
  const words = ask.w.projects.log
  return (
    <li class="trellis-row trellis-row--tall">
      <div>
        <p class="trellis-quiet">
          {fill(one.contributor ? words.by : words.unnamed, {
            who: one.contributor,
            day: dayOf(ask, one.on_day),
            invited: one.invited,
          })}
        </p>
        <Prose>{one.words}</Prose>
        {changes.map((change) => (
          <div class="trellis-amended">
            <p class="trellis-quiet">{words.changed}</p>
            <Prose>{change.words}</Prose>
            <Where {...props} change={change} />
          </div>
        ))}
        {at.writes && (
          <Link href={ask.href(`${at.base}/log/${one.id}`)}>
            {changes.length > 0 ? words.sayMore : words.say}{' '}
            <span class="govuk-visually-hidden">{fill(words.of, { day: dayOf(ask, one.on_day) })}</span>
          </Link>
        )}
      </div>
      <div class="trellis-row__tags">
        {changes.length === 0 && <Tag classes="govuk-tag--grey">{words.nothingYet}</Tag>}
      </div>
    </li>
  )
}

/** Where what changed can be seen. */
const Where = ({ ask, at, change, aims, sessions }: { ask: Ask; at: At; change: Change } & Places) => {
  const words = ask.w.projects.log
  const version = aims.find(({ id }) => id === change.aims_id)?.version
  const session = sessions.find(({ id }) => id === change.session_id)
  return (
    <>
      {version && (
        <p class="govuk-body">
          <Link href={ask.href(`${at.base}/aims#version-${version}`)}>{fill(words.aims, { version })}</Link>
        </p>
      )}
      {session && (
        <p class="govuk-body">
          <Link href={ask.href(`${at.base}/sessions/${session.id}`)}>
            {fill(words.session, { purpose: session.purpose })}
          </Link>
        </p>
      )}
      {change.finding && <p class="govuk-body">{fill(words.finding, { finding: change.finding })}</p>}
    </>
  )
}
