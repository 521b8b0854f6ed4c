/*
 * A statement with a name is parsed, rewritten and planned once a connection. Behind row-level security that is most of
 * its cost: the statements of a concern took three times as long to plan as to run, the queue half as long. PostgreSQL
 * plans anew when the role or a table changes, and asks who is viewing at each run.
 */
const often = 3
/** Each connection keeps a plan of each, and a list that is narrowed in every possible way has many. */
const most_named = 200
const most_counted = 2000

/** Names the statements that are asked again and again. How many there are depends on the code, not on what people type. */
export const nameStatements = () => {
  const names = new Map<string, string>()
  const times = new Map<string, number>()
  let given = 0
  return {
    /** @returns undefined for a statement that is rare, that takes nothing (`commit`), or that is one too many */
    nameOf: (text: string, values: readonly unknown[]): string | undefined => {
      const known = names.get(text)
      if (known || values.length === 0 || names.size >= most_named) return known
      const before = times.get(text) ?? 0
      if (before < often) {
        if (before || times.size < most_counted) times.set(text, before + 1)
        return undefined
      }
      times.delete(text)
      const name = `s${given++}`
      names.set(text, name)
      return name
    },
    /** The next time it is asked it is planned afresh, under another name, in every connection. */
    forget: (text: string): void => void names.delete(text),
  }
}

/** A migration changed the columns of what the statement answers. PostgreSQL says so once and does not plan it anew by itself. */
export const isOutdatedPlan = (error: unknown): boolean => {
  const { code, message } = error as { code?: string; message?: string }
  return code === '0A000' && message === 'cached plan must not change result type'
}
