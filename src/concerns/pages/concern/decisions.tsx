import { Details, fill, SummaryList } from '../../../web/index.ts'
import type { Decision } from '../../decision.ts'
import type { Props } from './facts.ts'
import { when } from '../said.tsx'
import { decisionRows } from './decide/check.tsx'
import { Section } from './said.tsx'

/** The decision that stands, and those it replaced: nothing that was decided disappears. */
export const Decisions = ({ ask, facts }: Props) => {
  const words = ask.w.duty.concern
  const earlier = facts.decisions.filter(({ replaced_at }) => replaced_at !== null)
  return (
    <Section id="decision" title={words.sections.decision}>
      {facts.standing ? (
        <One ask={ask} facts={facts} decision={facts.standing} />
      ) : (
        <p class="govuk-body">{words.noDecision}</p>
      )}
      {earlier.length > 0 && (
        <Details summary={words.sections.earlier} open={false}>
          {earlier.map((decision) => (
            <One ask={ask} facts={facts} decision={decision} />
          ))}
        </Details>
      )}
    </Section>
  )
}

const One = ({ ask, facts, decision }: Props & { decision: Props['facts']['decisions'][number] }) => {
  const words = ask.w.duty.concern
  const needs = facts.needs.filter(({ decision_id }) => decision_id === decision.id)
  return (
    <>
      <p class="govuk-body">
        {fill(words.decidedBy, { when: when(ask, decision.decided_at), who: facts.named(decision.decided_by) })}
        {decision.replaced_at && `. ${fill(words.replaced, { when: when(ask, decision.replaced_at) })}`}
      </p>
      <SummaryList
        rows={decisionRows(ask, { ...(decision as Omit<Decision, 'told_confirmed' | 'needs'>), needs }).map(
          ({ key, value }) => ({ key, value }),
        )}
      />
    </>
  )
}
