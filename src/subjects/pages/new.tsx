import { z } from 'zod'
import { localDate, type StaffViewer } from '../../platform/index.ts'
import { involvementRoles } from '../../sharing/index.ts'
import {
  BackLink,
  Button,
  dateBoxes,
  DateBoxes,
  errorFor,
  Errors,
  Form,
  Input,
  page,
  Radios,
  readDate,
  readForm,
  redirect,
  Textarea,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../web/index.ts'
import { readNhsNumber } from '../nhs-number.ts'
import { openPerson } from '../open-person.ts'

const lines = ['known_as', 'pronouns', 'postcode', 'phone', 'other_reference'] as const
const roles = involvementRoles.filter((role) => role === 'lead' || role === 'trusted adult' || role === 'circle')

export const newPage: Handler = (ask) => view(ask)

export const sendNew: Handler = async (ask) => {
  const words = ask.w.subjects.new
  const line = z.string().max(300, words.long).default('')
  const schema = z
    .strictObject({
      name: z.string(words.nameMissing).trim().min(1, words.nameMissing).max(300, words.long),
      ...Object.fromEntries(lines.map((one) => [one, line] as const)),
      address: z.string().max(1000, words.long).default(''),
      nhs_number: line.refine((said) => said.trim() === '' || readNhsNumber(said) !== undefined, words.nhsWrong),
      as: z.enum(roles, words.asMissing),
      contact: z.string(words.contactMissing).trim().min(1, words.contactMissing).max(200, words.long),
      ...dateBoxes(ask, 'born_on'),
    })
    .transform((value, ctx) => ({
      ...value,
      born_on: readDate(ask, value, 'born_on', localDate(ask.house.now(), ask.place.zone), ctx),
    }))
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, read.errors)
  const { as, contact, born_on, name, address, nhs_number, ...rest } = read.value
  const said = Object.fromEntries(
    lines.map((one) => [one, String((rest as Record<string, unknown>)[one] ?? '')]),
  ) as Record<(typeof lines)[number], string>
  const id = await openPerson(
    ask.tx,
    ask.house.keys,
    ask.viewer as StaffViewer,
    { ...said, name, address, born_on, nhs_number: readNhsNumber(nhs_number) ?? '' },
    { as, contact, at: ask.house.now() },
  )
  return redirect(`/people/${id}?done=opened`)
}

const view = (ask: Ask, errors: readonly FieldError[] = []) => {
  const words = ask.w.subjects.new
  const box = (name: (typeof lines)[number] | 'name' | 'nhs_number' | 'contact', hint?: string, classes?: string) => (
    <Input
      name={name}
      label={words[name]}
      hint={hint}
      classes={classes}
      value={typed(ask.form, name)}
      errorMessage={errorFor(errors, name)}
      autocomplete="off"
      spellcheck={false}
    />
  )
  return page({
    title: words.title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    body: (
      <>
        <BackLink href={ask.href('/people')}>{ask.w.subjects.person.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{words.title}</Title>
        <p class="govuk-body">
          {words.intro}{' '}
          <a class="govuk-link" href={ask.href('/people/find')}>
            {ask.w.subjects.list.find}
          </a>
        </p>
        <Form ask={ask} once>
          {box('name', words.nameHint)}
          {box('known_as')}
          {box('pronouns', undefined, 'govuk-input--width-10')}
          <DateBoxes ask={ask} name="born_on" legend={words.born} form={ask.form} errors={errors} />
          <Textarea
            name="address"
            label={words.address}
            rows={3}
            value={typed(ask.form, 'address')}
            errorMessage={errorFor(errors, 'address')}
          />
          {box('postcode', undefined, 'govuk-input--width-10')}
          {box('phone', undefined, 'govuk-input--width-20')}
          {box('nhs_number', undefined, 'govuk-input--width-10')}
          {box('other_reference', undefined, 'govuk-input--width-20')}
          <Radios
            name="as"
            fieldset={{ legend: { text: words.as, classes: 'govuk-fieldset__legend--m' } }}
            errorMessage={errorFor(errors, 'as')}
            value={typed(ask.form, 'as')}
            items={roles.map((role) => ({ value: role, text: ask.w.subjects.roles[role] }))}
          />
          {box('contact', words.contactHint)}
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}
