import {
  asProduct,
  dataKeyOf,
  inTransaction,
  newId,
  NotFound,
  record,
  sealText,
  type Keys,
  type StaffViewer,
  type Tx,
} from '../../platform/index.ts'
import type { Owner } from '../plan/plan.ts'
import type { Of } from '../plan/write.ts'

/** What agencies do not agree about it: a person, or a concern. */
export type AboutWhom = { person: Of } | { concern: string }

const rowsOf = (of: AboutWhom) =>
  'person' in of
    ? ({
        subject_id: of.person.id,
        concern_id: null,
        adult_from: of.person.adult_from,
        data_class: 'D4',
        handling: '0',
      } as const)
    : ({ subject_id: null, concern_id: of.concern, adult_from: null, data_class: 'D4', handling: '1' } as const)
const keyOf = (tx: Tx, keys: Keys, partnership: string, of: AboutWhom) =>
  dataKeyOf(
    tx,
    keys,
    partnership,
    'person' in of ? { kind: 'subject', id: of.person.id } : { kind: 'concern', id: of.concern },
  )
const eventOf = (of: AboutWhom) =>
  'person' in of ? { kind: 'person', id: of.person.id } : { kind: 'concern', id: of.concern }

export type Raising = {
  about: string
  other: string
  words: string
  otherWords: string
  /** Who holds the person meanwhile: a person, never an agency alone. */
  holder: Owner
  answer_by: string
}

/** Logs that two agencies do not agree who carries something, with who holds it meanwhile. */
export const raiseDispute = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  of: AboutWhom,
  { about, other, words, otherWords, holder, answer_by }: Raising,
  at: Date,
): Promise<string> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const id = newId()
      const key = await keyOf(inner, keys, viewer.partnership, of)
      const seal = (column: string, text: string) => sealText(key, { table: 'boundary_dispute', column, row: id }, text)
      await inner
        .insertInto('boundary_dispute')
        .values({
          partnership_id: viewer.partnership,
          id,
          ...rowsOf(of),
          agency_id: viewer.agency,
          other_agency_id: other,
          about,
          words_sealed: seal('words', words),
          other_words_sealed: otherWords ? seal('other_words', otherWords) : null,
          key_id: key.id,
          holder_id: holder.staff,
          holder_name_sealed: holder.staff === null ? seal('holder_name', holder.name) : null,
          holder_agency_id: holder.agency,
          answer_by,
          raised_by: viewer.staff,
          raised_at: at,
        })
        .execute()
      await record(inner, viewer, 'boundary dispute raised', eventOf(of), { dispute: id, about })
      return id
    }),
  )

/** What is said of it next: more, how it is resolved, or who holds it from now on. The words are the reason. */
export type Saying = { words: string } & ({ step: 'said' | 'resolved' } | { step: 'held'; holder: Owner })

/**
 * Says more of it, resolves it, or gives it to somebody else to hold: with words. Whoever calls has asked whether the
 * viewer may. @returns 'resolved before' where somebody else did meanwhile
 * @throws {NotFound}
 */
export const sayOfDispute = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  { dispute, words, ...saying }: { dispute: string } & Saying,
  at: Date,
): Promise<'kept' | 'resolved before'> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const found = await inner
        .selectFrom('boundary_dispute')
        .select(['subject_id', 'concern_id', 'adult_from', 'data_class', 'handling', 'holder_id'])
        .where('partnership_id', '=', viewer.partnership)
        .where('id', '=', dispute)
        .forUpdate()
        .executeTakeFirst()
      if (!found) throw new NotFound()
      const { subject_id, concern_id, adult_from, data_class, handling } = found
      const resolved = await inner
        .selectFrom('boundary_step')
        .select('id')
        .where('partnership_id', '=', viewer.partnership)
        .where('dispute_id', '=', dispute)
        .where('step', '=', 'resolved')
        .executeTakeFirst()
      if (resolved) return 'resolved before'
      const of = subject_id ? { person: { id: subject_id, adult_from } } : { concern: concern_id! }
      const id = newId()
      const key = await keyOf(inner, keys, viewer.partnership, of)
      const holder = saying.step === 'held' ? saying.holder : undefined
      await inner
        .insertInto('boundary_step')
        .values({
          partnership_id: viewer.partnership,
          id,
          dispute_id: dispute,
          subject_id,
          agency_id: viewer.agency,
          step: saying.step,
          words_sealed: sealText(key, { table: 'boundary_step', column: 'words', row: id }, words),
          key_id: key.id,
          taken_by: viewer.staff,
          taken_at: at,
          data_class,
          handling,
          ...(holder && { from_holder_id: found.holder_id, to_holder_id: holder.staff, to_agency_id: holder.agency }),
        })
        .execute()
      if (holder) await hold(inner, viewer, dispute, holder, key)
      await record(inner, viewer, eventFor[saying.step], eventOf(of), { dispute })
      return 'kept'
    }),
  )

const eventFor = {
  said: 'boundary dispute answered',
  held: 'boundary dispute handed on',
  resolved: 'boundary dispute resolved',
} as const

/** The dispute bears the holder that counts now. */
const hold = async (
  tx: Tx,
  { partnership }: StaffViewer,
  dispute: string,
  holder: Owner,
  key: Awaited<ReturnType<typeof keyOf>>,
): Promise<void> => {
  const name = holder.staff === null ? holder.name : undefined
  await tx
    .updateTable('boundary_dispute')
    .set({
      holder_id: holder.staff,
      holder_agency_id: holder.agency,
      holder_name_sealed:
        name === undefined
          ? null
          : sealText(key, { table: 'boundary_dispute', column: 'holder_name', row: dispute }, name),
    })
    .where('partnership_id', '=', partnership)
    .where('id', '=', dispute)
    .execute()
}
