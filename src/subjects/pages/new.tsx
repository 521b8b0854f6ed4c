import { z } from 'zod'
import { areasNamed } from '../../partnership/index.ts'
import type { StaffViewer } from '../../platform/index.ts'
import { involvementRoles } from '../../sharing/index.ts'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  Form,
  Input,
  page,
  Radios,
  readForm,
  redirect,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../web/index.ts'
import { openPerson } from '../open-person.ts'
import { asIdentity, IdentityBoxes, identityFields } from './identity-form.tsx'

const roles = involvementRoles.filter((role) => role === 'lead' || role === 'trusted adult' || role === 'circle')

export const newPage: Handler = (ask) => view(ask)

export const sendNew: Handler = async (ask) => {
  const words = ask.w.subjects.new
  const schema = z
    .strictObject({
      ...identityFields(ask),
      as: z.enum(roles, words.asMissing),
      contact: z.string(words.contactMissing).trim().min(1, words.contactMissing).max(200, words.long),
    })
    .transform((value, ctx) => ({ as: value.as, contact: value.contact, said: asIdentity(ask, value, ctx) }))
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, read.errors)
  const { as, contact, said } = read.value
  const opening = { as, contact, at: ask.house.now() }
  const id = await openPerson(ask.tx, ask.house.keys, ask.viewer as StaffViewer, said, opening)
  return redirect(`/people/${id}?done=opened`)
}

const view = async (ask: Ask, errors: readonly FieldError[] = []) => {
  const words = ask.w.subjects.new
  const areas = await areasNamed(ask.tx, ask.place.id)
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
          <IdentityBoxes ask={ask} areas={areas} form={ask.form} errors={errors} />
          <Radios
            name="as"
            fieldset={{ legend: { text: words.as, classes: 'govuk-fieldset__legend--m' } }}
            errorMessage={errorFor(errors, 'as')}
            value={typed(ask.form, 'as')}
            items={roles.map((role) => ({ value: role, text: ask.w.subjects.roles[role] }))}
          />
          <Input
            name="contact"
            label={words.contact}
            hint={words.contactHint}
            value={typed(ask.form, 'contact')}
            errorMessage={errorFor(errors, 'contact')}
            autocomplete="off"
            spellcheck={false}
          />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}
