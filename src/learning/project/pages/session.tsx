import { agencyNames, areasNamed } from '../../../partnership/index.ts'
import { Button, fill, SummaryList, type Ask } from '../../../web/index.ts'
import { labelIn, themes } from '../../codes.ts'
import { Prose } from '../../prose-shown.tsx'
import { withProject } from '../at-project.ts'
import { asPoints } from '../points.ts'
import { lineKinds, resourceKinds, type Group, type Line } from '../project.ts'
import { actionsOf } from '../queries.ts'
import { groupsOf, linesOf, sessionFor } from '../session-queries.ts'
import { Actions } from './actions.tsx'
import { dayOf, projectPage } from './frame.tsx'
import { voicesShown } from './voices-shown.tsx'

/** One session: what it was for, who was invited and came, whose voice was missing, what was said and what follows. */
export const sessionPage = withProject(async (ask, at) => {
  const words = ask.w.projects.session
  const of = [ask.tx, at.viewer.partnership, at.project.id] as const
  const session = await sessionFor(...of, ask.params['session'])
  const groups = (await groupsOf(...of)).filter(({ session_id }) => session_id === session.id)
  const lines = (await linesOf(...of)).filter(({ session_id }) => session_id === session.id)
  const actions = (await actionsOf(...of)).filter(({ session_id }) => session_id === session.id)
  const agencies = await agencyNames(ask.tx, [
    ...groups.flatMap(({ agency_id }) => agency_id ?? []),
    ...actions.map(({ agency_id }) => agency_id),
  ])
  const base = `${at.base}/sessions/${session.id}`
  const add = (to: string, text: string) =>
    at.writes && (
      <Button classes="govuk-button--secondary" href={ask.href(base + to)}>
        {text}
      </Button>
    )
  return projectPage({
    ask,
    at,
    place: '/sessions',
    title: session.purpose,
    children: (
      <>
        <SummaryList
          rows={[
            { key: words.on, value: dayOf(ask, session.held_on) },
            session.place !== '' && { key: words.place, value: session.place },
            session.agenda !== '' && { key: words.agenda, value: <Prose>{asPoints(session.agenda)}</Prose> },
          ]}
        />
        <h2 class="govuk-heading-m">{words.groups}</h2>
        {groups.length === 0 ? <p class="govuk-body">{words.noGroups}</p> : await groupRows(ask, groups, agencies)}
        {add('/groups', words.addGroup)}
        {await voicesShown(ask, at, groups)}
        <Said ask={ask} lines={lines} />
        {add('/lines', words.addLine)}
        <h2 class="govuk-heading-m">{words.actions}</h2>
        {actions.length === 0 ? (
          <p class="govuk-body">{words.noActions}</p>
        ) : (
          <Actions ask={ask} at={at} actions={actions} agencies={agencies} />
        )}
        {add('/actions', ask.w.projects.actions.add)}
      </>
    ),
  })
})

const groupRows = async (ask: Ask, groups: readonly Group[], agencies: ReadonlyMap<string, string>) => {
  const words = ask.w.projects.session
  const areas = new Map((await areasNamed(ask.tx, ask.viewer.partnership)).map(({ id, name }) => [id, name]))
  return (
    <ul class="trellis-rows">
      {groups.map(({ agency_id, level, area_id, invited, came }) => {
        const who = [
          agency_id && agencies.get(agency_id),
          ask.w.projects.voices.levelNames[level],
          area_id && areas.get(area_id),
        ]
        return (
          <li class="trellis-row">
            <div>
              {who.filter(Boolean).join(', ')}
              <span class="trellis-row__more">
                {came === null ? fill(words.invited, { invited }) : fill(words.came, { invited, came })}
              </span>
            </div>
          </li>
        )
      })}
    </ul>
  )
}

/** Themes; and what is in place and what is needed, each practical, physical or emotional. */
const Said = ({ ask, lines }: { ask: Ask; lines: readonly Line[] }) => {
  const words = ask.w.projects.session
  const codes = (kind: Line['kind']) => (kind === 'theme' ? themes.map(({ code }) => code) : resourceKinds)
  return (
    <>
      {lineKinds.map((kind) => (
        <>
          <h2 class="govuk-heading-m">{words.kinds[kind]}</h2>
          {!lines.some((one) => one.kind === kind) && <p class="govuk-body">{words.noLines[kind]}</p>}
          {codes(kind).map((code) => {
            const some = lines.filter((one) => one.kind === kind && one.code === code)
            if (some.length === 0) return null
            return (
              <>
                <h3 class="govuk-heading-s">
                  {kind === 'theme' ? labelIn(themes, code) : words.resources[code as (typeof resourceKinds)[number]]}
                </h3>
                <ul class="govuk-list govuk-list--bullet">
                  {some.map(({ words: said }) => (
                    <li dir="auto">{said}</li>
                  ))}
                </ul>
              </>
            )
          })}
        </>
      ))}
    </>
  )
}
