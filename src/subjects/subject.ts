import { z } from 'zod'
import { ageOn } from '../platform/index.ts'

export const entryKinds = [
  'contact',
  'what happened',
  'assessment',
  'voice',
  'health',
  'missing',
  'meeting',
  'intelligence',
  'statement',
  // What the rules of retention ask for.
  'allegation',
  'looked after',
  'death',
] as const
export type EntryKind = (typeof entryKinds)[number]
/** The classes an entry may have, from the facts of a concern to what is restricted. */
export const entryClasses = ['D4', 'D5', 'D6', 'D7'] as const
export type EntryClass = (typeof entryClasses)[number]

/** How whoever wrote an entry knows it. */
export const knownFrom = [
  'seen or heard',
  'the person',
  'family or friend',
  'another worker',
  'a record',
  'a professional view',
] as const
export type KnownFrom = (typeof knownFrom)[number]
/** How much an entry means in somebody's story, as a person chose it. */
export const significances = ['ordinary', 'significant', 'turning point'] as const
export type Significance = (typeof significances)[number]
/** What an entry may have come from. The column holds the same list. */
export const aboutKinds = [
  'concern',
  'meeting',
  'involvement',
  'alert',
  'warning',
  'story',
  'voice',
  'relationship',
  'assessment',
  'plan',
  'review',
  'transition',
  'missing',
  'referral',
  'panel',
  'gap',
] as const
export type AboutKind = (typeof aboutKinds)[number]

const words = (most: number) => z.string().max(most).default('')

/** Who somebody is, as one agency knows them. Only a name is needed, and any name they go by will do. */
export const identitySchema = z.strictObject({
  name: z.string().trim().min(1).max(300),
  known_as: words(300),
  pronouns: words(60),
  born_on: z.iso.date().nullable().default(null),
  address: words(1000),
  postcode: words(20),
  /** The id of an area, or 'elsewhere', where somebody chose; left out where the address speaks for itself. */
  area: z.string().max(100).optional(),
  phone: words(60),
  nhs_number: words(20),
  other_reference: words(100),
})
export type IdentitySaid = z.infer<typeof identitySchema>

export type EntrySaid = {
  kind: EntryKind
  happened_at: Date
  words: string
  data_class: EntryClass
  handling: 0 | 1 | 2
  source: string
  known_from?: KnownFrom | null
}

/** The eighteenth birthday, from which the frame of an adult counts. Born on 29 February: on 1 March (England and Wales). */
export const adultFrom = (born: string): string => {
  const [year, month, day] = born.split('-') as [string, string, string]
  const turns = `${Number(year) + 18}-${month}-${day}`
  return month === '02' && day === '29' && !isLeap(Number(year) + 18) ? `${Number(year) + 18}-03-01` : turns
}
const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

export const frameOn = (adult_from: string | null, today: string): 'child' | 'adult' | 'unknown' =>
  adult_from === null ? 'unknown' : adult_from <= today ? 'adult' : 'child'

/** Whole years on a day, or undefined where no birthday is known. */
export const ageToday = (born: string | null, today: string): number | undefined =>
  born === null ? undefined : ageOn(born, today)
