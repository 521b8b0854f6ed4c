import { fill, Link, WarningText, type Ask } from '../../web/index.ts'
import type { KeptFrom as Kept } from '../kept-from.ts'

/** Says what the agreement keeps from the front door, so that a list it has shut is never taken for a quiet day. */
export const KeptFrom = ({ ask, kept }: { ask: Ask; kept: readonly Kept[] }) => {
  const words = ask.w.duty.keptFrom
  if (kept.length === 0) return null
  return (
    <>
      {kept.map((one) => (
        <WarningText>
          {one.all ? words.all : one.agencies === 1 ? words.one : fill(words.some, { count: one.agencies })}{' '}
          {one.cite ? fill(words.clause, { cite: one.cite, title: one.title ?? '' }) : words.noClause} {words.waits}
        </WarningText>
      ))}
      <p class="govuk-body">
        <Link href={ask.href('/agreements')}>{words.agreements}</Link>
      </p>
    </>
  )
}
