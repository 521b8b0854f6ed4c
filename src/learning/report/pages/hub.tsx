import { namesFor } from '../../../staff/index.ts'
import { moment } from '../../../subjects/index.ts'
import { fill, Link, Tag, TaskList, type Ask, type Task } from '../../../web/index.ts'
import { checksOf } from '../change.ts'
import { commentsOf } from '../comment.ts'
import type { ReportContent } from '../content.ts'
import { parts, type Part } from '../parts.ts'
import { publicationOf } from '../publication.ts'
import { mayPublish, standingOf } from '../ready.ts'
import { writtenIn } from '../read.ts'
import { toldIn } from '../told.ts'
import { ChecksDue } from './checks-due.tsx'
import { reportPage, withReport } from './frame.tsx'
import { MissingList } from './missing.tsx'
import { Files } from './whole.tsx'

/** One report: its pages and how far each is, what is missing until it may be published, and what is asked of it later. */
export const hubPage = withReport(async (ask, at) => {
  const { partnership } = at.viewer
  const words = ask.w.learningReport.form
  const content = await writtenIn(ask.tx, partnership, at.report.id)
  const standing = await standingOf(ask.tx, partnership, at.report.id)
  const publication = await publicationOf(ask.tx, partnership, at.report.id)
  const comments = (await commentsOf(ask.tx, partnership, at.report.id)).filter(({ answer }) => answer === null)
  const checks = await checksOf(ask.tx, partnership, { report: at.report.id })
  const names = await namesFor(ask.tx, [at.report.made_by])
  const { project_id, project, source, version, made_at, made_by } = at.report
  const task = (to: string, title: string, done: boolean, open: string): Task => ({
    title,
    href: ask.href(`${at.base}/${to}`),
    status: done ? <Tag classes="govuk-tag--green">{words.hub.done}</Tag> : open,
  })
  return reportPage({
    ask,
    at,
    title: at.report.title,
    back: { href: '/learning/reports', text: words.list.title },
    children: (
      <>
        <p class="govuk-body">
          {project_id && (
            <>
              {words.hub.of} <Link href={ask.href(`/projects/${project_id}`)}>{project}</Link>.{' '}
            </>
          )}
          {source && `${fill(words.list.from, { source })}. `}
          {fill(words.hub.last, {
            version,
            when: moment(ask, made_at),
            name: names.get(made_by)?.name ?? words.somebody,
          })}
        </p>
        <Files ask={ask} base={at.base} />
        <h2 class="govuk-heading-m">{words.hub.write}</h2>
        <TaskList idPrefix="part" items={parts.map((part) => partTask(ask, at.base, part, content))} />
        <h2 class="govuk-heading-m">{words.hub.together}</h2>
        <TaskList
          idPrefix="together"
          items={[
            { title: words.versions.title, href: ask.href(`${at.base}/versions`), status: String(version) },
            {
              title: words.comments.title,
              href: ask.href(`${at.base}/comments`),
              status: comments.length
                ? fill(comments.length === 1 ? words.hub.openOne : words.hub.openMany, { count: comments.length })
                : words.hub.noneOpen,
            },
          ]}
        />
        <h2 class="govuk-heading-m">{words.hub.give}</h2>
        <TaskList
          idPrefix="give"
          items={[
            { title: words.hub.findings, href: ask.href(`${at.base}/findings`), status: '' },
            task(
              'sign',
              words.sign.title,
              standing.signed.length === 2 && standing.consents.length === 2,
              words.hub.open,
            ),
            task(
              'check',
              words.check.title,
              standing.unconfirmed === 0,
              fill(standing.unconfirmed === 1 ? words.check.openOne : words.check.openMany, {
                count: standing.unconfirmed,
              }),
            ),
            task('publish', words.publish.title, publication?.withdrawn_at === null, words.hub.open),
          ]}
        />
        {!mayPublish(standing) && <MissingList ask={ask} at={at} standing={standing} />}
        {mayPublish(standing) && publication?.withdrawn_at !== null && <p class="govuk-body">{words.hub.ready}</p>}
        <ChecksDue ask={ask} checks={checks} today={at.today} />
      </>
    ),
  })
})

const partTask = (ask: Ask, base: string, part: Part, content: ReportContent): Task => {
  const words = ask.w.learningReport.form
  const places = [...part.fields, ...('list' in part ? [part.list] : [])]
  const filled = places.filter((place) => toldIn(content, place).trim() !== '').length
  return {
    title: words.parts[part.part],
    href: ask.href(`${base}/write/${part.part}`),
    status:
      filled === 0 ? (
        <Tag classes="govuk-tag--grey">{words.hub.empty}</Tag>
      ) : filled < places.length ? (
        fill(words.hub.some, { filled, of: places.length })
      ) : (
        <Tag classes="govuk-tag--green">{words.hub.filled}</Tag>
      ),
  }
}
