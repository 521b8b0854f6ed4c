import { z } from 'zod'
import { localDate, type Tx } from '../platform/index.ts'
import { involvedWith } from '../sharing/index.ts'
import {
  addRelationship,
  chooseTrusted,
  endRelationship,
  planEnding,
  relationshipCodes as codes,
  type SubjectFacts,
} from '../subjects/index.ts'
import type { Stage } from './stage.ts'

const year = z.number().nullable().default(null)
/** Who matters to somebody, whom they trust, and who is about to leave. Ties are called by their names. */
export const mattersStory = z.strictObject({
  by: z.string(),
  daysAgo: z.number(),
  ties: z.array(
    z.strictObject({
      name: z.string().optional(),
      staff: z.string().optional(),
      kind: z.string(),
      through: z.string().nullable().default(null),
      gender: z.enum(codes.genders).default('not known'),
      born_year: year,
      died_year: year,
      effect: z.enum(codes.effects),
      words: z.string().default(''),
      strength: z.enum(codes.strengths),
      contact: z.enum(codes.contacts),
      lives_with: z.boolean().default(false),
      since_year: year,
      continuity: z.enum(codes.continuities).default('not known'),
      continuity_why: z.string().default(''),
      said_by: z.enum(codes.sayers),
      handling: z.union([z.literal(0), z.literal(1)]).default(0),
      over: z.strictObject({ daysAgo: z.number(), why: z.string() }).optional(),
    }),
  ),
  trusted: z.strictObject({ staff: z.string(), backup: z.string(), words: z.string(), reviewInDays: z.number() }),
  ending: z.strictObject({ staff: z.string(), inDays: z.number() }),
})

export const playMatters = async (
  tx: Tx,
  stage: Stage,
  subject: SubjectFacts,
  { by, daysAgo, ties, trusted, ending }: z.output<typeof mattersStory>,
): Promise<void> => {
  const { keys, called, turnTo, now, zone } = stage
  const viewer = called(by)
  const moved = (days: number): Date => new Date(now.getTime() + days * 86_400_000)
  const dayOf = (days: number): string => localDate(moved(days), zone)
  const at = moved(-daysAgo)
  await turnTo(tx, viewer, at)
  const known = new Map<string, string>()
  for (const { name, staff, through, over, ...said } of ties) {
    const who = staff ? { staff: called(staff).staff } : { name: name! }
    const whole = { ...said, has_died: said.died_year !== null, through: through && known.get(through)! }
    const tie = await addRelationship(tx, keys, viewer, subject, who, whole, at)
    if (name) known.set(name, tie)
    const ended = over && { tie, until_on: dayOf(-over.daysAgo), why: over.why, said_by: said.said_by }
    if (ended) await endRelationship(tx, keys, viewer, subject, ended, at)
  }
  const choice = {
    who: { staff: called(trusted.staff).staff },
    backup: { name: trusted.backup, tie: known.get(trusted.backup)! },
    how: 'chose',
    words: trusted.words,
    review_on: dayOf(trusted.reviewInDays),
  } as const
  await chooseTrusted(tx, keys, viewer, subject, choice, at)
  const live = await involvedWith(tx, viewer.partnership, subject.id, at)
  const one = live.find(({ staff_id }) => staff_id === called(ending.staff).staff)!
  await planEnding(tx, viewer, { subject: subject.id, one, ends_on: dayOf(ending.inDays) }, at)
}
