import { z } from 'zod'
import { agencies } from '../../partnership/index.ts'
import {
  BackLink,
  Button,
  Checkboxes,
  errorFor,
  Errors,
  Form,
  Input,
  Radios,
  readForm,
  redirect,
  Textarea,
  ticked,
  Title,
  typed,
  type Answer,
  type Ask,
  type FieldError,
  type Handler,
} from '../../web/index.ts'
import { startAgreement } from '../start-agreement.ts'
import { currentOf, versionsOf } from '../standing.ts'
import { agreementsPage, todayAt } from './parts.tsx'

/** Starts an agreement: what it is called, what it stands under, and who is asked to sign. Its clauses come after. */
export const newAgreementPage: Handler = async (ask) => view(ask, {})

const overarching = 'none'

export const sendNewAgreement: Handler = async (ask) => {
  const words = ask.w.agreements.start
  const known = (await agencies(ask.tx, ask.place.id, { on: todayAt(ask) })).map(({ id }) => id)
  const above = (await aboveOf(ask)).map(({ agreement_id }) => agreement_id)
  const schema = z.strictObject({
    code: z
      .string()
      .trim()
      .regex(/^[A-Z0-9][A-Z0-9-]{1,19}$/, words.codeWrong),
    title: z.string().trim().min(1, words.titleMissing).max(200, words.titleLong),
    summary: z.string().trim().max(1000, words.summaryLong).default(''),
    under: z.enum([overarching, ...above], words.underMissing),
    agencies: z.union([z.string(), z.array(z.string())]).optional(),
  })
  const given = readForm(schema, ask.form)
  if (!given.ok) return view(ask, ask.form, given.errors)
  const chosen = ticked(ask.form, 'agencies').filter((id) => known.includes(id))
  const { under, code, title, summary } = given.value
  const outcome = await startAgreement(
    ask.tx,
    ask.viewer,
    { code, title, summary, under: under === overarching ? null : under, agencies: chosen },
    ask.house.now(),
  )
  if (outcome === 'taken') return view(ask, ask.form, [{ field: 'code', text: words.codeTaken }])
  return redirect(`/agreements/versions/${outcome.version}?done=started`)
}

const aboveOf = async (ask: Ask) => {
  const versions = await versionsOf(ask.tx, ask.place.id, ask.house.now())
  const current = [...Map.groupBy(versions, ({ agreement_id }) => agreement_id).values()].map(currentOf)
  return current.filter(({ tier }) => tier === 1)
}

const view = async (ask: Ask, form: Ask['form'], errors: readonly FieldError[] = []): Promise<Answer> => {
  const words = ask.w.agreements.start
  const chosen = ticked(form, 'agencies')
  return agreementsPage(
    ask,
    words.title,
    <>
      <BackLink href={ask.href('/agreements')}>{ask.w.agreements.back}</BackLink>
      <Errors ask={ask} errors={errors} />
      <Title>{words.title}</Title>
      <p class="govuk-body">{words.intro}</p>
      <Form ask={ask} once>
        <Input name="title" label={words.name} value={typed(form, 'title')} errorMessage={errorFor(errors, 'title')} />
        <Input
          name="code"
          label={words.code}
          hint={words.codeHint}
          value={typed(form, 'code')}
          classes="govuk-input--width-10"
          errorMessage={errorFor(errors, 'code')}
        />
        <Textarea
          name="summary"
          label={words.summary}
          value={typed(form, 'summary')}
          errorMessage={errorFor(errors, 'summary')}
        />
        <Radios
          name="under"
          fieldset={{ legend: { text: words.under, classes: 'govuk-fieldset__legend--s' } }}
          errorMessage={errorFor(errors, 'under')}
          value={typed(form, 'under')}
          items={[
            ...(await aboveOf(ask)).map(({ agreement_id, title }) => ({ value: agreement_id, text: title })),
            { divider: words.or },
            { value: overarching, text: words.overarching },
          ]}
        />
        <Checkboxes
          name="agencies"
          fieldset={{ legend: { text: words.agencies, classes: 'govuk-fieldset__legend--s' } }}
          hint={words.agenciesHint}
          values={chosen}
          items={(await agencies(ask.tx, ask.place.id, { on: todayAt(ask) })).map(({ id, name }) => ({
            value: id,
            text: name,
          }))}
        />
        <Button preventDoubleClick>{words.send}</Button>
      </Form>
    </>,
    { status: errors.length ? 422 : 200 },
  )
}
