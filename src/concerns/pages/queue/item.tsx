import type { WorkingCalendar } from '../../../platform/index.ts'
import { Button, fill, Form, type Ask } from '../../../web/index.ts'
import { routeLabel } from '../../decision.ts'
import { many_shared, type QueueRow } from '../../queue.ts'
import { ClockLine, ClockTag } from '../clock-line.tsx'
import { counted, PriorityTag, soon } from '../said.tsx'

type Settings = Map<string, string>
type Props = { ask: Ask; row: QueueRow; calendar: WorkingCalendar; settings: Settings }

const most_extract = 120

/** One concern in the list: enough to choose it by, and nothing that needs opening it to be understood. */
export const QueueItem = ({ ask, row, calendar, settings }: Props) => (
  <li class={`trellis-item trellis-item--${row.level ?? 'none'}`} data-id={row.id}>
    <div class="trellis-item__what">
      <h2 class="trellis-item__title">
        <a class="govuk-link govuk-link--no-visited-state" href={ask.href(`/concerns/${row.id}`)}>
          {row.reference}
        </a>{' '}
        <span class="trellis-item__frame">{about(ask, row, settings)}</span>
      </h2>
      <p class="trellis-item__extract trellis-words">{short(row.extract)}</p>
      <Flags ask={ask} row={row} />
    </div>
    <div class="trellis-item__clock">
      <p>
        <PriorityTag ask={ask} level={row.level} short />
        {row.due_at && row.started_at && row.at_risk_at && <ClockTag ask={ask} run={running(row)} />}
      </p>
      <p class="trellis-item__wait">
        <Wait ask={ask} row={row} calendar={calendar} />
      </p>
    </div>
    <div class="trellis-item__who">
      <Who ask={ask} row={row} />
    </div>
  </li>
)

const about = (ask: Ask, row: QueueRow, settings: Settings): string =>
  [
    ask.w.duty.frames[row.frame],
    ask.w.duty.channels[row.channel],
    row.setting && (settings.get(row.setting) ?? row.setting),
    row.place || row.postcode,
  ]
    .filter(Boolean)
    .join(' · ')

/** The first words, cut between two of them. */
const short = (words: string): string => {
  const line = words.replace(/\s+/g, ' ').trim()
  if (line.length <= most_extract) return line
  const cut = line.slice(0, most_extract + 1)
  const end = cut.lastIndexOf(' ')
  return `${cut.slice(0, end > 60 ? end : most_extract).toWellFormed()}…`
}

const Flags = ({ ask, row }: { ask: Ask; row: QueueRow }) => {
  const { flags } = ask.w.duty.queue
  const said = [
    row.danger_now && { text: flags.danger, loud: true },
    row.unheard && { text: flags.unheard, loud: true },
    row.fresh && { text: flags.fresh, loud: true },
    row.asked_reporter && { text: flags.asked },
    row.checks_asked > 0 && { text: fill(flags.checks, { answered: row.checks_answered, asked: row.checks_asked }) },
    row.shared > 0 && { text: row.shared >= many_shared ? flags.sharedMany : counted(flags.shared, row.shared) },
  ].filter((one) => one !== false)
  if (said.length === 0) return null
  return (
    <ul class="trellis-flags">
      {said.map(({ text, loud }) => (
        <li class={loud ? 'trellis-flag trellis-flag--loud' : 'trellis-flag'}>{text}</li>
      ))}
    </ul>
  )
}

const running = (row: QueueRow) => ({
  started_at: row.started_at!,
  at_risk_at: row.at_risk_at!,
  due_at: row.due_at!,
  paused_from: row.paused_from,
  paused_to: row.paused_to,
  unit: row.clock_unit,
  amount: row.clock_amount,
})

const Wait = ({ ask, row, calendar }: Omit<Props, 'settings'>) => {
  const { queue } = ask.w.duty
  if (row.route && row.decided_at)
    return <>{fill(queue.decidedAs, { route: routeLabel(row.route), when: soon(ask, row.decided_at) })}</>
  if (row.due_at && row.started_at && row.at_risk_at)
    return <ClockLine ask={ask} run={running(row)} calendar={calendar} />
  return <>{fill(queue.received, { when: soon(ask, row.received_at) })}</>
}

const Who = ({ ask, row }: Pick<Props, 'ask' | 'row'>) => {
  const { queue, someone } = ask.w.duty
  if (row.holder) {
    const mine = ask.viewer.kind === 'staff' && ask.viewer.staff === row.holder
    return <p>{mine ? <strong>{queue.withYou}</strong> : fill(queue.with, { name: row.holder_name ?? someone })}</p>
  }
  if (row.route) return null
  return (
    <>
      <p class="trellis-item__nobody">{queue.nobodyHas}</p>
      <Form ask={ask} action={`/concerns/${row.id}/take`}>
        <Button classes="govuk-button--secondary trellis-button--small" preventDoubleClick>
          {queue.take}
          <span class="govuk-visually-hidden"> ({row.reference})</span>
        </Button>
      </Form>
    </>
  )
}
