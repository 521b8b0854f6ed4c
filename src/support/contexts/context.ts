/** What an assessment of a place, a group or an online space asks, in this order: words alone, and no score. */
export const questions = ['happens', 'times', 'harmed', 'watched', 'easy', 'protects', 'unknown'] as const
export type Question = (typeof questions)[number]

/** Roughly where a spot lies in a sketch of nine fields, row by row. The column holds the same list. */
export const cells = [
  'top left',
  'top',
  'top right',
  'left',
  'middle',
  'right',
  'bottom left',
  'bottom',
  'bottom right',
] as const
export type Cell = (typeof cells)[number]

/** Whose words they are: those of the people it is for stand apart from a worker's. */
export const speakers = ['young people', 'others who use it', 'worker'] as const
export type Speaker = (typeof speakers)[number]
export const feelings = ['safe', 'sometimes', 'not safe'] as const
export type Feeling = (typeof feelings)[number]

/** Those who are harmed there stand apart from those who may cause harm. */
export const partsIn = ['harmed or at risk', 'may cause harm'] as const
export type PartIn = (typeof partsIn)[number]

export type ContextAssessment = Record<Question, string> & {
  id: string
  agency_id: string
  review_on: string
  assessed_by: string
  assessed_at: Date
}
export type Guardian = {
  id: string
  role: string
  at_agency_id: string | null
  elsewhere: string
  contact: string
  does: string
  ended_at: Date | null
}
export type Said = {
  id: string
  spot_id: string
  who: Speaker
  feels: Feeling
  times: string
  words: string
  said_on: string
}
export type Spot = { id: string; name: string; cell: Cell; said: Said[] }
export type Closure = { id: string; why: string; used: string; signs: string; closed_at: Date; ended_at: Date | null }
export type Link = { id: string; concern_id: string; linked_by: string; linked_at: Date }
export type PersonIn = { id: string; person_id: string; part: PartIn; why: string; until_on: string; linked_at: Date }
