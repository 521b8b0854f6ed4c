import { z } from 'zod'
import { hasRole, localDate, NotFound, type StaffViewer } from '../../platform/index.ts'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  fill,
  Form,
  page,
  Radios,
  readForm,
  redirect,
  Select,
  Textarea,
  Title,
  typed,
  WarningText,
  type Ask,
  type FieldError,
  type Handler,
} from '../../web/index.ts'
import { confirmDestruction, deferDestruction, holdInstead, proposalsFor } from '../destroy.ts'
import { day } from './said.tsx'

const answers = ['confirm', 'defer', 'hold'] as const
const years = ['1', '2', '5', '10'] as const

const viewerOf = ({ viewer }: Ask): StaffViewer => {
  if (!hasRole(viewer, 'manager', 'guardian')) throw new NotFound()
  return viewer
}

/** One proposal: destroy, put off, or hold. */
export const answerPage: Handler = (ask) => view(ask)

export const sendAnswer: Handler = async (ask) => {
  const viewer = viewerOf(ask)
  const words = ask.w.rights.answer
  const schema = z
    .strictObject({
      answer: z.enum(answers, words.missing),
      why: z.string(words.whyMissing).trim().max(1000, words.whyLong).default(''),
      years: z.enum(years).default('1'),
    })
    .refine(({ answer, why }) => answer === 'confirm' || why !== '', { path: ['why'], message: words.whyMissing })
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, read.errors)
  const { answer, why } = read.value
  const at = ask.house.now()
  const today = localDate(at, ask.place.zone)
  const proposal = ask.params['proposal'] ?? ''
  const { keys } = ask.house
  if (answer === 'hold') await holdInstead(ask.tx, keys, viewer, proposal, why, at)
  if (answer === 'defer') {
    const until = `${Number(today.slice(0, 4)) + Number(read.value.years)}${today.slice(4).replace('-02-29', '-02-28')}`
    await deferDestruction(ask.tx, keys, viewer, proposal, { why, until, at })
  }
  if (answer !== 'confirm') return redirect('/retention')
  const outcome = await confirmDestruction(ask.tx, viewer, proposal, { at, today })
  return outcome === 'already yours' ? view(ask, [{ field: 'answer', text: words.second }]) : redirect('/retention')
}

const view = async (ask: Ask, errors: readonly FieldError[] = []) => {
  const proposal = (await proposalsFor(ask.tx, viewerOf(ask))).find(({ id }) => id === ask.params['proposal'])
  if (!proposal) throw new NotFound()
  const words = ask.w.rights.answer
  const title = fill(words.title, { reference: proposal.reference })
  return page({
    title,
    status: errors.length ? 422 : 200,
    body: (
      <>
        <BackLink href={ask.href('/retention')}>{words.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{title}</Title>
        <p class="govuk-body">{fill(words.due, { rule: proposal.rule, day: day(proposal.due_on) })}</p>
        {!proposal.checked && <p class="govuk-body">{words.unchecked}</p>}
        <WarningText>
          {proposal.first_name ? fill(words.last, { name: proposal.first_name }) : words.firstOf}
        </WarningText>
        <Form ask={ask}>
          <Radios
            name="answer"
            fieldset={{ legend: { text: words.question, classes: 'govuk-fieldset__legend--m' } }}
            value={typed(ask.form, 'answer')}
            errorMessage={errorFor(errors, 'answer')}
            items={answers.map((value) => ({ value, text: words.answers[value] }))}
          />
          <Textarea
            name="why"
            label={words.why}
            hint={words.whyHint}
            rows={4}
            value={typed(ask.form, 'why')}
            errorMessage={errorFor(errors, 'why')}
          />
          <Select
            name="years"
            label={words.until}
            value={typed(ask.form, 'years') || '1'}
            items={years.map((value) => ({ value, text: words.years[value] }))}
          />
          <Button classes="govuk-button--warning" preventDoubleClick>
            {words.button}
          </Button>
        </Form>
      </>
    ),
  })
}
