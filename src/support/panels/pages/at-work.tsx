import type { ComponentChildren } from 'preact'
import { hasRole } from '../../../platform/index.ts'
import { moment, workers } from '../../../subjects/index.ts'
import { fill, Link, type Ask } from '../../../web/index.ts'
import { sittingsOf } from '../queries.ts'

const week = 7 * 86_400_000

/** The next panel that the viewer's agency is asked to, where everybody lands after signing in. Null without one this week. */
export const panelsAtWork = async (ask: Ask): Promise<ComponentChildren> => {
  if (!hasRole(ask.viewer, ...workers)) return null
  const now = ask.house.now()
  const soon = now.getTime() + week
  const coming = await sittingsOf(ask.tx, ask.viewer.partnership, { from: now })
  const [next] = coming.filter(({ starts_at, called_off_at }) => !called_off_at && starts_at.getTime() < soon)
  if (!next) return null
  const words = ask.w.panels.atWork
  return (
    <section aria-labelledby="next-panel">
      <h2 class="govuk-heading-m" id="next-panel">
        {words.title}
      </h2>
      <p class="govuk-body">
        <Link href={ask.href(`/meetings/${next.id}`)}>
          {fill(words.next, { kind: ask.w.panels.kinds[next.kind], when: moment(ask, next.starts_at) })}
        </Link>
      </p>
    </section>
  )
}
