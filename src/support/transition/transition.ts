import { z } from 'zod'
import shipped from '../../../content/transition.json' with { type: 'json' }

const coded = { code: z.string(), label: z.string() }
const file = z
  .strictObject({
    /** In months of age: from when it concerns anybody, until when it is reviewed, and by when both owners are named. */
    from: z.int(),
    until: z.int(),
    ownersBy: z.int(),
    circumstances: z.array(
      z.strictObject({
        ...coded,
        class: z.enum(['D4', 'D5', 'D6']),
        /** Read from the assessment and never ticked. */
        derived: z.boolean().default(false),
        /** Kinds of agency that say so by working with them. */
        agencies: z.array(z.string()).default([]),
      }),
    ),
    tasks: z.array(
      z.strictObject({
        ...coded,
        hint: z.string(),
        /** The age that calls for it, in months, and how many days there are to do it. */
        months: z.int(),
        days: z.int(),
        class: z.enum(['D4', 'D5', 'D6']),
        when: z.array(z.string()).default([]),
        answers: z.array(z.string()).default([]),
        /** It has to be done by the day before the birthday, however late it was made. */
        beforeBirthday: z.boolean().default(false),
      }),
    ),
    answers: z.array(z.strictObject(coded)),
    frames: z.array(
      z.strictObject({
        topic: z.string(),
        child: z.string(),
        adult: z.string(),
        /** Nobody has confirmed it as law: it stands apart and says so. */
        gk: z.boolean().default(false),
      }),
    ),
  })
  .parse(shipped)

export const { tasks, circumstances, frames, from: fromMonths, until: untilMonths, ownersBy: ownersByMonths } = file
export const eighteenMonths = 216

export const taskCalled = (code: string) => tasks.find((task) => task.code === code)
export const circumstanceCalled = (code: string) => circumstances.find((one) => one.code === code)
export const answersOf = (code: string) =>
  file.answers.filter((answer) => taskCalled(code)?.answers.includes(answer.code))
export const answerLabel = (code: string | null): string => file.answers.find((one) => one.code === code)?.label ?? ''

export const sides = ['child', 'adult'] as const
export type Side = (typeof sides)[number]
export const outcomes = ['done', 'not needed', 'open again'] as const
export type Outcome = (typeof outcomes)[number]

export type Task = {
  id: string
  code: string
  falls_on: string
  due_on: string
  data_class: string
  /** What was said of it last; null where nothing was. */
  outcome: Outcome | null
  answer: string | null
  words: string
  said_by: string | null
  said_at: Date | null
  said_id: string | null
}
export const isOpen = ({ outcome }: Pick<Task, 'outcome'>): boolean => outcome === null || outcome === 'open again'
export const isLate = (task: Pick<Task, 'outcome' | 'due_on'>, today: string): boolean =>
  isOpen(task) && task.due_on < today

export type TransitionOwner = {
  id: string
  side: Side
  task_id: string | null
  owner_id: string | null
  owner_name: string
  owner_agency_id: string
}
/** Who carries a task on one side: whoever was named for it, or else for all. */
export const ownerOf = <O extends Pick<TransitionOwner, 'side' | 'task_id'>>(
  owners: readonly O[],
  side: Side,
  task: string | null = null,
): O | undefined =>
  owners.find((one) => one.side === side && one.task_id === task) ??
  owners.find((one) => one.side === side && one.task_id === null)

export type Circumstance = { id: string; code: string; said_by: string; said_at: Date }
