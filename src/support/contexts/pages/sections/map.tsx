import { section } from '../../../person-section.ts'
import { spotsOf } from '../../queries.ts'
import { of } from '../frame.tsx'
import { Sketch } from '../sketch.tsx'

/** The sketch of its spots; what is said of each is on the page of the map. */
export const mapHere = section({
  title: (ask) => ask.w.contexts.sections.map,
  href: 'map',
  ask: (ask, at) => spotsOf(...of(ask, at)),
  view: (ask, _, spots) =>
    spots.length === 0 ? <p class="govuk-body">{ask.w.contexts.map.none}</p> : <Sketch ask={ask} spots={spots} />,
})
