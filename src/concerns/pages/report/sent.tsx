import {
  Button,
  dropDraft,
  fill,
  Form,
  noDraftCookie,
  openDraft,
  page,
  redirect,
  type Ask,
  type Handler,
  type Page,
} from '../../../web/index.ts'
import type { SentAnswers } from './answers.ts'
import { frameOf } from './step.tsx'

/** The receipt, shown to the browser that sent the report: again after a reload, until it is cleared or ten minutes are over. */
export const sent: Handler = async (ask) => {
  const draft = await openDraft<SentAnswers>(ask, ask.cookies['draft'])
  if (draft?.kind !== 'sent') return gone(ask, 'sentGone', 410)
  const w = ask.w.report.sent
  const { receipt, reference, due, concern } = draft.answers
  const staff = ask.viewer.kind === 'staff'
  return page({
    title: w.title,
    frame: frameOf(ask),
    script: 'report',
    body: (
      <div class="trellis-report">
        <h1 class="govuk-heading-xl">{w.title}</h1>
        <p class="govuk-body-l">{w.thanks}</p>
        <section class="trellis-receipt" aria-labelledby="receipt-title">
          <h2 class="govuk-heading-m" id="receipt-title">
            {w.receipt}
          </h2>
          <p class="trellis-receipt__code" dir="ltr" lang="en">
            {receipt.split(' ').map((four) => (
              <>
                <span class="trellis-receipt__four">{four}</span>{' '}
              </>
            ))}
          </p>
          <p class="govuk-body">{w.once}</p>
          <p class="govuk-body">{w.use}</p>
          <p class="govuk-body trellis-screen-only">{w.safe}</p>
        </section>
        <h2 class="govuk-heading-m">{w.nextTitle}</h2>
        <ol class="govuk-list govuk-list--number">
          {w.next.map((line) => (
            <li>{line}</li>
          ))}
        </ol>
        {due && <p class="govuk-body">{fill(w.due, { when: dayIn(ask, new Date(due)) })}</p>}
        <p class="govuk-body">
          {w.reference} <bdi dir="ltr">{reference}</bdi>
        </p>
        {staff && (
          <p class="govuk-body">
            <a class="govuk-link" href={ask.href(`/sent/${concern}`)}>
              {w.mine}
            </a>
          </p>
        )}
        <Form ask={ask} action="/report/sent/clear">
          <Button>{w.clear}</Button>
          <p class="govuk-hint trellis-screen-only">{w.clearHint}</p>
        </Form>
      </div>
    ),
  })
}

export const dayIn = ({ lang, place }: Pick<Ask, 'lang' | 'place'>, at: Date): string =>
  new Intl.DateTimeFormat(lang.code === 'en' ? 'en-GB' : lang.code, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: place.zone,
  }).format(at)

/** "I have kept it": the receipt leaves this browser and the database at once. */
export const clearSent: Handler = async (ask) => {
  const draft = await openDraft(ask, ask.cookies['draft'])
  if (draft?.kind === 'sent') await dropDraft(ask, draft)
  return redirect('/report/cleared', [noDraftCookie])
}

/** "Delete what I typed": the draft and its files are removed, and the cookie with them. */
export const deleteAll: Handler = async (ask) => {
  const id = ask.form['draft']
  const key = ask.viewer.kind === 'staff' && typeof id === 'string' ? id : ask.cookies['draft']
  const draft = await openDraft(ask, key, { lock: true })
  if (draft) await dropDraft(ask, draft)
  return redirect(ask.viewer.kind === 'staff' ? '/sent' : '/report/deleted', [noDraftCookie])
}

export const cleared: Handler = (ask) => gone(ask, 'cleared')
export const deleted: Handler = (ask) => gone(ask, 'deleted')

const gone = (ask: Ask, what: 'cleared' | 'deleted' | 'sentGone', status: 200 | 410 = 200): Page => {
  const w = ask.w.report[what]
  return page({
    title: w.title,
    status,
    frame: ask.viewer.kind === 'staff' ? 'staff' : 'public',
    body: (
      <>
        <h1 class="govuk-heading-l">{w.title}</h1>
        {w.text.map((line) => (
          <p class="govuk-body">{line}</p>
        ))}
        <ul class="govuk-list">
          {w.links.map(({ text, href }) => (
            <li>
              <a class="govuk-link" href={ask.href(href)}>
                {text}
              </a>
            </li>
          ))}
        </ul>
      </>
    ),
  })
}

/** What was typed before is over an hour old and gone; what was just typed is kept. */
export const carryOn: Handler = async (ask) => {
  const w = ask.w.report.carryOn
  const draft = await openDraft(ask, ask.cookies['draft'])
  return page({
    title: w.title,
    frame: frameOf(ask),
    body: (
      <>
        <h1 class="govuk-heading-l">{w.title}</h1>
        <p class="govuk-body">{draft ? w.kept : w.none}</p>
        <a class="govuk-button" role="button" draggable={false} href={ask.href(draft ? '/report/danger' : '/report')}>
          {w.button}
        </a>
      </>
    ),
  })
}
