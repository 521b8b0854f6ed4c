import { z } from 'zod'
import { ageOn } from '../platform/index.ts'
import { readNhsNumber } from '../subjects/index.ts'

/** How a concern came in. */
export const channels = ['public', 'self', 'small', 'professional', 'phone', 'api'] as const
export type Channel = (typeof channels)[number]
/** Its agency sent it. Of any other the agency only sees to it. */
export const isFromAgency = (channel: string): boolean => channel === 'professional' || channel === 'api'
export const abouts = ['one', 'several', 'place', 'business', 'group', 'online', 'self', 'unknown'] as const
export type About = (typeof abouts)[number]
export const detailKinds = ['vehicle', 'phone', 'name', 'nickname', 'account', 'postcode', 'business'] as const
export type DetailKind = (typeof detailKinds)[number]
export const priorities = ['red', 'amber', 'green', 'blue'] as const
export type Priority = (typeof priorities)[number]
export const frames = ['child', 'adult', 'context'] as const
export type Frame = (typeof frames)[number]

/** Most characters in one answer. Long enough for a page of handwriting typed out; a bound so that one sender cannot fill the disk. */
export const longest = 20_000

const wellFormed = (text: string) => text.isWellFormed()
const words = (most = longest) =>
  z
    .string()
    .max(most, `Use ${most.toLocaleString('en-GB')} characters or fewer`)
    .refine(wellFormed, 'This text holds characters that are broken')
const short = () => words(300).default('')
const yesNoUnsure = z.enum(['yes', 'no', 'not sure'])

/** Somebody a concern is about, as described: not yet known to be anyone. Every field may be missing. */
export const personSchema = z.strictObject({
  part: z.enum(['worried about', 'may be causing harm', 'other']).default('worried about'),
  name: short(),
  nickname: short(),
  born_on: z.iso.date('Give a real date, as year-month-day').nullish().describe('Date of birth, YYYY-MM-DD'),
  age_said: short().describe('What was said of the age when no date is known: "about 15"'),
  age_group: z.enum(['child', 'adult', 'not known']).nullish(),
  sex: z.enum(['F', 'M', 'U']).nullish(),
  gender: short(),
  ethnicity: words(40).nullish().describe('ONS 2021 code, such as white-roma'),
  first_language: short(),
  needs: words(2000).default(''),
  address: words(1000).default(''),
  postcode: words(20).nullish(),
  phone: short(),
  nhs_number: words(20)
    .refine((said) => readNhsNumber(said) !== undefined, 'Give an NHS number of ten digits, with its check digit right')
    .nullish(),
  other_reference: short(),
  school_or_work: short(),
  description: words(5000).default(''),
})
export type PersonSaid = z.infer<typeof personSchema>

export const detailSchema = z.strictObject({
  kind: z.enum(detailKinds),
  said: words(500).min(1, 'Say what it is'),
  note: words(1000).default(''),
  came: z.enum(['given', 'found', 'added']).default('given'),
})
export type DetailSaid = z.infer<typeof detailSchema>

export const reporterSchema = z.strictObject({
  name: short(),
  relationship: short(),
  job_title: short(),
  may_contact: z.boolean().default(false),
  contact_by: z.enum(['phone', 'text', 'email', 'letter', 'in person']).nullish(),
  contact_value: words(500).default(''),
  safe_times: words(500).default(''),
  safe_note: words(1000).default(''),
})

const reportFields = z.strictObject({
  worry: words().regex(/\S/, 'Say what worries you').describe('In the sender’s own words; kept exactly as sent'),
  about: z.enum(abouts).default('unknown').describe('Whom or what it is about; no one need be named'),
  danger_now: z.boolean().default(false).describe('Someone is in danger now. This does not call the police: 999 does'),
  setting: words(20).nullish().describe('Code of the setting it was noticed in, such as HO for hotels'),
  happened: words(2000).default('').describe('When, in the sender’s words'),
  happened_on: z.iso.date('Give a real date, as year-month-day').nullish(),
  still_happening: yesNoUnsure.nullish(),
  place: words(2000).default(''),
  postcode: words(20).nullish(),
  latitude: z.number().min(-90).max(90).nullish(),
  longitude: z.number().min(-180).max(180).nullish(),
  wants_news: z.boolean().default(false),
  person_wants: words().nullish(),
  person_knows: yesNoUnsure.nullish(),
  person_knows_why: words(2000).nullish(),
  consent: z.enum(['given', 'refused', 'not sought']).nullish(),
  consent_why: words(2000).nullish(),
  agency_reference: words(200).nullish(),
  signs: z.array(words(20)).max(60, 'At most 60 signs').default([]),
  people: z.array(personSchema).max(20, 'At most 20 people').default([]),
  details: z.array(detailSchema).max(60, 'At most 60 details').default([]),
  reporter: reporterSchema.optional(),
})
/** What somebody noticed, the same for the pages and the API. Names are the columns' own. */
export const reportSchema = reportFields.refine(
  ({ latitude, longitude }) => (latitude == null) === (longitude == null),
  { error: 'Give latitude and longitude, or neither', path: ['latitude'] },
)
export type Report = z.infer<typeof reportSchema>

/** A file that was checked and made safe to keep: `copy` is what people are shown, without metadata. */
export type Prepared = { name: string; type: string; bytes: Buffer; copy?: { type: string; bytes: Buffer } }

/**
 * The legal frame of a concern on a day (YYYY-MM-DD), from what is known of the people it is about. A concern about
 * no one is about a context. Where any of them is or may be a child the child's frame holds: its tests are the wider
 * and its clock the shorter. An age that nobody knows is asked of the person who decides.
 */
export const frameOn = (
  about: About,
  people: readonly Pick<PersonSaid, 'part' | 'born_on' | 'age_group'>[],
  day: string,
): Frame | 'not known' => {
  const subjects = people.filter(({ part }) => part === 'worried about')
  if (subjects.length === 0 && ['place', 'business', 'group', 'online'].includes(about)) return 'context'
  const ages = subjects.map(({ born_on, age_group }) =>
    born_on ? (ageOn(born_on, day) < 18 ? 'child' : 'adult') : (age_group ?? 'not known'),
  )
  if (ages.includes('child')) return 'child'
  return ages.length > 0 && ages.every((age) => age === 'adult') ? 'adult' : 'not known'
}
