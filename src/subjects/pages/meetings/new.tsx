import { z } from 'zod'
import { instant } from '../../../platform/index.ts'
import { codesOf, waysTo } from '../../../sharing/index.ts'
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
  keptPage,
  page,
  Radios,
  needDate,
  readForm,
  redirect,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { aboutPerson, enter, type Through } from '../../gate.ts'
import { callMeeting } from '../../meetings/call.ts'
import { meetingKinds } from '../../meetings/meeting.ts'
import { frameOn } from '../../subject.ts'
import { PurposeFields } from '../purpose.tsx'

const most = 300

export const newMeetingPage: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  // A meeting is for what the viewer is here for, unless they say otherwise.
  return at.kind === 'answer' ? at.answer : view({ ...ask, form: { ...stated(at), ...ask.form } }, at)
}

export const sendNewMeeting: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return keptPage(ask, 409, ask.w.subjects.add.ended)
  const words = ask.w.subjects.meetings.new
  const { purpose: asked } = ask.w.subjects
  const schema = z
    .strictObject({
      kind: z.enum(meetingKinds, words.kindMissing),
      ...dateBoxes(ask, 'on'),
      time: z
        .string(words.timeWrong)
        .trim()
        .regex(/^([01]?\d|2[0-3])[:.][0-5]\d$/, words.timeWrong),
      place: z.string(words.placeMissing).trim().min(1, words.placeMissing).max(most, fill(words.long, { most })),
      purpose: z.string(asked.purposeMissing).min(1, asked.purposeMissing),
      basis: z.string(asked.basisMissing).min(1, asked.basisMissing),
      condition: z.string().default(''),
      handling: z.enum(['0', '1'], words.handlingMissing),
    })
    .transform((value, ctx) => {
      const on = needDate(ask, value, 'on', { today: inTwoYears(at.today), missing: words.dayMissing, ctx })
      if (value.handling === '1' && at.ties.closeness < 2)
        ctx.addIssue({ code: 'custom', message: words.notInCircle, path: ['handling'] })
      return { ...value, on }
    })
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, at, read.errors)
  const { kind, purpose, basis, condition, place, handling, on, time } = read.value
  const fits = waysOf(at).some((way) => way.purpose === purpose && way.basis === basis && way.condition === condition)
  if (!fits) return view(ask, at, [{ field: 'basis', text: asked.notTogether }])
  const [hours, minutes] = time.split(/[:.]/).map(Number) as [number, number]
  const meeting = await callMeeting(
    ask.tx,
    ask.house.keys,
    at.worker,
    at.subject,
    {
      kind,
      purpose,
      basis,
      condition,
      place,
      handling: handling === '1' ? 1 : 0,
      starts_at: instant(on, hours * 60 + minutes, ask.place.zone),
    },
    at.now,
  )
  return redirect(`/people/${at.subject.id}/meetings/${meeting}?done=called`)
}

const inTwoYears = (today: string): string => `${Number(today.slice(0, 4)) + 2}${today.slice(4, 8)}28`

const stated = ({ worker }: Through): Record<string, string> => {
  const { purpose, basis, condition } = worker.stated
  return { purpose, basis, condition }
}

/** What a meeting could be for: what would let the viewer themself see who it is about. */
const waysOf = ({ register, worker, subject, ties, today, now }: Through) =>
  waysTo(
    register,
    worker,
    {
      supplier: subject.supplier,
      dataClass: 'D3',
      age: frameOn(subject.adult_from, today),
      handling: subject.handling,
    },
    ties,
    now,
  ).open

const view = async (ask: Ask, at: Through, errors: readonly FieldError[] = []) => {
  const words = ask.w.subjects.meetings.new
  const codes = await codesOf(ask.tx, ask.place.id)
  return page({
    title: words.title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    about: aboutPerson(at),
    body: (
      <>
        <BackLink href={ask.href(`/people/${at.subject.id}/meetings`)}>{ask.w.subjects.meetings.one.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{words.title}</Title>
        <Form ask={ask} once>
          <Radios
            name="kind"
            fieldset={{ legend: { text: words.kind, classes: 'govuk-fieldset__legend--m' } }}
            errorMessage={errorFor(errors, 'kind')}
            value={typed(ask.form, 'kind')}
            items={meetingKinds.map((value) => ({ value, text: ask.w.subjects.meetings.kinds[value] }))}
          />
          <DateBoxes ask={ask} name="on" legend={words.on} form={ask.form} errors={errors} />
          <Input
            name="time"
            label={words.time}
            hint={words.timeHint}
            classes="govuk-input--width-5"
            value={typed(ask.form, 'time')}
            errorMessage={errorFor(errors, 'time')}
          />
          <Input
            name="place"
            label={words.place}
            hint={words.placeHint}
            value={typed(ask.form, 'place')}
            errorMessage={errorFor(errors, 'place')}
          />
          <PurposeFields ask={ask} ways={waysOf(at)} codes={codes} errors={errors} />
          <Radios
            name="handling"
            fieldset={{ legend: { text: words.handling, classes: 'govuk-fieldset__legend--m' } }}
            errorMessage={errorFor(errors, 'handling')}
            value={typed(ask.form, 'handling')}
            items={(['0', '1'] as const).map((value) => ({ value, text: words.handlings[value] }))}
          />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}
