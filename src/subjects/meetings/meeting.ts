import type { StaffViewer } from '../../platform/index.ts'

export const meetingKinds = [
  'strategy discussion',
  'mace',
  'adult panel',
  'professionals meeting',
  'network meeting',
  'other',
] as const
export type MeetingKind = (typeof meetingKinds)[number]

export type Meeting = {
  id: string
  subject_id: string
  agency_id: string
  kind: MeetingKind
  purpose: string
  basis: string
  condition: string
  starts_at: Date
  called_by: string
  called_at: Date
  handling: 0 | 1
  /** Null until somebody wrote down what became of it. */
  outcome: 'held' | 'called off' | null
}

export type Attendee = {
  id: string
  of_agency_id: string | null
  staff_id: string | null
  /** Of somebody without an account; of staff the directory has it. */
  name: string | null
  confidential_at: Date | null
  /** Said to be too close: they take no part. */
  conflict: boolean
}

/** Whoever works where the meeting was called keeps it: adds who comes, and writes down what became of it. */
export const mayKeep = (viewer: StaffViewer, meeting: Pick<Meeting, 'agency_id' | 'outcome'>): boolean =>
  meeting.agency_id === viewer.agency && meeting.outcome === null

/** Each declares for themself; for others whoever keeps the meeting writes down what they said in it. */
export const mayDeclare = (viewer: StaffViewer, meeting: Meeting, attendee: Attendee): boolean =>
  attendee.staff_id === viewer.staff || mayKeep(viewer, meeting)

/** That somebody else is too close shuts them out, so only whoever called the meeting may write it down for them. */
export const mayDeclareConflict = (viewer: StaffViewer, meeting: Meeting, attendee: Attendee): boolean =>
  attendee.staff_id === viewer.staff || (mayKeep(viewer, meeting) && meeting.called_by === viewer.staff)
