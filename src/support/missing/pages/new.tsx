import type { ComponentChildren } from 'preact'
import { z } from 'zod'
import type { Through } from '../../../subjects/index.ts'
import {
  Button,
  dateShown,
  errorFor,
  Form,
  Input,
  Radios,
  readForm,
  redirect,
  Select,
  typed,
  WarningText,
  type Ask,
  type FieldError,
} from '../../../web/index.ts'
import { formPage, most_words, tooLong, withPerson, WordsBox } from '../../plan/pages/frame.tsx'
import { absences, grades, knowns, type Known } from '../missing.ts'
import { episodesOf, isExploitationKnown } from '../queries.ts'
import { gradeMissing, reportMissing } from '../report.ts'
import { readWhen, WhenBoxes, whenBoxes } from './when.tsx'

/** Somebody is missing. Three answers are needed; what else is known is asked for, and is never in the way. */
export const newMissingPage = withPerson(async (ask, at) => {
  const form = { ...dateShown('started', at.today), ...(await knownAlready(ask, at)) }
  return view({ ...ask, form }, at)
})

export const sendMissing = withPerson(async (ask, at) => {
  const words = ask.w.missing.new
  const spare = z.string().trim().max(most_words, tooLong(ask)).default('')
  const need = (missing: string) => z.string(missing).trim().min(1, missing).max(most_words, tooLong(ask))
  const schema = z
    .strictObject({
      ...whenBoxes(ask, 'started'),
      place: need(words.placeMissing),
      reported_by: need(words.reportedByMissing),
      ...whenBoxes(ask, 'reported'),
      what: spare,
      ...whenBoxes(ask, 'seen'),
      seen_by: spare,
      seen_where: spare,
      clothing: spare,
      looked_after: z.enum(knowns, words.lookedAfterMissing),
      absence: z.string().default(''),
      out_of_county: z.enum(knowns, words.outOfCountyMissing),
      exploitation: z.enum(knowns, words.exploitationMissing),
      grade: z.string().default(''),
      reference: spare,
    })
    .transform((value, ctx) => {
      const { place, reported_by, seen_by, seen_where, clothing, what, looked_after, out_of_county, exploitation } =
        value
      const when = (name: string, missing?: string) =>
        readWhen(ask, value, name, { now: at.now, ctx, ...(missing && { missing }) })
      const started_at = when('started', words.startedMissing)
      const absence = absences.find((one) => one === value.absence) ?? null
      if (looked_after === 'yes' && !absence)
        ctx.addIssue({ code: 'custom', message: words.absenceMissing, path: ['absence'] })
      return {
        police: { grade: grades.find((one) => one === value.grade), reference: value.reference },
        report: {
          started_at: started_at!,
          reported_at: when('reported') ?? at.now,
          seen_at: when('seen'),
          ...{ place, reported_by, seen_by, seen_where, clothing, what, looked_after, out_of_county, exploitation },
          absence: looked_after === 'yes' ? absence : null,
        },
      }
    })
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, at, read.errors)
  const { report, police } = read.value
  const { keys } = ask.house
  const episode = await reportMissing(ask.tx, keys, at.worker, at.subject, report, at.now)
  if (!episode) return view(ask, at, [{ field: 'started-day', text: ask.w.missing.already }])
  if (police.grade) {
    const said = { grade: police.grade, reference: police.reference, why: '' }
    await gradeMissing(ask.tx, at.worker, { keys, subject: at.subject, episode }, said, at.now)
  }
  return redirect(`/people/${at.subject.id}/missing/${episode}?done=reported`)
})

/** What is known already is not asked again: it stands in the form, to be changed. */
const knownAlready = async (ask: Ask, at: Through): Promise<Record<string, string>> => {
  const { partnership } = at.worker
  const [last] = await episodesOf(ask.tx, ask.house.keys, partnership, at.subject.id)
  const exploited = await isExploitationKnown(ask.tx, partnership, at.subject.id)
  return {
    ...(last && { looked_after: last.looked_after, place: last.place }),
    ...(last?.absence && { absence: last.absence }),
    ...(exploited && { exploitation: 'yes' }),
  }
}

const view = (ask: Ask, at: Through, errors: readonly FieldError[] = []) => {
  const { missing } = ask.w
  const words = missing.new
  const line = (name: string, label: string, hint?: string) => (
    <Input
      name={name}
      label={{ text: label, classes: 'govuk-label--s' }}
      hint={hint}
      value={typed(ask.form, name)}
      errorMessage={errorFor(errors, name)}
      autocomplete="off"
    />
  )
  return formPage({
    ask,
    at,
    title: words.title,
    errors,
    back: { href: `/people/${at.subject.id}/missing`, text: missing.title },
    children: (
      <>
        <WarningText>{missing.danger}</WarningText>
        <Form ask={ask} once>
          <WhenBoxes ask={ask} name="started" legend={words.started} errors={errors} />
          {line('place', words.place, words.placeHint)}
          {line('reported_by', words.reportedBy)}
          <WhenBoxes ask={ask} name="reported" legend={words.reported} hint={words.reportedHint} errors={errors} />
          <WordsBox ask={ask} name="what" label={words.what} errors={errors} />
          <WhenBoxes ask={ask} name="seen" legend={words.seen} hint={words.seenHint} errors={errors} />
          {line('seen_by', words.seenBy)}
          {line('seen_where', words.seenWhere)}
          {line('clothing', words.clothing)}
          <KnownRadios
            ask={ask}
            name="looked_after"
            legend={words.lookedAfter}
            errors={errors}
            ifYes={
              <Radios
                name="absence"
                fieldset={{ legend: { text: words.absence } }}
                value={typed(ask.form, 'absence')}
                errorMessage={errorFor(errors, 'absence')}
                items={absences.map((value) => ({ value, text: missing.absences[value] }))}
              />
            }
          />
          <KnownRadios ask={ask} name="out_of_county" legend={words.outOfCounty} errors={errors} />
          <KnownRadios ask={ask} name="exploitation" legend={words.exploitation} errors={errors} />
          <h2 class="govuk-heading-m">{words.police}</h2>
          <GradeSelect ask={ask} label={words.grade} none={words.noGrade} errors={errors} />
          {line('reference', words.reference)}
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}

export const KnownRadios = (props: {
  ask: Ask
  name: string
  legend: string
  hint?: string
  errors: readonly FieldError[]
  ifYes?: ComponentChildren
}) => (
  <Radios
    name={props.name}
    fieldset={{ legend: { text: props.legend, classes: 'govuk-fieldset__legend--s' } }}
    hint={props.hint}
    value={typed(props.ask.form, props.name)}
    errorMessage={errorFor(props.errors, props.name)}
    items={knowns.map((value: Known) => ({
      value,
      text: props.ask.w.missing.knowns[value],
      conditional: value === 'yes' ? props.ifYes : undefined,
    }))}
  />
)

export const GradeSelect = (props: { ask: Ask; label: string; none: string; errors: readonly FieldError[] }) => (
  <Select
    name="grade"
    label={{ text: props.label, classes: 'govuk-label--s' }}
    value={typed(props.ask.form, 'grade')}
    errorMessage={errorFor(props.errors, 'grade')}
    items={[
      { value: '', text: props.none },
      ...grades.map((value) => ({ value, text: props.ask.w.missing.grades[value] })),
    ]}
  />
)
