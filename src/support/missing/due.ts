import { localDate } from '../../platform/index.ts'
import type { Through } from '../../subjects/index.ts'
import type { Ask } from '../../web/index.ts'
import { episodePath, talkDue } from './pages/frame.tsx'
import { afterEpisodes } from './queries.ts'

/** The days of conversations that are to be held, or offered again, until one is held. */
export const missingDue = async (ask: Ask, at: Through): Promise<{ on: string; what: string; href: string }[]> => {
  const words = ask.w.missing.due
  const dates: { on: string; what: string; href: string }[] = []
  for (const episode of await afterEpisodes(ask.tx, at.worker.partnership, at.subject.id)) {
    if (episode.held_at) continue
    const href = episodePath(at, episode)
    if (episode.again_on) {
      dates.push({ on: episode.again_on, what: words.again, href })
      continue
    }
    const due = await talkDue(ask, at, episode)
    if (due) dates.push({ on: localDate(due, ask.place.zone), what: words.talk, href })
  }
  return dates
}
