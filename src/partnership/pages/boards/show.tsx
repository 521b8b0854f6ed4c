import { NotFound } from '../../../platform/index.ts'
import {
  BackLink,
  Button,
  fill,
  Form,
  InsetText,
  Link,
  SummaryList,
  Tag,
  Title,
  type Ask,
  type Handler,
} from '../../../web/index.ts'
import { endMember, type BodyKind } from '../../body.ts'
import { listBodies, seatsIn, type ListedBody, type Seat } from '../../directory.ts'
import { redirect } from '../../../web/index.ts'
import { mayKeep, section, todayAt } from '../section.tsx'
import { dayInWords, Links } from '../validity.tsx'

export const boardPage: Handler = async (ask) => {
  const { body, bodies } = await findBody(ask)
  const seats = await seatsIn(ask.tx, ask.place.id, body.id, todayAt(ask))
  return section(ask, '/boards', body.name, <Board ask={ask} body={body} bodies={bodies} seats={seats} />)
}

export const sendEndMember: Handler = async (ask) => {
  const { body } = await findBody(ask)
  const ended = await endMember(ask.tx, ask.viewer, body.id, ask.params['membership'] ?? '', todayAt(ask))
  return redirect(`/boards/${body.id}?done=${ended === 'ended' ? 'removed' : 'lastSeat'}`)
}

export const findBody = async (ask: Ask): Promise<{ body: ListedBody; bodies: ListedBody[] }> => {
  const bodies = await listBodies(ask.tx, ask.place.id, todayAt(ask))
  const body = bodies.find(({ id }) => id === ask.params['board'])
  if (!body) throw new NotFound()
  return { body, bodies }
}

type BoardProps = { ask: Ask; body: ListedBody; bodies: readonly ListedBody[]; seats: readonly Seat[] }

const Board = ({ ask, body, bodies, seats }: BoardProps) => {
  const { board: words, boards, bodyKinds } = ask.w.partnership
  const parent = bodies.filter(({ id }) => id === body.parent_id)
  const below = bodies.filter(({ parent_id }) => parent_id === body.id)
  const links = (items: readonly ListedBody[]) => <Links ask={ask} to="/boards" items={items} />
  return (
    <>
      <BackLink href={ask.href('/boards')}>{words.back}</BackLink>
      <Title caption={bodyKinds[body.kind as BodyKind]}>{body.name}</Title>
      {body.front_door && (
        <InsetText>
          <Tag classes="govuk-tag--green">{boards.frontDoor}</Tag> {words.frontDoorText}
        </InsetText>
      )}
      <SummaryList
        rows={[
          { key: words.basis, value: body.statutory_basis ?? words.basisNone },
          parent.length > 0 && { key: words.parent, value: links(parent) },
          below.length > 0 && { key: words.below, value: links(below) },
          Boolean(body.note) && { key: words.note, value: body.note },
        ]}
      />
      {mayKeep(ask) && (
        <div class="govuk-button-group">
          <Button href={ask.href(`/boards/${body.id}/members`)}>{words.addMember}</Button>
          <Link href={ask.href(`/boards/${body.id}/edit`)}>{words.change}</Link>
        </div>
      )}
      <h2 class="govuk-heading-m">{words.members}</h2>
      {seats.length === 0 && <p class="govuk-body">{words.membersNone}</p>}
      <ul class="trellis-rows">
        {seats.map((seat) => (
          <Member ask={ask} body={body} seat={seat} />
        ))}
      </ul>
    </>
  )
}

const Member = ({ ask, body, seat }: { ask: Ask; body: ListedBody; seat: Seat }) => {
  const { board: words, roles } = ask.w.partnership
  return (
    <li class="trellis-row">
      <div>
        <Link href={ask.href(`/partners/${seat.agency_id}`)}>{seat.name}</Link>
        <span class="trellis-row__more">
          {roles[seat.role as keyof typeof roles]}
          {seat.valid_from && `, ${fill(words.from, { day: dayInWords(seat.valid_from) })}`}
        </span>
      </div>
      {mayKeep(ask) && (
        <Form ask={ask} action={`/boards/${body.id}/members/${seat.id}/end`}>
          <button class="trellis-link-button trellis-link-button--dark">
            {words.endMember}
            <span class="govuk-visually-hidden"> {seat.name}</span>
          </button>
        </Form>
      )}
    </li>
  )
}
