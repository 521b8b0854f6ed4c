import { involvedWith } from '../../../sharing/index.ts'
import { namesFor } from '../../../staff/index.ts'
import type { Through } from '../../../subjects/index.ts'
import { Button, Details, fill, InsetText, Link, WarningText, type Ask } from '../../../web/index.ts'
import { mayPlan } from '../../plan/may.ts'
import { dayOf } from '../../plan/pages/dates.ts'
import type { Rung } from '../../plan/plan.ts'
import { above, below, isClosed, isWaiting, rungOf, type Closure, type Step } from '../closure.ts'
import { closuresOf, stepsOf } from '../queries.ts'
import { maySecond } from './second.tsx'

export type Standing = {
  rung: Rung
  steps: Step[]
  /** The latest closure, whatever became of it. */
  last: Closure | undefined
  keeper: string
  /** Whether the keeper still works with the person. */
  isKept: boolean
}

/** Where a plan stands on the ladder, and whether it is closed with watch. */
export const standingOf = async (ask: Ask, at: Through): Promise<Standing> => {
  const of = [ask.tx, ask.house.keys, at.worker.partnership, at.subject.id] as const
  const steps = await stepsOf(...of)
  const [last] = await closuresOf(...of)
  const live = last ? await involvedWith(ask.tx, at.worker.partnership, at.subject.id, at.now) : []
  const names = await namesFor(ask.tx, last ? [last.keeper_id] : [])
  return {
    rung: rungOf(steps),
    steps,
    last,
    keeper: names.get(last?.keeper_id ?? '')?.name ?? ask.w.plan.somebody,
    isKept: live.some(({ staff_id }) => staff_id === last?.keeper_id),
  }
}

type Shown = { ask: Ask; at: Through; standing: Standing }

/** What stands above the plan: closed with watch and by whom, waiting for a second person, or why it is open again. */
export const StandingBanner = ({ ask, at, standing: { last, keeper, isKept } }: Shown) => {
  const words = ask.w.plan.standing
  const base = `/people/${at.subject.id}/plan`
  if (!last) return null
  if (isWaiting(last))
    return (
      <InsetText>
        <p class="govuk-body govuk-!-font-weight-bold">{words.waits}</p>
        {maySecond(at, last) && <Link href={ask.href(`${base}/close/second`)}>{ask.w.plan.second.title}</Link>}
      </InsetText>
    )
  if (!isClosed(last)) return last.reopened ? <InsetText>{words.reopened[last.reopened]}</InsetText> : null
  return (
    <>
      <InsetText>
        <p class="govuk-body govuk-!-font-weight-bold">
          {fill(words.closed, { name: keeper, day: dayOf(ask, last.until_on) })}
        </p>
        {(['stays', 'signs', 'instead', 'view', 'unheard'] as const)
          .filter((part) => last[part])
          .map((part) => (
            <>
              <p class="govuk-body govuk-!-font-weight-bold govuk-!-margin-bottom-1">{words.parts[part]}</p>
              <p class="govuk-body trellis-words" dir="auto">
                {last[part]}
              </p>
            </>
          ))}
      </InsetText>
      {!isKept && <WarningText>{words.noKeeper}</WarningText>}
      {last.until_on < at.today && <WarningText>{fill(words.past, { name: keeper })}</WarningText>}
      {mayPlan(at) && (
        <div class="govuk-button-group">
          <Button href={ask.href(`${base}/reopen`)}>{ask.w.plan.reopen.button}</Button>
          <Button classes="govuk-button--secondary" href={ask.href(`${base}/close`)}>
            {words.watchOn}
          </Button>
        </div>
      )}
    </>
  )
}

/** The ladder: where it stands, the one step down and the one back up, and what was answered at each. */
export const Ladder = ({ ask, at, standing: { rung, steps, last } }: Shown) => {
  const { ladder: words, rungs, standing } = ask.w.plan
  const base = `/people/${at.subject.id}/plan`
  const [down, up] = [below(rung), above(rung)]
  const may = mayPlan(at) && !isClosed(last) && !isWaiting(last)
  return (
    <section class="trellis-told" aria-labelledby="ladder">
      <h2 class="govuk-heading-m trellis-told__title" id="ladder">
        {words.title}
      </h2>
      <p class="govuk-body">{isClosed(last) ? standing.closedShort : fill(words.now, { rung: rungs[rung] })}</p>
      {steps.map((step) => (
        <Details summary={fill(words.lines[step.way], { rung: rungs[step.to_rung], day: dayOf(ask, dayIn(step)) })}>
          {(['safer', 'stays', 'signs', 'back', 'why'] as const)
            .filter((part) => step[part])
            .map((part) => (
              <>
                <p class="govuk-body govuk-!-font-weight-bold govuk-!-margin-bottom-1">
                  {part === 'why' ? words.why : words.tests[part]}
                </p>
                <p class="govuk-body trellis-words" dir="auto">
                  {step[part]}
                </p>
              </>
            ))}
        </Details>
      ))}
      {may && (
        <ul class="govuk-list">
          {up && (
            <li>
              <Link href={ask.href(`${base}/step-up`)}>{fill(words.upTitle, { rung: rungs[up] })}</Link>
            </li>
          )}
          {down ? (
            <li>
              <Link href={ask.href(`${base}/step-down`)}>{fill(words.downTitle, { rung: rungs[down] })}</Link>
            </li>
          ) : (
            <li>
              <Link href={ask.href(`${base}/close`)}>{ask.w.plan.close.title}</Link>
            </li>
          )}
        </ul>
      )}
    </section>
  )
}

const dayIn = ({ taken_at }: Step): string => taken_at.toISOString().slice(0, 10)
