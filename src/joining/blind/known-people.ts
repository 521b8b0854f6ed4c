import { clkEncoder, type Clk } from '../../linkage/index.ts'
import { asViewer, type Db, type Keys, type Tx } from '../../platform/index.ts'
import { openRecords } from '../look-up.ts'
import { keyedHash } from './encodings.ts'
import { secretOf, standingPermits } from './permit.ts'

export type KnownPerson = { readonly subject: string; readonly clk: Clk }
type Secret = { readonly id: string; readonly secret: Buffer }

/**
 * Encodings of people that agencies work with, by record, for a few secrets. In memory alone: at rest beside their secret
 * they would be as good as names. What is not among the records any more is dropped at the next question.
 */
const kept = new Map<string, Map<string, readonly Clk[]>>()
const most_secrets = 8
/** So many records are opened at a time; whoever asks waits for no more than that. */
const at_once = 200
const seconds_between = 10

/**
 * Everybody whom an agency other than the asker has a record of, encoded with the asker's secret. Records that are sealed,
 * withdrawn or erased are not among them. Runs as the product.
 * @returns 'not ready' while more are to be encoded than a question can wait for: without them a no would be wrong
 */
export const knownPeople = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  asker: string,
  secret: Secret,
  most = at_once,
): Promise<KnownPerson[] | 'not ready'> => {
  const rows = await recordsElsewhere(tx, partnership, asker)
  const missing = notEncoded(secret, rows)
  if (missing.length > most) return 'not ready'
  const clks = await encode(tx, keys, partnership, secret, missing)
  return rows.flatMap(({ id, subject_id }) => (clks.get(id) ?? []).map((clk) => ({ subject: subject_id!, clk })))
}

/**
 * Keeps everybody encoded for every agency that may ask, from the start on and as records come: the first question after a
 * start would otherwise wait for all of it. Each process does so for itself, since encodings never leave its memory; that
 * is why it is no job.
 */
export const keepKnownEncoded = (db: Db, keys: Keys, onError: (error: unknown) => void) => {
  let stopping = false
  let timer: NodeJS.Timeout | undefined
  let current: Promise<unknown> = Promise.resolve()
  const turn = (): void => {
    current = encodeForAll(db, keys, () => stopping)
      .catch(onError)
      .finally(() => {
        if (!stopping) timer = setTimeout(turn, seconds_between * 1000)
      })
  }
  turn()
  return {
    stop: async (): Promise<void> => {
      stopping = true
      clearTimeout(timer)
      await current
    },
  }
}

/** Some at a time, each in a transaction of its own, so that pages get their turn. */
export const encodeForAll = async (db: Db, keys: Keys, enough = () => false): Promise<void> => {
  const partnerships = await asViewer(db, { kind: 'system', partnership: 'any' }, (tx) =>
    tx.selectFrom('partnership').select('id').execute(),
  )
  for (const { id: partnership } of partnerships) {
    const within = <T>(work: (tx: Tx) => Promise<T>) => asViewer(db, { kind: 'system', partnership }, work)
    for (const permit of await within((tx) => standingPermits(tx, partnership, most_secrets)))
      while (!enough() && (await within((tx) => encodeSome(tx, keys, partnership, permit))) > 0);
  }
}

/** @returns how many are left */
const encodeSome = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  { id, agency_id }: { id: string; agency_id: string },
): Promise<number> => {
  const secret = await secretOf(tx, keys, partnership, id)
  if (!secret) return 0
  const missing = notEncoded(secret, await recordsElsewhere(tx, partnership, agency_id))
  await encode(tx, keys, partnership, secret, missing.slice(0, at_once))
  return missing.length - at_once
}

const recordsElsewhere = (tx: Tx, partnership: string, asker: string) =>
  tx
    .selectFrom('noted_record')
    .select(['id', 'subject_id'])
    .where('partnership_id', '=', partnership)
    .where('kind', '=', 'person')
    .where('source', '=', 'identity')
    .where('agency_id', '<>', asker)
    .where('withdrawn_at', 'is', null)
    .where('subject_id', 'is not', null)
    .execute()

/** Which of these are not encoded yet. Who is not among them any more is forgotten. */
const notEncoded = ({ id }: Secret, rows: readonly { id: string }[]): string[] => {
  const before = kept.get(id) ?? new Map<string, readonly Clk[]>()
  const now = new Map(rows.flatMap((row) => (before.has(row.id) ? [[row.id, before.get(row.id)!] as const] : [])))
  // The secret that was used longest ago goes first.
  kept.delete(id)
  kept.set(id, now)
  for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - most_secrets))) kept.delete(oldest)
  return rows.flatMap((row) => (now.has(row.id) ? [] : row.id))
}

const encode = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  { id, secret }: Secret,
  records: readonly string[],
): Promise<ReadonlyMap<string, readonly Clk[]>> => {
  const clks = kept.get(id)!
  const encoder = clkEncoder(keyedHash(secret))
  for (let from = 0; from < records.length; from += at_once)
    for (const [record, found] of await encoded(tx, keys, partnership, records.slice(from, from + at_once), encoder))
      clks.set(record, found)
  return clks
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
