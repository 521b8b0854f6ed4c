import { sql } from 'kysely'
import type { Tx } from '../platform/index.ts'
import type { Closeness, DataClass, Handling } from './decide.ts'
import { anAlways, meet, type Span } from './span.ts'

/** A clause as it is asked: sets for its lists, the relationship it needs as a number. */
export type Rule = {
  id: string
  /** As people cite it: agreement and number, such as 'T2-CHILD 4'. */
  cite: string
  number: number
  title: string
  effect: 'permit' | 'duty' | 'bar'
  purposes: readonly string[]
  bases: ReadonlySet<string>
  conditions: ReadonlySet<string>
  gateways: readonly string[]
  classes: ReadonlySet<DataClass>
  need: Closeness
  age: 'child' | 'adult' | 'any'
  handling: Handling
  obligations: readonly string[]
}
/** A clause between two agencies while it holds: from (ms, inclusive) to (ms, exclusive; Infinity while nothing ends it). */
export type Bound = { rule: Rule } & Span

/** The agreement in force, made for asking. Immutable: a change makes another. */
export type Register = {
  edition: string
  permits: readonly Bound[]
  bars: readonly Bound[]
  /** What may be stated at all: of everything that is permitted, once each. */
  purposes: readonly string[]
  /** What holds for one recipient, purpose and supplier, in the order of the clauses. */
  between: (recipient: string, purpose: string, supplier: string) => Held
  /** Everything, pair by pair: what the compiled tables are written from. */
  pairs: () => Iterable<{ recipient: string; purpose: string; supplier: string } & Held>
}
type Held = { permits: readonly Bound[]; bars: readonly Bound[] }

export type AgencyRow = { id: string; code: string; kind: string; sector: string }
export type VersionRow = {
  id: string
  agreement_id: string
  code: string
  under_id: string | null
  tier: number
  effective_from: Date
  effective_to: Date | null
}
/** A party with both its signatures, from the later of the two; and until it took its signature back. */
export type PartyRow = { version_id: string; agency_id: string; signed_at: Date; withdrawn_at: Date | null }
export type ClauseRow = {
  id: string
  version_id: string
  number: number
  title: string
  effect: string
  suppliers: string[]
  recipients: string[]
  purposes: string[]
  bases: string[]
  conditions: string[]
  gateways: string[]
  classes: string[]
  relationship: string
  age: string
  handling: number
  obligations: string[]
}
export type RegisterRows = {
  edition: string
  agencies: readonly AgencyRow[]
  versions: readonly VersionRow[]
  parties: readonly PartyRow[]
  clauses: readonly ClauseRow[]
}

export const relationships = ['none', 'agency', 'circle', 'lead'] as const
const nothing: Held = { permits: [], bars: [] }

/**
 * Makes the register of what was signed. A permit or duty holds between two agencies while the version is in force and
 * both have signed it and the agreement it stands under; a bar, and whatever the law asks anyway (tier 0), holds for
 * everybody while its version is in force.
 */
export const makeRegister = (rows: RegisterRows): Register => {
  const held = new Map<string, Map<string, Map<string, { permits: Bound[]; bars: Bound[] }>>>()
  const at = (recipient: string, purpose: string, supplier: string) => {
    const purposes = entryOf(held, recipient, () => new Map<string, Map<string, { permits: Bound[]; bars: Bound[] }>>())
    return entryOf(
      entryOf(purposes, purpose, () => new Map()),
      supplier,
      () => ({ permits: [], bars: [] }),
    )
  }
  const permits: Bound[] = []
  const bars: Bound[] = []
  const versions = new Map(rows.versions.map((version) => [version.id, version]))
  const signed = signedSpans(rows, versions)
  // The same clause is cited today and tomorrow: by number, then by the agreement's code, and not by a random id.
  const place = ({ number, version_id, id }: ClauseRow): string =>
    [String(number).padStart(6, '0'), versions.get(version_id)?.code, id].join(' ')
  for (const clause of [...rows.clauses].sort((a, b) => (place(a) < place(b) ? -1 : 1))) {
    const version = versions.get(clause.version_id)
    if (!version) continue
    const rule = ruleOf(clause, version)
    for (const recipient of rows.agencies.filter((agency) => isAmong(clause.recipients, agency)))
      for (const supplier of rows.agencies.filter((agency) => isAmong(clause.suppliers, agency, recipient)))
        for (const span of spansOf(rule, version, recipient, supplier, signed)) {
          const bound = { rule, ...span }
          ;(rule.effect === 'bar' ? bars : permits).push(bound)
          for (const purpose of rule.purposes)
            at(recipient.id, purpose, supplier.id)[rule.effect === 'bar' ? 'bars' : 'permits'].push(bound)
        }
  }
  return {
    edition: rows.edition,
    permits,
    bars,
    purposes: [...new Set(permits.flatMap(({ rule }) => rule.purposes))],
    between: (recipient, purpose, supplier) => held.get(recipient)?.get(purpose)?.get(supplier) ?? nothing,
    *pairs() {
      for (const [recipient, purposes] of held)
        for (const [purpose, suppliers] of purposes)
          for (const [supplier, of] of suppliers) yield { recipient, purpose, supplier, ...of }
    },
  }
}

const entryOf = <K, V>(map: Map<K, V>, key: K, make: () => V): V => {
  const found = map.get(key)
  if (found !== undefined) return found
  const made = make()
  map.set(key, made)
  return made
}

const ruleOf = (clause: ClauseRow, version: VersionRow): Rule => ({
  id: clause.id,
  cite: `${version.code} ${clause.number}`,
  number: clause.number,
  title: clause.title,
  effect: clause.effect as Rule['effect'],
  purposes: clause.purposes,
  bases: new Set(clause.bases),
  conditions: new Set(clause.conditions),
  gateways: clause.gateways,
  classes: new Set(clause.classes as DataClass[]),
  need: relationships.indexOf(clause.relationship as (typeof relationships)[number]) as Closeness,
  age: clause.age as Rule['age'],
  handling: clause.handling as Handling,
  obligations: clause.obligations,
})

/** Whether one of the words of a clause means this agency; 'self' means the one that asks. */
export const isAmong = (tokens: readonly string[], agency: AgencyRow, self?: AgencyRow): boolean =>
  tokens.some(
    (token) =>
      token === 'any' ||
      (token === 'self' && self !== undefined && self.id === agency.id) ||
      token === `agency:${agency.code}` ||
      token === `kind:${agency.kind}` ||
      token === `sector:${agency.sector}`,
  )

const inForce = ({ effective_from, effective_to }: VersionRow): Span => ({
  from: effective_from.getTime(),
  to: effective_to?.getTime() ?? Infinity,
})

/** While each agency's signatures stand under each version, and under the agreement above it: version → agency → spans. */
const signedSpans = (rows: RegisterRows, versions: ReadonlyMap<string, VersionRow>) => {
  const own = new Map<string, Map<string, Span[]>>()
  for (const { version_id, agency_id, signed_at, withdrawn_at } of rows.parties) {
    const version = versions.get(version_id)
    // Taken back is taken back: a clock that is put back to before that must not open it again.
    if (!version || withdrawn_at) continue
    const stands = { from: signed_at.getTime(), to: Infinity }
    entryOf(own, version_id, () => new Map<string, Span[]>()).set(agency_id, meet([inForce(version)], [stands]))
  }
  const above = (version: VersionRow, agency: string): Span[] =>
    version.under_id === null
      ? anAlways
      : rows.versions
          .filter(({ agreement_id }) => agreement_id === version.under_id)
          .flatMap(({ id }) => own.get(id)?.get(agency) ?? [])
  return (version: VersionRow, agency: string): Span[] =>
    meet(own.get(version.id)?.get(agency) ?? [], above(version, agency))
}

const spansOf = (
  rule: Rule,
  version: VersionRow,
  recipient: AgencyRow,
  supplier: AgencyRow,
  signed: (version: VersionRow, agency: string) => Span[],
): Span[] =>
  rule.effect === 'bar' || version.tier === 0
    ? [inForce(version)]
    : meet(signed(version, recipient.id), signed(version, supplier.id))

const kept = new Map<string, Register>()

/** The register of a partnership, from memory while nothing of it has changed (one short query says so). */
export const registerOf = async (tx: Tx, partnership: string): Promise<Register> => {
  const { rows } = await sql<{ edition: string }>`
    select edition from register_edition where partnership_id = ${partnership}`.execute(tx)
  const edition = rows[0]?.edition ?? ''
  const known = kept.get(partnership)
  if (known?.edition === edition) return known
  const made = makeRegister(await registerRows(tx, partnership, edition))
  kept.set(partnership, made)
  return made
}

/** The signed rows that a register is made of. */
export const registerRows = async (tx: Tx, partnership: string, edition: string): Promise<RegisterRows> => ({
  edition,
  agencies: await tx
    .selectFrom('agency')
    .select(['id', 'code', 'kind', 'sector'])
    .where('partnership_id', '=', partnership)
    .execute(),
  versions: (
    await sql<VersionRow>`
      select v.id, v.agreement_id, a.code, a.under_id, a.tier, v.effective_from, v.effective_to
      from agreement_version v join agreement a on a.partnership_id = v.partnership_id and a.id = v.agreement_id
      where v.partnership_id = ${partnership} and v.live_at is not null`.execute(tx)
  ).rows,
  parties: (
    await sql<PartyRow>`
      select s.version_id, s.agency_id, greatest(max(s.signed_at), max(w.returned_at)) as signed_at,
        min(w.withdrawn_at) filter (where w.returned_at is null) as withdrawn_at
      from signature s
      join agreement_version v on v.partnership_id = s.partnership_id and v.id = s.version_id
      left join agreement_withdrawal w on w.partnership_id = s.partnership_id and w.agreement_id = v.agreement_id and w.agency_id = s.agency_id
      where s.partnership_id = ${partnership}
      group by s.version_id, s.agency_id having count(distinct s.seat) = 2`.execute(tx)
  ).rows,
  clauses: (
    await sql<ClauseRow>`
      select id, version_id, number, title, effect, suppliers, recipients, purposes, bases, conditions, gateways, classes,
        relationship, age, handling::int as handling, obligations
      from clause where partnership_id = ${partnership}`.execute(tx)
  ).rows,
})
