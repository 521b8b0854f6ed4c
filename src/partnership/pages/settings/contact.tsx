import { z } from 'zod'
import { NotFound } from '../../../platform/index.ts'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  Form,
  Input,
  Radios,
  readForm,
  redirect,
  Textarea,
  Title,
  typed,
  type Answer,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { addContact, audiences, changeContact, removeContact, type ContactFacts } from '../../contact.ts'
import { contactPoints, type ContactPoint } from '../../queries.ts'
import { section } from '../section.tsx'

export const newContactPage: Handler = (ask) => view(ask, undefined, {})

export const sendNewContact: Handler = async (ask) => {
  const facts = read(ask)
  if (Array.isArray(facts)) return view(ask, undefined, ask.form, facts)
  await addContact(ask.tx, ask.viewer, facts)
  return redirect('/settings/contacts?done=added')
}

export const contactPage: Handler = async (ask) => {
  const point = await asked(ask)
  const { label, audience, phone, text_number, email, url, hours, note } = point
  const form = { label, audience, phone, text: text_number, email, url, hours, note }
  return view(ask, point, Object.fromEntries(Object.entries(form).map(([name, value]) => [name, value ?? ''])))
}

export const sendContact: Handler = async (ask) => {
  const point = await asked(ask)
  const facts = read(ask)
  if (Array.isArray(facts)) return view(ask, point, ask.form, facts)
  await changeContact(ask.tx, ask.viewer, point.id, facts)
  return redirect('/settings/contacts?done=changed')
}

export const sendRemoveContact: Handler = async (ask) => {
  await removeContact(ask.tx, ask.viewer, (await asked(ask)).id)
  return redirect('/settings/contacts?done=removed')
}

const asked = async (ask: Ask): Promise<ContactPoint> => {
  const point = (await contactPoints(ask.tx, ask.place.id)).find(({ id }) => id === ask.params['contact'])
  if (!point) throw new NotFound()
  return point
}

const read = (ask: Ask): ContactFacts | FieldError[] => {
  const words = ask.w.partnership.contact
  const optional = (most: number, message: string) => z.string().trim().max(most, message).default('')
  const number = optional(40, words.numberWrong).refine(
    (text) => text === '' || /^[\d +()-]+$/.test(text),
    words.numberWrong,
  )
  const schema = z.strictObject({
    label: z.string(words.labelMissing).trim().min(1, words.labelMissing).max(200, words.labelLong),
    audience: z.enum(audiences, words.audienceMissing),
    phone: number,
    text: number,
    email: optional(254, words.emailWrong).refine(
      (text) => text === '' || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text),
      words.emailWrong,
    ),
    url: optional(500, words.urlWrong).refine(
      (text) => text === '' || /^https:\/\/[^\s.]+\.\S+$/.test(text),
      words.urlWrong,
    ),
    hours: optional(200, words.hoursLong),
    note: optional(500, words.noteLong),
  })
  const given = readForm(schema, ask.form)
  if (!given.ok) return given.errors
  const { label, audience, ...rest } = given.value
  if (!(rest.phone || rest.text || rest.email || rest.url)) return [{ field: 'phone', text: words.wayMissing }]
  const { phone, text, email, url, hours, note } = rest
  const orNull = (value: string) => value || null
  return {
    label,
    audience,
    phone: orNull(phone),
    text: orNull(text),
    email: orNull(email),
    url: orNull(url),
    hours: orNull(hours),
    note: orNull(note),
  }
}

const view = (
  ask: Ask,
  point: ContactPoint | undefined,
  form: Ask['form'],
  errors: readonly FieldError[] = [],
): Answer => {
  const { contact: words, audiences: names } = ask.w.partnership
  const title = point ? words.title : words.newTitle
  const field = (
    name: 'label' | 'phone' | 'text' | 'email' | 'url' | 'hours',
    more: Partial<Parameters<typeof Input>[0]> = {},
  ) => (
    <Input name={name} label={words[name]} value={typed(form, name)} errorMessage={errorFor(errors, name)} {...more} />
  )
  const body = (
    <>
      <BackLink href={ask.href('/settings/contacts')}>{ask.w.common.back}</BackLink>
      <Errors ask={ask} errors={errors} />
      <Title caption={point?.label}>{title}</Title>
      <Form ask={ask}>
        {field('label', { hint: words.labelHint })}
        <Radios
          name="audience"
          fieldset={{ legend: { text: words.audience, classes: 'govuk-fieldset__legend--s' } }}
          value={typed(form, 'audience')}
          errorMessage={errorFor(errors, 'audience')}
          items={audiences.map((value) => ({ value, text: names[value] }))}
        />
        {field('phone', { type: 'tel', classes: 'govuk-input--width-20' })}
        {field('text', { type: 'tel', classes: 'govuk-input--width-20' })}
        {field('email', { type: 'email', spellcheck: false })}
        {field('url', { type: 'url', hint: words.urlHint, spellcheck: false })}
        {field('hours', { hint: words.hoursHint })}
        <Textarea
          name="note"
          label={words.note}
          rows={3}
          value={typed(form, 'note')}
          errorMessage={errorFor(errors, 'note')}
        />
        <Button preventDoubleClick>{ask.w.common.save}</Button>
      </Form>
      {point && (
        <Form ask={ask} action={`/settings/contacts/${point.id}/remove`}>
          <h2 class="govuk-heading-m">{words.removeTitle}</h2>
          <p class="govuk-body">{words.removeText}</p>
          <Button classes="govuk-button--warning">{words.remove}</Button>
        </Form>
      )}
    </>
  )
  return { ...section(ask, '/settings/contacts', title, body), status: errors.length ? 422 : 200 }
}
