/** The stages of a support project, in their order. */
export const stages = [
  'application',
  'scoping',
  'specification',
  'delivery',
  'learning',
  'sign-off',
  'publication',
] as const
export type Stage = (typeof stages)[number]
export const stageAfter = (stage: Stage): Stage | undefined => stages[stages.indexOf(stage) + 1]

export const sides = ['local', 'programme'] as const
export type Side = (typeof sides)[number]
export const parts = ['owner', 'contact', 'sponsor', 'delivery', 'writer'] as const
export type Part = (typeof parts)[number]

export type Project = {
  id: string
  name: string
  kind: string
  size: string
  programme_agency_id: string
  opened_by: string
  opened_at: Date
  stage: Stage
  stage_since: Date
}

export type Member = { id: string; account_id: string; side: Side; part: Part; added_at: Date }

export type Application = {
  version: number
  applicant_name: string
  applicant_role: string
  agency_id: string
  reasons: string
  hoped_for: string
  region: string
  areas: string[]
  written_by: string
  written_at: Date
}
export type Agreement = { id: string; agency_id: string; name: string; role: string; agreed_on: string }

export type Conversation = {
  version: number
  held_on: string
  aims: string
  worries: string
  constraints: string
  strengths: string
  written_by: string
}
export const asked = ['aims', 'worries', 'constraints', 'strengths'] as const
export type Leader = {
  id: string
  agency_id: string
  account_id: string | null
  name: string
  role: string
  /** The latest; null until somebody has spoken with them. */
  said: Conversation | null
}
export type Difference = {
  id: string
  words: string
  noted_by: string
  noted_at: Date
  settled: string | null
  settled_at: Date | null
}

export type Aims = {
  id: string
  version: number
  words: string
  why: string
  feedback: string
  written_by: string
  written_at: Date
}
export type Specification = {
  id: string
  version: number
  methods: string
  delivery_partners: string
  starts_on: string
  ends_on: string
  written_by: string
  written_at: Date
}
export type Sponsor = {
  id: string
  leader_id: string
  agency_id: string
  account_id: string | null
  name: string
  role: string
  /** The versions to which they last said yes; null where they have not. */
  agreed: { specification: number; aims: number; on: string } | null
}

export const levels = ['front line', 'manager', 'senior', 'executive', 'lived experience'] as const
export type Level = (typeof levels)[number]
export type Session = {
  id: string
  held_on: string
  place: string
  purpose: string
  agenda: string
  planned_by: string
}
export type Group = {
  id: string
  session_id: string
  agency_id: string | null
  level: Level
  area_id: string | null
  invited: number
  came: number | null
}
export const lineKinds = ['theme', 'in place', 'needed'] as const
export type LineKind = (typeof lineKinds)[number]
export const resourceKinds = ['practical', 'physical', 'emotional'] as const
export type Line = { id: string; session_id: string; kind: LineKind; code: string; words: string }
export type Action = {
  id: string
  session_id: string | null
  words: string
  owner_name: string
  agency_id: string
  due_on: string
  outcome: string | null
  done_at: Date | null
}

export type Contribution = {
  id: string
  on_day: string
  invited: string
  contributor: string
  words: string
  recorded_by: string
}
export type Change = {
  id: string
  contribution_id: string
  words: string
  aims_id: string | null
  session_id: string | null
  finding: string
  said_by: string
  said_at: Date
}
