import { sql } from 'kysely'
import {
  asProduct,
  dataKeyOf,
  dataKeys,
  hasRole,
  inTransaction,
  isId,
  newId,
  NotFound,
  openText,
  record,
  sealText,
} from '../platform/index.ts'
import type { Keys, StaffViewer, Tx, Viewer } from '../platform/index.ts'
import { eraseSubject } from './erase.ts'
import { placeHold } from './legal-hold.ts'
import { dueOn } from './retention.ts'

export type Proposal = {
  id: string
  subject_id: string
  reference: string
  rule_code: string
  rule: string
  checked: boolean
  due_on: string
  first_by: string | null
  first_name: string | null
}

/** Managers answer for records that their agency opened, guardians for all; nobody for one they are too close to. */
const theirs = (viewer: StaffViewer) => sql`p.partnership_id = ${viewer.partnership}
  and (${hasRole(viewer, 'guardian')} or ${hasRole(viewer, 'manager')} and p.agency_id = ${viewer.agency})
  and not exists (select from conflict c where c.partnership_id = p.partnership_id and c.subject_id = p.subject_id
    and c.staff_id = ${viewer.staff} and c.lifted_at is null)`
const answerable = (viewer: StaffViewer) => sql`p.settled_at is null and ${theirs(viewer)}`

/** What waits for somebody's answer, the longest overdue first. By reference: nothing of a case. */
export const proposalsFor = (tx: Tx, viewer: StaffViewer): Promise<Proposal[]> =>
  asProduct(tx, async () => {
    const { rows } = await sql<Proposal>`
      select p.id, p.subject_id, s.reference, r.code as rule_code, r.label as rule, r.checked, p.due_on::text as due_on,
        a.answered_by as first_by, n.name as first_name
      from destruction_proposal p
        join subject s on s.partnership_id = p.partnership_id and s.id = p.subject_id
        join retention_rule r on r.partnership_id = p.partnership_id and r.code = p.rule_code
        left join destruction_answer a on a.partnership_id = p.partnership_id and a.proposal_id = p.id and a.answer = 'confirm'
        left join account n on n.partnership_id = p.partnership_id and n.id = a.answered_by
      where ${answerable(viewer)} order by p.due_on, p.id`.execute(tx)
    return rows
  })

/** The proposal, locked, for somebody who may answer it. @throws {NotFound} */
const take = async (tx: Tx, viewer: StaffViewer, proposal: string) => {
  const { rows } = await sql<{ subject_id: string; rule_code: string }>`
    select p.subject_id, p.rule_code from destruction_proposal p
    where p.id = ${isId(proposal) ? proposal : null}::uuid and ${answerable(viewer)} for update`.execute(tx)
  if (!rows[0]) throw new NotFound()
  return rows[0]
}

const settle = (tx: Tx, viewer: StaffViewer, proposal: string, at: Date) =>
  tx
    .updateTable('destruction_proposal')
    .set({ settled_at: at })
    .where('partnership_id', '=', viewer.partnership)
    .where('id', '=', proposal)
    .execute()

/**
 * One of two confirmations. The second, by somebody else, destroys: unless the record is not due any more, because of a
 * legal hold, a new entry or somebody who works with the person again.
 */
export const confirmDestruction = (
  tx: Tx,
  viewer: StaffViewer,
  proposal: string,
  { at, today }: { at: Date; today: string },
): Promise<'waits for a second' | 'already yours' | 'not due' | 'destroyed'> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const { subject_id } = await take(inner, viewer, proposal)
      const [due] = await dueOn(inner, viewer.partnership, today, subject_id)
      if (!due) {
        await settle(inner, viewer, proposal, at)
        return 'not due'
      }
      const answers = await inner
        .selectFrom('destruction_answer')
        .select('answered_by')
        .where('partnership_id', '=', viewer.partnership)
        .where('proposal_id', '=', proposal)
        .execute()
      if (answers.some(({ answered_by }) => answered_by === viewer.staff)) return 'already yours'
      await inner
        .insertInto('destruction_answer')
        .values({ ...answerOf(viewer, proposal, at), answer: 'confirm' })
        .execute()
      await record(inner, viewer, 'destruction confirmed', { kind: 'person', id: subject_id }, { proposal })
      const [first] = answers
      if (!first) return 'waits for a second'
      const erased = await eraseSubject(inner, viewer, subject_id, 'retention', at)
      await certify(inner, viewer, { rule: due.rule_code, first: first.answered_by, at, ...erased })
      await settle(inner, viewer, proposal, at)
      return 'destroyed'
    }),
  )

const answerOf = (viewer: StaffViewer, proposal: string, at: Date) => ({
  partnership_id: viewer.partnership,
  id: newId(),
  proposal_id: proposal,
  agency_id: viewer.agency,
  answered_by: viewer.staff,
  answered_at: at,
})

type Certified = { rule: string; first: string; at: Date; classes: string[]; rows: number }
const certify = (tx: Tx, viewer: StaffViewer, { rule, first, at, classes, rows }: Certified) =>
  sql`insert into destruction_certificate
    (partnership_id, id, rule_code, rule_label, classes, row_count, destroyed_at, first_by, second_by)
    select partnership_id, ${newId()}, code, label, ${classes}::text[], ${rows}, ${at}, ${first}, ${viewer.staff}
    from retention_rule where partnership_id = ${viewer.partnership} and code = ${rule}`.execute(tx)

type Put = { why: string; until: string; at: Date }
/** Puts it off until a day, with a reason; it is proposed again from then on. @throws {NotFound} */
export const deferDestruction = (tx: Tx, keys: Keys, viewer: StaffViewer, proposal: string, { why, until, at }: Put) =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const { subject_id } = await take(inner, viewer, proposal)
      const key = await dataKeyOf(inner, keys, viewer.partnership, { kind: 'subject', id: subject_id })
      const answer = answerOf(viewer, proposal, at)
      const why_sealed = sealText(key, { table: 'destruction_answer', column: 'why', row: answer.id }, why)
      await inner
        .insertInto('destruction_answer')
        .values({ ...answer, answer: 'defer', why_sealed, key_id: key.id, until_on: until })
        .execute()
      await settle(inner, viewer, proposal, at)
      await record(inner, viewer, 'destruction put off', { kind: 'person', id: subject_id }, { proposal, until })
    }),
  )

export type PutOff = {
  id: string
  subject_id: string
  reference: string
  until_on: string
  at: Date
  name: string | null
  why: string
}

/** What was put off, the newest first, with the reason; to those who answer for the record. */
export const putOff = (tx: Tx, keys: Keys, viewer: StaffViewer): Promise<PutOff[]> =>
  asProduct(tx, async () => {
    const { rows } = await sql<Omit<PutOff, 'why'> & { why_sealed: Buffer; key_id: string }>`
      select a.id, p.subject_id, s.reference, a.until_on::text as until_on, a.answered_at as at, n.name, a.why_sealed, a.key_id
      from destruction_answer a
        join destruction_proposal p on p.partnership_id = a.partnership_id and p.id = a.proposal_id
        join subject s on s.partnership_id = p.partnership_id and s.id = p.subject_id
        left join account n on n.partnership_id = a.partnership_id and n.id = a.answered_by
      where a.answer = 'defer' and ${theirs(viewer)} order by a.answered_at desc, a.id limit 50`.execute(tx)
    const opened = await dataKeys(
      tx,
      keys,
      viewer.partnership,
      rows.map(({ key_id }) => key_id),
    )
    return rows.flatMap(({ why_sealed, key_id, ...row }) => {
      const key = opened.get(key_id)
      const place = { table: 'destruction_answer', column: 'why', row: row.id }
      return key ? [{ ...row, why: openText(key, place, why_sealed) }] : []
    })
  })

/** A legal hold instead of an answer. @throws {NotFound} */
export const holdInstead = (tx: Tx, keys: Keys, viewer: StaffViewer, proposal: string, why: string, at: Date) =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const { subject_id } = await take(inner, viewer, proposal)
      await placeHold(inner, keys, viewer, { subject: subject_id, why, at })
      await settle(inner, viewer, proposal, at)
    }),
  )

export type Certificate = {
  id: string
  rule_label: string
  classes: string[]
  row_count: number
  destroyed_at: Date
  first: string | null
  second: string | null
}
/** What is left of what was destroyed: classes, rule, day and who confirmed. */
export const certificates = async (tx: Tx, viewer: Viewer): Promise<Certificate[]> => {
  if (!hasRole(viewer, 'manager', 'guardian')) return []
  return asProduct(tx, async () => {
    const { rows } = await sql<Certificate>`
      select d.id, d.rule_label, d.classes, d.row_count, d.destroyed_at, a.name as first, b.name as second
      from destruction_certificate d
        left join account a on a.partnership_id = d.partnership_id and a.id = d.first_by
        left join account b on b.partnership_id = d.partnership_id and b.id = d.second_by
      where d.partnership_id = ${viewer.partnership} order by d.destroyed_at desc, d.id limit 200`.execute(tx)
    return rows
  })
}
