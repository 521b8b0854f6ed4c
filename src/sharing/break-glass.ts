import { sql, type RawBuilder } from 'kysely'
import { calendarOf } from '../partnership/index.ts'
import {
  AlreadyDone,
  asProduct,
  dataKeyOf,
  dataKeys,
  dueAt,
  hasRole,
  inTransaction,
  newId,
  NotFound,
  openText,
  record,
  sealText,
  type DataKey,
  type Db,
  type Keys,
  type StaffViewer,
  type Tx,
} from '../platform/index.ts'
import { raiseAlert } from './alert.ts'
import { answerByReview, type AlertOutcome } from './alerts.ts'

export const glassMinutes = [15, 30, 60, 120] as const
export const reviewOutcomes = ['justified', 'not justified', 'more to ask'] as const
export type ReviewOutcome = (typeof reviewOutcomes)[number]
/** What a review says to the alert of the same act: nobody is asked twice. With more to ask it stays open. */
const answers: Partial<Record<ReviewOutcome, AlertOutcome>> = { justified: 'expected', 'not justified': 'misuse' }

/**
 * Opens a subject's record for a short time to somebody who does not work with them. It stands in for the relationship
 * and for nothing else: sealed rows, bars and classes stay shut. Whoever calls has asked `decide` that only the
 * relationship is missing. From this moment it waits for a review, due in one working day.
 */
export const breakGlass = (
  db: Db | Tx,
  keys: Keys,
  viewer: StaffViewer,
  { subject, why, minutes, at }: { subject: string; why: string; minutes: number; at: Date },
): Promise<string> =>
  inTransaction(db, async (tx) => {
    const id = newId()
    const key = await dataKeyOf(tx, keys, viewer.partnership, { kind: 'subject', id: subject })
    const calendar = await calendarOf(tx, viewer.partnership)
    await asProduct(tx, () =>
      tx
        .insertInto('break_glass')
        .values({
          partnership_id: viewer.partnership,
          id,
          subject_id: subject,
          agency_id: viewer.agency,
          staff_id: viewer.staff,
          why_sealed: sealText(key, { table: 'break_glass', column: 'why', row: id }, why),
          key_id: key.id,
          from_at: at,
          to_at: new Date(at.getTime() + minutes * 60_000),
          review_due_at: dueAt(at, { amount: 1, unit: 'working-days' }, calendar),
        })
        .execute(),
    )
    const event = await record(tx, viewer, 'glass broken', { kind: 'person', id: subject }, { glass: id, minutes })
    await raiseAlert(tx, viewer, { kind: 'override', subject, object: id, event, at, minutes })
    return id
  })

/** Ends it before its time. */
export const endBreakGlass = (db: Db | Tx, viewer: StaffViewer, subject: string, at: Date): Promise<void> =>
  inTransaction(db, (tx) => close(tx, viewer, subject, sql`staff_id = ${viewer.staff}`, at))

/** Even one that begins at this moment, or later by a clock that was put back: it must not open again by itself. */
const close = async (tx: Tx, viewer: StaffViewer, subject: string, which: RawBuilder<unknown>, at: Date) => {
  const ended = await asProduct(tx, () =>
    sql`update break_glass set to_at = greatest(${at}::timestamptz, from_at + interval '1 microsecond')
      where partnership_id = ${viewer.partnership} and subject_id = ${subject} and to_at > ${at} and ${which}`.execute(
      tx,
    ),
  )
  if (ended.numAffectedRows) await record(tx, viewer, 'glass closed', { kind: 'person', id: subject })
}

export type ToReview = {
  id: string
  subject_id: string
  staff_id: string
  agency_id: string
  why: string
  from_at: Date
  to_at: Date
  due_at: Date
}

/** People this viewer leads, and for a manager those whose lead is of their agency or whose record their agency opened. */
const answersFor = (viewer: StaffViewer, now: Date) => {
  const manages = hasRole(viewer, 'manager')
  return sql<boolean>`(exists (select from involvement i where i.partnership_id = b.partnership_id and i.subject_id = b.subject_id
      and i.role in ('lead', 'trusted adult') and i.from_at <= ${now} and (i.to_at is null or i.to_at > ${now})
      and (i.staff_id = ${viewer.staff} or i.agency_id = ${viewer.agency} and ${manages}))
    or ${manages} and exists (select from subject_owner o where o.partnership_id = b.partnership_id
      and o.subject_id = b.subject_id and o.agency_id = ${viewer.agency}))`
}

const notTooClose = (viewer: StaffViewer) => sql<boolean>`not exists (select from conflict c
  where c.partnership_id = b.partnership_id and c.subject_id = b.subject_id
    and c.staff_id = ${viewer.staff} and c.lifted_at is null)`

/**
 * What waits for this viewer's eyes: break-glass on people they lead, and for a manager on people whose lead is of
 * their agency, or whose record their agency opened: somebody without a lead is looked at too. Never their own, nor of
 * somebody they are too close to.
 */
export const toReview = (tx: Tx, keys: Keys, viewer: StaffViewer, now: Date): Promise<ToReview[]> =>
  asProduct(tx, async () => {
    const { rows } = await sql<Omit<ToReview, 'why'> & { why_sealed: Buffer; key_id: string }>`
      select b.id, b.subject_id, b.staff_id, b.agency_id, b.why_sealed, b.key_id, b.from_at, b.to_at, b.review_due_at as due_at
      from break_glass b
      where b.partnership_id = ${viewer.partnership} and b.staff_id <> ${viewer.staff}
        and not exists (select from break_glass_review r where r.partnership_id = b.partnership_id and r.break_glass_id = b.id)
        and ${answersFor(viewer, now)} and ${notTooClose(viewer)}
      order by b.review_due_at, b.id`.execute(tx)
    const opened = await dataKeys(
      tx,
      keys,
      viewer.partnership,
      rows.map(({ key_id }) => key_id),
    )
    return rows.flatMap(({ why_sealed, key_id, ...row }) => {
      const key = opened.get(key_id)
      return key ? [{ ...row, why: whyOf(key, row.id, why_sealed) }] : []
    })
  })

const whyOf = (key: DataKey, row: string, sealed: Buffer): string =>
  openText(key, { table: 'break_glass', column: 'why', row }, sealed)

export type ReviewedGlass = Omit<ToReview, 'due_at'> & {
  outcome: ReviewOutcome
  words: string
  reviewed_by: string
  reviewed_at: Date
}

const most_reviewed = 50

/**
 * What was said of each that was looked over, the newest first, to those who answer for it and to whoever broke the
 * glass: they read what was made of it, and what there is more to ask.
 */
export const glassReviewed = (tx: Tx, keys: Keys, viewer: StaffViewer, now: Date): Promise<ReviewedGlass[]> =>
  asProduct(tx, async () => {
    type Row = Omit<ReviewedGlass, 'why' | 'words'> & Record<'why_sealed' | 'words_sealed', Buffer>
    const { rows } = await sql<Row & { review_id: string; key_id: string; review_key_id: string }>`
      select b.id, b.subject_id, b.staff_id, b.agency_id, b.why_sealed, b.key_id, b.from_at, b.to_at,
        r.id as review_id, r.outcome, r.words_sealed, r.key_id as review_key_id, r.reviewed_by, r.reviewed_at
      from break_glass b
        join break_glass_review r on r.partnership_id = b.partnership_id and r.break_glass_id = b.id
      where b.partnership_id = ${viewer.partnership}
        and (b.staff_id = ${viewer.staff} or ${answersFor(viewer, now)}) and ${notTooClose(viewer)}
      order by r.reviewed_at desc, r.id limit ${most_reviewed}`.execute(tx)
    const opened = await dataKeys(
      tx,
      keys,
      viewer.partnership,
      rows.flatMap(({ key_id, review_key_id }) => [key_id, review_key_id]),
    )
    return rows.flatMap(({ why_sealed, words_sealed, key_id, review_key_id, review_id, ...row }) => {
      const [key, other] = [opened.get(key_id), opened.get(review_key_id)]
      if (!key || !other) return []
      const words = openText(other, { table: 'break_glass_review', column: 'words', row: review_id }, words_sealed)
      return [{ ...row, why: whyOf(key, row.id, why_sealed), words }]
    })
  })

/** Says of one of those whether it was right; where it was not, it ends. @throws {NotFound} when it is not theirs to say, or was said already */
export const reviewBreakGlass = (
  db: Db | Tx,
  keys: Keys,
  viewer: StaffViewer,
  id: string,
  { outcome, words, at }: { outcome: ReviewOutcome; words: string; at: Date },
): Promise<void> =>
  inTransaction(db, async (tx) => {
    const waits = (await toReview(tx, keys, viewer, at)).find((one) => one.id === id)
    if (!waits) throw new NotFound()
    const review = newId()
    const key = await dataKeyOf(tx, keys, viewer.partnership, { kind: 'subject', id: waits.subject_id })
    const kept = await asProduct(tx, () =>
      tx
        .insertInto('break_glass_review')
        .values({
          partnership_id: viewer.partnership,
          id: review,
          break_glass_id: id,
          subject_id: waits.subject_id,
          agency_id: viewer.agency,
          reviewed_by: viewer.staff,
          reviewed_at: at,
          outcome,
          words_sealed: sealText(key, { table: 'break_glass_review', column: 'words', row: review }, words),
          key_id: key.id,
        })
        .onConflict((conflict) => conflict.columns(['partnership_id', 'break_glass_id']).doNothing())
        .executeTakeFirst(),
    )
    // Another who leads said so in the same moment, and was first.
    if (kept.numInsertedOrUpdatedRows === 0n) throw new AlreadyDone()
    await record(tx, viewer, 'break-glass reviewed', { kind: 'person', id: waits.subject_id }, { glass: id, outcome })
    if (outcome === 'not justified') await close(tx, viewer, waits.subject_id, sql`id = ${id}`, at)
    const answer = answers[outcome]
    if (answer) await answerByReview(tx, keys, viewer, id, { outcome: answer, words, at })
  })
