import { fill } from '../../../../web/index.ts'
import { section } from '../../../person-section.ts'
import { dayOf } from '../../../plan/pages/dates.ts'
import { assessmentsIn } from '../../queries.ts'
import { Known } from '../assessment.tsx'
import { of } from '../frame.tsx'

/** What is known, in the words that stand. */
export const knownHere = section({
  title: (ask) => ask.w.contexts.sections.assessment,
  href: 'assessment',
  ask: async (ask, at) => (await assessmentsIn(...of(ask, at)))[0],
  view: (ask, _, latest) => {
    const words = ask.w.contexts.assessment
    if (!latest) return <p class="govuk-body">{words.none}</p>
    return (
      <>
        <Known ask={ask} assessment={latest} level="h3" />
        <p class="trellis-row__more">{fill(words.again, { day: dayOf(ask, latest.review_on) })}</p>
      </>
    )
  },
})
