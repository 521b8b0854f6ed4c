import { against } from '../disagreements.ts'
import type { Whole } from '../gather.ts'
import { Against } from './disagreed.tsx'
import { Actions, type Shown } from './parts.tsx'

/** What needs somebody now: what the person does not agree with, what nobody owns, what is stuck. */
export const Urgent = ({ shown }: { shown: Shown }) => {
  const { stuck, unowned, disagreements, goals, actions }: Whole = shown.whole
  const words = shown.ask.w.plan
  const open = disagreements.filter(({ answered_at }) => !answered_at)
  const lines = [...goals, ...actions].filter(({ id }) => against(open, id).length > 0)
  return (
    <>
      {lines.length > 0 && (
        <section aria-labelledby="disagreed">
          <h2 class="govuk-heading-m" id="disagreed">
            {words.disagreed.title}
          </h2>
          <p class="govuk-body">{words.disagreed.intro}</p>
          {lines.map((line) => (
            <>
              <p class="govuk-body trellis-words" dir="auto">
                {line.words}
              </p>
              <Against shown={shown} line={line.id} />
            </>
          ))}
        </section>
      )}
      {unowned.length > 0 && (
        <section aria-labelledby="unowned">
          <h2 class="govuk-heading-m" id="unowned">
            {words.unowned.title}
          </h2>
          <p class="govuk-body">{words.unowned.intro}</p>
          <Actions shown={shown} actions={unowned} link={words.unowned.give} />
        </section>
      )}
      {stuck.length > 0 && (
        <section aria-labelledby="stuck">
          <h2 class="govuk-heading-m" id="stuck">
            {words.stuck.title}
          </h2>
          <p class="govuk-body">{words.stuck.intro}</p>
          <Actions shown={shown} actions={stuck} link={words.stuck.ask} />
        </section>
      )}
    </>
  )
}
