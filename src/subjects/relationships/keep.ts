import { sql } from 'kysely'
import {
  AlreadyDone,
  asProduct,
  dataKeyOf,
  inTransaction,
  newId,
  NotFound,
  record,
  sealText,
  type DataKey,
  type Keys,
  type StaffViewer,
  type Tx,
} from '../../platform/index.ts'
import { sealWord } from '../sealed.ts'
import type { Relationship, Said, Sayer, With } from './relationship.ts'

type Subject = { id: string; adult_from: string | null }

/** Writes down that somebody matters to the person. Whoever calls came through the gate. @returns the tie's id */
export const addRelationship = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  subject: Subject,
  who: With,
  said: Said,
  at: Date,
): Promise<string> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const id = newId()
      await write(inner, keys, viewer, subject, { id, tie: id, who, said, at })
      await record(inner, viewer, 'relationship added', { kind: 'person', id: subject.id }, saidOf(id, 'other' in who))
      return id
    }),
  )

/**
 * Says something else of a tie from now on. What was said stays beside it, kept as close as the newest version is.
 * @returns 'changed meanwhile' when somebody else changed it since the page was read, or it is over
 */
export const changeRelationship = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  subject: Subject,
  { was, who, said }: { was: Relationship; who: With; said: Said },
  at: Date,
): Promise<'changed' | 'changed meanwhile'> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const { partnership } = viewer
      const replaced = await sql`update relationship set replaced_at = ${at} where partnership_id = ${partnership}
        and id = ${was.id} and replaced_at is null and not exists (select from relationship_end e
          where e.partnership_id = ${partnership} and e.tie_id = ${was.tie_id})`.execute(inner)
      if (!replaced.numAffectedRows) return 'changed meanwhile'
      await write(inner, keys, viewer, subject, { id: newId(), tie: was.tie_id, who, said, at })
      await sql`update relationship set handling = ${said.handling}::smallint where partnership_id = ${partnership}
        and tie_id = ${was.tie_id} and handling <> ${said.handling}::smallint`.execute(inner)
      const about = { kind: 'person', id: subject.id }
      await record(inner, viewer, 'relationship changed', about, saidOf(was.tie_id, 'other' in who))
      return 'changed'
    }),
  )

/** A tie that is over, since when, why, and who says so. @throws {AlreadyDone} when it is over already */
export const endRelationship = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  subject: Subject,
  { tie, until_on, why, said_by }: { tie: string; until_on: string; why: string; said_by: Sayer },
  at: Date,
): Promise<void> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const id = newId()
      const key = await dataKeyOf(inner, keys, viewer.partnership, { kind: 'subject', id: subject.id })
      const made = await sql`insert into relationship_end (partnership_id, id, tie_id, subject_id, agency_id, until_on,
          why_sealed, key_id, said_by, ended_by, ended_at, data_class, handling)
        select r.partnership_id, ${id}::uuid, r.tie_id, r.subject_id, ${viewer.agency}::uuid, ${until_on}::date,
          ${sealText(key, { table: 'relationship_end', column: 'why', row: id }, why)}::bytea, ${key.id}::uuid, ${said_by},
          ${viewer.staff}::uuid, ${at}::timestamptz, r.data_class, r.handling
        from relationship r where r.partnership_id = ${viewer.partnership} and r.subject_id = ${subject.id}
          and r.tie_id = ${tie} and r.replaced_at is null on conflict do nothing`.execute(inner)
      if (!made.numAffectedRows) throw new AlreadyDone()
      const { other_subject_id: other } = await inner
        .selectFrom('relationship')
        .select('other_subject_id')
        .where('partnership_id', '=', viewer.partnership)
        .where('id', '=', tie)
        .executeTakeFirstOrThrow()
      await record(inner, viewer, 'relationship ended', { kind: 'person', id: subject.id }, saidOf(tie, other !== null))
    }),
  )

/** Whoever may not see the other's record does not read that a tie to it was written, among who has looked, either. */
const saidOf = (relationship: string, isToRecord: boolean) => ({ relationship, ...(isToRecord && { handling: 2 }) })

type Writing = { id: string; tie: string; who: With; said: Said; at: Date }

const write = async (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  subject: Subject,
  { id, tie, who, said, at }: Writing,
): Promise<void> => {
  const key = await dataKeyOf(tx, keys, viewer.partnership, { kind: 'subject', id: subject.id })
  const { through, words, continuity_why, handling, ...codes } = said
  if (through !== null) await mustBeOneOfTheirs(tx, viewer, subject, { through, tie })
  await tx
    .insertInto('relationship')
    .values({
      partnership_id: viewer.partnership,
      id,
      tie_id: tie,
      subject_id: subject.id,
      agency_id: viewer.agency,
      adult_from: subject.adult_from,
      ...whom(key, id, who),
      ...codes,
      through_id: through,
      words_sealed: sealWord(key, 'relationship', 'words', id, words),
      continuity_why_sealed: sealWord(key, 'relationship', 'continuity_why', id, continuity_why),
      key_id: key.id,
      entered_by: viewer.staff,
      entered_at: at,
      handling: String(handling) as '0' | '1',
    })
    .execute()
}

const whom = (key: DataKey, row: string, who: With) => ({
  name_sealed: 'name' in who ? sealText(key, { table: 'relationship', column: 'name', row }, who.name) : null,
  other_subject_id: 'other' in who ? who.other : null,
  staff_id: 'staff' in who ? who.staff : null,
})

/** @throws {NotFound} for a tie of somebody else, or the tie itself: nobody is their own mother */
const mustBeOneOfTheirs = async (
  tx: Tx,
  viewer: StaffViewer,
  subject: Subject,
  { through, tie }: { through: string; tie: string },
): Promise<void> => {
  const { rows } = await sql`select from relationship where partnership_id = ${viewer.partnership}
    and subject_id = ${subject.id} and tie_id = ${through} and tie_id <> ${tie} limit 1`.execute(tx)
  if (rows.length === 0) throw new NotFound()
}
