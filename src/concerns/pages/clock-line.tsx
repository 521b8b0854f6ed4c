import { fill, Tag, type Ask } from '../../web/index.ts'
import type { WorkingCalendar } from '../../platform/index.ts'
import { allowedWords, clockState, minutesOn, spanWords, type Shown } from '../clock-words.ts'
import { soon } from './said.tsx'

type Run = Shown & { amount: string | null }
type Props = { ask: Ask; run: Run; calendar: WorkingCalendar }

/** How a clock stands, in a word on its colour. */
export const ClockTag = ({ ask, run }: Omit<Props, 'calendar'>) => {
  const state = clockState(run, ask.house.now())
  return (
    <Tag classes={`trellis-clock-tag trellis-clock-tag--${state.replace(' ', '-')}`}>{ask.w.duty.clock[state]}</Tag>
  )
}

/** 'Waited 3 working hours of 1 working day, due Tue 24 Nov, 17:00'. */
export const ClockLine = ({ ask, run, calendar }: Props) => {
  const { clock, spans } = ask.w.duty
  const now = ask.house.now()
  const waited = spanWords(spans, minutesOn(run, now, calendar), run.unit, calendar)
  const allowed = allowedWords(spans, run.amount, run.unit)
  const state = clockState(run, now)
  const pausedFrom = run.paused_from[run.paused_to.indexOf(null)]
  return (
    <>
      {allowed ? fill(clock.waitedOf, { waited, allowed }) : fill(clock.waited, { waited })},{' '}
      {state === 'paused' && pausedFrom
        ? fill(clock.pausedAt, { when: soon(ask, pausedFrom) })
        : fill(state === 'late' ? clock.wasDue : clock.due, { when: soon(ask, run.due_at) })}
    </>
  )
}
