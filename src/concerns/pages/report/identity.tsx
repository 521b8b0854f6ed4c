import type { z } from 'zod'
import codeLists from '../../../../content/code-lists.json' with { type: 'json' }
import {
  dateBoxes,
  DateBoxes,
  Details,
  errorFor,
  Input,
  Radios,
  readDate,
  Select,
  Textarea,
  typed,
  type Ask,
  type FieldError,
} from '../../../web/index.ts'
import type { PersonSaid } from '../../concern.ts'
import { isTestNhsNumber, readNhsNumber } from '../../../subjects/index.ts'
import { choice, postcode, words } from './fields.ts'
import type { Journey } from './step.tsx'

/*
 * What a professional may know of a person besides: none of it is asked of the public.
 */
const lines = ['gender', 'first_language', 'phone', 'school_or_work', 'other_reference'] as const
const sexes = ['F', 'M', 'U'] as const
const ethnicities = codeLists
  .filter(({ list }) => list === 'ethnicity')
  .map(({ code, label, ...more }) => ({
    value: code,
    text: 'group' in more && more.group ? `${more.group}: ${label}` : label,
  }))

export const identityFields = (ask: Ask, i: number): Record<string, z.ZodType> => ({
  ...dateBoxes(ask, `born_on-${i}`),
  [`sex-${i}`]: choice(ask, sexes),
  [`ethnicity-${i}`]: choice(
    ask,
    ethnicities.map(({ value }) => value),
  ),
  [`nhs_number-${i}`]: nhsNumber(ask),
  [`address-${i}`]: words(ask, 1000),
  [`postcode-${i}`]: postcode(ask),
  [`needs-${i}`]: words(ask, 2000),
  ...Object.fromEntries(lines.map((line) => [`${line}-${i}`, words(ask, 300)])),
})

/** Numbers for trying things out belong in a demonstration and nowhere else. */
const nhsNumber = (ask: Ask) =>
  words(ask, 30).transform((said, ctx) => {
    if (said.trim() === '') return null
    const read = readNhsNumber(said)
    const { wrong } = ask.w.report
    const problem = !read ? wrong.nhs : isTestNhsNumber(read) && !ask.place.demo ? wrong.nhsTest : undefined
    if (problem) ctx.addIssue(problem)
    return read ?? null
  })

export const readIdentity = (at: Journey, value: Record<string, unknown>, i: number, ctx: z.RefinementCtx) => {
  const of = (field: string) => value[`${field}-${i}`]
  return {
    born_on: readDate(at.ask, value, `born_on-${i}`, at.today, ctx),
    sex: of('sex') as PersonSaid['sex'],
    ethnicity: of('ethnicity') as PersonSaid['ethnicity'],
    nhs_number: of('nhs_number') as string | null,
    address: of('address') as string,
    postcode: of('postcode') as string | null,
    needs: of('needs') as string,
    ...(Object.fromEntries(lines.map((line) => [line, of(line)])) as Record<(typeof lines)[number], string>),
  }
}

export const identityShown = (person: Partial<PersonSaid>, i: number): Record<string, string> =>
  Object.fromEntries(
    (['sex', 'ethnicity', 'nhs_number', 'address', 'postcode', 'needs', ...lines] as const).map((field) => [
      `${field}-${i}`,
      person[field] ?? '',
    ]),
  )

export const IdentityBoxes = (props: { at: Journey; i: number; form: Ask['form']; errors: readonly FieldError[] }) => {
  const { at, i, form, errors } = props
  const w = at.ask.w.report.identity
  const box = (field: (typeof lines)[number] | 'nhs_number' | 'postcode', narrow = false) => (
    <Input
      name={`${field}-${i}`}
      label={w[field]}
      hint={field === 'nhs_number' ? w.nhsHint : undefined}
      errorMessage={errorFor(errors, `${field}-${i}`)}
      value={typed(form, `${field}-${i}`)}
      classes={narrow ? 'govuk-input--width-10' : undefined}
      autocomplete="off"
    />
  )
  const area = (field: 'address' | 'needs') => (
    <Textarea
      name={`${field}-${i}`}
      label={w[field]}
      errorMessage={errorFor(errors, `${field}-${i}`)}
      value={typed(form, `${field}-${i}`)}
      rows={3}
    />
  )
  const fields = ['born_on', 'sex', 'ethnicity', 'nhs_number', 'address', 'postcode', 'needs', ...lines]
  const open =
    fields.some((field) => typed(form, `${field}-${i}`) || typed(form, `${field}-${i}-day`)) || errors.length > 0
  return (
    <Details summary={w.summary} open={open}>
      <DateBoxes ask={at.ask} name={`born_on-${i}`} legend={w.born_on} form={form} errors={errors} />
      {box('nhs_number', true)}
      {area('address')}
      {box('postcode', true)}
      {box('phone', true)}
      {box('school_or_work')}
      {box('first_language')}
      {area('needs')}
      <Radios
        name={`sex-${i}`}
        classes="govuk-radios--inline govuk-radios--small"
        fieldset={{ legend: { text: w.sex, classes: 'govuk-fieldset__legend--s' } }}
        errorMessage={errorFor(errors, `sex-${i}`)}
        value={typed(form, `sex-${i}`)}
        items={sexes.map((value) => ({ value, text: w.sexes[value] }))}
      />
      {box('gender')}
      <Select
        name={`ethnicity-${i}`}
        label={w.ethnicity}
        errorMessage={errorFor(errors, `ethnicity-${i}`)}
        value={typed(form, `ethnicity-${i}`)}
        items={[{ value: '', text: w.notAsked }, ...ethnicities]}
      />
      {box('other_reference')}
    </Details>
  )
}
