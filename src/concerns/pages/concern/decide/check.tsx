import { SummaryList, type Ask } from '../../../../web/index.ts'
import { limbs, limbsMet, limbWords, needLabels, routeLabel, type Decision } from '../../../decision.ts'
import { dayInWords, named, Written } from '../../said.tsx'
import { decisionIn, type Step } from './answers.ts'
import type { StepProps } from './facts.ts'

/** The decision as it will be kept, each part with a way back to it. */
export const CheckStep = ({ ask, facts }: StepProps) => {
  const words = ask.w.duty.decide
  const change = (step: Step, what: string) => [
    { href: ask.href(`/concerns/${facts.concern.id}/decide/${step}`), text: words.change, visuallyHiddenText: what },
  ]
  return (
    <>
      <p class="govuk-body">{words.checkText}</p>
      <SummaryList
        rows={decisionRows(ask, decisionIn(facts)).map(({ step, key, value }) => ({
          key,
          value,
          actions: change(step, key.toLowerCase()),
        }))}
      />
    </>
  )
}

type Row = { step: Step; key: string; value: preact.JSX.Element | string }

/** What a decision says, row by row: on the check page and on the concern. */
export const decisionRows = (ask: Ask, decision: Omit<Decision, 'told_confirmed'>): Row[] => {
  const { concern: words, frames, limbAnswers, confidences } = ask.w.duty
  const met = limbsMet(decision)
  return [
    { step: 'frame', key: words.frame, value: frames[decision.frame] },
    ...(decision.limb_needs ? [{ step: 'limbs' as const, key: words.limbs, value: words.limbsMet[met] }] : []),
    ...(decision.limb_needs
      ? limbs.map((limb): Row => ({
          step: 'limbs',
          key: limbWords(limb).label,
          value: (
            <>
              {named(limbAnswers, decision[`limb_${limb}`])}
              <Written>{decision[`limb_${limb}_why`] ?? ''}</Written>
            </>
          ),
        }))
      : []),
    { step: 'route', key: words.route, value: routeLabel(decision.route) },
    ...(decision.also.length
      ? [{ step: 'route' as const, key: words.also, value: decision.also.map(routeLabel).join(', ') }]
      : []),
    { step: 'why', key: words.reason, value: <Written>{decision.reason}</Written> },
    { step: 'why', key: words.unknowns, value: <Written>{decision.unknowns}</Written> },
    { step: 'why', key: words.confidence, value: confidences[decision.confidence] },
    ...decision.needs.map((need): Row => ({
      step: 'why',
      key: needLabels.get(need.need) ?? need.need,
      value: needed(ask, need),
    })),
    ...(decision.look_again_on
      ? [{ step: 'why' as const, key: words.lookAgain, value: dayInWords(decision.look_again_on) }]
      : []),
    { step: 'why', key: words.offered, value: <Written>{decision.offered}</Written> },
    { step: 'why', key: words.told, value: <Written>{decision.told}</Written> },
  ]
}

const needed = (ask: Ask, { choice, words }: Decision['needs'][number]) => {
  const names: Record<string, string> = { ...ask.w.duty.consents, yes: ask.w.common.yes }
  return (
    <>
      {named(names, choice)}
      {words && <Written>{words}</Written>}
    </>
  )
}
