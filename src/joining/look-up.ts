import { sql } from 'kysely'
import { openDataKeys, openText, type Keys, type Tx } from '../platform/index.ts'
import type { Kind, Standard } from './standard.ts'

/** A record as matching sees it. */
export type Known = {
  id: string
  kind: Kind
  concern_id: string | null
  subject_id: string | null
  /** Of an agency's list. */
  fed_id: string | null
  agency_id: string
  standard: Standard
}

/** Of one key so many records are read: what more have in common tells nobody apart. */
const most_of_key = 500
/**
 * So many records are opened for each that is looked up: those whose keys in common with it are rarest, as a phone that two
 * records have is rarer than a family name in a town. By number of keys it took 64 to find as many of the likeliest.
 */
const most_opened = 40

type Row = Omit<Known, 'standard'> & { standard_sealed: Buffer; key_id: string; wrapped: Buffer | null }

/**
 * The records that may be the same as each of these, in one query: ranked by the keys they share, then opened.
 * A record is not looked for among those of its own concern or person. Those of lists are compared with whom somebody
 * wrote about, never with each other: nobody is looked at for being on two lists. Runs as the product.
 */
export const lookUp = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  wanted: readonly {
    kind: Kind
    hashes: readonly number[]
    concern?: string | null
    subject?: string | null
    except?: string
  }[],
  { ofLists = false }: { ofLists?: boolean } = {},
): Promise<Known[][]> => {
  const asked = wanted.flatMap(({ hashes }, item) => hashes.map((hash) => ({ item, hash })))
  if (asked.length === 0) return wanted.map(() => [])
  const { rows } = await sql<Row & { item: number }>`
    with asked as (
      select * from unnest(${asked.map(({ item }) => item)}::int[], ${asked.map(({ hash }) => hash)}::int[]) as a (item, hash)),
    hit as (
      select a.item, k.record_id, count(*) over (partition by a.item, a.hash) as bearers
      from asked a cross join lateral (select record_id from record_key
        where partnership_id = ${partnership} and hash = a.hash ${ofLists ? sql`and not of_list` : sql``}
        order by record_id limit ${most_of_key}) k),
    ranked as (
      select item, record_id,
        row_number() over (partition by item order by sum(ln(${most_of_key + 1}::float / bearers)) desc, record_id) as place
      from hit group by item, record_id)
    select n.item, r.id, r.kind, r.concern_id, r.subject_id, r.fed_id, r.agency_id, r.standard_sealed, r.key_id, w.wrapped
    from ranked n
    join noted_record r on r.partnership_id = ${partnership} and r.id = n.record_id
    join data_key w on w.partnership_id = ${partnership} and w.id = r.key_id
    where n.place <= ${most_opened} and r.withdrawn_at is null
    order by n.item, n.place`.execute(tx)
  const open = await openRecords(tx, keys, partnership, rows)
  const found: Known[][] = wanted.map(() => [])
  rows.forEach((row, i) => {
    const { kind, concern, subject, except } = wanted[row.item]!
    const standard = open[i]
    if (!standard || row.kind !== kind || row.id === except) return
    if ((concern && row.concern_id === concern) || (subject && row.subject_id === subject)) return
    const { id, concern_id, subject_id, fed_id, agency_id } = row
    found[row.item]!.push({ id, kind, concern_id, subject_id, fed_id, agency_id, standard })
  })
  return found
}

type Sealed = { id: string; standard_sealed: Buffer; key_id: string; wrapped: Buffer | null }

/** What the records say, in their order; undefined where it was erased at its source. */
export const openRecords = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  rows: readonly Sealed[],
): Promise<(Standard | undefined)[]> => {
  const open = await openDataKeys(
    tx,
    keys,
    partnership,
    rows.map(({ key_id, wrapped }) => ({ id: key_id, wrapped })),
  )
  return rows.map(({ id, key_id, standard_sealed }) => {
    const key = open.get(key_id)
    return key && (JSON.parse(openText(key, standardOf(id), standard_sealed)) as Standard)
  })
}

/** Where a record's fields lie sealed. */
export const standardOf = (record: string) => ({ table: 'noted_record', column: 'standard', row: record })
