import { sql } from 'kysely'
import { isId, NotFound, type Keys, type Tx } from '../../platform/index.ts'
import { openRows } from '../sealed.ts'
import type { Became, Consent, Pack, Prefill } from './nrm.ts'

/** The packs of a person that this viewer may see, the newest first; or one of them. */
export const packsOf = async (tx: Tx, partnership: string, subject: string, only?: string): Promise<Pack[]> => {
  const { rows } = await sql<Pack>`
    select id, subject_id, agency_id, adult_from::text as adult_from, started_by, started_at, data_class, handling::int as handling
    from pack where partnership_id = ${partnership} and subject_id = ${subject}
      and (${only === undefined} or id = ${only && isId(only) ? only : null}::uuid)
    order by started_at desc, id`.execute(tx)
  return rows
}

/** One pack of this person. @throws {NotFound} */
export const packFor = async (tx: Tx, partnership: string, subject: string, id: string | undefined): Promise<Pack> => {
  const [found] = await packsOf(tx, partnership, subject, id ?? '')
  if (!found) throw new NotFound()
  return found
}

type Sealed<T, C extends string> = Omit<T, C> & { key_id: string } & Record<`${C}_sealed`, Buffer | null>

/** What the person said to it, the earliest first. */
export const consentsOf = async (tx: Tx, keys: Keys, partnership: string, pack: string): Promise<Consent[]> => {
  const { rows } = await sql<Sealed<Consent, 'words'>>`
    select id, about, answer, wants_support, words_sealed, key_id, asked_on::text as asked_on, entered_by, entered_at
    from pack_consent where partnership_id = ${partnership} and pack_id = ${pack} order by entered_at, id`.execute(tx)
  return openRows(tx, keys, partnership, { table: 'pack_consent', columns: ['words'] }, rows)
}

/** What became of it, in the order in which it happened. */
export const becameOf = async (tx: Tx, keys: Keys, partnership: string, pack: string): Promise<Became[]> => {
  const { rows } = await sql<Sealed<Became, 'reference' | 'words'>>`
    select id, what, outcome, on_date::text as on_date, reference_sealed, words_sealed, key_id
    from pack_outcome where partnership_id = ${partnership} and pack_id = ${pack} order by on_date, entered_at, id`.execute(
    tx,
  )
  return openRows(tx, keys, partnership, { table: 'pack_outcome', columns: ['reference', 'words'] }, rows)
}

/** Which answers began with what was known already. */
export const prefillsOf = async (tx: Tx, partnership: string, pack: string): Promise<Map<string, Prefill>> => {
  const { rows } = await sql<Prefill>`select field, source, source_at from pack_prefill
    where partnership_id = ${partnership} and pack_id = ${pack}`.execute(tx)
  return new Map(rows.map((one) => [one.field, one]))
}
