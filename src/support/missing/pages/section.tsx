import { fill, Link, WarningText } from '../../../web/index.ts'
import { counted } from '../../plan/pages/dates.ts'
import { section } from '../../person-section.ts'
import { hoursMissing, isMissing } from '../missing.ts'
import { afterEpisodes, episodesOf } from '../queries.ts'
import { episodePath, talkDue, talkState } from './frame.tsx'
import { hoursSaid, whenSaid } from './when.tsx'

/** Whether they are missing now; or whether the conversation after the last time is still to be held. */
export const missingHere = section({
  title: (ask) => ask.w.missing.section.title,
  href: 'missing',
  ask: async (ask, at) => {
    const episodes = await episodesOf(ask.tx, ask.house.keys, at.worker.partnership, at.subject.id)
    const [last] = episodes
    const due = last && (await talkDue(ask, at, last))
    const [after] = due ? await afterEpisodes(ask.tx, at.worker.partnership, at.subject.id) : []
    return { episodes, due, state: due && talkState(due, after?.held_at, at.now) }
  },
  isEmpty: ({ episodes }) => episodes.length === 0,
  view: (ask, at, { episodes, due, state }) => {
    const words = ask.w.missing.section
    const [last] = episodes
    if (!last) return null
    if (isMissing(last))
      return (
        <>
          <WarningText>
            {fill(words.now, {
              when: whenSaid(ask, last.started_at),
              span: hoursSaid(ask, hoursMissing(last, at.now)),
            })}
          </WarningText>
          <p class="govuk-body">
            <Link href={ask.href(episodePath(at, last))}>{words.open}</Link>
          </p>
        </>
      )
    const back = { when: whenSaid(ask, last.ended_at!), due: due ? whenSaid(ask, due) : '' }
    return (
      <p class="govuk-body">
        {counted(words.times, episodes.length)} {state === 'open' && fill(words.talk, back)}
        {state === 'late' && fill(words.late, back)}
      </p>
    )
  },
})
