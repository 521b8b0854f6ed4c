export const evidenceKinds = ['research', 'audit', 'voice', 'data'] as const
export type EvidenceKind = (typeof evidenceKinds)[number]
export const fits = ['fits', 'partly', 'does not fit', 'not known'] as const
export type Fit = (typeof fits)[number]

export type EvidenceSaid = {
  kind: EvidenceKind
  title: string
  source: string
  /** Where it can be read, or ''. */
  link: string
  year: number
  summary: string
  /** A code of content/learning.json. */
  strength: string
}
export type Evidence = EvidenceSaid & { id: string; added_by: string; added_at: Date }
/** How it fits here; `according_to` says in whose name. */
export type FitSaid = { fit: Fit; words: string; according_to: string }
export type LocalFit = FitSaid & { said_by: string; said_at: Date }

/** A decision that cites a piece of evidence. */
export type Citing = { programme_id: string; name: string; outcome: string; decided_on: string }
