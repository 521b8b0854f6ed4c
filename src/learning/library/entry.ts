import type { ReportContent } from '../report/content.ts'

export type EntryKind = 'report' | 'practice-note' | 'tool'

/** One thing learnt, as it stands in a draft and in the library. */
export type Finding = {
  words: string
  /** Codes of content/learning.json: its themes, and the boundary that it crosses or ''. */
  themes: readonly string[]
  boundary: string
  /** How strong the evidence for it is: a code of content/learning.json. */
  strength: string
  /** Where it comes from: a field of the report, and its paragraph or point counted from 1; 0 for the field as a whole. */
  source: { field: string; paragraph: number }
}

/** What is entered in the library: a copy that stands for itself, whatever happens to the draft. */
export type NewEntry = {
  kind: EntryKind
  title: string
  summary: string
  /** Who learnt it, as readers know them: the partnership or area by name. */
  area: string
  region: string
  size: string
  methodology: string
  /** The year that the work ended. */
  year: number
  /** Area codes (GSS) where they are known, for areas like ours. */
  areas: readonly string[]
  /** Of a report its fields, with the names of those signatories alone who consented to be named; else null. */
  report: ReportContent | null
  /** Of a practice note or tool its prose; else ''. */
  prose: string
  findings: readonly Finding[]
  /** The draft it was made of, so that a new edition takes the place of the one before. */
  draft: string | null
}
