import type { Through } from '../../../subjects/index.ts'
import { fill, type Answer, type Ask, type Handler } from '../../../web/index.ts'
import { withPerson } from '../../plan/pages/frame.tsx'
import { isAdults, isMissing, type Episode } from '../missing.ts'
import { episodeFor, episodesOf, othersMissing } from '../queries.ts'
import { talkBy } from '../talk-by.ts'
import { reasonsFor } from '../triggers.ts'
import { hoursSaid } from './when.tsx'

/** Whoever came through the gate may say that somebody is missing, and what is known of it: nobody is turned away who knows something. */
export const withEpisode = (then: (ask: Ask, at: Through, episode: Episode) => Promise<Answer> | Answer): Handler =>
  withPerson(async (ask, at) => {
    const { partnership } = at.worker
    return then(ask, at, await episodeFor(ask.tx, ask.house.keys, partnership, at.subject.id, ask.params['episode']))
  })

export const episodePath = (at: Through, { id }: Pick<Episode, 'id'>): string =>
  `/people/${at.subject.id}/missing/${id}`

/**
 * By when the conversation is due: the clock counts hours that pass from the return. An adult's has none: there it is
 * by consent. Undefined while they are missing.
 */
export const talkDue = async (
  ask: Ask,
  at: Through,
  episode: Pick<Episode, 'started_at' | 'ended_at'>,
): Promise<Date | undefined> => {
  const { partnership } = at.worker
  const { ended_at } = episode
  if (!ended_at || isAdults(episode, at.subject.adult_from, at.now, ask.place.zone)) return undefined
  return (await talkBy(ask.tx, partnership, ended_at)) ?? undefined
}

/** Whether it was held by then, is late, or is still to be held. */
export const talkState = (due: Date | undefined, first: Date | null | undefined, now: Date) => {
  if (first) return !due || first <= due ? 'in time' : 'after'
  return due && due < now ? 'late' : 'open'
}

/** Why this should be talked about: each rule that holds, in words, with its number. */
export const reasonsSaid = async (ask: Ask, at: Through, episode: Episode): Promise<string[]> => {
  const { tx, house, place } = ask
  const { partnership } = at.worker
  const all = await episodesOf(tx, house.keys, partnership, at.subject.id)
  const reasons = reasonsFor({
    episode,
    starts: all.map(({ started_at }) => started_at),
    others: await othersMissing(tx, partnership, episode.id, at.now),
    adultFrom: at.subject.adult_from,
    now: at.now,
    zone: place.zone,
  })
  const words = ask.w.missing.reasons
  return reasons.map(({ code, count, limit }) =>
    code === 'others' && count === 1
      ? words.other
      : fill(words[code], { count: code === 'long' ? hoursSaid(ask, count) : count, limit }),
  )
}

export const stateSaid = (ask: Ask, episode: Episode): string =>
  isMissing(episode) ? ask.w.missing.state.missing : ask.w.missing.state.back
