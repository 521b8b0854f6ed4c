import { isImplied } from './implied.ts'
import type { Register } from './register.ts'

/** The agencies that the agreement lets anything through to at this moment: those that have signed it and not gone again. */
export const agenciesUnder = (register: Register, now: Date): ReadonlySet<string> => {
  const at = now.getTime()
  const under = new Set<string>()
  for (const { recipient, purpose, permits } of register.pairs())
    // What the law lets through without a signature says nothing about who has signed.
    if (!isImplied(purpose) && permits.some(({ from, to }) => from <= at && at < to)) under.add(recipient)
  return under
}
