import { Link, type Ask } from '../../../web/index.ts'
import type { At } from '../at-project.ts'
import type { ReportState } from '../report-state.ts'

/** How far the learning report is, and the way to it; or to begin one with what the project holds already. */
export const ReportLine = ({ ask, at, report }: { ask: Ask; at: At; report: ReportState }) => {
  const words = ask.w.projects.report
  return (
    <>
      <h2 class="govuk-heading-m">{words.title}</h2>
      <p class="govuk-body">
        {words.states[report.state]}{' '}
        {report.id ? (
          <Link href={ask.href(`/learning/reports/${report.id}`)}>{words.open}</Link>
        ) : (
          at.writes && <Link href={ask.href(`/learning/reports/new?project=${at.project.id}`)}>{words.begin}</Link>
        )}
      </p>
    </>
  )
}
