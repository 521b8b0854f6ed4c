import { agencyNames } from '../../../partnership/index.ts'
import { fill, page, Title, type Handler } from '../../../web/index.ts'
import { day } from '../../../subjects/index.ts'
import { aboutAssessment, atAssessment } from '../at-assessment.ts'
import { lawOf } from '../assessment.ts'
import { Answers, answersOf } from './answers.tsx'
import { dayOf, judgedIn } from './assessments.tsx'
import { ToCheck } from './notices.tsx'

/** The assessment on paper: all it says, who wrote it, when it is looked at again. */
export const printPage: Handler = async (ask) => {
  const here = await atAssessment(ask)
  if (here.kind === 'answer') return here.answer
  const { at, assessment } = here
  const told = await answersOf(ask, here)
  const words = ask.w.assessment
  const title = fill(words.print.title, {
    purpose: words.purposes[assessment.purpose],
    day: day(ask, assessment.finish?.finished_at ?? assessment.started_at),
  })
  const agencies = await agencyNames(
    ask.tx,
    told.standing.map(({ agency_id }) => agency_id),
  )
  const by = new Set(
    told.standing.map(({ written_by, agency_id }) =>
      [told.names.get(written_by)?.name, agencies.get(agency_id)].filter(Boolean).join(', '),
    ),
  )
  const { finish } = assessment
  return page({
    title,
    about: aboutAssessment(at, [assessment], told.standing),
    body: (
      <>
        <Title>{title}</Title>
        {finish && <p class="govuk-body-l">{judgedIn(ask, finish)}</p>}
        {finish?.review_on && (
          <p class="govuk-body">{fill(words.list.review, { day: dayOf(ask, finish.review_on) })}</p>
        )}
        {!finish && <p class="govuk-body">{words.open}</p>}
        <ToCheck ask={ask} law={lawOf(assessment.purpose)} />
        <Answers ask={ask} here={here} told={told} />
        {by.size > 0 && (
          <p class="govuk-body">
            {words.print.people}: {[...by].join('; ')}
          </p>
        )}
      </>
    ),
  })
}
