import { z } from 'zod'
import { localDate, type StaffViewer } from '../../../platform/index.ts'
import {
  Button,
  errorFor,
  Errors,
  fill,
  Form,
  NotificationBanner,
  page,
  readForm,
  redirect,
  Textarea,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { feedbackGiven, publishYouSaid, withdrawYouSaid, youSaid, type YouSaid } from '../../voice/you-said.ts'
import { day } from '../said.tsx'

const most = 600

/** What people said and what changed because of it, for everybody. */
export const youSaidPage: Handler = async (ask) => {
  const all = await youSaid(ask.tx, ask.place.id)
  const words = ask.w.voice.youSaid
  return page({
    title: words.title,
    frame: 'public',
    body: (
      <>
        <Title>{words.title}</Title>
        <p class="govuk-body-l">{all.length === 0 ? words.none : words.intro}</p>
        {all.map((one) => (
          <OnList ask={ask} one={one} />
        ))}
      </>
    ),
  })
}

const OnList = ({ ask, one }: { ask: Ask; one: YouSaid }) => {
  const words = ask.w.voice.youSaid
  return (
    <section class="trellis-story">
      <h2 class="govuk-heading-s">{words.said}</h2>
      <p class="govuk-body trellis-words">{one.said}</p>
      <h3 class="govuk-heading-s">{words.did}</h3>
      <p class="govuk-body trellis-words">{one.did}</p>
      <p class="trellis-story__by">{fill(words.since, { day: day(localDate(one.published_at, ask.place.zone)) })}</p>
    </section>
  )
}

/** The list as a manager keeps it, beside what people told us. */
export const keepYouSaidPage: Handler = (ask) => view(ask)

export const sendYouSaid: Handler = async (ask) => {
  const words = ask.w.voice.youSaid.keep
  const need = (missing: string) => z.string(missing).trim().min(1, missing).max(most, fill(words.long, { most }))
  const read = readForm(z.strictObject({ said: need(words.saidMissing), did: need(words.didMissing) }), ask.form)
  if (!read.ok) return view(ask, read.errors)
  await publishYouSaid(ask.tx, ask.viewer as StaffViewer, read.value, ask.house.now())
  return redirect('/you-said/keep?done=published')
}

export const sendWithdrawYouSaid: Handler = async (ask) => {
  await withdrawYouSaid(ask.tx, ask.viewer as StaffViewer, ask.params['said']!, ask.house.now())
  return redirect('/you-said/keep?done=withdrawn')
}

const view = async (ask: Ask, errors: readonly FieldError[] = []) => {
  const all = await youSaid(ask.tx, ask.place.id)
  const { counts, said } = await feedbackGiven(ask.tx, ask.house.keys, ask.place.id)
  const { keep: words, done } = ask.w.voice.youSaid
  const saved = (done as Record<string, string>)[ask.query['done'] ?? '']
  return page({
    title: words.title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    body: (
      <>
        <Errors ask={ask} errors={errors} />
        {saved && (
          <NotificationBanner type="success" title={ask.w.common.saved}>
            {saved}
          </NotificationBanner>
        )}
        <Title>{words.title}</Title>
        <p class="govuk-body">{words.intro}</p>
        <Form ask={ask} once>
          <Textarea
            name="said"
            label={{ text: words.said, classes: 'govuk-label--s' }}
            rows={3}
            value={typed(ask.form, 'said')}
            errorMessage={errorFor(errors, 'said')}
          />
          <Textarea
            name="did"
            label={{ text: words.did, classes: 'govuk-label--s' }}
            rows={3}
            value={typed(ask.form, 'did')}
            errorMessage={errorFor(errors, 'did')}
          />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
        {all.map((one) => (
          <>
            <OnList ask={ask} one={one} />
            <Form ask={ask} action={`/you-said/${one.id}/withdraw`}>
              <Button classes="govuk-button--secondary">
                {words.withdraw} <span class="govuk-visually-hidden">{fill(words.withdrawOf, { said: one.said })}</span>
              </Button>
            </Form>
          </>
        ))}
        <h2 class="govuk-heading-m">{words.feedback}</h2>
        {counts.length === 0 && <p class="govuk-body">{words.feedbackNone}</p>}
        <ul class="govuk-list">
          {counts.map(({ stage, ...how }) => (
            <li>{fill(words.feedbackLine, { stage: ask.w.voice.stages[stage], ...how })}</li>
          ))}
        </ul>
        {said.map((one) => (
          <blockquote class="govuk-inset-text trellis-words" dir="auto">
            {one}
          </blockquote>
        ))}
      </>
    ),
  })
}
