import { page, type Answer, type Ask } from '../../../web/index.ts'
import { guidanceFor } from '../../published.ts'

/** /offer: for each kind of worry, what happens. */
export const offers = async (ask: Ask): Promise<Answer> => {
  const guidance = await guidanceFor(ask)
  const w = ask.w.guidance.offer
  return page({
    title: w.title,
    frame: 'public',
    wide: true,
    cache: 'public',
    body: (
      <>
        <h1 class="govuk-heading-xl">{w.title}</h1>
        <p class="govuk-body-l">{w.lead}</p>
        <ul class="trellis-cards trellis-cards--wide">
          {guidance.offers.map((offer) => (
            <li class="trellis-card">
              <a class="trellis-card__link" href={ask.href(`/offer/${offer.slug}`)}>
                {offer.situation}
              </a>
              <p class="trellis-card__small">{offer.how_fast}</p>
            </li>
          ))}
        </ul>
      </>
    ),
  })
}
