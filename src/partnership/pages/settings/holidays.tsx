import { z } from 'zod'
import {
  Button,
  errorFor,
  Errors,
  fill,
  Form,
  Input,
  readForm,
  redirect,
  Title,
  typed,
  type Answer,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { listHolidays } from '../../directory.ts'
import { calendarOf } from '../../place.ts'
import { addHoliday, changeHours, removeHoliday } from '../../working-hours.ts'
import { dayFields, DayField, readDay, wrongDay } from '../day-field.tsx'
import { mayKeep, section, todayAt } from '../section.tsx'
import { dayInWords } from '../validity.tsx'

export const holidaysPage: Handler = (ask) => view(ask)

export const sendHours: Handler = async (ask) => {
  const words = ask.w.partnership.holidays
  const time = z
    .string(words.timeWrong)
    .trim()
    .regex(/^([01]?\d|2[0-3]):[0-5]\d$/, words.timeWrong)
    .transform((text) => text.padStart(5, '0'))
  const read = readForm(z.strictObject({ opens: time, closes: time }), ask.form)
  if (!read.ok) return view(ask, read.errors)
  if (read.value.closes <= read.value.opens) return view(ask, [{ field: 'closes', text: words.closesBefore }])
  await changeHours(ask.tx, ask.viewer, read.value)
  return redirect('/settings/holidays?done=changed')
}

export const sendHoliday: Handler = async (ask) => {
  const words = ask.w.partnership.holidays
  const schema = z.strictObject({
    ...dayFields('date'),
    name: z.string(words.nameMissing).trim().min(1, words.nameMissing).max(100, words.nameLong),
  })
  const read = readForm(schema, ask.form)
  const date = readDay(ask.form, 'date')
  const day =
    date === null ? [{ field: 'date-day', text: words.dateMissing }] : date === undefined ? [wrongDay(ask, 'date')] : []
  const errors = [...day, ...(read.ok ? [] : read.errors)]
  if (!read.ok || !date) return view(ask, errors)
  if ((await addHoliday(ask.tx, ask.viewer, { date, name: read.value.name })) === 'there already')
    return view(ask, [{ field: 'date-day', text: words.already }])
  return redirect('/settings/holidays?done=added')
}

export const sendRemoveHoliday: Handler = async (ask) => {
  const date = ask.params['date'] ?? ''
  if (z.iso.date().safeParse(date).success) await removeHoliday(ask.tx, ask.viewer, date)
  return redirect('/settings/holidays?done=removed')
}

const view = async (ask: Ask, errors: readonly FieldError[] = []): Promise<Answer> => {
  const words = ask.w.partnership.holidays
  const calendar = await calendarOf(ask.tx, ask.place.id)
  const holidays = await listHolidays(ask.tx, ask.place.id, todayAt(ask))
  const body = (
    <div class="trellis-reading">
      <Errors ask={ask} errors={errors} />
      <Title>{words.title}</Title>
      <p class="govuk-body">
        {fill(words.text, { opens: clockTime(calendar.opens), closes: clockTime(calendar.closes) })}
      </p>
      {mayKeep(ask) && (
        <Hours ask={ask} errors={errors} opens={clockTime(calendar.opens)} closes={clockTime(calendar.closes)} />
      )}
      <h2 class="govuk-heading-m">{words.listTitle}</h2>
      {holidays.length === 0 && <p class="govuk-body">{words.none}</p>}
      <ul class="trellis-rows">
        {holidays.map(({ date, name }) => (
          <li class="trellis-row">
            <div>
              {dayInWords(date)}
              <span class="trellis-row__more">{name}</span>
            </div>
            {mayKeep(ask) && (
              <Form ask={ask} action={`/settings/holidays/${date}/remove`}>
                <button class="trellis-link-button trellis-link-button--dark">
                  {ask.w.common.remove}
                  <span class="govuk-visually-hidden"> {name}</span>
                </button>
              </Form>
            )}
          </li>
        ))}
      </ul>
      {mayKeep(ask) && <Add ask={ask} errors={errors} />}
    </div>
  )
  return { ...section(ask, '/settings/holidays', words.title, body), status: errors.length ? 422 : 200 }
}

const clockTime = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

type Part = { ask: Ask; errors: readonly FieldError[] }

const Hours = ({ ask, errors, opens, closes }: Part & { opens: string; closes: string }) => {
  const words = ask.w.partnership.holidays
  const time = (name: 'opens' | 'closes', now: string) => (
    <Input
      name={name}
      label={words[name]}
      classes="govuk-input--width-5"
      inputmode="numeric"
      value={name in ask.form ? typed(ask.form, name) : now}
      errorMessage={errorFor(errors, name)}
    />
  )
  return (
    <Form ask={ask} action="/settings/hours">
      <h2 class="govuk-heading-m">{words.hoursTitle}</h2>
      <p class="govuk-hint">{words.timeHint}</p>
      <div class="trellis-side-by-side">
        {time('opens', opens)}
        {time('closes', closes)}
      </div>
      <Button preventDoubleClick>{words.hoursButton}</Button>
    </Form>
  )
}

const Add = ({ ask, errors }: Part) => {
  const words = ask.w.partnership.holidays
  return (
    <Form ask={ask} action="/settings/holidays">
      <h2 class="govuk-heading-m">{words.addTitle}</h2>
      <DayField ask={ask} name="date" legend={words.date} form={ask.form} errors={errors} />
      <Input name="name" label={words.name} value={typed(ask.form, 'name')} errorMessage={errorFor(errors, 'name')} />
      <Button preventDoubleClick>{words.button}</Button>
    </Form>
  )
}
