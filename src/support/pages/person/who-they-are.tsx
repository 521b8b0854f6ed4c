import { Known, whoTheyAre } from '../../../subjects/index.ts'
import { section } from '../../person-section.ts'

export const whoTheyAreHere = section({
  title: (ask) => ask.w.subjects.person.who,
  ask: whoTheyAre,
  view: (ask, _, told) => (told.identities.length > 0 ? <Known ask={ask} {...told} /> : null),
})
