import { z } from 'zod'
import shipped from '../../../../content/self-review.json' with { type: 'json' }

const principle = z.strictObject({
  code: z.string(),
  name: z.string(),
  /** A question that opens the conversation: ours, not the publisher's. */
  asks: z.string(),
  /** Where the name was found as published; '' where it was not found again. */
  source: z.string(),
  checked: z.boolean(),
})
export type Principle = z.output<typeof principle>

const file = z
  .strictObject({
    ratings: z
      .array(z.strictObject({ code: z.string(), label: z.string(), short: z.string(), means: z.string() }))
      .length(4),
    sets: z.array(
      z.strictObject({ code: z.string(), title: z.string(), about: z.string(), principles: z.array(principle).min(1) }),
    ),
  })
  .parse(shipped)

/** Four words that stand in an order and are no numbers: nothing is added up, and there is no average. */
export const { ratings, sets } = file
export const ratingCodes = ['not yet', 'beginning', 'in place', 'heard'] as const
export type Rating = (typeof ratingCodes)[number]
export const ratingWith = (code: Rating) => ratings.find((one) => one.code === code)!
export const ratingLabel = (code: Rating): string => ratingWith(code).label

export const principles: readonly Principle[] = sets.flatMap((set) => set.principles)
export const principleWith = (code: string): Principle | undefined => principles.find((one) => one.code === code)
