import type { StaffViewer } from '../../platform/index.ts'
import { overturnedFor, secondsWaiting } from '../../sharing/index.ts'
import { fill, NotificationBanner, type Ask } from '../../web/index.ts'

/** How many decisions not to share wait for this viewer: to answer, and to be shared after all. */
export const waitingSeconds = async (ask: Ask, worker: StaffViewer) => {
  const pending = await secondsWaiting(ask.tx, worker)
  return {
    pending: pending.length,
    late: pending.filter(({ due_at }) => due_at < ask.house.now()).length,
    overturned: (await overturnedFor(ask.tx, worker)).length,
  }
}

export const SecondsBanner = (props: { ask: Ask; waiting: Awaited<ReturnType<typeof waitingSeconds>> }) => {
  const { ask, waiting } = props
  const words = ask.w.share.second
  const lines = [
    waiting.pending > 0 && (waiting.pending === 1 ? words.one : fill(words.waiting, { count: waiting.pending })),
    waiting.late > 0 && fill(words.lateCount, { count: waiting.late }),
    waiting.overturned > 0 &&
      (waiting.overturned === 1 ? words.overturnedOne : fill(words.overturnedMany, { count: waiting.overturned })),
  ].filter((line) => line !== false)
  if (lines.length === 0) return null
  return (
    <NotificationBanner title={words.title} titleId="decisions-not-to-share">
      <a class="govuk-notification-banner__link" href={ask.href('/people/not-shared')}>
        {lines.join('; ')}
      </a>
    </NotificationBanner>
  )
}
