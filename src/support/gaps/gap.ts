import { z } from 'zod'
import shipped from '../../../content/gaps.json' with { type: 'json' }
import { entryKinds } from '../../subjects/index.ts'

const codes = [
  'unowned concern',
  'no lead',
  'stalled transfer',
  'nobody named',
  'no contact',
  'ending',
  'over the border',
  'single agency',
  'late review',
  'unowned action',
  'expired warning',
  'watch over',
  'no adult owner',
  'late task',
  'no birthday',
  'silent after 18',
  'closed near 18',
  'dispute',
] as const
export type GapKind = (typeof codes)[number]

const file = z
  .strictObject({
    /** Entries that say that somebody was in touch. */
    contactKinds: z.array(z.enum(entryKinds)).min(1),
    /** How many of a kind are listed. */
    most: z.int(),
    /** `days`: how long it may be so before it is a gap, or how far back the list looks. */
    kinds: z.array(z.strictObject({ code: z.enum(codes), label: z.string(), step: z.string(), days: z.int() })),
  })
  .parse(shipped)

export const { contactKinds, kinds, most } = file
export const daysOf = (kind: GapKind): number => kinds.find(({ code }) => code === kind)?.days ?? 0

/** Something about somebody that nobody sees to, since a day; or a concern, by its id. */
export type Gap = { kind: GapKind; subject: string | null; concern: string | null; reference: string; since: string }
