import { fill, Link, Tag, type Ask } from '../../../web/index.ts'
import type { Due } from '../change.ts'
import { dayOf } from './days.ts'

type Props = { ask: Ask; checks: readonly Due[]; today: string }

/** When each change is asked about again, and what was answered. */
export const ChecksDue = ({ ask, checks, today }: Props) => {
  const words = ask.w.learningReport.form.still
  if (checks.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">{words.title}</h2>
      <p class="govuk-body">{words.intro}</p>
      <ul class="trellis-rows">
        {checks.map(({ report, change, what, months, due_on, still }) => (
          <li class="trellis-row">
            <div>
              <Link href={ask.href(`/learning/reports/${report}/changes/${change}`)}>
                {fill(words.line, { what: what.slice(0, 120), months })}
              </Link>
              <span class="trellis-row__more">{fill(words.due, { day: dayOf(ask, due_on) })}</span>
            </div>
            <div class="trellis-row__tags">
              {still ? (
                <Tag classes="govuk-tag--green">{words.answers[still]}</Tag>
              ) : (
                due_on <= today && <Tag classes="govuk-tag--yellow">{words.late}</Tag>
              )}
            </div>
          </li>
        ))}
      </ul>
    </>
  )
}
