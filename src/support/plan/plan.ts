import { z } from 'zod'
import { isContext, type SubjectFacts } from '../../subjects/index.ts'
import shipped from '../../../content/plan.json' with { type: 'json' }

export const parts = [
  'safety',
  'relationships',
  'health',
  'education or work',
  'home',
  'ways out',
  'disruption',
] as const
/** What can be done about a place, a group or an online space. */
export const contextParts = [
  'the place',
  'its people',
  'rules and licences',
  'outreach',
  'what they asked for',
  'policing',
] as const
export type Part = (typeof parts)[number] | (typeof contextParts)[number]
/** The parts that the plan of this record has. */
export const partsOf = (subject: Pick<SubjectFacts, 'kind'>): readonly Part[] =>
  isContext(subject) ? contextParts : parts

/** The sorts of plan of a person. Each has clocks: how long until the first review, the second, and every later one. */
export const kinds = ['exploitation', 'exploitation high', 'child protection', 'adult safeguarding'] as const
export type Kind = (typeof kinds)[number] | 'context'

/** From the whole plan down to staying in touch; below the last is closed with watch. */
export const rungs = ['full plan', 'lighter plan', 'staying in touch'] as const
export type Rung = (typeof rungs)[number]

const file = z
  .strictObject({
    kinds: z.array(z.strictObject({ code: z.enum([...kinds, 'context']), clocks: z.array(z.string()).min(1) })),
    parts: z.array(
      z.strictObject({
        code: z.enum([...parts, ...contextParts]),
        class: z.enum(['D4', 'D5', 'D6', 'D7']),
        handling: z.union([z.literal(0), z.literal(1)]),
        forThePerson: z.boolean(),
      }),
    ),
    ladder: z.array(z.enum(rungs)),
    nearEighteenDays: z.int(),
  })
  .parse(shipped)

/** Who sees a part goes by its class and handling, as the agreement has it. */
export const guardOf = (part: Part) => {
  const { class: data_class, handling } = file.parts.find(({ code }) => code === part)!
  return { data_class, handling: String(handling) as '0' | '1' }
}
/** Whether a part stands in what the person is given: how others are stopped does not. */
export const isForThePerson = (part: Part): boolean => file.parts.find(({ code }) => code === part)!.forThePerson

/** The clock of the next review, after so many were held. */
export const clockAfter = (kind: Kind, held: number): string => {
  const { clocks } = file.kinds.find(({ code }) => code === kind)!
  return clocks[Math.min(held, clocks.length - 1)]!
}

export const { nearEighteenDays } = file

export const whoses = ['own', 'protection'] as const
export const goalEnds = ['reached', 'changed', 'given up'] as const
export type GoalEnd = (typeof goalEnds)[number]

export type Plan = {
  id: string
  kind: Kind
  review_on: string
  started_by: string
  started_at: Date
  agency_id: string
}
export type Goal = {
  id: string
  part: Part
  whose: (typeof whoses)[number]
  words: string
  /** Whose worker wrote it down. */
  agency_id: string
  entered_by: string
  entered_at: Date
  outcome: GoalEnd | null
}

/** Somebody with an account, or somebody by name at an agency: exactly one of the two. */
export type Owner = { agency: string } & ({ staff: string; name?: undefined } | { staff: null; name: string })

export type Said = 'given' | 'stuck' | 'next step' | 'done' | 'not done' | 'open again'
export type Action = {
  id: string
  part: Part
  goal_id: string | null
  words: string
  /** Whose worker wrote it down. */
  agency_id: string
  owner_id: string | null
  owner_name: string
  owner_agency_id: string
  due_on: string
  entered_by: string
  entered_at: Date
  /** What was said of it last. */
  said: Said
  said_id: string
}
export type Progress = {
  id: string
  said: Said
  words: string
  owner_id: string | null
  owner_name: string
  due_on: string | null
  said_by: string
  said_at: Date
}

export const isOpen = ({ said }: Pick<Action, 'said'>): boolean => said !== 'done' && said !== 'not done'
/** Overdue, or said to be: it needs its smallest next step. */
export const isStuck = (action: Pick<Action, 'said' | 'due_on'>, today: string): boolean =>
  isOpen(action) && (action.said === 'stuck' || action.due_on < today)

export type Review = {
  id: string
  kind: Kind
  held_on: string
  next_on: string
  changed: string
  view: string
  unheard: string
  decisions: string
  held_by: string
  held_at: Date
}
