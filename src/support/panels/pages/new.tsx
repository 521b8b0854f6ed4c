import { z } from 'zod'
import { listBodies, seatsIn } from '../../../partnership/index.ts'
import { instant, localDate, type StaffViewer } from '../../../platform/index.ts'
import { codesOf } from '../../../sharing/index.ts'
import { everyWay, PurposeFields } from '../../../subjects/index.ts'
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
  needDate,
  page,
  Radios,
  readForm,
  redirect,
  Select,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { callSitting } from '../call-sitting.ts'
import { sittingKinds } from '../sitting.ts'

const most = 300

export const newSittingPage: Handler = (ask) => view(ask)

/** Plans one sitting of a panel, for a purpose of the agreement. */
export const sendNewSitting: Handler = async (ask) => {
  const words = ask.w.panels.new
  const { purpose: asked } = ask.w.subjects
  const time = z
    .string(words.timeWrong)
    .trim()
    .regex(/^([01]?\d|2[0-3])[:.][0-5]\d$/, words.timeWrong)
    .transform(minutesOf)
  const bodies = await ownPanels(ask)
  const today = localDate(ask.house.now(), ask.place.zone)
  const schema = z
    .strictObject({
      kind: z.enum(sittingKinds, words.kindMissing),
      body: z.string().default(''),
      ...dateBoxes(ask, 'on'),
      from: time,
      to: time,
      place: z.string(words.placeMissing).trim().min(1, words.placeMissing).max(most, fill(words.long, { most })),
      purpose: z.string(asked.purposeMissing).min(1, asked.purposeMissing),
      basis: z.string(asked.basisMissing).min(1, asked.basisMissing),
      condition: z.string().default(''),
    })
    .transform((value, ctx) => {
      const latest = `${Number(today.slice(0, 4)) + 2}${today.slice(4, 8)}28`
      const on = needDate(ask, value, 'on', { today: latest, missing: words.dayMissing, ctx })
      if (value.to <= value.from) ctx.addIssue({ code: 'custom', message: words.before, path: ['to'] })
      return { ...value, on }
    })
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, read.errors)
  const { kind, body, purpose, basis, condition, place, on, from, to } = read.value
  const ways = await everyWay(ask)
  const fits = ways.some((way) => way.purpose === purpose && way.basis === basis && way.condition === condition)
  if (!fits) return view(ask, [{ field: 'basis', text: asked.notTogether }])
  const { zone } = ask.place
  const calling = {
    kind,
    body: bodies.find(({ id }) => id === body)?.id ?? null,
    ...{ purpose, basis, condition, place },
    starts_at: instant(on, from, zone),
    ends_at: instant(on, to, zone),
  }
  const id = await callSitting(ask.tx, ask.viewer as StaffViewer, calling, { at: ask.house.now(), zone })
  return redirect(`/meetings/${id}`)
}

const minutesOf = (time: string): number => {
  const [hours, minutes] = time.split(/[:.]/).map(Number) as [number, number]
  return hours * 60 + minutes
}

/** The standing panels on which the viewer's agency has a seat today. */
const ownPanels = async (ask: Ask): Promise<{ id: string; name: string }[]> => {
  const { partnership, agency } = ask.viewer as StaffViewer
  const today = localDate(ask.house.now(), ask.place.zone)
  const panels = (await listBodies(ask.tx, partnership, today)).filter(
    ({ kind }) => kind === 'panel' || kind === 'team',
  )
  const own: { id: string; name: string }[] = []
  for (const { id, name } of panels)
    if ((await seatsIn(ask.tx, partnership, id, today)).some(({ agency_id }) => agency_id === agency))
      own.push({ id, name })
  return own
}

const view = async (ask: Ask, errors: readonly FieldError[] = []) => {
  const words = ask.w.panels.new
  const codes = await codesOf(ask.tx, ask.place.id)
  const bodies = await ownPanels(ask)
  const time = (name: 'from' | 'to') => (
    <Input
      name={name}
      label={words[name]}
      hint={name === 'from' ? words.timeHint : undefined}
      classes="govuk-input--width-5"
      value={typed(ask.form, name)}
      errorMessage={errorFor(errors, name)}
    />
  )
  return page({
    title: words.title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    body: (
      <>
        <BackLink href={ask.href('/meetings')}>{ask.w.panels.one.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{words.title}</Title>
        <Form ask={ask} once>
          <Radios
            name="kind"
            fieldset={{ legend: { text: words.kind, classes: 'govuk-fieldset__legend--m' } }}
            value={typed(ask.form, 'kind')}
            errorMessage={errorFor(errors, 'kind')}
            items={sittingKinds.map((value) => ({ value, text: ask.w.panels.kinds[value] }))}
          />
          <Select
            name="body"
            label={words.body}
            hint={words.bodyHint}
            value={typed(ask.form, 'body')}
            items={[{ value: '', text: words.bodyNone }, ...bodies.map(({ id, name }) => ({ value: id, text: name }))]}
          />
          <DateBoxes ask={ask} name="on" legend={words.on} form={ask.form} errors={errors} />
          {time('from')}
          {time('to')}
          <Input
            name="place"
            label={words.place}
            hint={words.placeHint}
            value={typed(ask.form, 'place')}
            errorMessage={errorFor(errors, 'place')}
          />
          <PurposeFields ask={ask} ways={await everyWay(ask)} codes={codes} errors={errors} />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}
