/** The jobs a staff member may hold. What each may see is decided by row-level security. */
export const roles = [
  'reporter-agency',
  'practitioner',
  'duty',
  'manager',
  'guardian',
  'administrator',
  'learning',
  'chair',
] as const
export type Role = (typeof roles)[number]

/** A purpose with its lawful basis and, for special categories, its condition: codes of the agreement. It ends by itself. */
export type Stated = { purpose: string; basis: string; condition: string; until: Date }

/** Who is asking. `staff` makes the signed-in one; everybody else only receives it. */
export type Viewer =
  | { kind: 'public'; partnership: string }
  | { kind: 'reporter'; partnership: string; concern: string }
  | {
      kind: 'staff'
      partnership: string
      staff: string
      agency: string
      name: string
      roles: readonly Role[]
      /** True for duty workers and managers who sit in the front door team: they see every concern of the partnership. */
      frontDoor: boolean
      /** Why they are on the pages of one subject, where they have said so. Without it no row of a subject is theirs. */
      stated?: Stated
    }
  | { kind: 'client'; partnership: string; client: string; agency: string }
  | {
      /** The person themself, or a parent or advocate of theirs, by a code that a worker handed over. */
      kind: 'person'
      partnership: string
      subject: string
      /** The code they came in by, and whose worker handed it over. */
      way: string
      through: string
      as: 'themself' | 'parent' | 'advocate'
      /** The parts of the page that they may read. */
      sections: readonly string[]
    }
  /** The product itself: jobs, sign-in before anyone is known, demo data. Never made from a request's own words. */
  | { kind: 'system'; partnership: string }

export type StaffViewer = Extract<Viewer, { kind: 'staff' }>
export type PersonViewer = Extract<Viewer, { kind: 'person' }>

/** The front door: duty workers and managers of the team that decides. */
export const isFrontDoor = (viewer: Viewer): viewer is StaffViewer => viewer.kind === 'staff' && viewer.frontDoor

export const hasRole = (viewer: Viewer, ...any: Role[]): viewer is StaffViewer =>
  viewer.kind === 'staff' && any.some((role) => viewer.roles.includes(role))
