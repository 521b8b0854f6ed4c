import { z } from 'zod'
import { dateBoxes, DateBoxes, dateShown, errorFor, Input, Radios, readDate, typed } from '../../../web/index.ts'
import { choice, words } from './fields.ts'
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
