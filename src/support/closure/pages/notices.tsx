import { isId, type StaffViewer } from '../../../platform/index.ts'
import { referencesOf } from '../../../subjects/index.ts'
import { Button, fill, Form, Link, redirect, ticked, type Ask, type Handler } from '../../../web/index.ts'
import { noticesOf } from '../queries.ts'
import { keepRead } from '../reopen.ts'

/** What a keeper, a lead or a trusted adult was told and has not read yet: by reference, nothing of the concern. */
export const waitingNotices = async (ask: Ask, viewer: StaffViewer) => {
  const notices = await noticesOf(ask.tx, viewer)
  const references = await referencesOf(ask.tx, viewer, [...new Set(notices.map(({ subject }) => subject))])
  return notices.map((notice) => ({ ...notice, reference: references.get(notice.subject) ?? '' }))
}
export type Waiting = Awaited<ReturnType<typeof waitingNotices>>

export const Notices = ({ ask, waiting }: { ask: Ask; waiting: Waiting }) => {
  const words = ask.w.plan.notices
  if (waiting.length === 0) return null
  return (
    <div class="govuk-inset-text">
      <h2 class="govuk-heading-m">{words.title}</h2>
      <ul class="govuk-list govuk-list--spaced">
        {waiting.map(({ subject, kind, reference }) => (
          <li>
            <Link href={ask.href(`/people/${subject}/plan`)}>{fill(words.kinds[kind], { reference })}</Link>
          </li>
        ))}
      </ul>
      <Form ask={ask} action="/actions/read">
        {waiting.map(({ id }) => (
          <input type="hidden" name="read" value={id} />
        ))}
        <Button classes="govuk-button--secondary govuk-!-margin-bottom-0">{words.read}</Button>
      </Form>
    </div>
  )
}

export const sendNoticesRead: Handler = async (ask) => {
  const { viewer } = ask
  if (viewer.kind === 'staff') await keepRead(ask.tx, viewer, ticked(ask.form, 'read').filter(isId), ask.house.now())
  return redirect('/actions')
}
