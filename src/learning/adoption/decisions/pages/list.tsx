import { localDate } from '../../../../platform/index.ts'
import { Button, fill, Link, Tag, type Ask, type Handler } from '../../../../web/index.ts'
import { dayOf, listPage, mayWrite } from '../../pages/frame.tsx'
import { isOverdue, type Outcome, type Standing } from '../decision.ts'
import { programmesOf } from '../queries.ts'

/** Every programme that somebody decided about, those to look at again first. */
export const programmesPage: Handler = async (ask) => {
  const words = ask.w.adoption.decisions
  const all = await programmesOf(ask.tx, ask.viewer.partnership)
  const today = localDate(ask.house.now(), ask.place.zone)
  return listPage({
    ask,
    tab: 'decisions',
    title: words.title,
    intro: words.intro,
    button: mayWrite(ask) && <Button href={ask.href('/decisions/new')}>{words.add}</Button>,
    children: (
      <>
        {all.length === 0 && <p class="govuk-body">{words.none}</p>}
        <ul class="trellis-rows">
          {all.map((one) => (
            <Row ask={ask} one={one} today={today} />
          ))}
        </ul>
      </>
    ),
  })
}

const Row = ({ ask, one, today }: { ask: Ask; one: Standing; today: string }) => {
  const words = ask.w.adoption.decisions
  return (
    <li class="trellis-row">
      <div>
        <Link href={ask.href(`/decisions/${one.id}`)}>{one.name}</Link>
        <span class="trellis-row__more">
          {one.decided_on && one.review_on
            ? `${fill(words.decidedOn, { day: dayOf(ask, one.decided_on) })} · ${fill(words.reviewOn, { day: dayOf(ask, one.review_on) })}`
            : words.notDecided}
        </span>
      </div>
      <div class="trellis-row__tags">
        {one.outcome && <OutcomeTag ask={ask} outcome={one.outcome} />}
        {isOverdue(one, today) && <Tag classes="govuk-tag--orange">{words.overdue}</Tag>}
      </div>
    </li>
  )
}

const colours = { continue: 'green', pause: 'yellow', adapt: 'blue', stop: 'grey' } as const
export const OutcomeTag = ({ ask, outcome }: { ask: Ask; outcome: Outcome }) => (
  <Tag classes={`govuk-tag--${colours[outcome]}`}>{ask.w.adoption.decisions.outcomes[outcome]}</Tag>
)
