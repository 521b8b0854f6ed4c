import { z } from 'zod'
import { DateInput, errorFor, Input, Radios, typed, type Ask, type FieldError } from '../../../web/index.ts'
import { choice, dateBoxes, dateShown, readDate, words } from './fields.ts'
import { Heading, step } from './step.tsx'

/** When: as one would say it, on a date if it is known, and whether it still goes on. */
export const when = step({
  name: 'when',
  title: ({ said }) => said.when.title,
  schema: ({ ask, today }) =>
    z
      .strictObject({
        happened: words(ask, 2000),
        ...dateBoxes(ask, 'happened_on'),
        still_happening: choice(ask, ['yes', 'no', 'not sure']),
      })
      .transform((value, ctx) => ({
        happened: value.happened,
        happened_on: readDate(ask, value, 'happened_on', today, ctx),
        still_happening: value.still_happening,
      })),
  shown: ({ happened = '', happened_on, still_happening }): Record<string, string> => ({
    happened,
    ...dateShown('happened_on', happened_on),
    still_happening: still_happening ?? '',
  }),
  keep: (_, value) => value,
  view: ({ at: { ask, said }, form, errors }) => {
    const w = said.when
    return (
      <>
        <Heading>{w.title}</Heading>
        <Input
          name="happened"
          label={w.happened}
          hint={w.happenedHint}
          errorMessage={errorFor(errors, 'happened')}
          value={typed(form, 'happened')}
          attributes={{ dir: 'auto' }}
        />
        <DateBoxes ask={ask} name="happened_on" legend={w.date} hint={w.dateHint} form={form} errors={errors} />
        <Radios
          name="still_happening"
          classes="govuk-radios--inline"
          fieldset={{ legend: { text: w.still, classes: 'govuk-fieldset__legend--s' } }}
          errorMessage={errorFor(errors, 'still_happening')}
          value={typed(form, 'still_happening')}
          items={[
            { value: 'yes', text: ask.w.common.yes },
            { value: 'no', text: ask.w.common.no },
            { value: 'not sure', text: ask.w.common.notSure },
          ]}
        />
      </>
    )
  },
})

export const DateBoxes = (props: {
  ask: Ask
  name: string
  legend: string
  hint?: string
  form: Ask['form']
  errors: readonly FieldError[]
}) => {
  const { name, form } = props
  const { date } = props.ask.w.report
  const parts = ['day', 'month', 'year'] as const
  return (
    <DateInput
      id={name}
      namePrefix={name}
      fieldset={{ legend: { text: props.legend, classes: 'govuk-fieldset__legend--s' } }}
      hint={props.hint}
      errorMessage={errorFor(props.errors, `${name}-day`)}
      values={Object.fromEntries(parts.map((part) => [part, typed(form, `${name}-${part}`)]))}
      day={{ label: date.day }}
      month={{ label: date.month }}
      year={{ label: date.year }}
    />
  )
}
