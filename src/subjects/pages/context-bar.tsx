import type { ComponentChildren } from 'preact'
import { involvedWith } from '../../sharing/index.ts'
import { namesFor } from '../../staff/index.ts'
import type { Ask } from '../../web/index.ts'
import { describedContexts } from '../contexts/queries.ts'
import type { ContextKind } from '../contexts/context.ts'
import type { Through } from '../gate.ts'
import { mayHearOf } from '../tellable.ts'
import { warningsOf } from '../warning.ts'
import { Part, Warnings } from './identity-bar.tsx'

/** Which place, group or online space a page is about: above every page of it, as a person's bar is above theirs. */
export const contextBar = async (ask: Ask, at: Through, heading: 'h1' | 'p' = 'p'): Promise<ComponentChildren> => {
  const { partnership } = at.worker
  const described = await describedContexts(ask.tx, ask.house.keys, partnership, [at.subject.id])
  const about = described.get(at.subject.id)
  const everybody = await involvedWith(ask.tx, partnership, at.subject.id, at.now)
  const leads = everybody.filter(({ role, agency_id }) => role === 'lead' && mayHearOf(at, agency_id))
  const names = await namesFor(
    ask.tx,
    leads.flatMap(({ staff_id }) => staff_id ?? []),
  )
  const warnings = await warningsOf(ask.tx, ask.house.keys, partnership, at.subject.id)
  const { contexts: words, subjects } = ask.w
  const Heading = heading
  return (
    <section class="trellis-identity" aria-label={words.bar.about}>
      <div class="govuk-width-container trellis-wide trellis-identity__row">
        <div class="trellis-identity__name">
          <Heading class="trellis-identity__title" dir="auto">
            {about?.name ?? at.subject.reference}
          </Heading>
        </div>
        <dl class="trellis-identity__parts">
          <Part name={words.bar.kind}>{words.kinds[at.subject.kind as ContextKind]}</Part>
          {about?.where && <Part name={words.bar.where}>{about.where}</Part>}
          <Part name={subjects.bar.lead}>
            {[...names.values()].map(({ name }) => name).join(', ') || subjects.person.nobody}
          </Part>
          <Part name={subjects.bar.reference}>{at.subject.reference}</Part>
        </dl>
      </div>
      <Warnings {...{ ask, at, warnings }} />
    </section>
  )
}
