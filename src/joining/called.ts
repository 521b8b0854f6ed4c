import { sql } from 'kysely'
import { asProduct, type Keys, type StaffViewer, type Tx } from '../platform/index.ts'
import { openRecords } from './look-up.ts'
import { openConcerns } from './proposals.ts'
import type { Kind, Standard } from './standard.ts'
import { nameInWords, wholeName } from './words.ts'

/**
 * What records are called in a list: those that came with concerns this reader may read. A person's record and an agency's
 * list have no name here, because to show one is to look at it, and a list is not read for everybody in it.
 */
export const calledInLists = async (
  tx: Tx,
  keys: Keys,
  { partnership }: StaffViewer,
  records: readonly string[],
): Promise<Map<string, string>> => {
  if (records.length === 0) return new Map()
  type Row = {
    id: string
    kind: Kind
    agency_id: string
    standard_sealed: Buffer
    key_id: string
    wrapped: Buffer | null
  }
  const { rows } = await asProduct(tx, () =>
    sql<Row>`
      select r.id, r.kind, r.agency_id, r.standard_sealed, r.key_id, w.wrapped
      from noted_record r left join data_key w on w.partnership_id = r.partnership_id and w.id = r.key_id
      where r.partnership_id = ${partnership} and r.concern_id is not null and r.id = any (${records}::uuid[])`.execute(
      tx,
    ),
  )
  const isOpen = await openConcerns(tx)
  const seen = rows.filter(({ kind, agency_id }) => isOpen(kind, agency_id))
  const open = await openRecords(tx, keys, partnership, seen)
  return new Map(seen.flatMap(({ id }, i) => (open[i] ? [[id, shortName(open[i])] as const] : [])))
}

/** The first of somebody's names: the others stand on the page. */
const shortName = (standard: Standard): string =>
  (standard.kind === 'person' && standard.names[0] && wholeName(standard.names[0])) || nameInWords(standard)
