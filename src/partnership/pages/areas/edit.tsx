import { z } from 'zod'
import { NotFound } from '../../../platform/index.ts'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  Form,
  Input,
  readForm,
  redirect,
  Select,
  Title,
  typed,
  type Answer,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { addArea, areaKinds, changeArea, type AreaFacts } from '../../area.ts'
import { listAreas, type ListedArea } from '../../directory.ts'
import { dayFields, DayField, dayParts, readDay, wrongDay } from '../day-field.tsx'
import { section } from '../section.tsx'

export const newAreaPage: Handler = async (ask) => view(ask, undefined, await listAreas(ask.tx, ask.place.id), {})

export const sendNewArea: Handler = async (ask) => {
  const areas = await listAreas(ask.tx, ask.place.id)
  const facts = read(ask, areas)
  if (Array.isArray(facts)) return view(ask, undefined, areas, ask.form, facts)
  if ((await addArea(ask.tx, ask.viewer, facts)) === 'code taken')
    return view(ask, undefined, areas, ask.form, [{ field: 'gss', text: ask.w.partnership.area.gssTaken }])
  return redirect('/areas?done=added')
}

export const editAreaPage: Handler = async (ask) => {
  const areas = await listAreas(ask.tx, ask.place.id)
  const area = among(ask, areas)
  const form = {
    name: area.name,
    gss: area.gss,
    kind: area.kind,
    parent: area.parent_id ?? '',
    ...dayParts('from', area.valid_from),
  }
  return view(ask, area, areas, form)
}

export const sendEditArea: Handler = async (ask) => {
  const areas = await listAreas(ask.tx, ask.place.id)
  const area = among(ask, areas)
  const facts = read(ask, areas)
  if (Array.isArray(facts)) return view(ask, area, areas, ask.form, facts)
  const { gssTaken, parentInside } = ask.w.partnership.area
  const outcome = await changeArea(ask.tx, ask.viewer, area.id, facts)
  if (outcome === 'code taken') return view(ask, area, areas, ask.form, [{ field: 'gss', text: gssTaken }])
  if (outcome === 'inside itself') return view(ask, area, areas, ask.form, [{ field: 'parent', text: parentInside }])
  return redirect('/areas?done=changed')
}

export const among = (ask: Ask, areas: readonly ListedArea[]): ListedArea => {
  const area = areas.find(({ id }) => id === ask.params['area'])
  if (!area) throw new NotFound()
  return area
}

const read = (ask: Ask, areas: readonly ListedArea[]): AreaFacts | FieldError[] => {
  const words = ask.w.partnership.area
  const schema = z.strictObject({
    name: z.string(words.nameMissing).trim().min(1, words.nameMissing).max(200, words.nameLong),
    gss: z
      .string(words.gssMissing)
      .trim()
      .toUpperCase()
      .regex(/^[ENSWK]\d{8}$/, words.gssMissing),
    kind: z.enum(areaKinds, words.kindMissing),
    parent: z
      .string()
      .refine((id) => id === '' || areas.some((area) => area.id === id), words.parentUnknown)
      .default(''),
    ...dayFields('from'),
  })
  const given = readForm(schema, ask.form)
  const validFrom = readDay(ask.form, 'from')
  const errors = [...(given.ok ? [] : given.errors), ...(validFrom === undefined ? [wrongDay(ask, 'from')] : [])]
  if (!given.ok || validFrom === undefined) return errors
  const { name, gss, kind, parent } = given.value
  return { name, gss, kind, parent: parent || null, validFrom }
}

const view = (
  ask: Ask,
  area: ListedArea | undefined,
  areas: readonly ListedArea[],
  form: Ask['form'],
  errors: readonly FieldError[] = [],
): Answer => {
  const { area: words, areaKinds: names } = ask.w.partnership
  const title = area ? words.title : words.newTitle
  const parents = areas.filter(({ id, kind }) => id !== area?.id && kind !== 'ward')
  const body = (
    <>
      <BackLink href={ask.href('/areas')}>{ask.w.common.back}</BackLink>
      <Errors ask={ask} errors={errors} />
      <Title caption={area?.name}>{title}</Title>
      <Form ask={ask}>
        <Input name="name" label={words.name} value={typed(form, 'name')} errorMessage={errorFor(errors, 'name')} />
        <Input
          name="gss"
          label={words.gss}
          hint={words.gssHint}
          classes="govuk-input--width-10"
          spellcheck={false}
          value={typed(form, 'gss')}
          errorMessage={errorFor(errors, 'gss')}
        />
        <Select
          name="kind"
          label={words.kind}
          value={typed(form, 'kind')}
          errorMessage={errorFor(errors, 'kind')}
          items={[{ value: '', text: words.choose }, ...areaKinds.map((value) => ({ value, text: names[value] }))]}
        />
        <Select
          name="parent"
          label={words.parent}
          value={typed(form, 'parent')}
          errorMessage={errorFor(errors, 'parent')}
          items={[{ value: '', text: words.parentNone }, ...parents.map(({ id, name }) => ({ value: id, text: name }))]}
        />
        <DayField ask={ask} name="from" legend={words.from} form={form} errors={errors} />
        <Button preventDoubleClick>{ask.w.common.save}</Button>
      </Form>
    </>
  )
  return { ...section(ask, '/areas', title, body), status: errors.length ? 422 : 200 }
}
