import { fill } from '../../../web/index.ts'
import type { Tombstone } from '../read.ts'
import { dayIn, type Site } from '../site.ts'

/** At the address of what was withdrawn: that it was, and when. Neither what it was nor why. */
export const TombstoneView = ({ site, stone }: { site: Site; stone: Tombstone }) => {
  const w = site.w.library.tombstone
  return (
    <>
      <h1 class="govuk-heading-l">{w.title}</h1>
      <p class="govuk-body">{fill(w.body, { date: dayIn(site, stone.fell_at) })}</p>
      <p class="govuk-body">
        <a class="govuk-link" href={site.href('/library')}>
          {w.onward}
        </a>
      </p>
    </>
  )
}
