import { localDate } from '../../platform/index.ts'
import type { Through } from '../../subjects/index.ts'
import type { Ask } from '../../web/index.ts'
import { episodesOf, wholeOf } from './queries.ts'
import { episodePath, talkDue } from './pages/frame.tsx'

/** The days of conversations that are to be held, or offered again, until one is held. */
export const missingDue = async (ask: Ask, at: Through): Promise<{ on: string; what: string; href: string }[]> => {
  const { keys } = ask.house
  const words = ask.w.missing.due
  const dates: { on: string; what: string; href: string }[] = []
  for (const episode of await episodesOf(ask.tx, keys, at.worker.partnership, at.subject.id)) {
    if (!episode.ended_at) continue
    const { offers, talks } = await wholeOf(ask.tx, keys, at.worker.partnership, episode.id)
    if (talks.length > 0) continue
    const href = episodePath(at, episode)
    const again = offers.at(-1)?.again_on
    const due = await talkDue(ask, at, episode)
    if (again) dates.push({ on: again, what: words.again, href })
    else if (due) dates.push({ on: localDate(due, ask.place.zone), what: words.talk, href })
  }
  return dates
}
