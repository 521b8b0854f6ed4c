import { Button, Link, Tag, Title, type Ask, type Handler } from '../../../web/index.ts'
import type { Audience } from '../../contact.ts'
import { contactPoints, type ContactPoint } from '../../queries.ts'
import { mayKeep, section } from '../section.tsx'

/** How people reach the partnership: what the public pages and the replies name. */
export const contactsPage: Handler = async (ask) => {
  const words = ask.w.partnership.contacts
  const points = await contactPoints(ask.tx, ask.place.id)
  return section(
    ask,
    '/settings/contacts',
    words.title,
    <>
      <div class="trellis-title-row">
        <Title>{words.title}</Title>
        {mayKeep(ask) && <Button href={ask.href('/settings/contacts/new')}>{words.new}</Button>}
      </div>
      {points.length === 0 && <p class="govuk-body">{words.none}</p>}
      <ul class="trellis-rows">
        {points.map((point) => (
          <Row ask={ask} point={point} />
        ))}
      </ul>
    </>,
  )
}

const Row = ({ ask, point }: { ask: Ask; point: ContactPoint }) => {
  const { contacts: words, audiences } = ask.w.partnership
  const ways = [point.phone, point.text_number && `${words.text} ${point.text_number}`, point.email, point.url].filter(
    (way): way is string => Boolean(way),
  )
  return (
    <li class="trellis-row">
      <div>
        <span class="trellis-row__name">{point.label}</span>
        {ways.map((way) => (
          <span class="trellis-row__way">{way}</span>
        ))}
        <span class="trellis-row__more">
          {[point.hours, audiences[point.audience as Audience], point.note].filter(Boolean).join('. ')}
        </span>
      </div>
      <div class="trellis-row__tags">
        {point.demo && <Tag classes="govuk-tag--grey">{ask.w.partnership.invented}</Tag>}
        {!point.checked && <Tag classes="govuk-tag--yellow">{words.unchecked}</Tag>}
        {mayKeep(ask) && (
          <Link href={ask.href(`/settings/contacts/${point.id}`)}>
            {ask.w.common.change}
            <span class="govuk-visually-hidden"> {point.label}</span>
          </Link>
        )}
      </div>
    </li>
  )
}
