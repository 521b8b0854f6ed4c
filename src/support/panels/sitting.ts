import { z } from 'zod'
import shipped from '../../../content/panels.json' with { type: 'json' }
import type { StaffViewer } from '../../platform/index.ts'

/** The panels that sit again and again; a strategy discussion is a meeting about one person. */
export const sittingKinds = ['mace', 'adult panel', 'joint panel', 'daily meeting'] as const
export type SittingKind = (typeof sittingKinds)[number]

/** What brings somebody onto an agenda by itself. */
export const dueKinds = [
  'red concern',
  'missing',
  'missing rule',
  'stuck action',
  'transition',
  'review',
  'assessment',
  'known',
  'watch',
] as const
export type DueKind = (typeof dueKinds)[number]

const whens = ['child', 'from 17', 'person', 'school age', 'works with them'] as const
export const rules = ['childrens', 'adults', 'police', 'health', 'school', 'circle'] as const
export type RuleCode = (typeof rules)[number]

const file = z
  .object({
    classification: z.string(),
    redWithinDays: z.int(),
    missingWithinDays: z.int(),
    invitations: z.array(
      z.strictObject({ code: z.enum(rules), when: z.enum(whens), agencies: z.array(z.string()).readonly() }),
    ),
  })
  .parse(shipped)
export const { classification, redWithinDays, missingWithinDays, invitations } = file
export type Invitation = (typeof invitations)[number]

export type Sitting = {
  id: string
  agency_id: string
  body_id: string | null
  kind: SittingKind
  reference: string
  purpose: string
  basis: string
  condition: string
  starts_at: Date
  ends_at: Date
  place: string
  called_by: string
  called_at: Date
  called_off_at: Date | null
}

/** Whoever works where it was called keeps the agenda and the minutes. */
export const keepsSitting = (viewer: StaffViewer, { agency_id, called_off_at }: Sitting): boolean =>
  agency_id === viewer.agency && called_off_at === null

export type Seat = { of_agency_id: string; name: string; kind: string; rule: string; asked_at: Date }
export type Declared = { staff_id: string; of_agency_id: string; said_at: Date; until_at: Date }
