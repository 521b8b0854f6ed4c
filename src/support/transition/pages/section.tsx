import { fill } from '../../../web/index.ts'
import { section } from '../../person-section.ts'
import { counted, dayOf } from '../../plan/pages/dates.ts'
import { gatherEighteen } from '../gather.ts'
import { isLate, isOpen, sides, untilMonths } from '../transition.ts'

/** Through 18 on the page of the person, from 16 to 25: the day, who carries it on both sides, and what is left to do. */
export const eighteenHere = section({
  title: (ask) => ask.w.eighteen.title,
  href: 'eighteen',
  ask: gatherEighteen,
  view: (ask, { subject, today }, told) => {
    const words = ask.w.eighteen
    if (subject.kind !== 'person') return null
    if (subject.adult_from === null) return <p class="govuk-body">{words.noBirthday}</p>
    const until = told.turning?.days.get(untilMonths)
    if (!told.hasBegun || (until && until < today && told.tasks.length === 0)) return null
    const open = told.tasks.filter(isOpen)
    const late = open.filter((task) => isLate(task, today)).length
    return (
      <>
        <p class="govuk-body">
          {fill(words.section[told.frame === 'adult' ? 'adult' : 'child'], { day: dayOf(ask, subject.adult_from) })}{' '}
          {open.length > 0 && counted(words.section.open, open.length)} {late > 0 && counted(words.section.late, late)}
        </p>
        <ul class="govuk-list">
          {sides.map((side) => (
            <li>
              {words.sides[side]}: {told.carries(side)}
            </li>
          ))}
        </ul>
      </>
    )
  },
})
