import { sql } from 'kysely'
import {
  asProduct,
  dataKeyOf,
  dataKeys,
  hasRole,
  inTransaction,
  isId,
  NotFound,
  openText,
  record,
  sealText,
  type Keys,
  type StaffViewer,
  type Tx,
  type Viewer,
} from '../platform/index.ts'
import type { AlertKind } from './alert.ts'

export const alertOutcomes = ['expected', 'spoken with', 'passed on', 'misuse'] as const
export type AlertOutcome = (typeof alertOutcomes)[number]
export const alerts_page = 25

export type Alert = {
  id: string
  kind: AlertKind
  agency_id: string
  subject_id: string | null
  object_id: string
  caused_by: string
  raised_at: Date
  purpose: string | null
  role: string | null
  classes: string[]
  people: number | null
  minutes: number | null
  answered_by: string | null
  answered_at: Date | null
  outcome: AlertOutcome | null
}
export type AlertsWanted = { kind?: string | undefined; state: 'open' | 'answered'; page: number }

const from = sql`from alert a
  left join alert_answer w on w.partnership_id = a.partnership_id and w.alert_id = a.id`
const columns = sql`a.id, a.kind, a.agency_id, a.subject_id, a.object_id, a.caused_by, a.raised_at, a.purpose, a.role,
  a.classes, a.people, a.minutes, w.answered_by, w.answered_at, w.outcome`

/** The alerts that row-level security shows this viewer, the newest first; and how many there are of each kind. */
export const alertsFor = async (tx: Tx, viewer: Viewer, { kind, state, page }: AlertsWanted) => {
  const chosen = sql`a.partnership_id = ${viewer.partnership} and (w.alert_id is null) = ${state === 'open'}`
  const { rows: counts } = await sql<{ kind: AlertKind; n: number }>`
    select a.kind, count(*)::int as n ${from} where ${chosen} group by a.kind`.execute(tx)
  const { rows: alerts } = await sql<Alert>`
    select ${columns} ${from} where ${chosen} and (${kind ?? null}::text is null or a.kind = ${kind ?? null})
    order by a.raised_at desc, a.id limit ${alerts_page} offset ${(page - 1) * alerts_page}`.execute(tx)
  return { alerts, counts: new Map(counts.map((one) => [one.kind, one.n])) }
}

/** What was raised about one person, as far as row-level security shows it to this viewer, the newest first. */
export const alertsAbout = async (tx: Tx, partnership: string, subject: string): Promise<Alert[]> => {
  const { rows } = await sql<Alert>`select ${columns} ${from}
    where a.partnership_id = ${partnership} and a.subject_id = ${subject} order by a.raised_at desc, a.id limit 200`.execute(
    tx,
  )
  return rows
}

/** How many wait for an answer that is this viewer's to give. */
export const openAlerts = async (tx: Tx, viewer: Viewer): Promise<number> => {
  if (!hasRole(viewer, 'manager', 'guardian')) return 0
  const { rows } = await sql<{ n: number }>`select count(*)::int as n ${from}
    where a.partnership_id = ${viewer.partnership} and w.alert_id is null and a.caused_by <> ${viewer.staff}`.execute(
    tx,
  )
  return rows[0]!.n
}

/** One alert, and the words of its answer. @throws {NotFound} where row-level security shows this viewer none */
export const alertOf = async (
  tx: Tx,
  keys: Keys,
  viewer: Viewer,
  id: string | undefined,
): Promise<Alert & { words: string | null }> => {
  if (!id || !isId(id)) throw new NotFound()
  const { rows } = await sql<Alert & { words_sealed: Buffer | null; key_id: string | null }>`
    select ${columns}, w.words_sealed, w.key_id ${from}
    where a.partnership_id = ${viewer.partnership} and a.id = ${id}`.execute(tx)
  if (!rows[0]) throw new NotFound()
  const { words_sealed, key_id, ...alert } = rows[0]
  const key = key_id ? (await dataKeys(tx, keys, viewer.partnership, [key_id])).get(key_id) : undefined
  return { ...alert, words: key && words_sealed ? openText(key, answerCell(id), words_sealed) : null }
}

const answerCell = (id: string) => ({ table: 'alert_answer', column: 'words', row: id })

/**
 * Says what an alert turned out to be. Nobody says so of what they did themself.
 * @throws {NotFound} where row-level security shows this viewer none
 */
export const answerAlert = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  id: string | undefined,
  said: Answering,
): Promise<'answered' | 'your own' | 'answered before'> =>
  inTransaction(tx, async (inner) => {
    const alert = await alertOf(inner, keys, viewer, id)
    if (alert.caused_by === viewer.staff) return 'your own'
    return (await settle(inner, keys, viewer, alert, said)) ? 'answered' : 'answered before'
  })
type Answering = { outcome: AlertOutcome; words: string; at: Date }

/** What the review of a break-glass said stands for its alert too. */
export const answerByReview = async (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  glass: string,
  said: Answering,
): Promise<void> => {
  const { rows } = await asProduct(tx, () =>
    sql<Pick<Alert, 'id' | 'subject_id' | 'caused_by'>>`select id, subject_id, caused_by from alert
      where partnership_id = ${viewer.partnership} and kind = 'override' and object_id = ${glass}`.execute(tx),
  )
  if (rows[0]) await settle(tx, keys, viewer, rows[0], said)
}

const settle = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  alert: Pick<Alert, 'id' | 'subject_id' | 'caused_by'>,
  { outcome, words, at }: Answering,
): Promise<boolean> =>
  asProduct(tx, async () => {
    const { partnership } = viewer
    const of = alert.subject_id
      ? { kind: 'subject' as const, id: alert.subject_id }
      : { kind: 'partnership' as const, id: partnership }
    const key = await dataKeyOf(tx, keys, partnership, of)
    const answer = await tx
      .insertInto('alert_answer')
      .values({
        partnership_id: partnership,
        alert_id: alert.id,
        subject_id: alert.subject_id,
        agency_id: viewer.agency,
        caused_by: alert.caused_by,
        answered_by: viewer.staff,
        answered_at: at,
        outcome,
        words_sealed: sealText(key, answerCell(alert.id), words),
        key_id: key.id,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('alert_id')
      .executeTakeFirst()
    if (answer) await record(tx, viewer, 'alert answered', { kind: 'alert', id: alert.id }, { outcome })
    return answer !== undefined
  })
