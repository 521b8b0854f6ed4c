import { asProduct, enqueue, localDate, NotFound } from '../platform/index.ts'
import type { Ask, House } from '../web/index.ts'
import { isDemo } from './demo.ts'

const day_ms = 86_400_000
const most_days = 12 * 365

/**
 * The house's clock. In a demo visitors may move it on, so that a birthday can be walked through; it is as it was when the
 * server starts again. Everywhere else it is what it is, and there is nothing to move.
 */
export const clockFor = (demo: boolean, real: () => Date): Pick<House, 'now' | 'moveClock'> => {
  if (!demo) return { now: real }
  let ahead = 0
  return {
    now: () => new Date(real().getTime() + ahead),
    moveClock: (day, zone) => {
      const days = Math.round((Date.parse(day) - Date.parse(localDate(real(), zone))) / day_ms)
      if (days < 0 || days > most_days) return 'out of reach'
      ahead = days * day_ms
      return 'moved'
    },
  }
}

/** Lets a day be today, and leaves what that day calls for to the worker. @throws {NotFound} where this is no demo */
export const moveToday = async (ask: Ask, day: string): Promise<'moved' | 'out of reach'> => {
  const { moveClock } = ask.house
  if (!isDemo(ask) || !moveClock) throw new NotFound()
  const moved = moveClock(day, ask.place.zone)
  const product = { kind: 'system', partnership: ask.place.id } as const
  if (moved === 'moved') await asProduct(ask.tx, () => enqueue(ask.tx, product, 'day moved', {}))
  return moved
}
