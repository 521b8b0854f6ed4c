import { section } from '../../../person-section.ts'
import { counted } from '../../../plan/pages/dates.ts'
import { peopleTied } from '../people.tsx'

/** How many are tied to it whose records open for this viewer: a number here, and references on the page of it. */
export const peopleHere = section({
  title: (ask) => ask.w.contexts.sections.people,
  href: 'people',
  ask: peopleTied,
  view: (ask, _, people) => (
    <p class="govuk-body">
      {people.length === 0 ? ask.w.contexts.people.none : counted(ask.w.contexts.people.count, people.length)}
    </p>
  ),
})
