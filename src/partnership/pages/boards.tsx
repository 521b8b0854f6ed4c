import { Button, fill, Link, Tag, Title, type Ask, type Handler } from '../../web/index.ts'
import type { BodyKind } from '../body.ts'
import { listBodies, type ListedBody } from '../directory.ts'
import { mayKeep, section, todayAt } from './section.tsx'

/** Boards with the groups below them, as they answer to each other. */
export const boardsPage: Handler = async (ask) => {
  const words = ask.w.partnership.boards
  const bodies = await listBodies(ask.tx, ask.place.id, todayAt(ask))
  return section(
    ask,
    '/boards',
    words.title,
    <>
      <div class="trellis-title-row">
        <Title>{words.title}</Title>
        {mayKeep(ask) && <Button href={ask.href('/boards/new')}>{words.new}</Button>}
      </div>
      <p class="govuk-body">{words.text}</p>
      <Branch ask={ask} bodies={bodies} parent={null} />
    </>,
  )
}

const Branch = ({ ask, bodies, parent }: { ask: Ask; bodies: readonly ListedBody[]; parent: string | null }) => {
  const here = bodies.filter(({ parent_id }) => parent_id === parent)
  if (here.length === 0) return null
  return (
    <ul class="trellis-tree">
      {here.map((body) => (
        <li class="trellis-tree__item">
          <Body ask={ask} body={body} />
          <Branch ask={ask} bodies={bodies} parent={body.id} />
        </li>
      ))}
    </ul>
  )
}

const Body = ({ ask, body }: { ask: Ask; body: ListedBody }) => {
  const { boards: words, bodyKinds } = ask.w.partnership
  return (
    <div class="trellis-tree__own">
      <div>
        <Link href={ask.href(`/boards/${body.id}`)} classes="trellis-row__name">
          {body.name}
        </Link>{' '}
        <span class="trellis-tree__kind">{bodyKinds[body.kind as BodyKind]}</span>
        <span class="trellis-row__more">
          {body.members === 1 ? words.oneMember : fill(words.members, { count: body.members })}
          {body.statutory_basis && (
            <>
              <br />
              {body.statutory_basis}
            </>
          )}
        </span>
      </div>
      {body.front_door && <Tag classes="govuk-tag--green">{words.frontDoor}</Tag>}
    </div>
  )
}
