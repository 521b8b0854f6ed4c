import { dataKeys, openText, sealText, type DataKey, type Keys, type Tx } from '../platform/index.ts'
import type { AreaSeen } from './area-seen.ts'
import type { IdentitySaid } from './subject.ts'

/** The words of an identity that are sealed: column by column, with the subject's own key. */
const sealedWords = ['name', 'known_as', 'pronouns', 'address', 'phone', 'nhs_number', 'other_reference'] as const
type Words = (typeof sealedWords)[number]

export const sealIdentity = (key: DataKey, row: string, said: IdentitySaid) => {
  const seal = (word: Words): Buffer => sealText(key, { table: 'identity', column: word, row }, said[word])
  return {
    name_sealed: seal('name'),
    known_as_sealed: seal('known_as'),
    pronouns_sealed: seal('pronouns'),
    address_sealed: sealText(key, { table: 'identity', column: 'address', row }, whereTheyLive(said)),
    phone_sealed: seal('phone'),
    nhs_number_sealed: seal('nhs_number'),
    other_reference_sealed: seal('other_reference'),
  }
}

/** The postcode is asked for by itself, and belongs to the address: by its hash alone nobody would read it again. */
const whereTheyLive = ({ address, postcode }: IdentitySaid): string => {
  const bare = (text: string): string => text.replace(/\W/g, '').toUpperCase()
  return bare(address).includes(bare(postcode)) ? address : [address, postcode].filter(Boolean).join('\n')
}

export type Identity = Record<Words, string> &
  AreaSeen & {
    id: string
    subject_id: string
    agency_id: string
    born_on: string | null
    entered_at: Date
  }
type IdentityRow = Omit<AreaSeen, 'area_how'> & { area_how: string | null } & {
  id: string
  subject_id: string
  agency_id: string
  born_on: string | null
  entered_at: Date
  key_id: string
} & Record<`${Words}_sealed`, Buffer | null>

/** Opens what may be opened; a row whose key was destroyed is gone and is not among them. */
export const openIdentities = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  rows: readonly IdentityRow[],
): Promise<Identity[]> => {
  const opened = await dataKeys(
    tx,
    keys,
    partnership,
    rows.map(({ key_id }) => key_id),
  )
  return rows.flatMap(({ id, subject_id, agency_id, born_on, area_id, area_how, over_border, entered_at, ...row }) => {
    const key = opened.get(row.key_id)
    if (!key) return []
    const open = (column: Words): string => {
      const sealed = row[`${column}_sealed`]
      return sealed ? openText(key, { table: 'identity', column, row: id }, sealed) : ''
    }
    const words = Object.fromEntries(sealedWords.map((word) => [word, open(word)])) as Record<Words, string>
    const seen = { area_id, area_how: area_how as AreaSeen['area_how'], over_border }
    return [{ id, subject_id, agency_id, born_on, entered_at, ...seen, ...words }]
  })
}

export const sealEntry = (key: DataKey, row: string, words: string): Buffer =>
  sealText(key, { table: 'entry', column: 'words', row }, words)
/** Where an entry comes from; nothing is sealed where nothing was said. */
export const sealSource = (key: DataKey, row: string, source: string): Buffer | null =>
  source === '' ? null : sealText(key, { table: 'entry', column: 'source', row }, source)
export const openSource = (key: DataKey, row: string, sealed: Buffer | null): string =>
  sealed ? openText(key, { table: 'entry', column: 'source', row }, sealed) : ''
export const openEntry = (key: DataKey, row: string, sealed: Buffer): string =>
  openText(key, { table: 'entry', column: 'words', row }, sealed)

type Sealed<C extends string> = { id: string; key_id: string } & Record<`${C}_sealed`, Buffer | null>
/**
 * Opens the sealed columns of many rows of one table; '' where nothing was said. A row whose key was destroyed is gone
 * and is not among them.
 */
export const openWords = async <C extends string, R extends Sealed<C>>(
  tx: Tx,
  keys: Keys,
  partnership: string,
  { table, columns, rows }: { table: string; columns: readonly C[]; rows: readonly R[] },
): Promise<(Omit<R, 'key_id' | `${C}_sealed`> & Record<C, string>)[]> => {
  const opened = await dataKeys(
    tx,
    keys,
    partnership,
    rows.map(({ key_id }) => key_id),
  )
  return rows.flatMap((row) => {
    const key = opened.get(row.key_id)
    if (!key) return []
    const open = (column: C): string => {
      const sealed = row[`${column}_sealed`] as Buffer | null
      return sealed ? openText(key, { table, column, row: row.id }, sealed) : ''
    }
    const plain = Object.entries(row).filter(([name]) => name !== 'key_id' && !name.endsWith('_sealed'))
    return [Object.fromEntries([...plain, ...columns.map((column) => [column, open(column)])]) as never]
  })
}

/** Seals what was said in one column; nothing is sealed where nothing was said. */
export const sealWord = (key: DataKey, table: string, column: string, row: string, said: string): Buffer | null =>
  /\S/.test(said) ? sealText(key, { table, column, row }, said) : null
