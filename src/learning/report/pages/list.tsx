import { hasRole, type StaffViewer } from '../../../platform/index.ts'
import { namesFor } from '../../../staff/index.ts'
import { moment } from '../../../subjects/index.ts'
import { Button, fill, Link, page, Tag, Title, type Handler } from '../../../web/index.ts'
import { projectsOf } from '../projects.ts'
import { publishedAmong } from '../publication.ts'
import { reportsSeen } from '../reports.ts'

/** Every report that the viewer may read and write, the one last written in first. */
export const listPage: Handler = async (ask) => {
  const viewer = ask.viewer as StaffViewer
  await projectsOf(ask.tx, viewer)
  const reports = await reportsSeen(ask.tx, viewer.partnership)
  const published = await publishedAmong(ask.tx, viewer.partnership)
  const names = await namesFor(
    ask.tx,
    reports.map(({ made_by }) => made_by),
  )
  const words = ask.w.learningReport.form
  return page({
    title: words.list.title,
    frame: 'staff',
    body: (
      <>
        <Title>{words.list.title}</Title>
        <p class="govuk-body-l">{words.list.intro}</p>
        <div class="govuk-button-group">
          <Button href={ask.href('/learning/reports/new')}>{words.list.begin}</Button>
          {hasRole(viewer, 'learning') && <Link href={ask.href('/learning/reports/read')}>{words.list.readIn}</Link>}
        </div>
        {reports.length === 0 && <p class="govuk-body">{words.list.none}</p>}
        <ul class="trellis-rows">
          {reports.map(({ id, title, project, source, made_at, made_by }) => (
            <li class="trellis-row">
              <div>
                <Link href={ask.href(`/learning/reports/${id}`)}>{title}</Link>
                <span class="trellis-row__more">
                  {project ?? (source && fill(words.list.from, { source }))}
                  {(project ?? source) && <br />}
                  {fill(words.list.last, {
                    when: moment(ask, made_at),
                    name: names.get(made_by)?.name ?? words.somebody,
                  })}
                </span>
              </div>
              {published.has(id) && (
                <div class="trellis-row__tags">
                  <Tag classes="govuk-tag--green">{words.list.published}</Tag>
                </div>
              )}
            </li>
          ))}
        </ul>
      </>
    ),
  })
}
