import { z } from 'zod'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  Form,
  Radios,
  readForm,
  Select,
  Textarea,
  ticked,
  Title,
  typed,
  type Ask,
  type FieldError,
} from '../../web/index.ts'
import type { Named, Validity } from '../directory.ts'
import type { Ending } from '../ending.ts'
import { dayFields, DayField, dayParts, readDay, wrongDay } from './day-field.tsx'

/** How long an agency or an area is there and who follows it: one form for both. */

const stands = ['goes on', 'planned', 'ended'] as const

/** The ending that was typed, or what is wrong with it. */
export const readEnding = (ask: Ask, candidates: readonly Named[], validFrom: string | null): Ending | FieldError[] => {
  const words = ask.w.partnership.ending
  const schema = z.strictObject({
    stands: z.enum(stands, words.standsMissing),
    ...dayFields('planned'),
    ...dayFields('last'),
    successor: z.preprocess(
      (value) => [value ?? []].flat().filter((one) => one !== ''),
      z.array(z.string().refine((id) => candidates.some((one) => one.id === id), words.successorUnknown)),
    ),
    note: z.string().trim().max(500, words.noteLong).default(''),
  })
  const given = readForm(schema, ask.form)
  if (!given.ok) return given.errors
  const { successor, note } = given.value
  const field = given.value.stands === 'ended' ? 'last' : 'planned'
  if (given.value.stands === 'goes on') return { validTo: null, plannedEnd: null, successors: [], note: note || null }
  const day = readDay(ask.form, field)
  if (day === undefined) return [wrongDay(ask, field)]
  if (day === null) return [{ field: `${field}-day`, text: words.dayMissing }]
  if (validFrom && day < validFrom) return [{ field: `${field}-day`, text: words.dayBefore }]
  const ended = field === 'last'
  return { validTo: ended ? day : null, plannedEnd: ended ? null : day, successors: successor, note: note || null }
}

export const endingAsForm = (item: Validity & { successors: readonly Named[] }): Ask['form'] => ({
  stands: item.valid_to ? 'ended' : item.planned_end ? 'planned' : 'goes on',
  ...dayParts('last', item.valid_to),
  ...dayParts('planned', item.planned_end),
  successor: item.successors.map(({ id }) => id),
  note: item.succession_note ?? '',
})

type ViewProps = {
  ask: Ask
  name: string
  back: string
  candidates: readonly Named[]
  form: Ask['form']
  errors: readonly FieldError[]
  seats?: boolean
}

export const EndingForm = ({ ask, name, back, candidates, form, errors, seats }: ViewProps) => {
  const words = ask.w.partnership.ending
  const chosen = ticked(form, 'successor').filter(Boolean)
  const items = [
    { value: '', text: words.successorNone },
    ...candidates.map(({ id, name: text }) => ({ value: id, text })),
  ]
  const day = (field: 'planned' | 'last', legend: string) => (
    <DayField ask={ask} name={field} legend={legend} form={form} errors={errors} />
  )
  return (
    <>
      <BackLink href={ask.href(back)}>{ask.w.common.back}</BackLink>
      <Errors ask={ask} errors={errors} />
      <Title caption={name}>{words.title}</Title>
      <Form ask={ask}>
        <Radios
          name="stands"
          fieldset={{ legend: { text: words.stands, classes: 'govuk-fieldset__legend--m' } }}
          value={typed(form, 'stands')}
          errorMessage={errorFor(errors, 'stands')}
          items={[
            { value: 'goes on', text: words.goesOn },
            { value: 'planned', text: words.planned, conditional: day('planned', words.plannedDay) },
            {
              value: 'ended',
              text: words.ended,
              hint: seats ? words.seats : undefined,
              conditional: day('last', words.lastDay),
            },
          ]}
        />
        <h2 class="govuk-heading-m">{words.successors}</h2>
        <p class="govuk-body">{words.successorsText}</p>
        {/* Two councils may follow one: a place more than there are. */}
        {Array.from({ length: Math.max(2, chosen.length + 1) }, (_, i) => (
          <Select
            name="successor"
            id={i === 0 ? 'successor' : `successor-${i + 1}`}
            label={i === 0 ? words.successor : words.successorAlso}
            value={chosen[i] ?? ''}
            items={items}
            errorMessage={i === 0 ? errorFor(errors, 'successor') : undefined}
          />
        ))}
        <Textarea
          name="note"
          label={words.note}
          hint={words.noteHint}
          rows={3}
          value={typed(form, 'note')}
          errorMessage={errorFor(errors, 'note')}
        />
        <Button preventDoubleClick>{ask.w.common.save}</Button>
      </Form>
    </>
  )
}
