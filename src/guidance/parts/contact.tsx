import type { ContactPoint } from '../../partnership/index.ts'
import { Link, type Ask } from '../../web/index.ts'
import type { Contact, WayToTalk } from '../guidance.ts'

type Way = { href: string; words: string; verb: string }

const digits = (number: string) => number.replace(/[^\d+]/g, '')

const wayBy = (ask: Ask, kind: string, value: string): Way | undefined => {
  const { contact } = ask.w.guidance
  if (value === '') return undefined
  if (kind === 'url') return { href: value, words: value.replace(/^https?:\/\/(www\.)?/, ''), verb: contact.visit }
  if (kind === 'email') return { href: `mailto:${value}`, words: value, verb: contact.email }
  if (kind === 'text') return { href: `sms:${digits(value)}`, words: value, verb: contact.text }
  return { href: `tel:${digits(value)}`, words: value, verb: contact.call }
}

const Card = (props: {
  name: string
  ways: (Way | undefined)[]
  small: (string | null | false | undefined)[]
  level: 2 | 3
}) => {
  const Heading = props.level === 2 ? 'h2' : 'h3'
  return (
    <li class="trellis-contact">
      <Heading class="govuk-heading-s trellis-contact__name">{props.name}</Heading>
      {props.ways.map(
        (way) =>
          way && (
            <p class="trellis-contact__way">
              <span>{way.verb}</span> <Link href={way.href}>{way.words}</Link>
            </p>
          ),
      )}
      {props.small.map((line) => line && <p class="trellis-contact__small">{line}</p>)}
    </li>
  )
}

/** A contact that a list names for everyone in the country. */
export const ContactCard = ({ ask, contact, level = 3 }: { ask: Ask; contact: Contact; level?: 2 | 3 }) => (
  <Card
    name={contact.label}
    ways={[wayBy(ask, contact.kind, contact.value)]}
    small={[contact.note, !contact.checked && ask.w.guidance.contact.unchecked]}
    level={level}
  />
)

/** A contact of this partnership. */
export const PointCard = ({
  ask,
  point,
  level = 3,
  how,
}: {
  ask: Ask
  point: ContactPoint
  level?: 2 | 3
  how?: string
}) => (
  <Card
    name={point.label}
    ways={[
      wayBy(ask, 'phone', point.phone ?? ''),
      wayBy(ask, 'text', point.text_number ?? ''),
      wayBy(ask, 'email', point.email ?? ''),
      wayBy(ask, 'url', point.url ?? ''),
    ]}
    small={[how, point.hours, point.note, point.demo && ask.w.guidance.contact.demo]}
    level={level}
  />
)

/** One way to talk on a page for the person themself: the partnership's own where it has one. */
export const WayCard = ({ ask, way, point }: { ask: Ask; way: WayToTalk; point: ContactPoint | undefined }) => {
  if (point) return <PointCard ask={ask} point={{ ...point, label: way.label }} how={way.how} />
  const { contact } = ask.w.guidance
  const when = [way.free && way.number && contact.free, way.when].filter(Boolean).join('. ')
  return (
    <Card
      name={way.label}
      ways={[wayBy(ask, way.kind, way.number)]}
      small={[way.how, when, way.number !== '' && !way.checked && contact.unchecked]}
      level={3}
    />
  )
}
