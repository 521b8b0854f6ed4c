import { NotFound } from '../../../platform/index.ts'
import {
  draftCookie,
  draftsOf,
  fill,
  Form,
  openDraft,
  page,
  redirect,
  Tag,
  Title,
  type Handler,
} from '../../../web/index.ts'
import { sentBy } from '../../reporter-queries.ts'
import { after, stepsOf, type Answers } from '../report/answers.ts'
import { momentIn } from './open.tsx'

/** A member of staff's own: what they have not finished, and what they sent. */
export const sentList: Handler = async (ask) => {
  if (ask.viewer.kind !== 'staff') throw new NotFound()
  const w = ask.w.receipt.sentList
  const drafts = await draftsOf<Answers>(ask, 'report')
  const sent = await sentBy(ask.tx, ask.house.keys, ask.viewer.partnership, ask.viewer.staff)
  return page({
    title: w.title,
    frame: 'staff',
    body: (
      <>
        <Title>{w.title}</Title>
        <p class="govuk-body">
          <a class="govuk-button" role="button" draggable={false} href="/report">
            {w.new}
          </a>
        </p>
        {drafts.length > 0 && (
          <section>
            <h2 class="govuk-heading-m">{w.unfinished}</h2>
            <ul class="trellis-sent">
              {drafts.map((draft) => (
                <li class="trellis-sent__one">
                  <p class="trellis-sent__words trellis-words">{draft.answers.worry?.slice(0, 200) || w.nothingYet}</p>
                  <p class="govuk-hint">{fill(w.saved, { when: momentIn(ask, draft.savedAt) })}</p>
                  <div class="govuk-button-group">
                    <Form ask={ask} action="/sent/carry-on">
                      <input type="hidden" name="draft" value={draft.id} />
                      <button class="govuk-button govuk-button--secondary">{w.carryOn}</button>
                    </Form>
                    <Form ask={ask} action="/report/delete">
                      <input type="hidden" name="draft" value={draft.id} />
                      <button class="trellis-report__delete-button">{w.remove}</button>
                    </Form>
                  </div>
                </li>
              ))}
            </ul>
          </section>
        )}
        <section>
          <h2 class="govuk-heading-m">{w.sent}</h2>
          {sent.length === 0 && <p class="govuk-body">{w.none}</p>}
          <ul class="trellis-sent">
            {sent.map((one) => (
              <li class="trellis-sent__one">
                <p class="trellis-sent__words">
                  <a class="govuk-link trellis-words" href={`/sent/${one.id}`}>
                    {one.worry}
                  </a>
                </p>
                <p class="govuk-hint">
                  {momentIn(ask, one.received_at)} · <bdi dir="ltr">{one.reference}</bdi>{' '}
                  {one.unread > 0 && <Tag classes="govuk-tag--green">{fill(w.unread, { count: one.unread })}</Tag>}
                </p>
              </li>
            ))}
          </ul>
        </section>
      </>
    ),
  })
}

/** Takes up an unfinished report where it was left. */
export const carryOnDraft: Handler = async (ask) => {
  const id = ask.form['draft']
  const draft = await openDraft<Answers>(ask, typeof id === 'string' ? id : undefined)
  if (draft?.kind !== 'report') throw new NotFound()
  const last = stepsOf(draft.answers).findLast((name) => draft.answers.done.includes(name))
  return redirect(last ? after(draft.answers, last) : '/report/danger', [draftCookie(draft)])
}
