import type { Typed } from './written.ts'

/** As much of a text as the rule asks for. */
export type Version = { version: number; words: string; sitting: string; replaced_at: Date | null }

export type Merged<T> = {
  /** `beside`: somebody else wrote from the same text; both stand. `same`: there was nothing to keep. */
  outcome: 'saved' | 'same' | 'beside'
  /** The versions to send with what is typed next. */
  read: number[]
  /** The text to put down, if any; `replaced` where it is kept for the record and does not stand. */
  adds?: { version: number; words: string; replaced: boolean }
  /** What no longer stands. */
  replaces: readonly T[]
}

/**
 * What becomes of one field that somebody typed in. What nobody else touched since it was read is followed; what somebody
 * did stands beside; what was only shown and not changed is left alone.
 * @param there every version of the field, those that were replaced as well
 * @param sitting one page as it was opened: a text follows what the same sitting kept before, though its answer was lost
 */
export const mergeText = <T extends Version>(
  there: readonly T[],
  { words, read, sitting }: Omit<Typed, 'field'> & { sitting: string },
): Merged<T> => {
  const standing = there.filter(({ replaced_at }) => replaced_at === null)
  const own = standing.filter((one) => one.sitting === sitting)
  const shown = own.length ? own : there.filter(({ version }) => read.includes(version))
  const nothing = (versions: readonly number[]): Merged<T> => ({ outcome: 'same', read: [...versions], replaces: [] })
  if (shown.length < 2 && words === (shown[0]?.words ?? ''))
    return nothing(shown.length ? shown.map(({ version }) => version) : read)
  const follows = standing.filter((one) => read.includes(one.version) || own.includes(one))
  const others = standing.filter((one) => !follows.includes(one))
  const alike = others.find((one) => one.words === words)
  if (alike) return { outcome: others.length > 1 ? 'beside' : 'same', read: [alike.version], replaces: follows }
  // To clear a field that somebody else has written in since is not a text to be kept beside theirs.
  const clears = words.trim() === '' && others.length > 0
  if (clears && follows.length === 0) return nothing(read)
  const version = Math.max(0, ...there.map((one) => one.version)) + 1
  const adds = { version, words, replaced: clears }
  return { outcome: others.length ? 'beside' : 'saved', read: [version], adds, replaces: follows }
}
