import { sql } from 'kysely'
import {
  asProduct,
  dataKeyOf,
  inTransaction,
  isId,
  NotFound,
  record,
  sealText,
  type Db,
  type Keys,
  type StaffViewer,
  type Tx,
} from '../platform/index.ts'
import type { Handling } from './decide.ts'
import { moreHarmful } from './disclosure.ts'
import { answerDuties } from './duty.ts'

/**
 * A second manager of the same agency confirms or overturns a decision not to share that would harm the child more.
 * @throws {NotFound} when it is not theirs to answer, was answered already, or is their own
 */
export const answerSecond = (
  db: Db | Tx,
  keys: Keys,
  viewer: StaffViewer,
  id: string,
  { answer, words, at }: { answer: 'confirmed' | 'overturned'; words: string; at: Date },
): Promise<void> =>
  inTransaction(db, async (tx) => {
    const found = isId(id) ? await secondsSubject(tx, viewer, id) : undefined
    if (!found) throw new NotFound()
    const { subject, handling } = found
    const key = await dataKeyOf(tx, keys, viewer.partnership, { kind: 'subject', id: subject })
    const sealed = sealText(key, { table: 'disclosure_second', column: 'words', row: id }, words)
    const { rows } = await asProduct(tx, () =>
      sql`insert into disclosure_second (partnership_id, disclosure_id, subject_id, agency_id, answer, words_sealed, key_id,
          answered_by, answered_at)
        values (${viewer.partnership}, ${id}, ${subject}, ${viewer.agency}, ${answer}, ${sealed}, ${key.id},
          ${viewer.staff}, ${at})
        on conflict do nothing returning 1`.execute(tx),
    )
    if (rows.length === 0) throw new NotFound()
    if (answer === 'confirmed') await answerDuties(tx, viewer, id, { stands: true, at })
    const of = { kind: 'person', id: subject }
    await record(tx, viewer, 'decision not to share answered', of, { disclosure: id, answer, handling })
  })

/** A person who was erased left a decision without words: there is nothing to answer and nothing to share. */
export const hasWords = sql<boolean>`exists (select from data_key k where k.partnership_id = d.partnership_id
  and k.id = d.key_id and k.wrapped is not null)`

/**
 * What is for named people only is the named manager's to answer. When none who is named can (gone, no manager any more,
 * too close), every manager may: the law wants an answer, and a decision that nobody can open gets none.
 */
const mayOpen = (viewer: StaffViewer) => sql<boolean>`(d.kept < 2
  or exists (select from named_person n where n.partnership_id = d.partnership_id and n.row_id = d.id
    and n.staff_id = ${viewer.staff} and n.ended_at is null)
  or not exists (select from named_person n join account a on a.partnership_id = n.partnership_id and a.id = n.staff_id
    join role_grant r on r.partnership_id = a.partnership_id and r.account_id = a.id
    where n.partnership_id = d.partnership_id and n.row_id = d.id and n.ended_at is null and n.staff_id <> d.decided_by
      and r.role = 'manager' and r.ended_at is null
      and not account_closed(a.partnership_id, a.id, a.agency_id, viewer_now())
      and not exists (select from conflict c where c.partnership_id = d.partnership_id and c.subject_id = d.subject_id
        and c.staff_id = n.staff_id and c.lifted_at is null)))`

/**
 * Decisions that wait for this viewer's answer: of their agency, not their own, and of nobody they are too close to.
 * A piece of SQL over `disclosure d`, which runs as the product: a conflict is hidden from colleagues.
 */
export const waitsForSecond = (viewer: StaffViewer) => sql<boolean>`d.partnership_id = ${viewer.partnership}
  and d.agency_id = ${viewer.agency} and d.reason = ${moreHarmful} and d.decided_by <> ${viewer.staff}
  and ${viewer.roles.includes('manager')} and ${hasWords} and ${mayOpen(viewer)}
  and not exists (select from disclosure_second s where s.partnership_id = d.partnership_id and s.disclosure_id = d.id)
  and not exists (select from conflict c where c.partnership_id = d.partnership_id and c.subject_id = d.subject_id
    and c.staff_id = ${viewer.staff} and c.lifted_at is null)`

const secondsSubject = (tx: Tx, viewer: StaffViewer, id: string) =>
  asProduct(tx, async () => {
    const { rows } = await sql<{ subject: string; handling: Handling }>`
      select d.subject_id as subject, d.kept::int as handling
      from disclosure d where d.id = ${id} and ${waitsForSecond(viewer)}`.execute(tx)
    return rows[0]
  })
