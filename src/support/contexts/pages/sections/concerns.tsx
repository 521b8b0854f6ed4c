import { section } from '../../../person-section.ts'
import { counted } from '../../../plan/pages/dates.ts'
import { concernsAboutContext } from '../../concerns-about.ts'
import { ConcernRows } from '../concerns.tsx'

const latest = 5

/** The latest concerns about it, and how many more may be. */
export const concernsHere = section({
  title: (ask) => ask.w.contexts.sections.concerns,
  href: 'concerns',
  ask: concernsAboutContext,
  view: (ask, _, { linked, hidden, may }) => {
    const words = ask.w.contexts.concerns
    return (
      <>
        <p class="govuk-body">
          {linked.length === 0 ? words.none : counted(words.count, linked.length)}{' '}
          {hidden > 0 && counted(words.hidden, hidden)} {may.length > 0 && counted(words.mayCount, may.length)}
        </p>
        <ConcernRows ask={ask} concerns={linked.slice(0, latest)} />
      </>
    )
  },
})
