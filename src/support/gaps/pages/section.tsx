import { abreast } from '../../../platform/index.ts'
import { agencyNames } from '../../../partnership/index.ts'
import type { Through } from '../../../subjects/index.ts'
import { fill, Link, type Ask } from '../../../web/index.ts'
import { aboutLabel } from '../../boundary/dispute.ts'
import { disputesOf } from '../../boundary/queries.ts'
import { section } from '../../person-section.ts'
import { counted } from '../../plan/pages/dates.ts'
import { thresholdsOf } from '../../thresholds/queries.ts'

const gather = async (ask: Ask, at: Through) => {
  const { partnership } = at.worker
  const [thresholds, all] = await abreast(
    ask.tx,
    () => thresholdsOf(ask.tx, ask.house.keys, partnership, at.subject.id),
    () => disputesOf(ask.tx, partnership, at.subject.id),
  )
  const disputes = all.filter(({ resolved_at }) => !resolved_at)
  const agencies = await agencyNames(
    ask.tx,
    disputes.map(({ holder_agency_id }) => holder_agency_id),
  )
  return { thresholds, disputes, agencies }
}

/** Tests that were not met, and where agencies do not agree. */
export const gapsHere = section({
  title: (ask) => ask.w.gaps.section.title,
  href: 'thresholds',
  ask: gather,
  isEmpty: ({ thresholds, disputes }) => thresholds.length + disputes.length === 0,
  view: (ask, at, { thresholds, disputes, agencies }) => {
    if (at.subject.kind !== 'person') return null
    const words = ask.w.gaps.section
    const base = `/people/${at.subject.id}`
    return (
      <>
        {thresholds.length > 0 && <p class="govuk-body">{counted(words.threshold, thresholds.length)}</p>}
        {disputes.map(({ id, about, holder_agency_id }) => (
          <p class="govuk-body">
            <Link href={ask.href(`${base}/disputes/${id}`)}>
              {fill(words.dispute, { about: aboutLabel(about), agency: agencies.get(holder_agency_id) ?? '' })}
            </Link>
          </p>
        ))}
      </>
    )
  },
})
