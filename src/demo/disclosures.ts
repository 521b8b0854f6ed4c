import { z } from 'zod'
import { localDate, type Tx } from '../platform/index.ts'
import {
  consents,
  dataClasses,
  decideNotToShare,
  methods,
  reasonsNotToShare,
  share,
  type DataClass,
} from '../sharing/index.ts'
import { frameOn, type SubjectFacts } from '../subjects/index.ts'
import type { Stage } from './stage.ts'

/** What one agency told another of somebody, or why it did not. */
export const disclosureStory = z.strictObject({
  by: z.string(),
  daysAgo: z.number(),
  to: z.strictObject({ agency: z.string(), name: z.string(), role: z.string() }),
  classes: z.array(z.enum(dataClasses)).min(1),
  handling: z.union([z.literal(0), z.literal(1)]).default(0),
  purpose: z.string(),
  basis: z.string(),
  condition: z.string().default(''),
  wishes: z.string().nullable().default(null),
  why: z.string(),
  shared: z
    .strictObject({
      method: z.enum(methods),
      consent: z.enum(consents).nullable().default(null),
      notTold: z.string().nullable().default(null),
      outside: z.string().nullable().default(null),
      expiresInDays: z.number().optional(),
    })
    .optional(),
  reason: z.enum(reasonsNotToShare).optional(),
})

type Played = { subject: SubjectFacts; circle: readonly { who: string; role: string }[] }
const day = 24 * 60 * 60_000

export const playDisclosure = async (
  tx: Tx,
  { keys, now, zone, called, agency, turnTo }: Stage,
  { subject, circle }: Played,
  { by, daysAgo, to, classes, handling, shared, reason, ...said }: z.output<typeof disclosureStory>,
): Promise<void> => {
  const viewer = called(by)
  const at = new Date(now.getTime() - daysAgo * day)
  const recipient = agency(to.agency)
  const theirs = circle.filter(({ who }) => called(who).agency === recipient)
  const own = theirs.find(({ who }) => called(who).name === to.name)
  const closeness = own ? (own.role === 'circle' ? 2 : 3) : theirs.length > 0 ? 1 : 0
  const frame = { age: frameOn(subject.adult_from, localDate(at, zone)), handling, closeness } as const
  const kinds = classes as [DataClass, ...DataClass[]]
  const about = { ...said, subject: subject.id, recipient, name: to.name, role: to.role, classes: kinds, at }
  await turnTo(tx, viewer, at)
  if (reason) {
    await decideNotToShare(tx, keys, viewer, { ...about, reason }, frame)
    return
  }
  const { expiresInDays, ...told } = shared!
  const expires = expiresInDays === undefined ? null : localDate(new Date(now.getTime() + expiresInDays * day), zone)
  const kept = await share(tx, keys, viewer, { ...about, ...told, expires }, frame)
  if (kept === 'outside needed') throw new Error(`The demo shares with ${to.name} what the agreement says no to.`)
}
