import { localDate } from '../../../../platform/index.ts'
import { namesFor } from '../../../../staff/index.ts'
import { moment } from '../../../../subjects/index.ts'
import { Button, fill, Link, SummaryList, WarningText, type Ask, type Handler } from '../../../../web/index.ts'
import { labelIn, strengths } from '../../../codes.ts'
import { dayOf, mayWrite, onePage, Said } from '../../pages/frame.tsx'
import { isOverdue, prompts, type Decision } from '../decision.ts'
import { decisionsOf, evidenceCited, findingsCited, type CitedEvidence, type CitedFinding } from '../queries.ts'
import { programmeHere } from './decide.tsx'
import { OutcomeTag } from './list.tsx'

/** A programme and everything that was decided of it, the latest first. */
export const programmePage: Handler = async (ask) => {
  const programme = await programmeHere(ask)
  const words = ask.w.adoption.decisions
  const all = await decisionsOf(ask.tx, ask.viewer.partnership, programme.id)
  const ids = all.map(({ id }) => id)
  const cited = await evidenceCited(ask.tx, ask.viewer.partnership, ids)
  const findings = await findingsCited(ask.tx, ask.viewer.partnership, ids)
  const names = await namesFor(
    ask.tx,
    all.map(({ written_by }) => written_by),
  )
  const today = localDate(ask.house.now(), ask.place.zone)
  return onePage({
    ask,
    title: programme.name,
    back: { href: '/decisions', text: words.title },
    children: (
      <>
        <Said>{programme.about}</Said>
        {all[0] && isOverdue(all[0], today) && (
          <WarningText>{fill(words.overdueSince, { day: dayOf(ask, all[0].review_on) })}</WarningText>
        )}
        {mayWrite(ask) && (
          <Button href={ask.href(`/decisions/${programme.id}/decide`)}>
            {all.length === 0 ? words.decideFirst : words.decideAgain}
          </Button>
        )}
        {all.length === 0 && <p class="govuk-body">{words.notDecided}</p>}
        {all.map((one, i) => (
          <One
            ask={ask}
            one={one}
            latest={i === 0}
            cited={cited.filter(({ decision_id }) => decision_id === one.id)}
            findings={findings.filter(({ decision_id }) => decision_id === one.id)}
            name={names.get(one.written_by)?.name ?? ask.w.adoption.somebody}
          />
        ))}
      </>
    ),
  })
}

type OneProps = {
  ask: Ask
  one: Decision
  latest: boolean
  cited: readonly CitedEvidence[]
  findings: readonly CitedFinding[]
  name: string
}

const One = ({ ask, one, latest, cited, findings, name }: OneProps) => {
  const words = ask.w.adoption.decisions
  return (
    <section aria-labelledby={`decision-${one.id}`}>
      <h2 class="govuk-heading-m" id={`decision-${one.id}`}>
        {fill(latest ? words.latest : words.earlier, { day: dayOf(ask, one.decided_on) })}{' '}
        <OutcomeTag ask={ask} outcome={one.outcome} />
      </h2>
      <SummaryList
        rows={[
          { key: words.rows.why, value: <Said>{one.why}</Said> },
          {
            key: words.rows.evidence,
            value: cited.length === 0 ? words.citedNone : <Evidence ask={ask} cited={cited} />,
          },
          findings.length > 0 && {
            key: words.rows.findings,
            value: (
              <ul class="govuk-list govuk-list--bullet">
                {findings.map(({ id, words: finding, area }) => (
                  <li>
                    <Link href={ask.href(`/adoption/${id}`)}>{finding}</Link> ({area})
                  </li>
                ))}
              </ul>
            ),
          },
          { key: words.rows.alternatives, value: <Said>{one.alternatives}</Said> },
          ...prompts.map((prompt) => ({
            key: words.decide.prompts[prompt].label,
            value: <Said>{one[prompt]}</Said>,
          })),
          { key: words.rows.by, value: one.decided_by },
          { key: words.rows.review, value: dayOf(ask, one.review_on) },
          { key: words.rows.written, value: `${name}, ${moment(ask, one.written_at)}` },
        ]}
      />
    </section>
  )
}

const Evidence = ({ ask, cited }: { ask: Ask; cited: readonly CitedEvidence[] }) => (
  <ul class="govuk-list govuk-list--bullet">
    {cited.map(({ id, title, source, year, strength }) => (
      <li>
        <Link href={ask.href(`/evidence/${id}`)}>{title}</Link> ({source}, {year}; {labelIn(strengths, strength)})
      </li>
    ))}
  </ul>
)
