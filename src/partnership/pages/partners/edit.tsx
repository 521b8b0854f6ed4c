import { z } from 'zod'
import { localDate } from '../../../platform/index.ts'
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
  Select,
  ticked,
  Title,
  typed,
  type Answer,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { addAgency, changeAgency, sectors, type AgencyFacts } from '../../agency.ts'
import { listAreas, showAgency, type Named, type ShownAgency } from '../../directory.ts'
import { agencies } from '../../queries.ts'
import { agencyKinds } from '../../shipped.ts'
import { dayFields, DayField, dayParts, readDay, wrongDay } from '../day-field.tsx'
import { kindInWords } from '../partners.tsx'
import { section, todayAt } from '../section.tsx'

type Offered = { kinds: string[]; agencies: Named[]; areas: Named[] }

export const newPartnerPage: Handler = async (ask) => view(ask, undefined, await offered(ask), {})

export const sendNewPartner: Handler = async (ask) => {
  const choices = await offered(ask)
  const facts = read(ask, choices)
  if (Array.isArray(facts)) return view(ask, undefined, choices, ask.form, facts)
  return redirect(`/partners/${await addAgency(ask.tx, ask.viewer, facts)}?done=added`)
}

export const editPartnerPage: Handler = async (ask) => {
  const agency = await wanted(ask)
  return view(ask, agency, await offered(ask, agency), asForm(agency))
}

export const sendEditPartner: Handler = async (ask) => {
  const agency = await wanted(ask)
  const choices = await offered(ask, agency)
  const facts = read(ask, choices)
  if (Array.isArray(facts)) return view(ask, agency, choices, ask.form, facts)
  if ((await changeAgency(ask.tx, ask.viewer, agency.id, facts)) === 'inside itself')
    return view(ask, agency, choices, ask.form, [{ field: 'parent', text: ask.w.partnership.edit.parentInside }])
  return redirect(`/partners/${agency.id}?done=changed`)
}

const wanted = (ask: Ask): Promise<ShownAgency> =>
  showAgency(ask.tx, ask.place.id, ask.params['agency'] ?? '', todayAt(ask))

const offered = async (ask: Ask, agency?: ShownAgency): Promise<Offered> => {
  const known = [...agencyKinds().keys()]
  const on = localDate(ask.house.now(), ask.place.zone)
  return {
    kinds: agency && !known.includes(agency.kind) ? [...known, agency.kind] : known,
    agencies: (await agencies(ask.tx, ask.place.id, { on })).filter(({ id }) => id !== agency?.id),
    areas: (await listAreas(ask.tx, ask.place.id)).filter(
      ({ id, kind }) => kind !== 'ward' || agency?.areas.some((area) => area.id === id),
    ),
  }
}

const read = (ask: Ask, choices: Offered): AgencyFacts | FieldError[] => {
  const words = ask.w.partnership.edit
  const oneOf = (values: readonly string[], message: string) =>
    z.string(message).refine((value) => values.includes(value), message)
  const schema = z.strictObject({
    name: z.string(words.nameMissing).trim().min(1, words.nameMissing).max(200, words.nameLong),
    kind: oneOf(choices.kinds, words.kindMissing),
    sector: z.enum(sectors, words.sectorMissing),
    role: z.string().trim().max(100, words.roleLong).default(''),
    parent: oneOf(['', ...choices.agencies.map(({ id }) => id)], words.parentUnknown).default(''),
    ...dayFields('from'),
    areas: z.preprocess(
      (value) => [value ?? []].flat(),
      z.array(
        oneOf(
          choices.areas.map(({ id }) => id),
          words.areaUnknown,
        ),
      ),
    ),
  })
  const given = readForm(schema, ask.form)
  const validFrom = readDay(ask.form, 'from')
  const errors = [...(given.ok ? [] : given.errors), ...(validFrom === undefined ? [wrongDay(ask, 'from')] : [])]
  if (!given.ok || validFrom === undefined) return errors
  const { name, kind, sector, role, parent, areas } = given.value
  return { name, kind, sector, statutoryRole: role || null, parent: parent || null, validFrom, areas }
}

const asForm = (agency: ShownAgency): Ask['form'] => ({
  name: agency.name,
  kind: agency.kind,
  sector: agency.sector,
  role: agency.statutory_role ?? '',
  parent: agency.parent?.id ?? '',
  ...dayParts('from', agency.valid_from),
  areas: agency.areas.map(({ id }) => id),
})

const view = (
  ask: Ask,
  agency: ShownAgency | undefined,
  choices: Offered,
  form: Ask['form'],
  errors: readonly FieldError[] = [],
): Answer => {
  const words = ask.w.partnership.edit
  const title = agency ? words.title : words.newTitle
  const body = (
    <>
      <BackLink href={ask.href(agency ? `/partners/${agency.id}` : '/partners')}>{ask.w.common.back}</BackLink>
      <Errors ask={ask} errors={errors} />
      <Title caption={agency?.name}>{title}</Title>
      <Form ask={ask}>
        <Fields ask={ask} choices={choices} form={form} errors={errors} />
        <Button preventDoubleClick>{ask.w.common.save}</Button>
      </Form>
    </>
  )
  return { ...section(ask, '/partners', title, body), status: errors.length ? 422 : 200 }
}

type FieldsProps = { ask: Ask; choices: Offered; form: Ask['form']; errors: readonly FieldError[] }

const Fields = ({ ask, choices, form, errors }: FieldsProps) => {
  const { edit: words, sectors: names } = ask.w.partnership
  const small = 'govuk-fieldset__legend--s'
  return (
    <>
      <Input name="name" label={words.name} value={typed(form, 'name')} errorMessage={errorFor(errors, 'name')} />
      <Select
        name="kind"
        label={words.kind}
        value={typed(form, 'kind')}
        errorMessage={errorFor(errors, 'kind')}
        items={[
          { value: '', text: words.choose },
          ...choices.kinds.map((value) => ({ value, text: kindInWords(value) })),
        ]}
      />
      <Radios
        name="sector"
        fieldset={{ legend: { text: words.sector, classes: small } }}
        value={typed(form, 'sector')}
        errorMessage={errorFor(errors, 'sector')}
        items={sectors.map((value) => ({ value, text: names[value] }))}
      />
      <Input
        name="role"
        label={words.role}
        hint={words.roleHint}
        value={typed(form, 'role')}
        errorMessage={errorFor(errors, 'role')}
      />
      <Select
        name="parent"
        label={words.parent}
        hint={words.parentHint}
        value={typed(form, 'parent')}
        errorMessage={errorFor(errors, 'parent')}
        items={[
          { value: '', text: words.parentNone },
          ...choices.agencies.map(({ id, name }) => ({ value: id, text: name })),
        ]}
      />
      <DayField ask={ask} name="from" legend={words.from} form={form} errors={errors} />
      <Checkboxes
        name="areas"
        classes="govuk-checkboxes--small"
        fieldset={{ legend: { text: words.areas, classes: small } }}
        values={ticked(form, 'areas')}
        errorMessage={errorFor(errors, 'areas')}
        items={choices.areas.map(({ id, name }) => ({ value: id, text: name }))}
      />
    </>
  )
}
