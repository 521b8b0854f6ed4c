import { sql } from 'kysely'
import {
  asProduct,
  inTransaction,
  newId,
  NotFound,
  record,
  type Keys,
  type StaffViewer,
  type Tx,
} from '../../platform/index.ts'
import { callMeeting, describedContexts, identitiesOf } from '../../subjects/index.ts'
import { openRows, sealerFor } from '../sealed.ts'
import { keepsSitting, type DueKind, type Sitting } from './sitting.ts'

export type Item = {
  id: string
  meeting_id: string
  subject_id: string
  adult_from: string | null
  /** Whose meeting it is, and how closely it is kept. */
  agency_id: string
  handling: 0 | 1
  why: DueKind[]
  reason: string
  added_by: string
  added_at: Date
  outcome: 'held' | 'called off' | null
}

/**
 * What is on, as far as this viewer sees whom it is about; nothing tells of the rest. Asked for the purpose of the sitting.
 */
export const itemsOf = async (tx: Tx, keys: Keys, partnership: string, sitting: string): Promise<Item[]> => {
  const { rows } = await sql<Omit<Item, 'reason'> & { reason_sealed: Buffer | null; key_id: string | null }>`
    select i.id, i.meeting_id, i.subject_id, m.adult_from::text as adult_from, m.agency_id,
      m.handling::int as handling, i.why, i.reason_sealed, i.key_id, i.added_by,
      i.added_at, o.outcome
    from panel_item i join meeting m on m.partnership_id = i.partnership_id and m.id = i.meeting_id
    left join meeting_outcome o on o.partnership_id = i.partnership_id and o.meeting_id = i.meeting_id
    where i.partnership_id = ${partnership} and i.sitting_id = ${sitting} order by i.added_at, i.id`.execute(tx)
  const bare = rows.filter(({ key_id }) => key_id === null).map((row) => ({ ...row, reason: '' }))
  const sealed = rows.flatMap((row) => (row.key_id === null ? [] : [{ ...row, key_id: row.key_id }]))
  const opened = await openRows(tx, keys, partnership, { table: 'panel_item', columns: ['reason'] }, sealed)
  return [...bare, ...opened].sort((a, b) => a.added_at.getTime() - b.added_at.getTime())
}

export type Deferral = { id: string; subject_id: string; reason: string; deferred_by: string; deferred_at: Date }

/** What is due and was put off this time, with the reason, as far as this viewer may see. */
export const deferralsOf = async (tx: Tx, keys: Keys, partnership: string, sitting: string): Promise<Deferral[]> => {
  const { rows } = await sql<Omit<Deferral, 'reason'> & { reason_sealed: Buffer; key_id: string }>`
    select id, subject_id, reason_sealed, key_id, deferred_by, deferred_at from panel_deferral
    where partnership_id = ${partnership} and sitting_id = ${sitting} order by deferred_at, id`.execute(tx)
  return openRows(tx, keys, partnership, { table: 'panel_deferral', columns: ['reason'] }, rows)
}

export type Whom = { id: string; reference: string; kind: string; name: string | undefined }

/** Who or what these are: by name where the viewer may know it, by reference otherwise. They are seen already. */
export const whoTheyAre = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  ids: readonly string[],
): Promise<Map<string, Whom>> => {
  if (ids.length === 0) return new Map()
  const names = new Map(
    (await identitiesOf(tx, keys, partnership, ids)).reverse().map((one) => [one.subject_id, one.known_as || one.name]),
  )
  for (const { subject_id, name } of (await describedContexts(tx, keys, partnership, ids)).values())
    names.set(subject_id, name)
  const { rows } = await asProduct(tx, () =>
    sql<Omit<Whom, 'name'>>`select id, reference, kind from subject
      where partnership_id = ${partnership} and id = any(${[...ids]}::uuid[])`.execute(tx),
  )
  return new Map(rows.map((row) => [row.id, { ...row, name: names.get(row.id) }]))
}

type Subject = { id: string; adult_from: string | null }
export type Adding = { why: readonly DueKind[]; reason: string; handling: 0 | 1 }

/**
 * Puts somebody, or a place or group, on the agenda: a meeting about them, for what the sitting is for. Whoever calls has
 * shown that the viewer sees them. @throws {NotFound} when the sitting is not the viewer's to keep
 */
export const addItem = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  { sitting, subject }: { sitting: Sitting; subject: Subject },
  { why, reason, handling }: Adding,
  at: Date,
): Promise<{ meeting: string } | 'on already'> =>
  inTransaction(tx, async (inner) => {
    if (!keepsSitting(viewer, sitting)) throw new NotFound()
    const on = await asProduct(inner, async () => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${sitting.id + subject.id}, 0))`.execute(inner)
      const { rows } = await sql`select from panel_item where partnership_id = ${viewer.partnership}
        and sitting_id = ${sitting.id} and subject_id = ${subject.id}`.execute(inner)
      return rows.length > 0
    })
    if (on) return 'on already'
    const { kind, purpose, basis, condition, starts_at, place } = sitting
    const calling = { kind, purpose, basis, condition, starts_at, place, handling }
    const meeting = await callMeeting(inner, keys, viewer, subject, calling, at)
    const id = newId()
    const { key_id, seal } = await sealerFor(inner, keys, viewer, subject.id, { table: 'panel_item', row: id })
    await asProduct(inner, () =>
      inner
        .insertInto('panel_item')
        .values({
          partnership_id: viewer.partnership,
          id,
          sitting_id: sitting.id,
          meeting_id: meeting,
          subject_id: subject.id,
          agency_id: viewer.agency,
          why: [...why],
          reason_sealed: reason ? seal('reason', reason) : null,
          key_id: reason ? key_id : null,
          added_by: viewer.staff,
          added_at: at,
          handling: String(handling),
        })
        .execute(),
    )
    const about = { kind: 'person', id: subject.id }
    await record(inner, viewer, 'panel item added', about, { panel: sitting.id, meeting, handling: String(handling) })
    return { meeting }
  })

/** What is due is put off this time, for a reason: it stays due. @throws {NotFound} when the sitting is not the viewer's to keep */
export const putOff = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  { sitting, subject }: { sitting: Sitting; subject: Subject },
  reason: string,
  at: Date,
): Promise<void> =>
  inTransaction(tx, async (inner) => {
    if (!keepsSitting(viewer, sitting)) throw new NotFound()
    const id = newId()
    const { key_id, seal } = await sealerFor(inner, keys, viewer, subject.id, { table: 'panel_deferral', row: id })
    const made = await asProduct(inner, () =>
      inner
        .insertInto('panel_deferral')
        .values({
          partnership_id: viewer.partnership,
          id,
          sitting_id: sitting.id,
          subject_id: subject.id,
          agency_id: viewer.agency,
          adult_from: subject.adult_from,
          reason_sealed: seal('reason', reason),
          key_id,
          deferred_by: viewer.staff,
          deferred_at: at,
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst(),
    )
    if (made.numInsertedOrUpdatedRows !== 1n) return
    await record(inner, viewer, 'panel item put off', { kind: 'person', id: subject.id }, { panel: sitting.id })
  })
