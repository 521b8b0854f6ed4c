import { agencyNames } from '../../../partnership/index.ts'
import { hasRole, NotFound, type StaffViewer } from '../../../platform/index.ts'
import { day } from '../../../subjects/index.ts'
import { Button, fill, Link, page, Tag, Title, type Handler } from '../../../web/index.ts'
import { projectsOf } from '../queries.ts'

/** The projects that somebody may read. For whoever is on none and leads no learning there is no such page. */
export const projectsPage: Handler = async (ask) => {
  const viewer = ask.viewer as StaffViewer
  const projects = await projectsOf(ask.tx, viewer.partnership)
  const leads = hasRole(viewer, 'learning')
  if (!leads && projects.length === 0) throw new NotFound()
  const agencies = await agencyNames(
    ask.tx,
    projects.map(({ programme_agency_id }) => programme_agency_id),
  )
  const words = ask.w.projects
  return page({
    title: words.title,
    frame: 'staff',
    body: (
      <>
        <div class="trellis-title-row">
          <Title>{words.title}</Title>
          {leads && <Button href={ask.href('/projects/new')}>{words.list.begin}</Button>}
        </div>
        <p class="govuk-body-l">{words.list.intro}</p>
        {projects.length === 0 && <p class="govuk-body">{words.list.none}</p>}
        <ul class="trellis-rows">
          {projects.map(({ id, name, stage, stage_since, programme_agency_id }) => (
            <li class="trellis-row">
              <div>
                <Link href={ask.href(`/projects/${id}`)}>{name}</Link>
                <span class="trellis-row__more">
                  {fill(words.list.with, {
                    programme: agencies.get(programme_agency_id) ?? '',
                    day: day(ask, stage_since),
                  })}
                </span>
              </div>
              <div class="trellis-row__tags">
                <Tag classes="govuk-tag--blue">{words.stages[stage]}</Tag>
              </div>
            </li>
          ))}
        </ul>
      </>
    ),
  })
}
