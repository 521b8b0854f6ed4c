import { agencyNames } from '../../../partnership/index.ts'
import { Button, Details, fill, Link, Tag, type Ask } from '../../../web/index.ts'
import { themes } from '../../codes.ts'
import { Prose } from '../../prose-shown.tsx'
import { withProject, type At } from '../at-project.ts'
import { asked, type Difference, type Leader } from '../project.ts'
import { differencesOf, leadersOf } from '../queries.ts'
import { themesHeard } from '../themes-heard.ts'
import { dayOf, projectPage } from './frame.tsx'

/** What each senior leader wants, fears and cannot move, side by side: what differs is shown, and nothing is averaged. */
export const scopingPage = withProject(async (ask, at) => {
  const words = ask.w.projects.scoping
  const leaders = await leadersOf(ask.tx, at.viewer.partnership, at.project.id)
  const differences = await differencesOf(ask.tx, at.viewer.partnership, at.project.id)
  const agencies = await agencyNames(
    ask.tx,
    leaders.map(({ agency_id }) => agency_id),
  )
  const heard = leaders.filter(({ said }) => said)
  return projectPage({
    ask,
    at,
    place: '/scoping',
    title: words.title,
    wide: true,
    children: (
      <>
        <p class="govuk-body-l">{words.intro}</p>
        <h2 class="govuk-heading-m">{words.leaders}</h2>
        {leaders.length === 0 && <p class="govuk-body">{words.noLeaders}</p>}
        <LeaderRows ask={ask} at={at} leaders={leaders} agencies={agencies} />
        {at.writes && (
          <Button classes="govuk-button--secondary" href={ask.href(`${at.base}/scoping/leaders`)}>
            {words.addLeader}
          </Button>
        )}
        {heard.length > 0 && <SideBySide ask={ask} leaders={heard} agencies={agencies} />}
        {heard.length > 1 && <ThemesByLeader ask={ask} leaders={heard} />}
        <h2 class="govuk-heading-m">{words.differences}</h2>
        <p class="govuk-body">{differences.length === 0 ? words.noDifferences : words.differencesHint}</p>
        <Differences ask={ask} at={at} differences={differences} />
        {at.writes && (
          <Button classes="govuk-button--secondary" href={ask.href(`${at.base}/scoping/differences`)}>
            {words.addDifference}
          </Button>
        )}
      </>
    ),
  })
})

type OfLeaders = { ask: Ask; leaders: readonly Leader[]; agencies: ReadonlyMap<string, string> }

const LeaderRows = ({ ask, at, leaders, agencies }: OfLeaders & { at: At }) => {
  const words = ask.w.projects.scoping
  return (
    <ul class="trellis-rows">
      {leaders.map(({ id, name, role, agency_id, said }) => (
        <li class="trellis-row">
          <div>
            {at.writes ? <Link href={ask.href(`${at.base}/scoping/leaders/${id}`)}>{name}</Link> : name}
            <span class="trellis-row__more">
              {role}, {agencies.get(agency_id)}
            </span>
          </div>
          <div class="trellis-row__tags">
            {said ? (
              <Tag classes="govuk-tag--green">{fill(words.spoken, { day: dayOf(ask, said.held_on) })}</Tag>
            ) : (
              <Tag classes="govuk-tag--orange">{words.unspoken}</Tag>
            )}
          </div>
        </li>
      ))}
    </ul>
  )
}

/** One question after the other, and under each the answers beside each other in the leaders' own words. */
const SideBySide = ({ ask, leaders, agencies }: OfLeaders) => {
  const words = ask.w.projects.scoping
  return (
    <>
      {asked.map((part) => (
        <section aria-labelledby={part}>
          <h2 class="govuk-heading-m" id={part}>
            {words.parts[part]}
          </h2>
          <div class="trellis-both">
            {leaders.map(({ name, role, agency_id, said }) => (
              <div class="trellis-both__one">
                <h3 class="trellis-both__by">
                  {name}, {role}, {agencies.get(agency_id)}
                </h3>
                {said![part] ? <Prose>{said![part]}</Prose> : <p class="govuk-body">{words.unsaid}</p>}
              </div>
            ))}
          </div>
        </section>
      ))}
    </>
  )
}

/** Who spoke of which theme: a way in to what differs, found by words alone. */
const ThemesByLeader = ({ ask, leaders }: { ask: Ask; leaders: readonly Leader[] }) => {
  const words = ask.w.projects.scoping
  const heard = leaders.map((one) => ({
    name: one.name,
    themes: themesHeard(asked.map((part) => one.said![part]).join('\n')),
  }))
  const some = themes.filter(({ code }) => heard.some((one) => one.themes.has(code)))
  const differing = some.filter(({ code }) => !heard.every((one) => one.themes.has(code)))
  if (differing.length === 0) return null
  return (
    <Details summary={words.themes}>
      <p class="govuk-body">{words.themesHint}</p>
      <ul class="govuk-list govuk-list--bullet">
        {differing.map(({ code, label }) => (
          <li>
            {fill(words.themeLine, {
              theme: label,
              some: namesOf(heard.filter((one) => one.themes.has(code))),
              others: namesOf(heard.filter((one) => !one.themes.has(code))),
            })}
          </li>
        ))}
      </ul>
    </Details>
  )
}

const namesOf = (some: readonly { name: string }[]): string => some.map(({ name }) => name).join(', ')

const Differences = ({ ask, at, differences }: { ask: Ask; at: At; differences: readonly Difference[] }) => {
  const words = ask.w.projects.scoping
  return (
    <ul class="trellis-rows">
      {differences.map(({ id, words: what, settled }) => (
        <li class="trellis-row trellis-row--tall">
          <div>
            <Prose>{what}</Prose>
            {settled ? (
              <div class="trellis-amended">
                <p class="trellis-quiet">{words.settled}</p>
                <Prose>{settled}</Prose>
              </div>
            ) : (
              at.writes && <Link href={ask.href(`${at.base}/scoping/differences/${id}`)}>{words.settle}</Link>
            )}
          </div>
          <div class="trellis-row__tags">{!settled && <Tag classes="govuk-tag--orange">{words.open}</Tag>}</div>
        </li>
      ))}
    </ul>
  )
}
