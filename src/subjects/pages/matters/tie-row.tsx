import { localDate } from '../../../platform/index.ts'
import { fill, Link, Tag, type Ask } from '../../../web/index.ts'
import type { Through } from '../../gate.ts'
import { isOver, type Effect } from '../../relationships/relationship.ts'
import type { Tie } from '../../relationships/who-matters.ts'
import { day, worded } from '../said.tsx'

const colours: Record<Effect, string> = {
  protective: 'govuk-tag--green',
  harmful: 'govuk-tag--red',
  both: 'govuk-tag--purple',
  'not known': 'govuk-tag--grey',
}

/** One who matters: what they are, what is said of them and by whom. */
export const TieRow = ({ ask, at, tie }: { ask: Ask; at: Through; tie: Tie }) => {
  const words = ask.w.matters
  const here = `/people/${at.subject.id}/who-matters/${tie.tie_id}`
  return (
    <li class="trellis-row">
      <div>
        <span class="trellis-row__name" dir="auto">
          {tie.called}, {worded(words.kinds, tie.kind).toLowerCase()}
        </span>
        {tie.words && (
          <blockquote class="trellis-words govuk-body govuk-!-margin-0" dir="auto">
            “{tie.words}”
          </blockquote>
        )}
        <span class="trellis-row__more">{factsOf(ask, tie).join('. ')}.</span>
        <span class="trellis-row__more">
          {fill(words.facts.says, {
            who: words.sayers[tie.said_by],
            day: day(localDate(tie.entered_at, ask.place.zone)),
          })}
        </span>
      </div>
      <div class="trellis-row__tags">
        <Tag classes={colours[tie.effect]}>{words.effects[tie.effect]}</Tag>
        {!isOver(tie) && (
          <>
            <Link href={ask.href(here)}>
              {words.change}
              <span class="govuk-visually-hidden">: {tie.called}</span>
            </Link>
            <Link href={ask.href(`${here}/end`)}>
              {words.end}
              <span class="govuk-visually-hidden">: {tie.called}</span>
            </Link>
          </>
        )}
      </div>
    </li>
  )
}

const factsOf = (ask: Ask, tie: Tie): string[] => {
  const { facts, strengthsSaid, contactsSaid } = ask.w.matters
  const died = tie.died_year ? fill(facts.diedIn, { year: tie.died_year }) : tie.has_died && facts.died
  return [
    strengthsSaid[tie.strength],
    contactsSaid[tie.contact],
    tie.lives_with && facts.home,
    tie.since_year && fill(facts.since, { year: tie.since_year }),
    died,
    tie.continuity === 'may be lost' && fill(facts.risk, { why: tie.continuity_why }),
    tie.until_on && fill(facts.until, { day: day(tie.until_on), why: tie.why_ended }),
    tie.handling === 1 && facts.circle,
  ]
    .filter((said): said is string => Boolean(said))
    .map((said) => said.replace(/[.\s]+$/, ''))
}
