import { z } from 'zod'
import { agencyNames } from '../../partnership/index.ts'
import { hasRole, localDate, NotFound, type StaffViewer } from '../../platform/index.ts'
import { answerSecond, codesOf, overturnedFor, secondOf, secondsWaiting } from '../../sharing/index.ts'
import { namesFor } from '../../staff/index.ts'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  fill,
  Form,
  InsetText,
  NotificationBanner,
  page,
  Radios,
  readForm,
  redirect,
  Tag,
  Textarea,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../web/index.ts'
import { referencesOf } from '../queries.ts'
import { moment } from './moment.ts'
import { Disclosure } from './shared.tsx'

const answers = ['confirmed', 'overturned'] as const

/** Decisions not to share that wait for a second manager, the first due first; and those overturned and not yet followed. */
export const secondsPage: Handler = async (ask) => {
  const worker = ask.viewer as StaffViewer
  const manages = hasRole(worker, 'manager', 'guardian')
  const waiting = await secondsWaiting(ask.tx, worker)
  const overturned = await overturnedFor(ask.tx, worker)
  const all = [...waiting, ...overturned]
  const references = await referencesOf(
    ask.tx,
    worker,
    all.map(({ subject_id }) => subject_id),
  )
  const agencies = await agencyNames(
    ask.tx,
    all.map(({ recipient_agency_id }) => recipient_agency_id),
  )
  const names = await namesFor(ask.tx, [
    ...waiting.map(({ decided_by }) => decided_by),
    ...overturned.map(({ answered_by }) => answered_by),
  ])
  const words = ask.w.share.second
  const about = ({ subject_id, recipient_agency_id }: (typeof all)[number]): string =>
    fill(words.about, {
      reference: references.get(subject_id) ?? '',
      agency: agencies.get(recipient_agency_id) ?? '',
    })
  const by = (id: string, at: Date) => ({ name: names.get(id)?.name ?? '', when: moment(ask, at) })
  return page({
    title: words.title,
    frame: 'staff',
    body: (
      <>
        <BackLink href={ask.href('/work')}>{ask.w.common.back}</BackLink>
        {ask.query['done'] === 'saved' && (
          <NotificationBanner type="success" title={ask.w.common.saved}>
            {words.done}
          </NotificationBanner>
        )}
        <Title>{words.title}</Title>
        {manages && <p class="govuk-body">{waiting.length ? words.intro : words.none}</p>}
        <ul class="trellis-rows">
          {waiting.map((one) => (
            <li class="trellis-row">
              <div>
                <a class="govuk-link" href={ask.href(`/people/not-shared/${one.id}`)}>
                  {about(one)}
                </a>
                <span class="trellis-row__more">
                  {fill(words.decided, by(one.decided_by, one.decided_at))}.{' '}
                  {fill(words.due, { due: moment(ask, one.due_at) })}.
                </span>
              </div>
              {one.due_at < ask.house.now() && <Tag classes="govuk-tag--red">{words.late}</Tag>}
            </li>
          ))}
        </ul>
        {overturned.length > 0 && <h2 class="govuk-heading-m">{words.overturned}</h2>}
        <ul class="trellis-rows">
          {overturned.map((one) => (
            <li class="trellis-row">
              <div>
                <a class="govuk-link" href={ask.href(`/people/${one.subject_id}/share?after=${one.id}`)}>
                  {about(one)}
                </a>
                <span class="trellis-row__more">{fill(words.overturnedBy, by(one.answered_by, one.answered_at))}</span>
              </div>
            </li>
          ))}
        </ul>
      </>
    ),
  })
}

export const secondPage: Handler = (ask) => view(ask)

export const sendSecond: Handler = async (ask) => {
  const words = ask.w.share.second
  const id = ask.params['disclosure']!
  const read = readForm(
    z.strictObject({
      answer: z.enum(answers, words.answerMissing),
      words: z.string(words.wordsMissing).trim().min(1, words.wordsMissing).max(5000, words.wordsLong),
    }),
    ask.form,
  )
  if (!read.ok) return view(ask, read.errors)
  const worker = ask.viewer as StaffViewer
  await answerSecond(ask.tx, ask.house.keys, worker, id, { ...read.value, at: ask.house.now() })
  return redirect('/people/not-shared?done=saved')
}

const view = async (ask: Ask, errors: readonly FieldError[] = []) => {
  const worker = ask.viewer
  if (!hasRole(worker, 'manager', 'guardian')) throw new NotFound()
  const one = await secondOf(ask.tx, ask.house.keys, worker, ask.params['disclosure']!)
  const words = ask.w.share.second
  const known = {
    ask,
    today: localDate(ask.house.now(), ask.place.zone),
    codes: await codesOf(ask.tx, ask.place.id),
    agencies: await agencyNames(ask.tx, [one.recipient_agency_id]),
    names: await namesFor(ask.tx, [one.decided_by]),
  }
  const references = await referencesOf(ask.tx, worker, [one.subject_id])
  return page({
    title: words.page,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    // Its handling keeps a sealed one out of who has looked.
    about: { kind: 'person', id: one.subject_id, detail: { handling: String(one.kept) } },
    body: (
      <>
        <BackLink href={ask.href('/people/not-shared')}>{words.title}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title caption={references.get(one.subject_id)}>{words.page}</Title>
        <InsetText>{words.law}</InsetText>
        <Disclosure known={known} one={one} />
        <Form ask={ask}>
          <Radios
            name="answer"
            fieldset={{ legend: { text: words.answer, classes: 'govuk-fieldset__legend--m' } }}
            errorMessage={errorFor(errors, 'answer')}
            value={typed(ask.form, 'answer')}
            items={answers.map((value) => ({ value, text: words.answers[value] }))}
          />
          <Textarea
            name="words"
            label={words.words}
            rows={4}
            value={typed(ask.form, 'words')}
            errorMessage={errorFor(errors, 'words')}
          />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}
