import { counted } from '../../plan/pages/dates.ts'
import { standingTies } from '../../../subjects/index.ts'
import { section } from '../../person-section.ts'

/** How many matter to them, and how many of those may be lost; whom they trust stands above the page. */
export const whoMattersHere = section({
  title: (ask) => ask.w.matters.title,
  href: 'who-matters',
  ask: standingTies,
  view: (ask, _, ties) => {
    const words = ask.w.matters
    if (ties.length === 0) return <p class="govuk-body">{words.none}</p>
    const risky = ties.filter(({ continuity }) => continuity === 'may be lost').length
    return (
      <p class="govuk-body">
        {counted(words.section.count, ties.length)} {risky > 0 && counted(words.section.risk, risky)}
      </p>
    )
  },
  shown: (ties) => ties.map(({ entered_by, handling }) => ({ entered_by, data_class: 'D4', handling })),
})
