import { reportSchema, type Report } from '../../concern.ts'

/** What has been answered so far, under the names that the report will have. */
export type Answers = Partial<Report> & {
  channel: 'public' | 'self' | 'small' | 'professional' | 'phone'
  /** Pages that were passed, answered or skipped. */
  done: StepName[]
  /** The setting came with the address, so nobody is asked for it. */
  settingGiven?: boolean
}

/** What the draft holds once it was sent, for as long as the receipt may be shown again. */
export type SentAnswers = { concern: string; reference: string; receipt: string; due: string | null }

export const stepNames = [
  'danger',
  'worry',
  'about',
  'people',
  'wishes',
  'where',
  'when',
  'setting',
  'signs',
  'details',
  'files',
  'contact',
  'you',
] as const
export type StepName = (typeof stepNames)[number]

/** The pages of this report, in their order. They follow from what was answered. */
export const stepsOf = (answers: Answers): StepName[] => {
  const { channel, about } = answers
  const professional = channel === 'professional' || channel === 'phone'
  const someone = about === 'one' || about === 'several' || channel === 'self'
  const asked: Record<StepName, boolean> = {
    danger: true,
    worry: true,
    about: channel !== 'self',
    people: someone,
    wishes: professional && someone,
    where: true,
    when: true,
    setting: !answers.settingGiven,
    signs: Boolean(answers.setting),
    details: true,
    files: channel !== 'phone',
    contact: channel !== 'professional',
    you: channel === 'professional',
  }
  return stepNames.filter((name) => asked[name])
}

/** Where one goes from a page: on to the next, or back to checking once every page was passed. */
export const after = (answers: Answers, step: StepName): string => {
  const steps = stepsOf(answers)
  const next = steps[steps.indexOf(step) + 1]
  return next === undefined || steps.every((name) => answers.done.includes(name)) ? '/report/check' : `/report/${next}`
}

export const before = (answers: Answers, step: StepName | 'check'): string => {
  const steps = stepsOf(answers)
  const previous = step === 'check' ? steps.at(-1) : steps[steps.indexOf(step) - 1]
  return previous ? `/report/${previous}` : '/report'
}

/** The whole report. @throws when an answer cannot be one: each was checked when it was given */
export const toReport = (answers: Answers): Report => {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- what is left is the report
  const { channel, done, settingGiven, ...said } = answers
  return reportSchema.parse({ ...said, about: said.about ?? (channel === 'self' ? 'self' : 'unknown') })
}
