import type { ComponentChildren } from 'preact'
import { localDate, NotFound, type StaffViewer } from '../../../platform/index.ts'
import {
  BackLink,
  Errors,
  NotificationBanner,
  page,
  Title,
  type Answer,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { reportFor, type Report } from '../reports.ts'

export type At = { report: Report; viewer: StaffViewer; now: Date; today: string; base: string }

/** On to a page of a report, for whoever reads it: they may also write. @throws {NotFound} */
export const withReport =
  (then: (ask: Ask, at: At) => Promise<Answer> | Answer): Handler =>
  async (ask) => {
    const { viewer } = ask
    if (viewer.kind !== 'staff') throw new NotFound()
    const report = await reportFor(ask.tx, viewer.partnership, ask.params['id']!)
    const now = ask.house.now()
    return then(ask, {
      report,
      viewer,
      now,
      today: localDate(now, ask.place.zone),
      base: `/learning/reports/${report.id}`,
    })
  }

/** A page of a report, with the way back to it and what was just done. */
export const reportPage = (props: {
  ask: Ask
  at: At
  title: string
  errors?: readonly FieldError[]
  script?: string
  wide?: boolean
  /** Where it leads back to, when not to the report itself. */
  back?: { href: string; text: string }
  children: ComponentChildren
}): Answer => {
  const { ask, at, title, errors = [], back = { href: at.base, text: at.report.title } } = props
  const done = (ask.w.learningReport.form.done as Record<string, string>)[ask.query['done'] ?? '']
  return page({
    title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    about: aboutReport(at),
    ...(props.script && { script: props.script }),
    ...(props.wide && { wide: true }),
    body: (
      <>
        <BackLink href={ask.href(back.href)}>{back.text}</BackLink>
        <Errors ask={ask} errors={errors} />
        {done && errors.length === 0 && (
          <NotificationBanner type="success" title={ask.w.common.saved}>
            {done}
          </NotificationBanner>
        )}
        <Title caption={title === at.report.title ? undefined : at.report.title}>{title}</Title>
        {props.children}
      </>
    ),
  })
}

export const aboutReport = ({ report }: At) => ({ kind: 'learning report', id: report.id })
