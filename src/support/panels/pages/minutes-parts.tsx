import type { namesFor } from '../../../staff/index.ts'
import { day } from '../../../subjects/index.ts'
import { fill, Link, type Ask } from '../../../web/index.ts'
import type { Action } from '../../plan/plan.ts'
import type { Proposal } from '../../plan/proposal.ts'
import type { Gap } from '../gaps.ts'
import type { Decision } from '../minutes.ts'
import type { Part } from '../part.ts'

const dayOf = (ask: Ask, on: string): string => day(ask, new Date(`${on}T12:00:00Z`))

export const partLine = (ask: Ask, { said, how, on_day }: Part): string => {
  const { line, lineHow } = ask.w.panels.minutes.partLines
  const { saids, hows } = ask.w.panels.part
  const what = { said: saids[said], day: dayOf(ask, on_day) }
  return how ? fill(lineHow, { ...what, how: hows[how].toLowerCase() }) : fill(line, what)
}

/** Whether they were asked, how they took part, what they said, and how it was explained back. */
export const TheirPart = (props: {
  ask: Ask
  base: string
  part: readonly Part[]
  heard: readonly { id: string; words: string; wanted: string; heard_on: string }[]
}) => {
  const { ask, base, part, heard } = props
  const words = ask.w.panels.minutes
  const voice = `${base.split('/meetings/')[0]}/voice`
  return (
    <>
      <h2 class="govuk-heading-m">{words.part}</h2>
      {part.length === 0 && <p class="govuk-body">{words.partNone}</p>}
      <ul class="govuk-list govuk-list--bullet">
        {part.map((one) => (
          <li>
            {partLine(ask, one)}
            {one.words && (
              <span class="trellis-row__more trellis-words" dir="auto">
                {one.words}
              </span>
            )}
          </li>
        ))}
      </ul>
      <h3 class="govuk-heading-s">{words.heard}</h3>
      {heard.length === 0 && <p class="govuk-body">{words.heardNone}</p>}
      {heard.map((one) => (
        <blockquote class="trellis-words govuk-inset-text" dir="auto">
          {one.words}
          {one.wanted && <span class="trellis-row__more">{one.wanted}</span>}
        </blockquote>
      ))}
      <p class="govuk-body">
        <Link href={ask.href(`${base}/part`)}>{words.partWrite}</Link> ·{' '}
        <Link href={ask.href(`${voice}/new`)}>{words.hear}</Link>
      </p>
    </>
  )
}

/** Who should be there for them and is neither asked nor there, by rule, with where to add them. */
export const GapsHere = ({ ask, base, gaps }: { ask: Ask; base: string; gaps: readonly Gap[] }) => {
  const { minutes: words, rules } = ask.w.panels
  return (
    <>
      <h2 class="govuk-heading-m">{words.gaps}</h2>
      <ul class="govuk-list govuk-list--bullet">
        {gaps.map(({ rule, agencies }) => (
          <li>
            {fill(agencies.length ? words.gap : words.gapNone, {
              rule: rules[rule],
              agencies: agencies.map(({ name }) => name).join(', '),
            })}
          </li>
        ))}
      </ul>
      <p class="govuk-body">
        <Link href={ask.href(`${base}/add`)}>{words.gapAdd}</Link>
      </p>
    </>
  )
}

/** What came of decisions, as far as the viewer sees it. */
export type Done = { actions: readonly Action[]; proposals: readonly Proposal[] }

/** What was decided and why, and what became of it in the plan. */
export const Decisions = (props: {
  ask: Ask
  decisions: readonly Decision[]
  done: Done
  names: Awaited<ReturnType<typeof namesFor>>
}) => {
  const { ask, decisions, done, names } = props
  const words = ask.w.panels.minutes
  return (
    <>
      <h2 class="govuk-heading-m">{words.decisions}</h2>
      {decisions.length === 0 && <p class="govuk-body">{words.decisionsNone}</p>}
      <ol class="govuk-list govuk-list--number">
        {decisions.map((one) => (
          <li>
            {decisionLines(ask, one, done, names).map((line, i) => (
              <span class={i === 0 ? 'trellis-words' : 'trellis-row__more trellis-words'} dir="auto">
                {line}
              </span>
            ))}
          </li>
        ))}
      </ol>
    </>
  )
}

/** A decision in lines, for the page and for paper. An action that the viewer may not see is not told of. */
export const decisionLines = (
  ask: Ask,
  { words: decided, why, action_id, entry_id, proposal_id }: Decision,
  { actions, proposals }: Done,
  names: Awaited<ReturnType<typeof namesFor>>,
): string[] => {
  const words = ask.w.panels.minutes
  const proposal = proposals.find(({ id }) => id === proposal_id)
  const action = actions.find(({ id }) => id === (action_id ?? proposal?.action_id))
  const owner = action && (action.owner_id ? names.get(action.owner_id)?.name : action.owner_name)
  return [
    decided,
    fill(words.because, { why }),
    ...(action
      ? [fill(words.action, { words: action.words, owner: owner ?? '', day: dayOf(ask, action.due_on) })]
      : []),
    ...(entry_id ? [words.entry] : []),
    ...(proposal_id && !action ? [proposedLine(words, proposal)] : []),
  ]
}

const proposedLine = (words: Ask['w']['panels']['minutes'], proposal: Proposal | undefined): string => {
  if (!proposal) return words.proposalKept
  const isNot = proposal.answered_at !== null && proposal.action_id === null
  return fill(isNot ? words.proposalNot : words.proposal, { words: proposal.words })
}
