import { namesFor } from '../../../../staff/index.ts'
import { fill } from '../../../../web/index.ts'
import { section } from '../../../person-section.ts'
import { dayOf } from '../../../plan/pages/dates.ts'
import { assessmentsIn } from '../../queries.ts'
import { textsIn, unkeptIn } from '../../writes.ts'
import { Known, Unkept } from '../assessment.tsx'
import { of } from '../frame.tsx'

/** What is known, in the words that stand. */
export const knownHere = section({
  title: (ask) => ask.w.contexts.sections.assessment,
  href: 'assessment',
  ask: async (ask, at) => {
    const [latest] = await assessmentsIn(...of(ask, at))
    const unkept = unkeptIn(await textsIn(of(ask, at), latest), latest)
    return { latest, unkept, names: await namesFor(ask.tx, unkept ? [unkept.written_by] : []) }
  },
  view: (ask, _, { latest, unkept, names }) => {
    const words = ask.w.contexts.assessment
    const writing = <Unkept ask={ask} unkept={unkept} names={names} />
    if (!latest) return unkept ? writing : <p class="govuk-body">{words.none}</p>
    return (
      <>
        <Known ask={ask} assessment={latest} level="h3" />
        <p class="trellis-row__more">{fill(words.again, { day: dayOf(ask, latest.review_on) })}</p>
        {writing}
      </>
    )
  },
})
