import { decide, type Asker, type Refusal, type Resource } from './decide.ts'
import type { Register } from './register.ts'
import type { Ties } from './ties.ts'

/** How many items are kept from a viewer, for which reason and by which clause; never what. */
export type Withheld = {
  reason: Refusal
  clause: string | undefined
  cite: string | undefined
  title: string | undefined
  count: number
}

/** Asks of every row of a subject whether this viewer may see it, and counts what they may not. */
export const withheldFrom = (
  rows: readonly (Resource & { id: string })[],
  asker: Asker,
  { register, ties, now }: { register: Register; ties: Ties; now: Date },
): { shown: number; withheld: Withheld[] } => {
  const counted = new Map<string, Withheld>()
  let shown = 0
  for (const row of rows) {
    const told = decide(asker, 'view', row, {
      ...ties,
      register,
      now,
      named: ties.named.has(row.id),
      secondApprover: false,
    })
    if (told.effect === 'allow') {
      shown++
      continue
    }
    const { reason, clause } = told
    const key = `${reason} ${clause?.id}`
    const so = counted.get(key) ?? { reason, clause: clause?.id, cite: clause?.cite, title: clause?.title, count: 0 }
    counted.set(key, { ...so, count: so.count + 1 })
  }
  return { shown, withheld: [...counted.values()].sort((a, b) => b.count - a.count) }
}
