import type { ComponentChildren } from 'preact'
import { hasRole, type StaffViewer } from '../../../platform/index.ts'
import { fill, Link, type Ask } from '../../../web/index.ts'
import { counted } from '../../plan/pages/dates.ts'
import { aboutLabel, type DisputeFacts } from '../dispute.ts'
import { disputesFor, inHandsOf } from '../queries.ts'

/** What somebody holds by name and what was taken off them; and for whoever the clock brought one to, how many wait. */
export const disputesAtWork = async (ask: Ask): Promise<ComponentChildren> => {
  const viewer = ask.viewer as StaffViewer
  const when = { now: ask.house.now(), zone: ask.place.zone }
  const answers = hasRole(viewer, 'manager', 'guardian')
  const all = answers ? await disputesFor(ask.tx, viewer, when) : []
  const waiting = all.filter(({ level, resolved_at }) => level !== null && resolved_at === null)
  const { holds, passed } = await inHandsOf(ask.tx, viewer, when)
  if (waiting.length + holds.length + passed.length === 0) return null
  const words = ask.w.gaps.disputes
  return (
    <section aria-labelledby="disputes-at-work">
      <h2 class="govuk-heading-m" id="disputes-at-work">
        {words.title}
      </h2>
      {waiting.length > 0 && (
        <p class="govuk-body">
          {counted(words.waiting, waiting.length)} <Link href={ask.href('/disputes')}>{words.see}</Link>
        </p>
      )}
      <Lines ask={ask} text={words.youHold} disputes={holds} />
      <Lines ask={ask} text={words.handedOn} disputes={passed} />
    </section>
  )
}

const Lines = ({ ask, text, disputes }: { ask: Ask; text: string; disputes: readonly DisputeFacts[] }) => (
  <>
    {disputes.map(({ id, reference, about }) => (
      <p class="govuk-body">
        <Link href={ask.href(`/disputes/${id}`)}>{fill(text, { reference, about: aboutLabel(about) })}</Link>
      </p>
    ))}
  </>
)
