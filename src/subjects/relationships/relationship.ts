import { z } from 'zod'
import shipped from '../../../content/relationships.json' with { type: 'json' }

export const groups = ['family', 'friends', 'workers', 'others'] as const
export type Group = (typeof groups)[number]
/** What somebody is in a genogram of three generations. */
export const familyTies = [
  'parent',
  'partner of parent',
  'grandparent',
  'sibling',
  'half-sibling',
  'partner',
  'former partner',
  'child',
  'aunt or uncle',
] as const
export type FamilyTie = (typeof familyTies)[number]

export const genders = ['woman', 'man', 'another', 'not known'] as const
export const effects = ['protective', 'harmful', 'both', 'not known'] as const
export const strengths = ['strong', 'ordinary', 'weak', 'broken', 'not known'] as const
export const contacts = ['every day', 'every week', 'every month', 'less often', 'not now', 'not known'] as const
export const sayers = ['the person', 'family', 'a worker', 'somebody else'] as const
export const continuities = ['will stay', 'may be lost', 'not known'] as const
export const trustedHows = ['chose', 'agreed', 'not asked'] as const
export type Gender = (typeof genders)[number]
export type Effect = (typeof effects)[number]
export type Strength = (typeof strengths)[number]
export type Sayer = (typeof sayers)[number]

/** The lists by which a tie is told, for whoever reads one from a file. */
export const relationshipCodes = { genders, effects, strengths, contacts, sayers, continuities } as const

const file = z
  .object({
    kinds: z.array(z.strictObject({ code: z.string(), group: z.enum(groups), family: z.enum(familyTies).nullable() })),
    genders: z.array(z.enum(genders)),
    effects: z.array(z.enum(effects)),
    strengths: z.array(z.enum(strengths)),
    contacts: z.array(z.enum(contacts)),
    sayers: z.array(z.enum(sayers)),
    continuities: z.array(z.enum(continuities)),
    trustedHows: z.array(z.enum(trustedHows)),
  })
  .parse(shipped)

/** What somebody is to the person, as the list that ships has it. */
export const kinds: readonly string[] = file.kinds.map(({ code }) => code)
export const groupOf = (kind: string): Group => file.kinds.find(({ code }) => code === kind)?.group ?? 'others'
export const familyTieOf = (kind: string): FamilyTie | null =>
  file.kinds.find(({ code }) => code === kind)?.family ?? null

/** Whom a tie is with: one of the three. */
export type With = { name: string } | { other: string } | { staff: string }

/** What is said of a tie, whoever it is with. */
export type Said = {
  kind: string
  through: string | null
  gender: Gender
  born_year: number | null
  died_year: number | null
  has_died: boolean
  effect: Effect
  words: string
  strength: Strength
  contact: (typeof contacts)[number]
  lives_with: boolean
  since_year: number | null
  continuity: (typeof continuities)[number]
  continuity_why: string
  said_by: Sayer
  handling: 0 | 1
}

export type Relationship = Omit<Said, 'through'> & {
  id: string
  tie_id: string
  agency_id: string
  through_id: string | null
  other_subject_id: string | null
  staff_id: string | null
  /** As it was written; of a worker or somebody with a record of their own it is asked of whoever keeps that. */
  name: string
  entered_by: string
  entered_at: Date
  replaced_at: Date | null
  until_on: string | null
  ended_at: Date | null
  why_ended: string
}

export const isOver = ({ ended_at }: Pick<Relationship, 'ended_at'>): boolean => ended_at !== null
