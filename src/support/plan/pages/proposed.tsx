import { fill, Link } from '../../../web/index.ts'
import { isWaiting, type Proposal } from '../proposal.ts'
import { dayOf } from './dates.ts'
import type { Shown } from './parts.tsx'

/** What others found should be done, until one of the circle takes it on or says why not. */
export const Proposed = ({ shown, proposals }: { shown: Shown; proposals: readonly Proposal[] }) => {
  const { ask, base, may, whole } = shown
  const words = ask.w.plan.proposed
  const waiting = proposals.filter(isWaiting)
  if (waiting.length === 0) return null
  return (
    <section aria-labelledby="proposed">
      <h2 class="govuk-heading-m" id="proposed">
        {words.title}
      </h2>
      <p class="govuk-body">{whole.plan ? words.intro : words.introNone}</p>
      <ul class="trellis-rows">
        {waiting.map(({ id, words: said, source, due_on }) => (
          <li class="trellis-row">
            <div>
              <span class="trellis-words" dir="auto">
                {said}
              </span>
              <span class="trellis-row__more">
                {words.sources[source]}
                {due_on && ` · ${fill(ask.w.plan.due, { day: dayOf(ask, due_on) })}`}
              </span>
            </div>
            {may && whole.plan && (
              <Link href={ask.href(`${base}/proposals/${id}`)}>
                {words.take}
                <span class="govuk-visually-hidden">: {said.slice(0, 60)}</span>
              </Link>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
