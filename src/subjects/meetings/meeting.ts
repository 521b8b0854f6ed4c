import { hasRole, type StaffViewer } from '../../platform/index.ts'

export const meetingKinds = [
  'strategy discussion',
  'mace',
  'adult panel',
  'joint panel',
  'daily meeting',
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
  /** Who wrote down that they are too close and take no part; null while nobody has. */
  conflict_by: string | null
  /** They said so themself, or a manager of theirs confirmed it: only then does the record close to them. */
  confirmed: boolean
}

/** Whoever works where the meeting was called keeps it: adds who comes, and writes down what became of it. */
export const mayKeep = (viewer: StaffViewer, meeting: Pick<Meeting, 'agency_id' | 'outcome'>): boolean =>
  meeting.agency_id === viewer.agency && meeting.outcome === null

/** Each declares for themself; for others whoever keeps the meeting writes down what they said in it. */
export const mayDeclare = (viewer: StaffViewer, meeting: Meeting, attendee: Attendee): boolean =>
  attendee.staff_id === viewer.staff || mayKeep(viewer, meeting)

/**
 * Too close shuts somebody out of the record, so it takes their own word; or what another wrote down and a manager of
 * their agency confirms, who is neither that other nor whoever called the meeting.
 */
export const mayClose = (viewer: StaffViewer, meeting: Meeting, attendee: Attendee): boolean =>
  attendee.staff_id !== null &&
  (attendee.staff_id === viewer.staff ||
    (hasRole(viewer, 'manager') &&
      attendee.of_agency_id === viewer.agency &&
      attendee.conflict_by !== null &&
      !attendee.confirmed &&
      attendee.conflict_by !== viewer.staff &&
      meeting.called_by !== viewer.staff))
