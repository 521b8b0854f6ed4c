import type { ContactPoint } from '../../partnership/index.ts'
import { Title, type Ask } from '../../web/index.ts'
import type { Offer } from '../guidance.ts'
import { PointCard } from './contact.tsx'
import { Lines } from './lines.tsx'

export const OfferView = ({ ask, offer, points }: { ask: Ask; offer: Offer; points: readonly ContactPoint[] }) => {
  const w = ask.w.guidance.offer
  const helpers = offer.who.flatMap((code) => points.find((point) => point.code === code) ?? [])
  const next = nextOf(ask, offer)
  return (
    <>
      <Title caption={w.caption} size="xl">
        {offer.situation}
      </Title>
      <h2 class="govuk-heading-m">{w.do}</h2>
      <Lines of={offer.do_now} numbered />
      <a
        class="govuk-button trellis-big-button"
        href={next.href}
        role="button"
        draggable={false}
        data-module="govuk-button"
      >
        {next.text}
      </a>
      <dl class="trellis-promise">
        <div>
          <dt>{w.promise}</dt>
          <dd>{offer.promise}</dd>
        </div>
        <div>
          <dt>{w.fast}</dt>
          <dd>{offer.how_fast}</dd>
        </div>
      </dl>
      <h2 class="govuk-heading-m">{w.who}</h2>
      {helpers.length === 0 ? (
        <p class="govuk-body">{w.noContact}</p>
      ) : (
        <ul class="trellis-contacts trellis-contacts--side">
          {helpers.map((point) => (
            <PointCard ask={ask} point={point} />
          ))}
        </ul>
      )}
      <p class="govuk-body">
        <a class="govuk-link" href={ask.href('/offer')}>
          {w.all}
        </a>
      </p>
    </>
  )
}

/** The one obvious next thing for each way through. */
const nextOf = (ask: Ask, { route }: Offer): { text: string; href: string } => {
  const w = ask.w.guidance.offer
  if (route === '999') return { text: w.call999, href: 'tel:999' }
  if (route === 'small') return { text: w.small, href: ask.href('/report/small') }
  if (route === 'self') return { text: w.talk, href: ask.href('/for-you') }
  if (route === 'escalate') return { text: w.notHeard, href: ask.href('/receipt') }
  return { text: w.report, href: ask.href('/report') }
}
