import type { ComponentChildren } from 'preact'
import { hasRole } from '../../../platform/index.ts'
import { Link, type Ask } from '../../../web/index.ts'
import { counted } from '../../plan/pages/dates.ts'
import { disputesFor } from '../queries.ts'

/** For whoever the clock brought a dispute to: how many wait. Null for everybody else. */
export const disputesAtWork = async (ask: Ask): Promise<ComponentChildren> => {
  const { viewer } = ask
  if (!hasRole(viewer, 'manager', 'guardian')) return null
  const all = await disputesFor(ask.tx, viewer, { now: ask.house.now(), zone: ask.place.zone })
  const waiting = all.filter(({ level, resolved_at }) => level !== null && resolved_at === null)
  if (waiting.length === 0) return null
  const words = ask.w.gaps.disputes
  return (
    <section aria-labelledby="disputes-at-work">
      <h2 class="govuk-heading-m" id="disputes-at-work">
        {words.title}
      </h2>
      <p class="govuk-body">
        {counted(words.waiting, waiting.length)} <Link href={ask.href('/disputes')}>{words.see}</Link>
      </p>
    </section>
  )
}
