/** Whose words, in which document: what every row of it says of itself. */
export type Document = {
  id: string
  subject_id: string
  adult_from: string | null
  data_class: 'D4' | 'D5' | 'D6' | 'D7'
  handling: 0 | 1 | 2
}

export type Written = {
  id: string
  field: string
  version: number
  words: string
  agency_id: string
  written_by: string
  written_at: Date
  /** When another text followed it; null while it stands. */
  replaced_at: Date | null
  /** The row of another document that it began as. */
  carried_from: string | null
  sitting: string
}

/** What was typed in a field, and the versions that were on the page when the typing began: none, one, or two to be made one. */
export type Typed = { field: string; words: string; read: readonly number[] }

/** The texts that stand, by field: one, or several that nobody has made one yet, the earliest first. */
export const standingByField = (rows: readonly Written[]): Map<string, Written[]> => {
  const standing = rows.filter(({ replaced_at }) => replaced_at === null).sort((a, b) => a.version - b.version)
  return Map.groupBy(standing, ({ field }) => field)
}

/** What a field says: '' where nobody wrote, and both texts beneath each other where two stand. */
export const textOf = (standing: readonly Written[] | undefined): string =>
  (standing ?? []).map(({ words }) => words).join('\n\n')

/** A form sends line ends as the network does; what is compared has one kind. */
export const plainLines = (words: string): string => words.replace(/\r\n?/g, '\n')
