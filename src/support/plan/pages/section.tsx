import { section } from '../../person-section.ts'
import { wholePlan } from '../gather.ts'
import { isOpen } from '../plan.ts'
import { isWaiting } from '../proposal.ts'
import { counted } from './dates.ts'

/** The plan on the page of the person: how much is open, and what of it needs somebody now. */
export const planHere = section({
  title: (ask) => ask.w.plan.section.title,
  href: 'plan',
  ask: wholePlan,
  view: (ask, _, { plan, actions, stuck, unowned, disagreements, proposals }) => {
    const words = ask.w.plan.section
    const open = disagreements.filter(({ answered_at }) => !answered_at)
    const proposed = proposals.filter(isWaiting)
    if (!plan && actions.length + proposed.length === 0) return <p class="govuk-body">{words.none}</p>
    return (
      <p class="govuk-body">
        {counted(words.open, actions.filter(isOpen).length)} {stuck.length > 0 && counted(words.stuck, stuck.length)}{' '}
        {unowned.length > 0 && counted(words.unowned, unowned.length)}{' '}
        {open.length > 0 && counted(ask.w.plan.disagreed.count, open.length)}{' '}
        {proposed.length > 0 && counted(ask.w.plan.proposed.count, proposed.length)}
      </p>
    )
  },
})
