import { z } from 'zod'
import { NotFound, record as write } from '../../../platform/index.ts'
import { addEntry, identitySchema, openPerson, readNhsNumber, subjectFacts } from '../../../subjects/index.ts'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  fill,
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
} from '../../../web/index.ts'
import { frontDoor } from '../../front-door.ts'
import { openedConcern, type Opened } from '../../opened.ts'

/** Opens the record of somebody whom a concern names: who they are as it says, and what it tells as the first entry. */
const show: Handler = async (ask) =>
  view(ask, await openedConcern(ask.tx, ask.house.keys, frontDoor(ask.viewer), ask.params['id']!))

const send: Handler = async (ask) => {
  const worker = frontDoor(ask.viewer)
  const { concern, people } = await openedConcern(ask.tx, ask.house.keys, worker, ask.params['id']!)
  const words = ask.w.duty.record
  const schema = z.strictObject({
    person: z.string(words.personMissing).min(1, words.personMissing),
    contact: z.string(words.contactMissing).trim().min(1, words.contactMissing).max(200, words.contactLong),
  })
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, { concern, people }, read.errors)
  const person = people.find(({ id }) => id === read.value.person)
  if (!person) throw new NotFound()
  const at = ask.house.now()
  const { keys } = ask.house
  const id = await openPerson(ask.tx, keys, worker, whoIs(person), { as: 'triage', contact: read.value.contact, at })
  const subject = (await subjectFacts(ask.tx, worker.partnership, id))!
  const entry = {
    kind: 'what happened',
    happened_at: concern.received_at,
    words: concern.worry,
    data_class: 'D4',
    handling: 0,
    source: fill(ask.w.duty.concern.title, { reference: concern.reference }),
  } as const
  await addEntry(ask.tx, keys, worker, subject, entry, { at, about: { kind: 'concern', id: concern.id } })
  await write(ask.tx, worker, 'record opened from concern', { kind: 'concern', id: concern.id }, { subject: id })
  return redirect(`/people/${id}`)
}

export const record = { show, send }

type Person = Opened['people'][number]

/** What was said of somebody, as the record of a person takes it. */
const whoIs = (person: Person) =>
  identitySchema.parse({
    name: nameOf(person).slice(0, 300),
    known_as: person.name ? person.nickname.slice(0, 300) : '',
    born_on: person.born_on,
    address: person.address.slice(0, 1000),
    postcode: person.postcode ?? '',
    phone: person.phone.slice(0, 60),
    nhs_number: readNhsNumber(person.nhs_number ?? '') ?? '',
    other_reference: person.other_reference.slice(0, 100),
  })

const nameOf = ({ name, nickname }: Pick<Person, 'name' | 'nickname'>): string => name.trim() || nickname.trim()

const view = (
  ask: Ask,
  { concern, people }: Pick<Opened, 'concern' | 'people'>,
  errors: readonly FieldError[] = [],
) => {
  const words = ask.w.duty.record
  const named = people.filter((person) => nameOf(person) !== '')
  return page({
    title: words.title,
    status: errors.length > 0 ? 422 : 200,
    frame: 'staff',
    body: (
      <>
        <BackLink href={ask.href(`/concerns/${concern.id}`)}>{ask.w.common.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title caption={concern.reference}>{words.title}</Title>
        {named.length === 0 ? (
          <p class="govuk-body">{words.nobody}</p>
        ) : (
          <>
            <p class="govuk-body">
              {words.lead}{' '}
              <a class="govuk-link" href={ask.href('/people/find')}>
                {words.find}
              </a>
            </p>
            <Form ask={ask} once>
              <Radios
                name="person"
                fieldset={{ legend: { text: words.person, classes: 'govuk-fieldset__legend--s' } }}
                items={named.map((person) => ({ value: person.id, text: <bdi>{nameOf(person)}</bdi> }))}
                value={named.length === 1 ? named[0]!.id : typed(ask.form, 'person')}
                errorMessage={errorFor(errors, 'person')}
              />
              <Input
                name="contact"
                label={{ text: words.contact, classes: 'govuk-label--s' }}
                hint={words.contactHint}
                value={typed(ask.form, 'contact')}
                errorMessage={errorFor(errors, 'contact')}
                autocomplete="off"
              />
              <Button preventDoubleClick>{words.button}</Button>
            </Form>
          </>
        )}
      </>
    ),
  })
}
