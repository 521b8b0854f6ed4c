import { isId, type StaffViewer } from '../../../platform/index.ts'
import { referencesOf } from '../../../subjects/index.ts'
import { Button, fill, Form, Link, redirect, ticked, type Ask, type Handler } from '../../../web/index.ts'
import { contextNoticesOf, keepNoticesRead } from '../tell.ts'

/** What whoever leads the work on a place was told and has not read yet: by reference, nothing of the concern. */
export const waitingPlaces = async (ask: Ask, viewer: StaffViewer) => {
  const notices = await contextNoticesOf(ask.tx, viewer)
  const references = await referencesOf(ask.tx, viewer, [...new Set(notices.map(({ subject_id }) => subject_id))])
  return notices.map((notice) => ({ ...notice, reference: references.get(notice.subject_id) ?? '' }))
}
export type WaitingPlaces = Awaited<ReturnType<typeof waitingPlaces>>

export const PlaceNotices = ({ ask, waiting }: { ask: Ask; waiting: WaitingPlaces }) => {
  const words = ask.w.contexts.notices
  if (waiting.length === 0) return null
  return (
    <div class="govuk-inset-text">
      <h2 class="govuk-heading-m">{words.title}</h2>
      <ul class="govuk-list govuk-list--spaced">
        {[...new Map(waiting.map((one) => [one.subject_id, one])).values()].map(({ subject_id, reference }) => (
          <li>
            <Link href={ask.href(`/contexts/${subject_id}/concerns`)}>{fill(words.line, { reference })}</Link>
          </li>
        ))}
      </ul>
      <Form ask={ask} action="/contexts/read">
        {waiting.map(({ id }) => (
          <input type="hidden" name="read" value={id} />
        ))}
        <Button classes="govuk-button--secondary govuk-!-margin-bottom-0">{words.read}</Button>
      </Form>
    </div>
  )
}

export const sendPlacesRead: Handler = async (ask) => {
  const { viewer } = ask
  const ids = ticked(ask.form, 'read').filter(isId)
  if (viewer.kind === 'staff') await keepNoticesRead(ask.tx, viewer, ids, ask.house.now())
  return redirect('/work')
}
