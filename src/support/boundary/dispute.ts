import { z } from 'zod'
import shipped from '../../../content/disputes.json' with { type: 'json' }

const file = z
  .strictObject({
    about: z.array(z.strictObject({ code: z.string(), label: z.string() })).min(1),
    /** What the form offers, and how long managers have before the guardian is told. */
    answerWithinDays: z.int(),
    guardianAfterDays: z.int(),
  })
  .parse(shipped)

export const { about: abouts, answerWithinDays, guardianAfterDays } = file
export const aboutLabel = (code: string): string => abouts.find((one) => one.code === code)?.label ?? code

export type BoundaryStep = 'said' | 'held' | 'to managers' | 'to guardian' | 'resolved'

/** What a list may say of it: between whom, about what, since when, and with whom it lies. None of the words. */
export type DisputeFacts = {
  id: string
  subject_id: string | null
  concern_id: string | null
  reference: string
  agency_id: string
  other_agency_id: string
  about: string
  holder_id: string | null
  holder_agency_id: string
  answer_by: string
  raised_by: string
  raised_at: Date
  /** How far the clock has taken it; null while it lies with the two agencies. */
  level: 'to managers' | 'to guardian' | null
  resolved_at: Date | null
}

export type StepTaken = {
  id: string
  step: BoundaryStep
  words: string
  taken_by: string | null
  taken_at: Date
  /** Where it changed hands: who had it, where that was an account, and who has it from here on. */
  from_holder_id: string | null
  to_holder_id: string | null
  to_agency_id: string | null
}
export type DisputeWords = { words: string; other_words: string; holder_name: string; steps: StepTaken[] }
