import type { Setting } from '../../../guidance/index.ts'
import { Details, Filter, fill, Input, Select, type Ask } from '../../../web/index.ts'
import { channels, frames, priorities } from '../../concern.ts'
import { filterNames, queueAddress, type FilterName } from '../../queue-filter.ts'
import type { QueueFilter } from '../../queue-order.ts'
import { counted } from '../said.tsx'

type Props = { ask: Ask; filter: QueueFilter; settings: readonly Setting[] }

/** What narrows the list, sent by GET. What is on stands outside, where one press takes it off. */
export const QueueFilters = ({ ask, filter, settings }: Props) => {
  const { queue: words, priorityShort, channels: channelNames, frames: frameNames } = ask.w.duty
  const on = filterNames.filter((name) => filter[name] !== undefined)
  const chosen = { classes: 'govuk-!-width-full' }
  const any = { value: '', text: words.any }
  const list = (name: FilterName, items: { value: string; text: string }[]) => (
    <Select name={name} label={words[name]} value={filter[name]} items={[any, ...items]} {...chosen} />
  )
  const listed = (names: Record<string, string>, values: readonly string[]) =>
    values.map((value) => ({ value, text: names[value] ?? value }))
  return (
    <div class="trellis-filters">
      {on.length > 0 && <On ask={ask} filter={filter} on={on} settings={settings} />}
      <Details
        summary={on.length ? counted(words.filtersOn, on.length) : words.filters}
        classes="trellis-filters__more"
      >
        <form method="get" action={ask.href('/queue')} role="search" aria-label={words.filters}>
          {filter.status !== 'to-decide' && <input type="hidden" name="status" value={filter.status} />}
          <Filter heading={words.filters} submit={{ text: words.apply }}>
            <div class="trellis-filters__fields">
              {list('due', [
                { value: 'late', text: words.late },
                { value: 'at-risk', text: words['at-risk'] },
              ])}
              {list('priority', listed(priorityShort, [...priorities, 'none']))}
              {list('frame', listed(frameNames, [...frames, 'not known']))}
              {list('channel', listed(channelNames, channels))}
              {list(
                'setting',
                settings.map(({ code, name }) => ({ value: code, text: name })),
              )}
              <Input name="area" label={words.area} value={filter.area} />
              <Input
                name="reference"
                label={words.reference}
                hint={words.referenceHint}
                value={filter.reference}
                autocapitalize="characters"
                spellcheck={false}
              />
            </div>
            {filter.status === 'decided' && <p class="govuk-hint">{words.newestDecided}</p>}
          </Filter>
        </form>
      </Details>
    </div>
  )
}

const On = ({ ask, filter, on, settings }: Props & { on: readonly FilterName[] }) => {
  const words = ask.w.duty.queue
  return (
    <div class="trellis-filters__on">
      <h2 class="govuk-visually-hidden">{words.selected}</h2>
      <ul class="moj-filter-tags">
        {on.map((name) => (
          <li>
            <a class="moj-filter__tag" href={ask.href(queueAddress({ ...filter, [name]: undefined, page: 1 }))}>
              <span class="govuk-visually-hidden">{words.remove}</span>{' '}
              {fill('{name}: {value}', { name: words[name], value: shown(ask, filter, name, settings) })}
            </a>
          </li>
        ))}
      </ul>
      <a class="govuk-link govuk-link--no-visited-state" href={ask.href(queueAddress({ status: filter.status }))}>
        {words.clear}
      </a>
    </div>
  )
}

const shown = (ask: Ask, filter: QueueFilter, name: FilterName, settings: readonly Setting[]): string => {
  const { queue, priorityShort, channels: channelNames, frames: frameNames } = ask.w.duty
  const value = String(filter[name])
  const names: Partial<Record<FilterName, Record<string, string>>> = {
    due: { late: queue.late, 'at-risk': queue['at-risk'] },
    priority: priorityShort,
    channel: channelNames,
    frame: frameNames,
    setting: Object.fromEntries(settings.map((setting) => [setting.code, setting.name])),
  }
  return names[name]?.[value] ?? value
}
