import { Checkboxes, errorFor, InsetText, Radios, Tag, type Ask } from '../../../../web/index.ts'
import { limbsMet, mainRoutes, parallelRoutes, type DecisionRoute } from '../../../decision.ts'
import { alsoIn, limbsIn, one } from './answers.ts'
import { frameChosen, type StepProps } from './facts.ts'
import { Derived } from './frame.tsx'

/** What happens now, and what else alongside. Where a legal test is not met, what is open all the same comes first. */
export const RouteStep = ({ ask, facts, errors }: StepProps) => {
  const words = ask.w.duty.decide
  const frame = frameChosen(facts) ?? 'context'
  const met = frame === 'adult' ? limbsMet(limbsIn(facts.answers)) : undefined
  const routes = mainRoutes(frame)
  const ordered = met === 'not met' ? [...routes].sort((a, b) => Number(isS42(a)) - Number(isS42(b))) : routes
  return (
    <>
      <p class="govuk-body">
        <strong>{words.frameDerived.replace('{frame}', ask.w.duty.frames[frame])}</strong>
      </p>
      <Derived ask={ask} facts={facts} />
      <p class="govuk-body">
        <a class="govuk-link" href={ask.href(`/concerns/${facts.concern.id}/decide/frame`)}>
          {words.frameChange}
        </a>
      </p>
      {met && (
        <InsetText>
          {met === 'met' ? words.routeMet : met === 'not met' ? words.routeNotMet : words.routeNotKnown}
        </InsetText>
      )}
      <Radios
        name="route"
        fieldset={{ legend: { text: words.routeTitle, classes: 'govuk-visually-hidden' } }}
        hint={words.routeText}
        value={one(facts.answers, 'route')}
        errorMessage={errorFor(errors, 'route')}
        items={ordered.map((route) => ({
          value: route.code,
          text: (
            <Named ask={ask} route={route} note={met === 'not met' && isS42(route) ? words.notMetNote : undefined} />
          ),
          hint: route.description,
        }))}
      />
      <Checkboxes
        name="also"
        fieldset={{ legend: { text: words.also, classes: 'govuk-fieldset__legend--m' } }}
        hint={words.alsoHint}
        values={alsoIn(facts.answers)}
        errorMessage={errorFor(errors, 'also')}
        items={parallelRoutes().map((route) => ({ value: route.code, text: route.label, hint: route.description }))}
      />
    </>
  )
}

const isS42 = ({ code }: DecisionRoute): boolean => code === 's42-enquiry'

const Named = ({ ask, route, note }: { ask: Ask; route: DecisionRoute; note?: string }) => (
  <>
    {route.label} {route.isStatutory && <Tag classes="govuk-tag--grey">{ask.w.duty.decide.statutory}</Tag>}
    {note && <Tag classes="govuk-tag--yellow">{note}</Tag>}
  </>
)
