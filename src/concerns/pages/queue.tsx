import { guidanceFor } from '../../guidance/index.ts'
import { calendarOf } from '../../partnership/index.ts'
import { abreast, localDate } from '../../platform/index.ts'
import { page, SubNavigation, Title, type Ask, type Handler } from '../../web/index.ts'
import { frontDoor } from '../front-door.ts'
import { keptFrom } from '../kept-from.ts'
import { countWaiting } from '../patterns/pattern.ts'
import { queueAddress, readFilter } from '../queue-filter.ts'
import { most_counted, queueStatuses, type QueueFilter } from '../queue-order.ts'
import { queuePage } from '../queue.ts'
import { KeptFrom } from './kept-from.tsx'
import { QueueFilters } from './queue/filters.tsx'
import { QueuePages } from './queue/pages.tsx'
import { QueueItem } from './queue/item.tsx'
import { counted } from './said.tsx'

/** The list a duty worker works from all day. What is chosen lives in the address, so Back keeps it. */
export const queue: Handler = async (ask) => {
  const worker = frontDoor(ask.viewer)
  const words = ask.w.duty.queue
  const filter = readFilter(ask.query)
  const now = ask.house.now()
  const [{ rows, total }, calendar, { settings }, kept, waiting] = await abreast(
    ask.tx,
    () => queuePage(ask.tx, ask.house.keys, worker, filter, { now, today: localDate(now, ask.place.zone) }),
    () => calendarOf(ask.tx, worker.partnership),
    () => guidanceFor(ask),
    () => keptFrom(ask.tx, worker, now),
    () => countWaiting(ask.tx, worker),
  )
  const settingNames = new Map(settings.map(({ code, name }) => [code, name]))
  const { link } = ask.w.patterns
  return page({
    title: words.title,
    wide: true,
    frame: 'staff',
    script: 'queue',
    body: (
      <>
        <Title>{words.title}</Title>
        <KeptFrom ask={ask} kept={kept} />
        <p class="govuk-body trellis-network__doors trellis-screen-only">
          <a class="govuk-link govuk-link--no-visited-state" href={ask.href('/patterns')}>
            {waiting === 0 ? link.none : counted(link, waiting)}
          </a>
          <a class="govuk-link govuk-link--no-visited-state" href={ask.href('/by-area')}>
            {ask.w.byArea.link}
          </a>
        </p>
        <Lists ask={ask} filter={filter} />
        <QueueFilters ask={ask} filter={filter} settings={settings} />
        <div
          id="queue"
          class="trellis-queue"
          data-live={ask.href('/queue/live')}
          data-words={JSON.stringify(words.live)}
        >
          <p class="govuk-body trellis-queue__count">{howMany(ask, filter, total)}</p>
          {rows.length === 0 && kept.length === 0 && <Nothing ask={ask} filter={filter} />}
          <ol class="trellis-queue__list">
            {rows.map((row) => (
              <QueueItem ask={ask} row={row} calendar={calendar} settings={settingNames} />
            ))}
          </ol>
          <QueuePages ask={ask} filter={filter} total={total} />
        </div>
      </>
    ),
  })
}
const howMany = (ask: Ask, { status }: QueueFilter, total: number): string => {
  const words = ask.w.duty.queue
  return status === 'decided' && total >= most_counted ? words.countMore : counted(words.count, total)
}

const Lists = ({ ask, filter }: { ask: Ask; filter: QueueFilter }) => {
  const words = ask.w.duty.queue
  return (
    <SubNavigation
      classes="trellis-lists"
      label={words.tabs}
      items={queueStatuses.map((status) => ({
        text: words.statuses[status],
        href: ask.href(queueAddress({ ...filter, status, reference: undefined, page: 1 })),
        active: status === filter.status && !filter.reference,
      }))}
    />
  )
}

const Nothing = ({ ask, filter }: { ask: Ask; filter: QueueFilter }) => {
  const words = ask.w.duty.queue
  const plain = queueAddress(filter) === '/queue'
  return (
    <>
      <h2 class="govuk-heading-m">{words.none}</h2>
      <p class="govuk-body">{plain ? words.noneAtAll : words.noneText}</p>
    </>
  )
}
