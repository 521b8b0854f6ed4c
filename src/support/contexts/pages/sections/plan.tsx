import { section } from '../../../person-section.ts'
import { wholePlan } from '../../../plan/gather.ts'
import { counted } from '../../../plan/pages/dates.ts'
import { isOpen } from '../../../plan/plan.ts'
import { guardiansOf } from '../../queries.ts'
import { of } from '../frame.tsx'

/** How many look after it, how much is open, and what of it needs somebody now. */
export const planHere = section({
  title: (ask) => ask.w.contexts.sections.plan,
  href: 'plan',
  ask: async (ask, at) => ({
    whole: await wholePlan(ask, at),
    guardians: (await guardiansOf(...of(ask, at))).filter(({ ended_at }) => ended_at === null),
  }),
  view: (ask, _, { whole: { actions, stuck, unowned }, guardians }) => {
    const { section: words } = ask.w.plan
    const { section: own } = ask.w.contexts.plan
    return (
      <p class="govuk-body">
        {guardians.length === 0 ? own.none : counted(own.guardians, guardians.length)}{' '}
        {counted(words.open, actions.filter(isOpen).length)} {stuck.length > 0 && counted(words.stuck, stuck.length)}{' '}
        {unowned.length > 0 && counted(words.unowned, unowned.length)}
      </p>
    )
  },
})
