import { z } from 'zod'
import { NotFound, type StaffViewer } from '../../platform/index.ts'
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
  Textarea,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
  type Page,
} from '../../web/index.ts'
import { checkAsked, checksAsked } from '../asked.ts'
import { answerCheck, known } from '../check.ts'
import { written } from './concern/act.tsx'
import { named, soon, when, Written } from './said.tsx'

const asker = ({ viewer }: Ask): StaffViewer => {
  if (viewer.kind !== 'staff') throw new NotFound()
  return viewer
}

/** What the front door asks this agency. */
export const checks: Handler = async (ask) => {
  const words = ask.w.duty.checks
  const all = await checksAsked(ask.tx, ask.house.keys, asker(ask))
  const people = await namesFor(
    ask.tx,
    all.map(({ asked_by }) => asked_by),
  )
  const list = (some: typeof all) => (
    <ul class="trellis-asked">
      {some.map((check) => (
        <li>
          <a class="govuk-link trellis-words" href={ask.href(`/checks/${check.id}`)}>
            {check.question.slice(0, 160).toWellFormed()}
          </a>
          <p class="govuk-hint">
            {from(ask, people, check.asked_by)}, {fill(words.asked, { when: soon(ask, check.asked_at) })}
            {check.answered_at &&
              `. ${named(ask.w.duty.known, check.known)}, ${fill(words.answeredOn, { when: soon(ask, check.answered_at) })}`}
          </p>
        </li>
      ))}
    </ul>
  )
  const open = all.filter(({ answered_at }) => answered_at === null)
  const done = all.filter(({ answered_at }) => answered_at !== null)
  return page({
    title: words.title,
    frame: 'staff',
    body: (
      <>
        {ask.query['done'] === 'answered' && (
          <NotificationBanner type="success" title={ask.w.common.saved}>
            {words.thanks}
          </NotificationBanner>
        )}
        <Title>{words.title}</Title>
        <p class="govuk-body">{words.intro}</p>
        {open.length === 0 ? (
          <p class="govuk-body">{words.none}</p>
        ) : (
          <>
            <h2 class="govuk-heading-m">{words.open}</h2>
            {list(open)}
          </>
        )}
        {done.length > 0 && (
          <>
            <h2 class="govuk-heading-m">{words.answered}</h2>
            {list(done)}
          </>
        )}
      </>
    ),
  })
}

const from = (ask: Ask, people: Awaited<ReturnType<typeof namesFor>>, id: string): string => {
  const person = people.get(id)
  return fill(ask.w.duty.checks.from, { who: person?.name ?? ask.w.duty.someone, agency: person?.agency ?? '' })
}

/** One question: only the words written for this agency, and who asks. */
export const check: Handler = (ask) => show(ask, [])

export const checkAnswered: Handler = async (ask) => {
  const { errors, checks: words } = ask.w.duty
  const read = readForm(
    z.strictObject({ known: z.enum(known, errors.known), answer: written(ask.w.duty, errors.answer) }),
    ask.form,
  )
  const { id } = await checkAsked(ask.tx, ask.house.keys, asker(ask), ask.params['id']!)
  if (!read.ok) return show(ask, read.errors, 422)
  const outcome = await answerCheck(ask.tx, ask.house.keys, ask.viewer, id, { ...read.value, at: ask.house.now() })
  return outcome === 'answered'
    ? redirect('/checks?done=answered')
    : show(ask, [{ field: 'known', text: words.already }], 409)
}

const show = async (ask: Ask, errors: FieldError[], status?: Page['status']): Promise<Page> => {
  const words = ask.w.duty.checks
  const asked = await checkAsked(ask.tx, ask.house.keys, asker(ask), ask.params['id']!)
  const people = await namesFor(ask.tx, [asked.asked_by])
  return page({
    title: words.one,
    status,
    frame: 'staff',
    about: { kind: 'partner check', id: asked.id },
    body: (
      <>
        <BackLink href={ask.href('/checks')}>{ask.w.common.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title caption={from(ask, people, asked.asked_by)}>{words.one}</Title>
        <h2 class="govuk-heading-s">{words.question}</h2>
        <InsetText>
          <Written>{asked.question}</Written>
        </InsetText>
        <h2 class="govuk-heading-s">{words.reason}</h2>
        <Written>{asked.reason}</Written>
        {asked.answered_at ? (
          <>
            <h2 class="govuk-heading-s">{named(ask.w.duty.known, asked.known)}</h2>
            <Written>{asked.answer ?? ''}</Written>
            <p class="govuk-hint">{fill(words.answeredOn, { when: when(ask, asked.answered_at) })}</p>
          </>
        ) : (
          <AnswerForm ask={ask} errors={errors} due={asked.due_at} />
        )}
        {asked.answered_at && errors.length > 0 && <Written>{typed(ask.form, 'answer')}</Written>}
      </>
    ),
  })
}

const AnswerForm = ({ ask, errors, due }: { ask: Ask; errors: FieldError[]; due: Date | undefined }) => {
  const { checks: words, known: names } = ask.w.duty
  return (
    <Form ask={ask}>
      {due && <p class="govuk-body">{fill(words.due, { when: soon(ask, due) })}</p>}
      <Radios
        name="known"
        fieldset={{ legend: { text: words.known, classes: 'govuk-fieldset__legend--s' } }}
        value={typed(ask.form, 'known')}
        errorMessage={errorFor(errors, 'known')}
        items={known.map((value) => ({ value, text: names[value] }))}
      />
      <Textarea
        name="answer"
        label={{ text: words.answer, classes: 'govuk-label--s' }}
        hint={words.answerHint}
        value={typed(ask.form, 'answer')}
        errorMessage={errorFor(errors, 'answer')}
      />
      <Button preventDoubleClick>{words.button}</Button>
    </Form>
  )
}
