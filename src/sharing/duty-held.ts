import { needFor, type AgeFrame, type Closeness, type DataClass, type Handling } from './decide.ts'
import type { Bound, Register, Rule } from './register.ts'

/** One kind of thing that an agency holds about a subject, by what clauses tell apart. */
export type Holding = { supplier: string; dataClass: DataClass; handling: Handling; age: AgeFrame }
/** What a duty clause obliges the holder to tell another agency, for which of the clause's purposes. */
export type Owed = { supplier: string; recipient: string; purpose: string; rule: Rule; dataClass: DataClass }

type Pair = { recipient: string; purpose: string; duties: Bound[]; bars: readonly Bound[] }
const known = new WeakMap<Register, Map<string, Pair[]>>()

/** The duties of a register by who owes them, worked out once for each edition. */
const dutiesBySupplier = (register: Register): Map<string, Pair[]> => {
  const before = known.get(register)
  if (before) return before
  const made = new Map<string, Pair[]>()
  if (register.permits.some(({ rule }) => rule.effect === 'duty'))
    for (const { recipient, purpose, supplier, permits, bars } of register.pairs()) {
      const duties = permits.filter(({ rule }) => rule.effect === 'duty')
      if (duties.length === 0 || recipient === supplier) continue
      made.set(supplier, [...(made.get(supplier) ?? []), { recipient, purpose, duties, bars }])
    }
  known.set(register, made)
  return made
}

export const hasDuties = (register: Register): boolean => dutiesBySupplier(register).size > 0
/** The agencies that some duty clause binds. */
export const dutyBound = (register: Register): string[] => [...dutiesBySupplier(register).keys()]

/**
 * Everything that duty clauses in force now oblige the holders to share, once for each clause, recipient and class. A
 * bar over it lifts the duty. Pure.
 * @param closeness how near a recipient agency is to the subject: a clause for those involved obliges to nobody else
 */
export const owed = (
  register: Register,
  holdings: readonly Holding[],
  closeness: (agency: string) => Closeness,
  now: Date,
): Owed[] => {
  const at = now.getTime()
  const isLive = ({ from, to }: Bound): boolean => from <= at && at < to
  const found = new Map<string, Owed>()
  for (const { supplier, dataClass, handling, age } of holdings)
    for (const { recipient, purpose, duties, bars } of dutiesBySupplier(register).get(supplier) ?? []) {
      const speaksOf = ({ classes, age: of }: Rule): boolean => classes.has(dataClass) && (of === 'any' || of === age)
      if (bars.some((bar) => isLive(bar) && speaksOf(bar.rule) && handling >= bar.rule.handling)) continue
      for (const { rule } of duties.filter(isLive)) {
        if (!speaksOf(rule) || handling > rule.handling || closeness(recipient) < needFor(rule, handling)) continue
        const key = `${supplier} ${recipient} ${rule.cite} ${dataClass}`
        if (!found.has(key)) found.set(key, { supplier, recipient, purpose, rule, dataClass })
      }
    }
  return [...found.values()]
}
