import { sql } from 'kysely'
import {
  asProduct,
  dataKeyOf,
  inTransaction,
  newId,
  record,
  sealText,
  type DataKey,
  type Keys,
  type StaffViewer,
  type Tx,
} from '../../platform/index.ts'
import { openWords } from '../sealed.ts'
import type { trustedHows } from './relationship.ts'

/** A worker by their account, or somebody who matters to the person by name and tie. */
export type Trusted = { staff: string } | { name: string; tie: string }
export type Choice = {
  id: string
  agency_id: string
  staff_id: string | null
  name: string
  tie_id: string | null
  how: (typeof trustedHows)[number]
  backup_staff_id: string | null
  backup_name: string
  review_on: string
  /** In their words, how we know; '' for whoever may not read that. */
  words: string
  entered_by: string
  entered_at: Date
  replaced_at: Date | null
}

type Choosing = { who: Trusted; backup: Trusted | null; how: Choice['how']; words: string; review_on: string }

/** Whom the person trusts, from now on. What was chosen before stays, and is replaced. */
export const chooseTrusted = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  subject: { id: string; adult_from: string | null },
  { who, backup, how, words, review_on }: Choosing,
  at: Date,
): Promise<void> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const { partnership, agency, staff } = viewer
      await sql`select pg_advisory_xact_lock(hashtextextended(${`trusted ${subject.id}`}, 0))`.execute(inner)
      await sql`update trusted_choice set replaced_at = ${at} where partnership_id = ${partnership}
        and subject_id = ${subject.id} and replaced_at is null`.execute(inner)
      const key = await dataKeyOf(inner, keys, partnership, { kind: 'subject', id: subject.id })
      const id = newId()
      const theirs = { partnership_id: partnership, subject_id: subject.id, agency_id: agency }
      const written = { adult_from: subject.adult_from, key_id: key.id, entered_by: staff, entered_at: at }
      const first = chosen(key, id, 'name', who)
      const second = backup && chosen(key, id, 'backup_name', backup)
      await inner
        .insertInto('trusted_choice')
        .values({
          ...theirs,
          ...written,
          id,
          staff_id: first.staff,
          name_sealed: first.name,
          tie_id: first.tie,
          how,
          backup_staff_id: second?.staff ?? null,
          backup_name_sealed: second?.name ?? null,
          backup_tie_id: second?.tie ?? null,
          review_on,
          data_class: first.name || second?.name ? 'D3' : 'D2',
        })
        .execute()
      await record(inner, viewer, 'trusted adult chosen', { kind: 'person', id: subject.id }, { choice: id, how })
      if (!/\S/.test(words)) return
      const word = newId()
      await inner
        .insertInto('trusted_word')
        .values({
          ...theirs,
          ...written,
          id: word,
          choice_id: id,
          words_sealed: sealText(key, { table: 'trusted_word', column: 'words', row: word }, words),
        })
        .execute()
    }),
  )

const chosen = (key: DataKey, row: string, column: 'name' | 'backup_name', who: Trusted) =>
  'staff' in who
    ? { staff: who.staff, name: null, tie: null }
    : { staff: null, name: sealText(key, { table: 'trusted_choice', column, row }, who.name), tie: who.tie }

/** Whom they chose, as far as row-level security shows it to this viewer, the latest first. */
export const choicesOf = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  subject: string,
  { standing = false } = {},
): Promise<Choice[]> => {
  type Row = Omit<Choice, 'name' | 'backup_name' | 'words'> & {
    name_sealed: Buffer | null
    backup_name_sealed: Buffer | null
    key_id: string
  }
  const { rows } = await sql<Row>`
    select id, agency_id, staff_id, tie_id, how, backup_staff_id, review_on::text as review_on, entered_by, entered_at, replaced_at,
      name_sealed, backup_name_sealed, key_id
    from trusted_choice where partnership_id = ${partnership} and subject_id = ${subject}
      and (not ${standing} or replaced_at is null)
    order by replaced_at is not null, entered_at desc, id`.execute(tx)
  if (rows.length === 0) return []
  const { rows: said } = await sql<{ id: string; choice_id: string; words_sealed: Buffer; key_id: string }>`
    select id, choice_id, words_sealed, key_id from trusted_word
    where partnership_id = ${partnership} and choice_id = any(${rows.map(({ id }) => id)}::uuid[])`.execute(tx)
  const words = await openWords(tx, keys, partnership, { table: 'trusted_word', columns: ['words'], rows: said })
  const columns = ['name', 'backup_name'] as const
  const choices = await openWords(tx, keys, partnership, { table: 'trusted_choice', columns, rows })
  return choices.map((one) => ({ ...one, words: words.find(({ choice_id }) => choice_id === one.id)?.words ?? '' }))
}

/** The one that stands. */
export const standingChoice = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  subject: string,
): Promise<Choice | undefined> => (await choicesOf(tx, keys, partnership, subject, { standing: true }))[0]
