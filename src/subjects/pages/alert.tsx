import { z } from 'zod'
import { NotFound, type StaffViewer } from '../../platform/index.ts'
import { alertOf, alertOutcomes, answerAlert, quiet_days, toReview, type Alert } from '../../sharing/index.ts'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  fill,
  Form,
  InsetText,
  Link,
  page,
  Radios,
  readForm,
  redirect,
  SummaryList,
  Textarea,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../web/index.ts'
import { inCircleOf } from '../circle.ts'
import { whatHappened, wordsFor, type AlertWords } from './alert-words.ts'
import { when } from './said.tsx'

/** One alert: what happened in plain words, and what it turned out to be. */
export const alertPage: Handler = (ask) => view(ask)

export const sendAlert: Handler = async (ask) => {
  const words = ask.w.alerts.answer
  const { keys } = ask.house
  const viewer = ask.viewer as StaffViewer
  const read = readForm(
    z.strictObject({
      outcome: z.enum(alertOutcomes, words.outcomeMissing),
      words: z.string(words.wordsMissing).trim().min(1, words.wordsMissing).max(2000, words.wordsLong),
    }),
    ask.form,
  )
  if (!read.ok) return view(ask, { errors: read.errors })
  const said = await answerAlert(ask.tx, keys, viewer, ask.params['alert'], { ...read.value, at: ask.house.now() })
  switch (said) {
    case 'answered':
      return redirect('/alerts?done=answered')
    case 'your own':
      return view(ask, { status: 403 })
    case 'answered before':
      return view(ask, { status: 409, lost: read.value.words })
  }
}

type Said = { errors?: readonly FieldError[]; status?: 403 | 409; lost?: string }
const view = async (ask: Ask, { errors = [], status, lost }: Said = {}) => {
  const alert = await alertOf(ask.tx, ask.house.keys, ask.viewer, ask.params['alert'])
  const said = await wordsFor(ask, [alert])
  const words = ask.w.alerts
  return page({
    title: words.kinds[alert.kind],
    status: status ?? (errors.length ? 422 : 200),
    about: { kind: 'alert', id: alert.id },
    body: (
      <>
        <BackLink href={ask.href('/alerts')}>{words.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{words.kinds[alert.kind]}</Title>
        <p class="govuk-body-l">{whatHappened(ask, alert, said)}</p>
        <p class="govuk-body">
          {words.when}: <time dateTime={alert.raised_at.toISOString()}>{when(ask, alert.raised_at)}</time>
        </p>
        <p class="govuk-body">{fill(words.why[alert.kind], { days: quiet_days })}</p>
        {(await furtherFor(ask, alert)).map(([text, href]) => (
          <p class="govuk-body">
            <Link href={ask.href(href)}>{text}</Link>
          </p>
        ))}
        {lost !== undefined && <Lost ask={ask} lost={lost} />}
        {alert.outcome ? (
          <Answered ask={ask} alert={alert} said={said} />
        ) : (
          <Answer ask={ask} alert={alert} errors={errors} />
        )}
      </>
    ),
  })
}

/** Where to read on, for whoever may: the log of the person, the review, the list of mass views. */
const furtherFor = async (ask: Ask, alert: Alert): Promise<[text: string, href: string][]> => {
  const words = ask.w.alerts
  const now = ask.house.now()
  const viewer = ask.viewer as StaffViewer
  if (alert.kind === 'mass view') return viewer.roles.includes('guardian') ? [[words.looks, '/looks?list=mass']] : []
  const further: [string, string][] = []
  const waits = alert.kind === 'override' ? await toReview(ask.tx, ask.house.keys, viewer, now) : []
  if (waits.some(({ id }) => id === alert.object_id)) further.push([words.review, '/people/reviews'])
  const near = await inCircleOf(ask.tx, viewer, alert.subject_id ?? undefined, now).catch((error: unknown) => {
    if (error instanceof NotFound) return undefined
    throw error
  })
  if (near) further.push([words.looked, `/people/${near.id}/looked`])
  if (alert.subject_id) further.push([ask.w.subjects.person.tooClose, `/people/${alert.subject_id}/too-close`])
  return further
}

const Lost = ({ ask, lost }: { ask: Ask; lost: string }) => (
  <InsetText>
    <p class="govuk-body govuk-!-font-weight-bold">{ask.w.alerts.answer.before}</p>
    <p class="govuk-body">{ask.w.alerts.answer.yourWords}:</p>
    <p class="govuk-body trellis-words" dir="auto">
      {lost}
    </p>
  </InsetText>
)

type Shown = { ask: Ask; alert: Alert & { words: string | null }; said: AlertWords }
const Answered = ({ ask, alert, said }: Shown) => {
  const words = ask.w.alerts
  const by = said.names.get(alert.answered_by ?? '')
  return (
    <SummaryList
      rows={[
        { key: words.answer.outcome, value: alert.outcome ? words.outcomes[alert.outcome] : '' },
        {
          key: words.answer.words,
          value: (
            <span class="trellis-words" dir="auto">
              {alert.words ?? words.answer.erased}
            </span>
          ),
        },
        { key: words.answer.by, value: [by?.name ?? words.gone, by?.agency].filter(Boolean).join(', ') },
        { key: words.when, value: alert.answered_at ? when(ask, alert.answered_at) : '' },
      ]}
    />
  )
}

const Answer = ({ ask, alert, errors }: { ask: Ask; alert: Alert; errors: readonly FieldError[] }) => {
  const words = ask.w.alerts.answer
  if (ask.viewer.kind !== 'staff' || alert.caused_by === ask.viewer.staff) return <InsetText>{words.own}</InsetText>
  return (
    <Form ask={ask}>
      <Radios
        name="outcome"
        fieldset={{ legend: { text: words.outcome, classes: 'govuk-fieldset__legend--m' } }}
        value={typed(ask.form, 'outcome')}
        errorMessage={errorFor(errors, 'outcome')}
        items={alertOutcomes.map((value) => ({ value, text: ask.w.alerts.outcomes[value] }))}
      />
      <Textarea
        name="words"
        label={words.words}
        hint={words.wordsHint}
        rows={4}
        value={typed(ask.form, 'words')}
        errorMessage={errorFor(errors, 'words')}
      />
      <Button preventDoubleClick>{words.button}</Button>
    </Form>
  )
}
