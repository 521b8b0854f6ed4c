import { clkEncoder, type Clk } from '../../linkage/index.ts'
import type { Keys, Tx } from '../../platform/index.ts'
import { openRecords } from '../look-up.ts'
import { keyedHash } from './encodings.ts'

export type KnownPerson = { readonly subject: string; readonly clk: Clk }

/**
 * Encodings of people that agencies work with, by record, for a few secrets. In memory alone: at rest beside their secret
 * they would be as good as names. What is not among the records any more is dropped at the next question.
 */
const kept = new Map<string, Map<string, readonly Clk[]>>()
const most_secrets = 4
/** So many records are opened at a time. */
const at_once = 500

/**
 * Everybody whom an agency other than the asker has a record of, encoded with the asker's secret. Records that are sealed,
 * withdrawn or erased are not among them. Runs as the product.
 */
export const knownPeople = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  asker: string,
  { id, secret }: { id: string; secret: Buffer },
): Promise<KnownPerson[]> => {
  const rows = await tx
    .selectFrom('noted_record')
    .select(['id', 'subject_id'])
    .where('partnership_id', '=', partnership)
    .where('kind', '=', 'person')
    .where('source', '=', 'identity')
    .where('agency_id', '<>', asker)
    .where('withdrawn_at', 'is', null)
    .where('subject_id', 'is not', null)
    .execute()
  const before = kept.get(id) ?? new Map<string, readonly Clk[]>()
  const now = new Map(rows.flatMap((row) => (before.has(row.id) ? [[row.id, before.get(row.id)!] as const] : [])))
  const missing = rows.filter((row) => !now.has(row.id)).map((row) => row.id)
  const encode = clkEncoder(keyedHash(secret))
  for (let from = 0; from < missing.length; from += at_once)
    for (const [record, clks] of await encoded(tx, keys, partnership, missing.slice(from, from + at_once), encode))
      now.set(record, clks)
  keep(id, now)
  return rows.flatMap(({ id: record, subject_id }) =>
    (now.get(record) ?? []).map((clk) => ({ subject: subject_id!, clk })),
  )
}

const keep = (secret: string, clks: Map<string, readonly Clk[]>): void => {
  kept.delete(secret)
  kept.set(secret, clks)
  for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - most_secrets))) kept.delete(oldest)
}

const encoded = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  records: readonly string[],
  encode: ReturnType<typeof clkEncoder>,
): Promise<[string, Clk[]][]> => {
  const rows = await tx
    .selectFrom('noted_record as r')
    .innerJoin('data_key as w', (join) =>
      join.onRef('w.partnership_id', '=', 'r.partnership_id').onRef('w.id', '=', 'r.key_id'),
    )
    .select(['r.id', 'r.standard_sealed', 'r.key_id', 'w.wrapped'])
    .where('r.partnership_id', '=', partnership)
    .where('r.id', 'in', records)
    .execute()
  const open = await openRecords(tx, keys, partnership, rows)
  return rows.map(({ id }, i): [string, Clk[]] => {
    const person = open[i]
    if (person?.kind !== 'person') return [id, []]
    const { names, born, postcode } = person
    // Whatever they are called besides is asked for as well.
    return [id, names.flatMap(({ given, family }) => encode({ given, family, born, postcode }).clk ?? [])]
  })
}
