import { contactPoints } from '../../../partnership/index.ts'
import { NotFound } from '../../../platform/index.ts'
import { page, type Answer, type Ask } from '../../../web/index.ts'
import { OfferView } from '../../parts/offer.tsx'
import { guidanceFor } from '../../published.ts'

/** /offer/not-sure: what to do, what is promised, who helps. */
export const show = async (ask: Ask): Promise<Answer> => {
  const guidance = await guidanceFor(ask)
  const offer = guidance.offers.find(({ slug }) => slug === ask.params['slug'])
  if (!offer) throw new NotFound()
  const points = await contactPoints(ask.tx, ask.place.id)
  return page({
    title: offer.situation,
    frame: 'public',
    cache: 'public',
    body: <OfferView {...{ ask, offer, points }} />,
  })
}
