import { z } from 'zod'
import shipped from '../../../content/voice.json' with { type: 'json' }

const file = z
  .strictObject({ version: z.int(), outcomes: z.strictObject({ source: z.string(), checked: z.boolean() }) })
  .parse(shipped)
/** Whether somebody has confirmed that the outcomes are worded as the national return words them. */
export const areOutcomesChecked = file.outcomes.checked

export const stages = [
  'first contact',
  'assessment',
  'plan',
  'review',
  'meeting',
  'missing',
  'transition',
  'step-down',
  'other',
] as const
export type Stage = (typeof stages)[number]

export const channels = [
  'talk',
  'drawing',
  'text',
  'app',
  'audio',
  'body language',
  'advocate',
  'parent',
  'professional',
] as const
export type Channel = (typeof channels)[number]

export const explainedHow = ['in person', 'by phone', 'by text', 'in writing', 'through somebody'] as const
export type ExplainedHow = (typeof explainedHow)[number]

/** Why somebody was not heard. It always comes with the day of the next try. */
export const absenceReasons = [
  'did not want to',
  'not reached',
  'not safe',
  'too unwell',
  'no interpreter',
  'no advocate',
  'other',
] as const
export type AbsenceReason = (typeof absenceReasons)[number]

/** Making Safeguarding Personal, in the words of the national return (SAC SG4a). */
export const points = ['start', 'middle', 'end'] as const
export const askedCodes = ['yes and expressed', 'yes but none expressed', 'no', "don't know", 'not recorded'] as const
export const mets = ['fully', 'partly', 'not met'] as const
export type Point = (typeof points)[number]
export type AskedCode = (typeof askedCodes)[number]
export type Met = (typeof mets)[number]

export type Voice = {
  id: string
  stage: Stage
  channel: Channel
  words: string
  wanted: string
  language: string
  /** Who heard it, where that was not whoever wrote it down. */
  heard_by: string
  heard_on: string
  entered_by: string | null
  replies: Reply[]
}
export type Reply = {
  id: string
  voice_id: string
  did: string
  explained: ExplainedHow | null
  explained_on: string | null
}
export type Absence = {
  id: string
  stage: Stage
  reason: AbsenceReason
  why: string
  next_try_on: string
  entered_at: Date
}
export type OwnOutcome = { id: string; words: string; met: { point: Point; met: Met; said_on: string }[] }
export type Asked = { point: Point; asked: AskedCode; asked_on: string }
