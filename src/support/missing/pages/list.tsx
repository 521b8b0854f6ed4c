import { aboutPerson, enter, type Through } from '../../../subjects/index.ts'
import { BackLink, Button, fill, Link, page, Tag, Title, type Ask, type Handler } from '../../../web/index.ts'
import { hoursMissing, isMissing, type Episode } from '../missing.ts'
import { episodesOf } from '../queries.ts'
import { episodePath, stateSaid } from './frame.tsx'
import { hoursSaid, whenSaid } from './when.tsx'

/** Every time they were missing, the latest first. */
export const missingPage: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return at.answer
  const episodes = await episodesOf(ask.tx, ask.house.keys, at.worker.partnership, at.subject.id)
  const words = ask.w.missing
  return page({
    title: words.title,
    frame: 'staff',
    about: aboutPerson(at),
    body: (
      <>
        <BackLink href={ask.href(`/people/${at.subject.id}`)}>{ask.w.common.back}</BackLink>
        <Title>{words.title}</Title>
        <p class="govuk-body-l">{words.intro}</p>
        {!episodes.some(isMissing) && (
          <Button href={ask.href(`/people/${at.subject.id}/missing/new`)}>{words.report}</Button>
        )}
        {episodes.length === 0 && <p class="govuk-body">{words.none}</p>}
        <ul class="trellis-rows">
          {episodes.map((episode) => (
            <Row ask={ask} at={at} episode={episode} />
          ))}
        </ul>
      </>
    ),
  })
}

const Row = ({ ask, at, episode }: { ask: Ask; at: Through; episode: Episode }) => {
  const words = ask.w.missing.one
  const { started_at, ended_at } = episode
  return (
    <li class="trellis-row">
      <div>
        <Link href={ask.href(episodePath(at, episode))}>
          {ended_at
            ? fill(words.between, { from: whenSaid(ask, started_at), to: whenSaid(ask, ended_at) })
            : fill(words.since, { when: whenSaid(ask, started_at) })}
        </Link>
        <span class="trellis-row__more">
          {fill(words.how, { span: hoursSaid(ask, hoursMissing(episode, at.now)) })}
        </span>
      </div>
      <div class="trellis-row__tags">
        <Tag classes={isMissing(episode) ? 'govuk-tag--orange' : 'govuk-tag--grey'}>{stateSaid(ask, episode)}</Tag>
      </div>
    </li>
  )
}
