import { z } from 'zod'
import shipped from '../../../content/missing.json' with { type: 'json' }
import { localDate } from '../../platform/index.ts'

export const grades = ['very low', 'low', 'medium', 'high'] as const
export type Grade = (typeof grades)[number]
export const absences = ['M', 'A'] as const
export type Absence = (typeof absences)[number]
export const linkKinds = ['person', 'place', 'phone'] as const
export type LinkKind = (typeof linkKinds)[number]
export const answers = ['accepted', 'refused', 'not possible'] as const
export type OfferAnswer = (typeof answers)[number]
export const knowns = ['yes', 'no', 'not known'] as const
export type Known = (typeof knowns)[number]

const local = { localDefault: z.boolean() }
const file = z
  .strictObject({
    version: z.int(),
    grades: z.array(z.enum(grades)),
    gradesSource: z.string(),
    absences: z.array(z.enum(absences)),
    absencesSource: z.string(),
    conversation: z.strictObject({
      clock: z.string(),
      class: z.literal('D4'),
      handling: z.union([z.literal(0), z.literal(1)]),
    }),
    triggers: z.array(
      z.discriminatedUnion('code', [
        z.strictObject({ code: z.literal('often'), episodes: z.int(), days: z.int(), ...local }),
        z.strictObject({ code: z.literal('long'), hours: z.int(), ...local }),
        z.strictObject({ code: z.literal('young'), under: z.int(), ...local }),
        z.strictObject({ code: z.literal('out of county'), ...local }),
        z.strictObject({ code: z.literal('exploitation'), ...local }),
        z.strictObject({ code: z.literal('looked after'), ...local }),
        z.strictObject({ code: z.literal('others'), ...local }),
      ]),
    ),
  })
  .parse(shipped)

export const { triggers, conversation } = file
export type Trigger = (typeof triggers)[number]

/** What is said when somebody is missing. */
export type Reported = {
  started_at: Date
  reported_at: Date
  reported_by: string
  seen_at: Date | null
  seen_by: string
  seen_where: string
  clothing: string
  place: string
  what: string
  looked_after: Known
  absence: Absence | null
  out_of_county: Known
  exploitation: Known
}
export type Episode = Reported & {
  id: string
  agency_id: string
  entered_by: string
  entered_at: Date
  ended_at: Date | null
}
export type GradeSaid = {
  id: string
  grade: Grade
  reference: string
  why: string
  entered_by: string
  entered_at: Date
}
export type Link = { id: string; kind: LinkKind; words: string }
export type Return = {
  id: string
  where: string
  by: string
  how: string
  prevention: Known
  well: Known
  well_words: string
}
export type Offer = {
  id: string
  offered_at: Date
  offered_by: string
  independent: boolean
  answer: OfferAnswer
  spoke: string
  carer: string
  why: string
  again_on: string | null
}
/** What a conversation after a return was. */
export type Talked = {
  held_at: Date
  held_by: string
  independent: boolean
  where: string
  said: string
  push: string
  pull: string
  harm: string
  others: string
  actions: string
  shared: string
}
export type Talk = Talked & { id: string }

export const isMissing = ({ ended_at }: Pick<Episode, 'ended_at'>): boolean => ended_at === null

type Times = Pick<Episode, 'started_at' | 'ended_at'>
/**
 * Whether what follows is an adult's: by the day on which they are back, or today while they are not. Until then it is a
 * child's, with the clock that the law sets.
 */
export const isAdults = ({ ended_at }: Times, adultFrom: string | null, now: Date, zone: string): boolean =>
  adultFrom !== null && adultFrom <= localDate(ended_at ?? now, zone)

/** Went missing as a child, and turned 18 before anybody found them: the episode goes on, as an adult's. */
export const turnedEighteen = (episode: Times, adultFrom: string | null, now: Date, zone: string): boolean =>
  isAdults(episode, adultFrom, now, zone) && adultFrom! > localDate(episode.started_at, zone)

const hour = 3_600_000
/** How long, by hours that passed and not by what clocks showed: a night on which they change is 23 or 25 hours long. */
export const hoursMissing = ({ started_at, ended_at }: Times, now: Date): number =>
  Math.floor(((ended_at ?? now).getTime() - started_at.getTime()) / hour)
