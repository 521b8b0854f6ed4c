import { z } from 'zod'
import { moment } from '../../../subjects/index.ts'
import {
  Button,
  Checkboxes,
  errorFor,
  fill,
  Form,
  Link,
  readForm,
  redirect,
  Textarea,
  ticked,
  typed,
  WarningText,
  type Ask,
  type FieldError,
} from '../../../web/index.ts'
import { writtenIn } from '../read.ts'
import { publicationOf } from '../publication.ts'
import { publishReport, withdrawReport } from '../publish.ts'
import { mayPublish, standingOf } from '../ready.ts'
import { reportPage, withReport, type At } from './frame.tsx'
import { MissingList } from './missing.tsx'

/** What is missing; or once nothing is, the last step; or where it is published, the way to take it back. */
export const publishPage = withReport((ask, at) => view(ask, at))

const most_summary = 600

export const sendPublish = withReport(async (ask, at) => {
  const { wrong } = ask.w.learningReport.form.publish
  const read = readForm(
    z.strictObject({
      version: z.coerce.number().int().positive(),
      summary: z.string(wrong.summary).trim().min(1, wrong.summary).max(most_summary, wrong.long),
      sure: z.literal('yes', wrong.sure),
    }),
    ask.form,
  )
  if (!read.ok) return view(ask, at, read.errors)
  const { version, summary } = read.value
  const done = await publishReport(ask.tx, at.viewer, { report: at.report, version, summary, at: at.now })
  if (done === 'published') return redirect(`${at.base}/publish?done=published`)
  return view(ask, at, [{ field: 'summary', text: done === 'changed meanwhile' ? wrong.changed : wrong.missing }])
})

export const sendWithdraw = withReport(async (ask, at) => {
  const { wrong } = ask.w.learningReport.form.withdraw
  const read = readForm(
    z.strictObject({ why: z.string(wrong.why).trim().min(1, wrong.why).max(2000, wrong.long) }),
    ask.form,
  )
  if (!read.ok) return view(ask, at, read.errors)
  const done = await withdrawReport(ask.tx, at.viewer, { report: at.report.id, ...read.value, at: at.now })
  if (done === 'withdrawn') return redirect(`${at.base}/publish?done=withdrawn`)
  return view(ask, at, [{ field: 'publish', text: wrong.before }])
})

const view = async (ask: Ask, at: At, errors: readonly FieldError[] = []) => {
  const { partnership } = at.viewer
  const words = ask.w.learningReport.form
  const standing = await standingOf(ask.tx, partnership, at.report.id)
  const publication = await publicationOf(ask.tx, partnership, at.report.id)
  const stands = publication?.withdrawn_at === null
  const content = await writtenIn(ask.tx, partnership, at.report.id)
  return reportPage({
    ask,
    at,
    title: words.publish.title,
    errors,
    back: { href: at.base, text: words.backTo },
    children: (
      <div id="publish">
        {publication && (
          <p class="govuk-body-l">
            {stands
              ? fill(words.publish.stands, {
                  version: publication.version,
                  when: moment(ask, publication.published_at),
                })
              : fill(words.publish.withdrawn, { when: moment(ask, publication.withdrawn_at!) })}{' '}
            <Link href={ask.href(`/library/${publication.slug}`)}>{words.publish.see}</Link>
          </p>
        )}
        {stands && publication.version === standing.version && standing.consents.length < 2 && (
          <WarningText>{words.publish.noLonger}</WarningText>
        )}
        {!mayPublish(standing) ? (
          <MissingList ask={ask} at={at} standing={standing} />
        ) : stands && publication.version === standing.version ? null : (
          <>
            <p class="govuk-body">{words.publish.intro}</p>
            <Form ask={ask} action={`${at.base}/publish`} once>
              <input type="hidden" name="version" value={typed(ask.form, 'version') || standing.version} />
              <Textarea
                name="summary"
                label={{ text: words.publish.summary, classes: 'govuk-label--s' }}
                hint={words.publish.summaryHint}
                rows={5}
                value={
                  ask.form['summary'] === undefined
                    ? (publication?.summary ?? firstOf(content.reasons))
                    : typed(ask.form, 'summary')
                }
                errorMessage={errorFor(errors, 'summary')}
              />
              <Checkboxes
                name="sure"
                values={ticked(ask.form, 'sure')}
                errorMessage={errorFor(errors, 'sure')}
                items={[{ value: 'yes', text: words.publish.sure }]}
              />
              <Button preventDoubleClick>{fill(words.publish.button, { version: standing.version })}</Button>
            </Form>
          </>
        )}
        {stands && (
          <>
            <h2 class="govuk-heading-m">{words.withdraw.title}</h2>
            <p class="govuk-body">{words.withdraw.intro}</p>
            <Form ask={ask} action={`${at.base}/withdraw`} once>
              <Textarea
                name="why"
                label={{ text: words.withdraw.why, classes: 'govuk-label--s' }}
                hint={words.withdraw.whyHint}
                rows={3}
                value={typed(ask.form, 'why')}
                errorMessage={errorFor(errors, 'why')}
              />
              <Button classes="govuk-button--warning" preventDoubleClick>
                {words.withdraw.button}
              </Button>
            </Form>
          </>
        )}
      </div>
    ),
  })
}

/** The first paragraph, as far as a summary goes. */
const firstOf = (prose: string): string =>
  (prose.split(/\n\s*\n/)[0] ?? '').replace(/\s+/g, ' ').trim().slice(0, most_summary)
