import {
  BackLink,
  Button,
  Details,
  Link,
  NotificationBanner,
  page,
  Title,
  type Ask,
  type Handler,
} from '../../../web/index.ts'
import { aboutPerson, enter, type Through } from '../../gate.ts'
import { groupOf, groups, isOver } from '../../relationships/relationship.ts'
import { whoMatters, type Tie } from '../../relationships/who-matters.ts'
import { workersOf } from '../../relationships/workers.ts'
import { endingSoon, handovers, Hands } from './hands.tsx'
import { TieRow } from './tie-row.tsx'
import { TrustedAdult, trustedFor } from './trusted-adult.tsx'

/** Who matters to a person: the trusted adult, everybody they named, and by how many hands of workers they went. */
export const whoMattersPage: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return at.answer
  const words = ask.w.matters
  const ties = await whoMatters(ask, at)
  const standing = ties.filter((one) => !isOver(one))
  const over = ties.filter(isOver)
  const workers = await workersOf(ask, at)
  const here = `/people/${at.subject.id}/who-matters`
  const done = (words.done as Record<string, string>)[ask.query['done'] ?? '']
  return page({
    title: words.title,
    frame: 'staff',
    about: aboutPerson(at),
    body: (
      <>
        <BackLink href={ask.href(`/people/${at.subject.id}`)}>{ask.w.common.back}</BackLink>
        {done && (
          <NotificationBanner type="success" title={ask.w.common.saved}>
            {done}
          </NotificationBanner>
        )}
        <Title>{words.title}</Title>
        <p class="govuk-body">{words.intro}</p>
        <Button href={ask.href(`${here}/add`)}>{words.add}</Button>
        {standing.length > 0 && (
          <ul class="govuk-list">
            {(['ecomap', 'genogram'] as const).map((end) => (
              <li>
                <Link href={ask.href(`${here}/${end}`)}>{words.links[end]}</Link>
              </li>
            ))}
          </ul>
        )}
        <TrustedAdult ask={ask} at={at} trusted={await trustedFor(ask, at)} />
        {standing.length === 0 && <p class="govuk-body">{words.none}</p>}
        {groups.map((group) => (
          <Group
            ask={ask}
            at={at}
            title={words.groups[group]}
            ties={standing.filter(({ kind }) => groupOf(kind) === group)}
          />
        ))}
        {over.length > 0 && (
          <Details summary={words.past}>
            <ul class="trellis-rows">
              {over.map((tie) => (
                <TieRow ask={ask} at={at} tie={tie} />
              ))}
            </ul>
          </Details>
        )}
        {await endingSoon(ask, at)}
        <Hands ask={ask} workers={workers} />
        {await handovers(ask, workers)}
      </>
    ),
  })
}

const Group = ({ ask, at, title, ties }: { ask: Ask; at: Through; title: string; ties: readonly Tie[] }) =>
  ties.length === 0 ? null : (
    <section aria-label={title}>
      <h2 class="govuk-heading-m">{title}</h2>
      <ul class="trellis-rows">
        {ties.map((tie) => (
          <TieRow ask={ask} at={at} tie={tie} />
        ))}
      </ul>
    </section>
  )
