import { sql, type RawBuilder } from 'kysely'
import {
  asProduct,
  dataKeyOf,
  hasRole,
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
 * A second manager of the same agency, or a guardian where it has none, confirms or overturns a decision not to share
 * because it would harm the child more.
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

/** Whether somebody, an account `a`, can answer: they can sign in, did not decide it themself and are not too close. */
const can = sql`a.id <> d.decided_by and not account_closed(a.partnership_id, a.id, a.agency_id, viewer_now())
  and not exists (select from conflict c where c.partnership_id = d.partnership_id and c.subject_id = d.subject_id
    and c.staff_id = a.id and c.lifted_at is null)`
const holds = sql`join role_grant r on r.partnership_id = a.partnership_id and r.account_id = a.id and r.ended_at is null`
const itsOwn = sql`a.agency_id = d.agency_id`
const itsOwnOrAbove = sql`a.agency_id in (select d.agency_id union all select g.parent_id from agency g
  where g.partnership_id = d.partnership_id and g.id = d.agency_id)`

const nobody = (role: 'manager' | 'guardian', where: RawBuilder<unknown>) => sql<boolean>`not exists (
  select from account a ${holds} where a.partnership_id = d.partnership_id and r.role = ${role} and ${where} and ${can})`

const isNamed = (viewer: StaffViewer) => sql<boolean>`exists (select from named_person n
  where n.partnership_id = d.partnership_id and n.row_id = d.id and n.staff_id = ${viewer.staff} and n.ended_at is null)`

/**
 * The second person is a manager of the agency. Where it has no other who can answer, a Caldicott Guardian does, as they
 * would be asked on paper: of the agency or of the one it belongs to, and of the partnership where those have none.
 */
const answers = (viewer: StaffViewer) => sql<boolean>`(
  ${hasRole(viewer, 'manager')} and d.agency_id = ${viewer.agency}
  or ${hasRole(viewer, 'guardian')} and (${isNamed(viewer)} or ${nobody('manager', itsOwn)} and (
    ${viewer.agency} in (select d.agency_id union all select g.parent_id from agency g
      where g.partnership_id = d.partnership_id and g.id = d.agency_id)
    or ${nobody('guardian', itsOwnOrAbove)})))`

/**
 * What is for named people only is answered by whoever is named for it. When none who is named can (gone, no manager or
 * guardian any more, too close), everybody may who answers the others: the law wants an answer, and a decision that
 * nobody can open gets none.
 */
const mayOpen = (viewer: StaffViewer) => sql<boolean>`(d.kept < 2 or ${isNamed(viewer)}
  or not exists (select from named_person n join account a on a.partnership_id = n.partnership_id and a.id = n.staff_id
    ${holds} where n.partnership_id = d.partnership_id and n.row_id = d.id and n.ended_at is null
      and r.role in ('manager', 'guardian') and ${can}))`

/**
 * Decisions that wait for this viewer's answer: theirs to answer, not their own, and of nobody they are too close to.
 * A piece of SQL over `disclosure d`, which runs as the product: a conflict is hidden from colleagues.
 */
export const waitsForSecond = (viewer: StaffViewer) => sql<boolean>`d.partnership_id = ${viewer.partnership}
  and d.reason = ${moreHarmful} and d.decided_by <> ${viewer.staff} and ${answers(viewer)}
  and ${hasWords} and ${mayOpen(viewer)}
  and not exists (select from disclosure_second s where s.partnership_id = d.partnership_id and s.disclosure_id = d.id)
  and not exists (select from conflict c where c.partnership_id = d.partnership_id and c.subject_id = d.subject_id
    and c.staff_id = ${viewer.staff} and c.lifted_at is null)`

export type Second = { id: string; name: string; role: 'manager' | 'guardian' }

/** Who could answer a decision of this viewer's about somebody, by name. Nobody who is too close is among them. */
export const secondsFor = (tx: Tx, viewer: StaffViewer, subject: string): Promise<Second[]> =>
  asProduct(tx, async () => {
    const { rows } = await sql<Second & { turn: number }>`
      select distinct a.id, a.name, r.role,
        case when r.role = 'manager' then 1 when ${itsOwnOrAbove} then 2 else 3 end as turn
      from (select ${viewer.partnership}::uuid as partnership_id, ${viewer.agency}::uuid as agency_id,
          ${viewer.staff}::uuid as decided_by, ${subject}::uuid as subject_id) d
        join account a on a.partnership_id = d.partnership_id ${holds}
      where (r.role = 'manager' and ${itsOwn} or r.role = 'guardian') and ${can} order by turn, a.name, a.id`.execute(
      tx,
    )
    return rows.filter(({ turn }) => turn === rows[0]!.turn).map(({ turn: _, ...one }) => one)
  })

const secondsSubject = (tx: Tx, viewer: StaffViewer, id: string) =>
  asProduct(tx, async () => {
    const { rows } = await sql<{ subject: string; handling: Handling }>`
      select d.subject_id as subject, d.kept::int as handling
      from disclosure d where d.id = ${id} and ${waitsForSecond(viewer)}`.execute(tx)
    return rows[0]
  })
