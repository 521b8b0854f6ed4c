import { labelOf } from '../../sharing/index.ts'
import { fill, SummaryList, Tag } from '../../web/index.ts'
import type { Asked } from './share-form.ts'

/** What the agreement answers that recipient, kind by kind: yes with its clause, no with its reason. */
export const Answers = ({ asked }: { asked: Asked }) => {
  const { ground, whom, answers } = asked
  const { ask, codes } = ground
  const { answers: words } = ask.w.share.share
  const reasons: Record<string, string> = words.reasons
  const to = { name: whom.name, role: whom.role, agency: ground.recipients.get(whom.recipient) ?? '' }
  return (
    <>
      <p class="govuk-body govuk-!-font-weight-bold" dir="auto">
        {fill(words.to, to)}
      </p>
      <p class="govuk-body">{fill(words.closeness[asked.frame.closeness], to)}</p>
      <SummaryList
        rows={answers.map(({ dataClass, told }) => {
          const cited = { cite: told.clause?.cite ?? '', title: told.clause?.title ?? '' }
          return {
            key: labelOf(codes, 'class', dataClass),
            value:
              told.effect === 'allow' ? (
                <>
                  <Tag classes="govuk-tag--green">{words.yes}</Tag>
                  <br />
                  {fill(words.clause, cited)}
                  {told.duty && <strong> {words.duty}</strong>}
                  {told.obligations.length > 0 && (
                    <span class="govuk-hint">
                      {fill(words.obligations, {
                        list: told.obligations.map((code) => labelOf(codes, 'obligation', code)).join('; '),
                      })}
                    </span>
                  )}
                </>
              ) : (
                <>
                  <Tag classes="govuk-tag--red">{words.no}</Tag>
                  <br />
                  {fill(reasons[told.reason] ?? words.other, cited)}
                </>
              ),
          }
        })}
      />
      {answers.some(({ told }) => told.effect === 'deny') && <p class="govuk-body">{words.someNo}</p>}
    </>
  )
}
