import { sql } from 'kysely'
import { calendarOf } from '../../partnership/index.ts'
import {
  AlreadyDone,
  asProduct,
  dataKeyOf,
  dataKeys,
  inTransaction,
  isId,
  newId,
  NotFound,
  openText,
  record,
  sealText,
  type Keys,
  type StaffViewer,
  type Tx,
} from '../../platform/index.ts'
import { dueOn } from './due.ts'
import { answersFor, byRight, type AtHolder } from './right.ts'

export const capacities = ['person', 'parent', 'solicitor', 'attorney', 'other'] as const
export type Capacity = (typeof capacities)[number]
export const identityWays = ['known', 'document', 'authority'] as const
export const endings = ['answered', 'withdrawn', 'refused'] as const

export type AccessRequest = {
  id: string
  subject_id: string
  reference: string
  agency_id: string
  agency: string
  capacity: Capacity
  asker: string
  asked_on: string
  identity_how: (typeof identityWays)[number] | null
  identity_note: string
  identity_on: string | null
  extended_why: string | null
  due_on: string
  closed: (typeof endings)[number] | null
  closed_at: Date | null
  closed_by: string | null
  /** What was said as it ended. */
  closed_words: string
}

type Row = Omit<AccessRequest, 'asker' | 'identity_note' | 'extended_why' | 'due_on' | 'closed_words'> & {
  key_id: string
  asker_sealed: Buffer
  identity_note_sealed: Buffer | null
  why_sealed: Buffer | null
  words_sealed: Buffer | null
}

/** Requests that this viewer answers for, the first due first; of one person, or all that are open. */
export const requestsFor = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  of: { subject?: string } = {},
): Promise<AccessRequest[]> =>
  asProduct(tx, async () => {
    const { rows } = await sql<Row>`
      select r.id, r.subject_id, s.reference, r.agency_id, g.name as agency, r.capacity, r.asker_sealed,
        r.asked_on::text as asked_on, r.identity_how, r.identity_note_sealed, r.identity_on::text as identity_on, r.key_id,
        x.why_sealed, c.outcome as closed, c.closed_at, c.closed_by, c.words_sealed
      from access_request r
        join subject s on s.partnership_id = r.partnership_id and s.id = r.subject_id
        join agency g on g.partnership_id = r.partnership_id and g.id = r.agency_id
        left join access_extension x on x.partnership_id = r.partnership_id and x.request_id = r.id
        left join access_closure c on c.partnership_id = r.partnership_id and c.request_id = r.id
      where r.partnership_id = ${viewer.partnership} and ${answersFor(viewer, 'r.agency_id')} and s.erased_at is null
        and ${of.subject ? sql`r.subject_id = ${of.subject}` : sql`c.request_id is null`}
        and not exists (select from conflict c where c.partnership_id = r.partnership_id and c.subject_id = r.subject_id
          and c.staff_id = ${viewer.staff} and c.lifted_at is null)`.execute(tx)
    const opened = await dataKeys(
      tx,
      keys,
      viewer.partnership,
      rows.map(({ key_id }) => key_id),
    )
    const calendar = await calendarOf(tx, viewer.partnership)
    const read = rows.flatMap(({ asker_sealed, identity_note_sealed, why_sealed, words_sealed, key_id, ...row }) => {
      const key = opened.get(key_id)
      if (!key) return []
      const open = (column: string, sealed: Buffer | null, table = 'access_request'): string =>
        sealed ? openText(key, { table, column, row: row.id }, sealed) : ''
      return [
        {
          ...row,
          asker: open('asker', asker_sealed),
          identity_note: open('identity note', identity_note_sealed),
          extended_why: why_sealed && open('why', why_sealed, 'access_extension'),
          closed_words: open('words', words_sealed, 'access_closure'),
          due_on: dueOn(row, why_sealed !== null, calendar),
        },
      ]
    })
    return read.sort((a, b) => a.due_on.localeCompare(b.due_on) || a.id.localeCompare(b.id))
  })

/** One request about the person at this door. @throws {NotFound} */
export const requestAt = async (
  tx: Tx,
  keys: Keys,
  at: AtHolder,
  id: string | undefined,
  { open = false } = {},
): Promise<AccessRequest> => {
  const all = id && isId(id) ? await requestsFor(tx, keys, at.viewer, { subject: at.subject.id }) : []
  const found = all.find((one) => one.id === id && at.holders.some((holder) => holder.id === one.agency_id))
  if (!found) throw new NotFound()
  if (open && found.closed) throw new AlreadyDone()
  return found
}

type Asked = { agency: string; capacity: Capacity; asker: string; asked_on: string }
/** Whose request it is, and when it is written down. */
type Writing = Pick<AtHolder, 'viewer' | 'subject' | 'now'>
/** Writes down that somebody asked. From the day they asked the clock runs. @returns the request's id */
export const recordRequest = (tx: Tx, keys: Keys, at: Writing, asked: Asked): Promise<string> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const { viewer, subject, now } = at
      const id = newId()
      const key = await dataKeyOf(inner, keys, viewer.partnership, { kind: 'subject', id: subject.id })
      await inner
        .insertInto('access_request')
        .values({
          partnership_id: viewer.partnership,
          id,
          subject_id: subject.id,
          agency_id: asked.agency,
          capacity: asked.capacity,
          asker_sealed: sealText(key, { table: 'access_request', column: 'asker', row: id }, asked.asker),
          asked_on: asked.asked_on,
          key_id: key.id,
          recorded_by: viewer.staff,
          recorded_at: now,
        })
        .execute()
      await say(inner, at, 'access request recorded', id)
      return id
    }),
  )

/** Says how it was made sure who asks. A later answer replaces an earlier one. */
export const checkIdentity = (
  tx: Tx,
  keys: Keys,
  at: AtHolder,
  request: AccessRequest,
  { how, note, on }: { how: (typeof identityWays)[number]; note: string; on: string },
): Promise<void> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const { viewer } = at
      const key = await dataKeyOf(inner, keys, viewer.partnership, { kind: 'subject', id: request.subject_id })
      await inner
        .updateTable('access_request')
        .set({
          identity_how: how,
          identity_note_sealed: sealText(
            key,
            { table: 'access_request', column: 'identity note', row: request.id },
            note,
          ),
          identity_on: on,
          identity_by: viewer.staff,
        })
        .where('partnership_id', '=', viewer.partnership)
        .where('id', '=', request.id)
        .execute()
      await say(inner, at, 'access identity checked', request.id)
    }),
  )

/** Two months more, once. @returns whether it was not extended before */
export const extendRequest = (
  tx: Tx,
  keys: Keys,
  at: AtHolder,
  request: AccessRequest,
  why: string,
): Promise<boolean> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const { viewer, now } = at
      const key = await dataKeyOf(inner, keys, viewer.partnership, { kind: 'subject', id: request.subject_id })
      const made = await inner
        .insertInto('access_extension')
        .values({
          partnership_id: viewer.partnership,
          request_id: request.id,
          agency_id: request.agency_id,
          why_sealed: sealText(key, { table: 'access_extension', column: 'why', row: request.id }, why),
          key_id: key.id,
          extended_by: viewer.staff,
          extended_at: now,
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      if (made.numInsertedOrUpdatedRows === 0n) return false
      await say(inner, at, 'access time extended', request.id)
      return true
    }),
  )

/** Ends a request: it was answered, taken back or refused, in words. @throws {NotFound} when it has ended already */
export const closeRequest = (
  tx: Tx,
  keys: Keys,
  at: AtHolder,
  request: AccessRequest,
  { outcome, words }: { outcome: (typeof endings)[number]; words: string },
): Promise<void> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const { viewer, now } = at
      const key = await dataKeyOf(inner, keys, viewer.partnership, { kind: 'subject', id: request.subject_id })
      const made = await inner
        .insertInto('access_closure')
        .values({
          partnership_id: viewer.partnership,
          request_id: request.id,
          agency_id: request.agency_id,
          outcome,
          words_sealed: sealText(key, { table: 'access_closure', column: 'words', row: request.id }, words),
          key_id: key.id,
          closed_by: viewer.staff,
          closed_at: now,
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      if (made.numInsertedOrUpdatedRows === 0n) throw new NotFound()
      await say(inner, at, 'access request closed', request.id, { outcome })
    }),
  )

/** Every act on a request is an event about the person, by right. */
export const say = (tx: Tx, at: Writing, kind: string, request: string, detail: Record<string, string> = {}) =>
  record(tx, at.viewer, kind, { kind: 'person', id: at.subject.id }, { ...byRight, request, ...detail })
