/*
 * A statement with a name is parsed, rewritten and planned once a connection. Behind row-level security that is most of
 * its cost: the statements of a concern took three times as long to plan as to run, the queue half as long. PostgreSQL
 * plans anew when the role or a table changes, and asks who is viewing at each run.
 */
const often = 3
/** Each connection keeps a plan of each. Lists that are narrowed in every possible way, or as long as they are, have many. */
const most_named = 500
const most_counted = 5000

/**
 * Names the statements that are asked again and again; when there are more than `most`, the one that was asked longest ago
 * loses its name.
 */
export const nameStatements = (most = most_named) => {
  // The latest last.
  const names = new Map<string, string>()
  const standing = new Set<string>()
  const times = new Map<string, number>()
  let given = 0
  let dropped = 0
  const drop = (text: string): void => {
    const name = names.get(text)
    if (!name) return
    names.delete(text)
    standing.delete(name)
    dropped++
  }
  return {
    /** @returns undefined for a statement that is rare, or that takes nothing (`commit`) */
    nameOf: (text: string, values: readonly unknown[]): string | undefined => {
      const known = names.get(text)
      if (known) {
        names.delete(text)
        names.set(text, known)
        return known
      }
      if (values.length === 0) return undefined
      const before = times.get(text) ?? 0
      if (before < often) {
        // Begun anew now and then: what is asked often is soon counted again.
        if (times.size >= most_counted) times.clear()
        times.set(text, before + 1)
        return undefined
      }
      times.delete(text)
      if (names.size >= most) drop(names.keys().next().value!)
      const name = `s${given++}`
      names.set(text, name)
      standing.add(name)
      return name
    },
    /** The next time it is asked it is planned afresh, under another name, in every connection. */
    forget: drop,
    /** How many names were taken away so far: a connection that knew as many has nothing to let go of. */
    dropped: () => dropped,
    stands: (name: string): boolean => standing.has(name),
  }
}

/** A migration changed the columns of what the statement answers. PostgreSQL says so once and does not plan it anew by itself. */
export const isOutdatedPlan = (error: unknown): boolean => {
  const { code, message } = error as { code?: string; message?: string }
  return code === '0A000' && message === 'cached plan must not change result type'
}
