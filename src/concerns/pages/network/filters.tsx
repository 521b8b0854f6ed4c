import { DayField } from '../../../partnership/index.ts'
import { Checkboxes, Details, Filter, Select, type FieldError } from '../../../web/index.ts'
import { channels } from '../../concern.ts'
import { filtersOn, kindsToLeaveOut, networkAddress, stepChoices } from '../../network-options.ts'
import { counted } from '../said.tsx'
import type { Facts } from './parts.ts'

/** What narrows the network, sent by GET: it works without JavaScript, and Back keeps it. */
export const NetworkFilters = ({ facts, errors }: { facts: Facts; errors: readonly FieldError[] }) => {
  const { ask, options, id, agencies } = facts
  const words = ask.w.network.filters
  const on = filtersOn(options)
  const full = { classes: 'govuk-!-width-full' }
  return (
    <Details
      summary={on ? counted(words.on, on) : words.heading}
      open={errors.length > 0}
      classes="trellis-filters__more trellis-screen-only"
    >
      <form method="get" action={ask.href(`/network/${id}`)} role="search" aria-label={words.heading}>
        {options.open.length > 0 && <input type="hidden" name="open" value={options.open.join('.')} />}
        {options.to && <input type="hidden" name="to" value={options.to} />}
        <Filter heading={words.heading} submit={{ text: words.apply }}>
          <div class="trellis-filters__fields">
            <DayField ask={ask} name="from" legend={words.from} form={ask.query} errors={errors} />
            <DayField ask={ask} name="until" legend={words.until} form={ask.query} errors={errors} />
            <Select
              name="steps"
              label={words.steps}
              value={options.steps}
              items={stepChoices.map((value) => ({ value, text: words.stepsNames[value] }))}
              {...full}
            />
            <Select
              name="agency"
              label={words.agency}
              value={options.filter.agency}
              items={[
                { value: '', text: words.any },
                ...[...agencies].map(([value, text]) => ({ value, text })).sort((a, b) => (a.text < b.text ? -1 : 1)),
              ]}
              {...full}
            />
            <Select
              name="channel"
              label={words.channel}
              value={options.filter.channel}
              items={[
                { value: '', text: words.anyChannel },
                ...channels.map((value) => ({ value, text: ask.w.duty.channels[value] })),
              ]}
              {...full}
            />
            <Checkboxes
              name="without"
              fieldset={{ legend: { text: words.without, classes: 'govuk-fieldset__legend--s' } }}
              classes="govuk-checkboxes--small"
              items={kindsToLeaveOut.map((kind) => ({
                value: 'yes',
                name: `without-${kind}`,
                text: ask.w.network.kindsMany[kind],
                checked: options.filter.without.includes(kind),
              }))}
            />
            <Checkboxes
              name="also"
              fieldset={{ legend: { text: words.also, classes: 'govuk-fieldset__legend--s' } }}
              classes="govuk-checkboxes--small"
              items={[
                { value: 'yes', name: 'all', text: words.all, checked: options.all },
                { value: 'yes', name: 'agencies', text: words.agencies, checked: options.agencies },
              ]}
            />
          </div>
        </Filter>
        {on > 0 && (
          <p class="govuk-body">
            <a class="govuk-link govuk-link--no-visited-state" href={ask.href(networkAddress(id))}>
              {words.clear}
            </a>
          </p>
        )}
      </form>
    </Details>
  )
}
