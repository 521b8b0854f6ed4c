import { z } from 'zod'

const code = z.string().min(1, 'a code may not be empty')
const day = z.iso.date('a date is written as 2028-04-01').nullish()
const words = z.string().nullish()
/** Set where nobody has confirmed it yet. */
const gk = z.boolean().default(false)
const validity = { validFrom: day, validTo: day }
const succession = { plannedEnd: day, successionNote: words }

const area = z.strictObject({
  code,
  scheme: z.literal('GSS', 'areas carry GSS codes').default('GSS'),
  kind: z.enum(['region', 'county', 'district', 'unitary', 'ward', 'other']),
  name: z.string().min(1),
  parent: code.nullish(),
  ...validity,
  ...succession,
  successors: z.array(code).default([]),
  gk,
})

const agency = z.strictObject({
  code,
  name: z.string().min(1),
  kind: code,
  sector: z.enum(['statutory', 'voluntary', 'business', 'community']),
  statutoryRole: words,
  parent: code.nullish(),
  ids: z.array(z.strictObject({ scheme: code, value: code, gk })).default([]),
  ...validity,
  ...succession,
  successorOf: z.array(code).default([]),
  succeededBy: z.array(code).default([]),
  areas: z.array(code).default([]),
  invented: z.boolean().default(false),
  gk,
})

const board = z.strictObject({
  code,
  name: z.string().min(1),
  kind: z.enum(['board', 'subgroup', 'panel', 'team', 'network']),
  parent: code.nullish(),
  statutoryBasis: words,
  /** The team whose duty workers decide about concerns. One of them, no more. */
  frontDoor: z.boolean().default(false),
  members: z.array(code).default([]),
  note: words,
  gk,
})

const contact = z.strictObject({
  key: code,
  label: z.string().min(1),
  audience: z.enum(['public', 'professional', 'both']).default('both'),
  phone: words,
  text: words,
  email: words,
  url: words,
  hours: words,
  note: words,
  demo: z.boolean().default(false),
  checked: z.boolean().default(false),
})

/** What a partnership's file holds. Everything about a county is in here; nothing of it is code. */
export const partnershipFile = z.strictObject({
  slug: z.string().regex(/^[a-z0-9-]+$/, 'small letters, numbers and hyphens only'),
  name: z.string().min(1),
  /** The county or area, as people say it. */
  county: z.string().min(1),
  countyArea: code.nullish(),
  locale: z.string().default('en-GB'),
  timeZone: z.string().refine(isTimeZone, 'no such time zone').default('Europe/London'),
  languages: z.array(z.string()).min(1, 'at least one language').default(['en']),
  hosts: z.array(z.string()).default([]),
  note: words,
  areas: z.array(area),
  agencies: z.array(agency),
  boards: z.array(board),
  contacts: z.array(contact).default([]),
})
export type PartnershipFile = z.infer<typeof partnershipFile>

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en-GB', { timeZone: name }))
  } catch {
    return false
  }
}
