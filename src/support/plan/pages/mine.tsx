import type { ComponentChildren } from 'preact'
import { localDate } from '../../../platform/index.ts'
import { homeOf, peopleAmong, referencesOf } from '../../../subjects/index.ts'
import { fill, Link, page, Tag, Title, type Ask, type Handler } from '../../../web/index.ts'
import { Notices, waitingNotices } from '../../closure/pages/notices.tsx'
import { PlaceNotices, waitingPlaces } from '../../contexts/pages/notices.tsx'
import { isStuck } from '../plan.ts'
import { actionsOwnedBy, type OwnAction } from '../queries.ts'
import { counted, dayOf } from './dates.ts'

/** What somebody took on in people's plans, the next due first. By reference: who they are is behind the gate of each. */
export const myActions: Handler = async (ask) => {
  const { actions, references, people, today, notices } = await owned(ask)
  const words = ask.w.plan.mine
  return page({
    title: words.title,
    frame: 'staff',
    body: (
      <>
        <Title>{words.title}</Title>
        <Notices ask={ask} waiting={notices} />
        <p class="govuk-body-l">{actions.length === 0 ? words.none : words.intro}</p>
        <ul class="trellis-rows">
          {actions.map((action) => (
            <Row
              ask={ask}
              action={action}
              reference={references.get(action.subject) ?? ''}
              home={homeOf({ id: action.subject, kind: people.has(action.subject) ? 'person' : 'context' })}
              today={today}
            />
          ))}
        </ul>
      </>
    ),
  })
}

const owned = async (ask: Ask) => {
  const { viewer } = ask
  if (viewer.kind !== 'staff') throw new Error('signed in, by the route')
  const actions = await actionsOwnedBy(ask.tx, ask.house.keys, viewer.partnership, viewer.staff)
  const ids = [...new Set(actions.map(({ subject }) => subject))]
  const references = await referencesOf(ask.tx, viewer, ids)
  const people = await peopleAmong(ask.tx, viewer.partnership, ids)
  const notices = await waitingNotices(ask, viewer)
  const places = await waitingPlaces(ask, viewer)
  return { actions, references, people, notices, places, today: localDate(ask.house.now(), ask.place.zone) }
}

const Row = (props: { ask: Ask; action: OwnAction; reference: string; home: string; today: string }) => {
  const { ask, action, reference, home, today } = props
  const words = ask.w.plan
  return (
    <li class="trellis-row">
      <div>
        <Link href={ask.href(`${home}/plan/actions/${action.id}`)}>{action.words}</Link>
        <span class="trellis-row__more">
          {reference} · {words.parts[action.part]} ·{' '}
          <time dateTime={action.due_on}>{fill(words.due, { day: dayOf(ask, action.due_on) })}</time>
        </span>
      </div>
      {isStuck(action, today) && (
        <div class="trellis-row__tags">
          <Tag classes="govuk-tag--orange">{action.due_on < today ? words.lateTag : words.stuckTag}</Tag>
        </div>
      )}
    </li>
  )
}

/** How many there are, where everybody lands after signing in. Null for whoever has none. */
export const actionsAtWork = async (ask: Ask): Promise<ComponentChildren> => {
  const { actions, notices, places, today } = await owned(ask)
  if (actions.length + notices.length + places.length === 0) return null
  const words = ask.w.plan.mine
  const late = actions.filter((action) => isStuck(action, today)).length
  return (
    <>
      <Notices ask={ask} waiting={notices} />
      <PlaceNotices ask={ask} waiting={places} />
      {actions.length > 0 && (
        <section aria-labelledby="my-actions">
          <h2 class="govuk-heading-m" id="my-actions">
            {words.title}
          </h2>
          <p class="govuk-body">
            {counted(words.count, actions.length)} {late > 0 && counted(words.late, late)}{' '}
            <Link href={ask.href('/actions')}>{words.open}</Link>
          </p>
        </section>
      )}
    </>
  )
}
