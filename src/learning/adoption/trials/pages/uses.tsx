import { dateFormat, fill, Link, type Ask } from '../../../../web/index.ts'
import { hasRole } from '../../../../platform/index.ts'
import { usesOf } from '../queries.ts'
import type { Use } from '../trial.ts'

/**
 * For the page of a finding, which anybody reads: how often it was taken up, where (as far as areas agreed to be named)
 * and what came of it; and for a learning lead the way to take it up.
 */
export const usesSection = async (ask: Ask, finding: string) => {
  const uses = await usesOf(ask.tx, finding)
  const mayAdopt = hasRole(ask.viewer, 'learning')
  const words = ask.w.adoption.uses
  return (
    <section aria-labelledby="taken-up">
      <h2 class="govuk-heading-m" id="taken-up">
        {words.title}
      </h2>
      <p class="govuk-body">
        {uses.length === 0 ? words.none : uses.length === 1 ? words.once : fill(words.often, { count: uses.length })}
      </p>
      {uses.length > 0 && (
        <ul class="govuk-list govuk-list--bullet">
          {uses.map((use) => (
            <UseLine ask={ask} use={use} />
          ))}
        </ul>
      )}
      {mayAdopt && (
        <p class="govuk-body">
          <Link href={ask.href(`/adoption/new/${finding}`)}>{words.adopt}</Link>
        </p>
      )}
    </section>
  )
}

const monthOf = dateFormat({ month: 'long', year: 'numeric' })

export const UseLine = ({ ask, use }: { ask: Ask; use: Use }) => {
  const words = ask.w.adoption.uses
  const since = monthOf('UTC', ask.lang.code).format(new Date(`${use.since}T12:00:00Z`))
  return (
    <li>
      {fill(words.line, { area: use.area || words.another, since, state: words.states[use.state] })}
      {use.told && (
        <>
          <br />
          <span class="trellis-words" dir="auto">
            {use.told}
          </span>
        </>
      )}
    </li>
  )
}
