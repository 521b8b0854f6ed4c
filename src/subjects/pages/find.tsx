import { z } from 'zod'
import { agencyNames } from '../../partnership/index.ts'
import { become, localDate, newId, record, type StaffViewer } from '../../platform/index.ts'
import { codesOf } from '../../sharing/index.ts'
import {
  BackLink,
  Button,
  dateBoxes,
  DateBoxes,
  errorFor,
  Errors,
  fill,
  Form,
  Input,
  page,
  readDate,
  readForm,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../web/index.ts'
import { noticeMassView } from '../notice-look.ts'
import { everyWay } from '../every-way.ts'
import { findPeople, most_found } from '../find-people.ts'
import type { Identity } from '../sealed.ts'
import { day } from './moment.ts'
import { PurposeFields } from './purpose.tsx'

type Results = { found: Identity[]; more: boolean }

export const findPage: Handler = (ask) => view(ask)

/** Finds under the purpose that stands in the same form. Nothing of it is in the address, and the event says no name. */
export const sendFind: Handler = async (ask) => {
  const words = ask.w.subjects.find
  const text = z.string().max(300, ask.w.subjects.new.long).default('')
  const ways = await everyWay(ask)
  const today = localDate(ask.house.now(), ask.place.zone)
  const schema = z
    .strictObject({
      purpose: z.enum(codesIn(ways, 'purpose'), ask.w.subjects.purpose.purposeMissing),
      basis: z.enum(codesIn(ways, 'basis'), ask.w.subjects.purpose.basisMissing),
      condition: z.enum(['', ...codesIn(ways, 'condition')]).default(''),
      name: text,
      postcode: text,
      phone: text,
      nhs_number: text,
      ...dateBoxes(ask, 'born_on'),
    })
    .transform((value, ctx) => ({ ...value, born_on: readDate(ask, value, 'born_on', today, ctx) }))
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, read.errors)
  const { purpose, basis, condition, name, postcode, phone, nhs_number, born_on } = read.value
  const said = { name, postcode, phone, nhs_number, born_on }
  if (!Object.values(said).some((one) => one?.trim())) return view(ask, [{ field: 'name', text: words.missing }])
  const worker = ask.viewer as StaffViewer
  const now = ask.house.now()
  const stated = { purpose, basis, condition, until: new Date(now.getTime() + 60_000) }
  await become(ask.tx, { ...worker, stated }, { now, zone: ask.place.zone })
  const results = await findPeople(ask.tx, ask.house.keys, { ...worker, stated }, said)
  await record(
    ask.tx,
    worker,
    'people searched',
    { kind: 'search', id: newId() },
    { purpose, basis, found: results.found.length },
  )
  // Whoever was shown was looked at: it stands in their own log as well.
  for (const { subject_id } of results.found) {
    const about = { kind: 'person', id: subject_id }
    const event = await record(ask.tx, worker, 'person found', about, { purpose, basis })
    if (subject_id === results.found.at(-1)?.subject_id) await noticeMassView(ask, worker, event)
  }
  return view(ask, [], results)
}

const codesIn = (
  ways: readonly { purpose: string; basis: string; condition: string }[],
  of: 'purpose' | 'basis' | 'condition',
) => [...new Set(ways.map((way) => way[of]))].filter((code) => code !== '') as [string, ...string[]]

const view = async (ask: Ask, errors: readonly FieldError[] = [], results?: Results) => {
  const words = ask.w.subjects.find
  const ways = await everyWay(ask)
  const codes = await codesOf(ask.tx, ask.place.id)
  const agencies = await agencyNames(ask.tx, results?.found.map(({ agency_id }) => agency_id) ?? [])
  const box = (name: 'name' | 'postcode' | 'phone' | 'nhs_number', label: string, classes?: string) => (
    <Input
      name={name}
      label={label}
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
        {results && <Results ask={ask} results={results} agencies={agencies} />}
        <p class="govuk-body">{words.intro}</p>
        <Form ask={ask}>
          {box('name', words.name)}
          <DateBoxes
            ask={ask}
            name="born_on"
            legend={words.born}
            hint={words.bornHint}
            form={ask.form}
            errors={errors}
          />
          {box('postcode', words.postcode, 'govuk-input--width-10')}
          {box('phone', words.phone, 'govuk-input--width-20')}
          {box('nhs_number', words.nhs, 'govuk-input--width-10')}
          <PurposeFields ask={ask} ways={ways} codes={codes} errors={errors} />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}

const Results = ({ ask, results, agencies }: { ask: Ask; results: Results; agencies: ReadonlyMap<string, string> }) => {
  const words = ask.w.subjects.find
  if (results.found.length === 0)
    return (
      <p class="govuk-inset-text" role="status">
        {words.none}
      </p>
    )
  return (
    <section aria-labelledby="found">
      <h2 class="govuk-heading-m" id="found">
        {words.results}
      </h2>
      <ul class="trellis-rows">
        {results.found.map((one) => (
          <li class="trellis-row">
            <div>
              <a class="govuk-link trellis-row__name" href={ask.href(`/people/${one.subject_id}`)} dir="auto">
                {one.name}
              </a>
              <span class="trellis-row__more">
                {one.born_on && `${words.born} ${day(ask, new Date(`${one.born_on}T12:00:00Z`))}`}
                {one.born_on && <br />}
                {fill(words.heldBy, { agency: agencies.get(one.agency_id) ?? '' })}
              </span>
            </div>
          </li>
        ))}
      </ul>
      {results.more && <p class="govuk-body">{fill(words.many, { many: most_found })}</p>}
    </section>
  )
}
