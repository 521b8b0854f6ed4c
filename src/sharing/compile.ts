import { sql } from 'kysely'
import { needFor, type AgeFrame, type DataClass, type Handling } from './decide.ts'
import { impliedPurposes, isImplied } from './implied.ts'
import { makeRegister, registerRows, type Bound, type Register, type Rule } from './register.ts'
import { newId, type Tx } from '../platform/index.ts'

/** One row of what the policies read, as `effective_grant` and `effective_bar` hold it. */
export type Effective = {
  recipient: string
  purpose: string
  supplier: string
  dataClass: string
  age: AgeFrame
  handling: Handling
  need: number
  bases: string[]
  conditions: string[]
  clause: string
  from: number
  to: number
}

/**
 * Writes down anew what the policies read, from the rows that were signed, and moves the edition so that nobody keeps
 * an older register in memory. Whatever changes an agreement calls this in its own transaction.
 */
export const compile = async (tx: Tx, partnership: string): Promise<Register> => {
  const edition = newId()
  await sql`insert into register_edition (partnership_id, edition) values (${partnership}, ${edition})
    on conflict (partnership_id) do update set edition = excluded.edition`.execute(tx)
  const register = makeRegister(await registerRows(tx, partnership, edition))
  await sql`delete from effective_grant where partnership_id = ${partnership}`.execute(tx)
  await sql`delete from effective_bar where partnership_id = ${partnership}`.execute(tx)
  const { grants, bars } = effectiveRows(register)
  await write(tx, 'effective_grant', partnership, grants)
  await write(tx, 'effective_bar', partnership, bars)
  await forgetWhatWasOpen(tx)
  return register
}

/** This transaction may have asked before, and would believe it as long as nobody else changes anything (0041). */
const forgetWhatWasOpen = async (tx: Tx): Promise<void> => {
  for (const purpose of impliedPurposes)
    await sql`select set_config(${`trellis.implied_${purpose.replace('-', '_')}_asked`}, '', true)`.execute(tx)
}

const ages: readonly AgeFrame[] = ['child', 'adult', 'unknown']
const handlings: readonly Handling[] = [0, 1, 2]

/**
 * A permit reaches every handling up to its own; a bar shuts its own and every stricter one. A bar over what no clause
 * opens shuts nothing that was not shut, so it is not written: most of a bar over everybody is of that kind. Nor is an
 * age of a purpose that follows from a seat: nobody in a concern is known to be anyone, so it is only asked as unknown.
 */
export const effectiveRows = (register: Register): { grants: Effective[]; bars: Effective[] } => {
  const grants: Effective[] = []
  const bars: Effective[] = []
  for (const { recipient, purpose, supplier, ...held } of register.pairs()) {
    for (const bound of held.permits)
      spread(grants, { recipient, purpose, supplier }, bound, (handling) => handling <= bound.rule.handling)
    const open = openIn(held.permits.map(({ rule }) => rule))
    for (const bound of held.bars)
      spread(
        bars,
        { recipient, purpose, supplier },
        bound,
        (handling, dataClass, age) => handling >= bound.rule.handling && open.has(`${dataClass} ${age} ${handling}`),
      )
  }
  return { grants, bars }
}

const openIn = (permits: readonly Rule[]): ReadonlySet<string> =>
  new Set(
    permits.flatMap((rule) =>
      [...rule.classes].flatMap((dataClass) =>
        agesOf(rule).flatMap((age) =>
          handlings
            .filter((handling) => handling <= rule.handling)
            .map((handling) => `${dataClass} ${age} ${handling}`),
        ),
      ),
    ),
  )

const agesOf = ({ age }: Rule): AgeFrame[] => ages.filter((one) => age === 'any' || age === one)

const spread = (
  into: Effective[],
  pair: { recipient: string; purpose: string; supplier: string },
  { rule, from, to }: Bound,
  reaches: (handling: Handling, dataClass: DataClass, age: AgeFrame) => boolean,
): void => {
  for (const dataClass of rule.classes)
    for (const age of agesOf(rule).filter((one) => one === 'unknown' || !isImplied(pair.purpose)))
      for (const handling of handlings.filter((one) => reaches(one, dataClass, age)))
        into.push({
          ...pair,
          dataClass,
          age,
          handling,
          need: needFor(rule, handling),
          bases: [...rule.bases],
          conditions: [...rule.conditions],
          clause: rule.id,
          from,
          to,
        })
}

const at_once = 4000

const write = async (
  tx: Tx,
  table: 'effective_grant' | 'effective_bar',
  partnership: string,
  rows: readonly Effective[],
) => {
  const more = table === 'effective_grant' ? sql`, need, bases, conditions` : sql``
  const moreOf = table === 'effective_grant' ? sql`, r.need, r.bases, r.conditions` : sql``
  for (let i = 0; i < rows.length; i += at_once) {
    const some = rows.slice(i, i + at_once).map((row) => ({ ...row, from: moment(row.from), to: moment(row.to) }))
    await sql`insert into ${sql.table(table)} (partnership_id, recipient_id, purpose, supplier_id, class, age, handling, clause_id, from_at, to_at ${more})
      select ${partnership}::uuid, r.recipient, r.purpose, r.supplier, r."dataClass", r.age, r.handling, r.clause, coalesce(r."from", '-infinity'), r."to" ${moreOf}
      from jsonb_to_recordset(${JSON.stringify(some)}::jsonb) as r(recipient uuid, purpose text, supplier uuid, "dataClass" text,
        age text, handling smallint, need smallint, bases text[], conditions text[], clause uuid, "from" timestamptz, "to" timestamptz)`.execute(
      tx,
    )
  }
}

const moment = (ms: number): string | null => (Number.isFinite(ms) ? new Date(ms).toISOString() : null)
