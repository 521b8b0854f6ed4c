import type { Ask, FieldError } from '../../../../web/index.ts'
import { fill } from '../../../../web/index.ts'
import {
  asksToLookAgain,
  decisionSchema,
  limbs,
  limbsMet,
  limbWords,
  mainRoutes,
  needLabels,
  ownNeeds,
  parallelRoutes,
  type Decision,
  type Limb,
  limbAnswers,
} from '../../../decision.ts'
import { frames } from '../../../concern.ts'
import type { Answers } from './draft.ts'
import { frameChosen, type Facts } from './facts.ts'

export const steps = ['frame', 'limbs', 'route', 'why', 'check'] as const
export type Step = (typeof steps)[number]

export const one = (answers: Answers, name: string): string => {
  const value = answers[name]
  return (Array.isArray(value) ? value[0] : value)?.trim() ?? ''
}
export const many = (answers: Answers, name: string): string[] =>
  answers[name] === undefined ? [] : [answers[name]].flat()

export const alsoIn = (answers: Answers): string[] =>
  many(answers, 'also').filter((code) => parallelRoutes().some((route) => route.code === code))

/** The fields of a step: what its form may send, and what it replaces among the answers. */
export const fieldsOf = (step: Step, answers: Answers): string[] => {
  switch (step) {
    case 'frame':
      return ['frame']
    case 'limbs':
      return limbs.flatMap((limb) => [`limb_${limb}`, `limb_${limb}_why`])
    case 'route':
      return ['route', 'also']
    case 'why':
      return [
        'reason',
        'unknowns',
        'confidence',
        'offered',
        'told',
        'told_confirmed',
        'look_again-day',
        'look_again-month',
        'look_again-year',
        ...ownNeeds(one(answers, 'route'), alsoIn(answers)).flatMap((need) => [`need_${need}`, `need_${need}_why`]),
      ]
    case 'check':
      return []
  }
}

/** What is still to be put right in a step, in the words that people read. */
export const problemsIn = (ask: Ask, step: Step, facts: Facts): FieldError[] => {
  switch (step) {
    case 'frame':
      return frames.some((frame) => frame === one(facts.answers, 'frame'))
        ? []
        : [{ field: 'frame', text: ask.w.duty.decide.frameTitle }]
    case 'limbs':
      return limbs.flatMap((limb) => limbProblems(ask, limb, facts.answers))
    case 'route':
      return routeProblems(ask, facts)
    case 'why':
      return whyProblems(ask, facts)
    case 'check':
      return []
  }
}

const limbProblems = (ask: Ask, limb: Limb, answers: Answers): FieldError[] => {
  const { limbError, limbWhyError } = ask.w.duty.decide
  const { label } = limbWords(limb)
  return [
    ...(limbAnswers.some((answer) => answer === one(answers, `limb_${limb}`))
      ? []
      : [{ field: `limb_${limb}`, text: fill(limbError, { limb: label }) }]),
    ...(one(answers, `limb_${limb}_why`)
      ? []
      : [{ field: `limb_${limb}_why`, text: fill(limbWhyError, { limb: label }) }]),
  ]
}

const routeProblems = (ask: Ask, facts: Facts): FieldError[] => {
  const frame = frameChosen(facts)
  const route = one(facts.answers, 'route')
  if (!frame || !mainRoutes(frame).some(({ code }) => code === route))
    return [{ field: 'route', text: ask.w.duty.decide.routeTitle }]
  if (route === 's42-enquiry' && limbsMet(limbsIn(facts.answers)) === 'not met')
    return [{ field: 'route', text: ask.w.duty.decide.s42Error }]
  return []
}

const whyProblems = (ask: Ask, facts: Facts): FieldError[] => {
  const words = ask.w.duty.decide
  const { answers } = facts
  const route = one(answers, 'route')
  const errors: FieldError[] = []
  for (const need of ownNeeds(route, alsoIn(answers))) {
    const field = `need_${need}`
    const label = needLabels.get(need) ?? need
    if (need === 'age-16-or-over') {
      const young = facts.people.find(({ part, age }) => part === 'worried about' && age !== undefined && age < 16)
      if (young) errors.push({ field, text: fill(words.sixteenYoung, { who: young.called, age: young.age! }) })
      else if (!one(answers, field)) errors.push({ field, text: words.sixteenError })
    } else if (!one(answers, field))
      errors.push({ field, text: fill(need === 'consent' ? words.needChoiceError : words.needError, { need: label }) })
  }
  if (asksToLookAgain(route)) {
    const day = lookAgainOn(answers)
    if (!day) errors.push({ field: 'look_again-day', text: words.lookAgainError })
    else if (day <= facts.today) errors.push({ field: 'look_again-day', text: words.lookAgainPast })
  }
  const parsed = decisionSchema.safeParse(unchecked(facts))
  const seen = new Set<string>()
  for (const issue of parsed.error?.issues ?? []) {
    const field = String(issue.path[0])
    if (!seen.has(field)) errors.push({ field, text: issue.message })
    seen.add(field)
  }
  return errors
}

/** The whole decision, once no step has a problem. */
export const decisionIn = (facts: Facts): Decision => decisionSchema.parse(unchecked(facts))

const unchecked = (facts: Facts) => {
  const { answers } = facts
  const frame = frameChosen(facts)
  const route = one(answers, 'route')
  return {
    frame,
    route,
    also: alsoIn(answers),
    reason: one(answers, 'reason'),
    unknowns: one(answers, 'unknowns'),
    confidence: one(answers, 'confidence'),
    offered: one(answers, 'offered'),
    told: one(answers, 'told'),
    told_confirmed: one(answers, 'told_confirmed') === 'yes',
    look_again_on: asksToLookAgain(route) ? lookAgainOn(answers) : null,
    ...(frame === 'adult' ? limbsIn(answers) : {}),
    needs: ownNeeds(route, alsoIn(answers)).map((need) => neededIn(answers, need)),
  }
}

export const limbsIn = (answers: Answers) => {
  const answer = (limb: Limb) => limbAnswers.find((value) => value === one(answers, `limb_${limb}`)) ?? null
  return {
    limb_needs: answer('needs'),
    limb_needs_why: one(answers, 'limb_needs_why'),
    limb_risk: answer('risk'),
    limb_risk_why: one(answers, 'limb_risk_why'),
    limb_protect: answer('protect'),
    limb_protect_why: one(answers, 'limb_protect_why'),
  }
}

const chosen = ['consent', 'age-16-or-over']
export const neededIn = (answers: Answers, need: string) =>
  chosen.includes(need)
    ? { need, choice: one(answers, `need_${need}`) || null, words: one(answers, `need_${need}_why`) }
    : { need, choice: null, words: one(answers, `need_${need}`) }

/** The day typed in three parts, as YYYY-MM-DD, when there is such a day. */
export const lookAgainOn = (answers: Answers): string | null => {
  const [day, month, year] = ['day', 'month', 'year'].map((part) => one(answers, `look_again-${part}`))
  if (!/^\d{1,2}$/.test(day!) || !/^\d{1,2}$/.test(month!) || !/^\d{4}$/.test(year!)) return null
  const text = `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`
  const date = new Date(`${text}T00:00:00Z`)
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text ? null : text
}

/** The steps of this decision, in order. */
export const stepsOf = (facts: Facts): Step[] => {
  const frame = frameChosen(facts)
  const asked = facts.answers['frame'] !== undefined || frame === undefined
  return [
    ...(asked ? ['frame' as const] : []),
    ...(frame === 'adult' ? ['limbs' as const] : []),
    'route',
    'why',
    'check',
  ]
}

export const firstOpenStep = (ask: Ask, facts: Facts): Step =>
  stepsOf(facts).find((step) => problemsIn(ask, step, facts).length > 0) ?? 'check'
