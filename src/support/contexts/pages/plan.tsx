import { agencyNames } from '../../../partnership/index.ts'
import { homeOf, type Through } from '../../../subjects/index.ts'
import { Button, fill, Form, type Ask } from '../../../web/index.ts'
import { wholePlan } from '../../plan/gather.ts'
import { mayPlan, maySayOf } from '../../plan/may.ts'
import { dayOf } from '../../plan/pages/dates.ts'
import { PlanPart, Reviews, type Shown } from '../../plan/pages/parts.tsx'
import { Urgent } from '../../plan/pages/urgent.tsx'
import { contextParts } from '../../plan/plan.ts'
import type { Guardian } from '../context.ts'
import { guardiansOf } from '../queries.ts'
import { ClosedBanner, contextPage, inContext, of, standingClosure } from './frame.tsx'

/** Who looks after it, who does what by when, and its reviews. Its actions are the plan's own, as a person's are. */
export const contextPlanPage = inContext(async (ask, at) => {
  const words = ask.w.contexts.plan
  const base = `${homeOf(at.subject)}/plan`
  const closure = await standingClosure(ask, at)
  const whole = await wholePlan(ask, at)
  const guardians = (await guardiansOf(...of(ask, at))).filter(({ ended_at }) => ended_at === null)
  const may = mayPlan(at) && !closure && whole.plan !== undefined
  const shown: Shown = { ask, base, today: at.today, whole, may, maySay: (action) => maySayOf(at, action) }
  return contextPage({
    ask,
    at,
    title: words.title,
    intro: words.intro,
    children: (
      <>
        <ClosedBanner ask={ask} closure={closure} />
        {whole.next && !closure && <p class="govuk-body">{fill(words.next, { day: dayOf(ask, whole.next) })}</p>}
        {may && (
          <div class="govuk-button-group">
            <Button href={ask.href(`${base}/actions/new`)}>{words.addAction}</Button>
            <Button classes="govuk-button--secondary" href={ask.href(`${homeOf(at.subject)}/guardians/new`)}>
              {words.name}
            </Button>
            <Button classes="govuk-button--secondary" href={ask.href(`${base}/review`)}>
              {words.hold}
            </Button>
          </div>
        )}
        <Guardians ask={ask} at={at} guardians={guardians} may={may} agencies={await agenciesOf(ask, guardians)} />
        <Urgent shown={shown} />
        {whole.actions.length === 0 && <p class="govuk-body">{words.noActions}</p>}
        {contextParts.map((part) => (
          <PlanPart shown={shown} part={part} />
        ))}
        <Reviews shown={shown} reviews={whole.reviews} />
      </>
    ),
  })
})

const agenciesOf = (ask: Ask, guardians: readonly Guardian[]) =>
  agencyNames(
    ask.tx,
    guardians.flatMap(({ at_agency_id }) => at_agency_id ?? []),
  )

const Guardians = (props: {
  ask: Ask
  at: Through
  guardians: readonly Guardian[]
  may: boolean
  agencies: ReadonlyMap<string, string>
}) => {
  const { ask, at, guardians, may, agencies } = props
  const words = ask.w.contexts.plan
  return (
    <section class="trellis-told" aria-labelledby="guardians">
      <h2 class="govuk-heading-m trellis-told__title" id="guardians">
        {words.guardians}
      </h2>
      <p class="govuk-body">{guardians.length === 0 ? words.noGuardians : words.guardiansIntro}</p>
      <ul class="trellis-rows">
        {guardians.map(({ id, role, at_agency_id, elsewhere, contact, does }) => (
          <li class="trellis-row">
            <div>
              <strong dir="auto">
                {fill(words.guardian, { role, at: agencies.get(at_agency_id ?? '') ?? elsewhere })}
              </strong>
              <span class="trellis-row__more">{fill(words.reach, { contact })}</span>
              {does && (
                <span class="trellis-words" dir="auto">
                  {does}
                </span>
              )}
            </div>
            {may && (
              <div class="trellis-row__tags">
                <Form ask={ask} action={`${homeOf(at.subject)}/guardians/${id}/end`}>
                  <Button classes="govuk-button--secondary govuk-!-margin-bottom-0">
                    {words.endGuardian} <span class="govuk-visually-hidden">{fill(words.endOf, { role })}</span>
                  </Button>
                </Form>
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
