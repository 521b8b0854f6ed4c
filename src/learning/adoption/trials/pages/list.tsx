import { namesFor } from '../../../../staff/index.ts'
import { Button, fill, Link, Tag, type Ask, type Handler } from '../../../../web/index.ts'
import { siteOf } from '../../../library/site.ts'
import { dayOf, listPage, mayWrite, onePage } from '../../pages/frame.tsx'
import { findingHref, trialsOf, usesOfOurs, type UseOfOurs } from '../queries.ts'
import type { Trial, TrialState } from '../trial.ts'
import { UseLine } from './uses.tsx'

/** What this partnership tries of what others learnt. */
export const trialsPage: Handler = async (ask) => {
  const words = ask.w.adoption.trials
  const all = await trialsOf(ask.tx, ask.viewer.partnership)
  const names = await namesFor(
    ask.tx,
    all.map(({ owner }) => owner),
  )
  return listPage({
    ask,
    tab: 'trials',
    title: words.title,
    intro: words.intro,
    button: mayWrite(ask) && <Button href={ask.href('/library')}>{words.add}</Button>,
    children: (
      <>
        <p class="govuk-body">
          <Link href={ask.href('/adoption/ours')}>{words.ours}</Link>
        </p>
        {all.length === 0 && <p class="govuk-body">{words.none}</p>}
        <ul class="trellis-rows">
          {all.map((one) => (
            <Row ask={ask} one={one} owner={names.get(one.owner)?.name ?? ask.w.adoption.somebody} />
          ))}
        </ul>
      </>
    ),
  })
}

const Row = ({ ask, one, owner }: { ask: Ask; one: Trial; owner: string }) => {
  const words = ask.w.adoption.trials
  return (
    <li class="trellis-row">
      <div>
        <Link href={ask.href(`/adoption/${one.id}`)}>{firstLine(one.trying)}</Link>
        <span class="trellis-row__more">
          {[
            one.finding ? fill(words.learntIn, { area: one.finding.area }) : words.withdrawn,
            fill(words.ownedBy, { name: owner }),
            fill(words.since, { day: dayOf(ask, one.starts_on) }),
          ].join(' · ')}
        </span>
      </div>
      <div class="trellis-row__tags">
        <StateTag ask={ask} state={one.state} />
      </div>
    </li>
  )
}

/** What stands for a trial in a list and above its page. */
export const firstLine = (words: string): string => {
  const [line] = words.split('\n') as [string]
  return line.length > 120 ? `${line.slice(0, 119).trimEnd()}…` : line
}

const colours = { trying: 'blue', adopt: 'green', adapt: 'turquoise', stop: 'grey' } as const
export const StateTag = ({ ask, state }: { ask: Ask; state: TrialState }) => (
  <Tag classes={`govuk-tag--${colours[state]}`}>{ask.w.adoption.trials.states[state]}</Tag>
)

/** For the partnership that wrote them: which of its findings were taken up, and what came of it elsewhere. */
export const oursPage: Handler = async (ask) => {
  const words = ask.w.adoption.trials
  const uses = await usesOfOurs(ask.tx, ask.viewer.partnership)
  const findings = [...Map.groupBy(uses, ({ finding_id }) => finding_id).values()]
  return onePage({
    ask,
    title: words.oursTitle,
    back: { href: '/adoption', text: words.title },
    children: (
      <>
        <p class="govuk-body">{findings.length === 0 ? words.oursNone : words.oursIntro}</p>
        {findings.map((all) => (
          <Taken ask={ask} all={all} />
        ))}
      </>
    ),
  })
}

const Taken = ({ ask, all }: { ask: Ask; all: readonly UseOfOurs[] }) => {
  const [first] = all as [UseOfOurs]
  const site = siteOf(ask)
  return (
    <section aria-labelledby={`finding-${first.finding_id}`}>
      <h2 class="govuk-heading-m" id={`finding-${first.finding_id}`}>
        <span class="govuk-caption-m">{first.title}</span>
        <Link href={ask.href(findingHref(first))}>{first.words}</Link>
      </h2>
      <ul class="govuk-list govuk-list--bullet">
        {all.map((use) => (
          <UseLine site={site} use={use} />
        ))}
      </ul>
    </section>
  )
}
