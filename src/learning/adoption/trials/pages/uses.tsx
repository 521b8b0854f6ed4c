import { hasRole } from '../../../../platform/index.ts'
import { dateFormat, fill, Link, type Ask } from '../../../../web/index.ts'
import { siteOf, type Site } from '../../../library/site.ts'
import { usesOf } from '../queries.ts'
import type { Use } from '../trial.ts'

/** For the page of a finding: where it was taken up, and for a learning lead the way to take it up. */
export const usesSection = async (ask: Ask, finding: string) => {
  const uses = (await usesOf(ask.tx, [finding])).get(finding) ?? []
  return (
    <>
      <Uses site={siteOf(ask)} uses={uses} />
      {hasRole(ask.viewer, 'learning') && (
        <p class="govuk-body">
          <Link href={ask.href(`/adoption/new/${finding}`)}>{ask.w.adoption.uses.adopt}</Link>
        </p>
      )}
    </>
  )
}

/** How often a finding was taken up, where (as far as areas agreed to be named) and what came of it. Anybody reads it. */
export const Uses = ({ site, uses }: { site: Site; uses: readonly Use[] }) => {
  const words = site.w.adoption.uses
  const count = uses.length
  return (
    <>
      <h2 class="govuk-heading-m">{words.title}</h2>
      <p class="govuk-body">{count === 0 ? words.none : count === 1 ? words.once : fill(words.often, { count })}</p>
      {count > 0 && (
        <ul class="govuk-list govuk-list--bullet">
          {uses.map((use) => (
            <UseLine site={site} use={use} />
          ))}
        </ul>
      )}
    </>
  )
}

const monthOf = dateFormat({ month: 'long', year: 'numeric' })

export const UseLine = ({ site, use }: { site: Pick<Site, 'w' | 'lang'>; use: Use }) => {
  const words = site.w.adoption.uses
  const since = monthOf('UTC', site.lang).format(new Date(`${use.since}T12:00:00Z`))
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
