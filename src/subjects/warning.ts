import { sql } from 'kysely'
import {
  asProduct,
  dataKeyOf,
  dataKeys,
  inTransaction,
  newId,
  NotFound,
  openText,
  record,
  sealText,
  type Keys,
  type StaffViewer,
  type Tx,
} from '../platform/index.ts'
import type { Ties } from '../sharing/index.ts'

export type Warning = {
  id: string
  agency_id: string
  words: string
  entered_at: Date
  /** The day by which somebody looks at it again, as the latest review says. */
  review_on: string
}

const cell = (row: string) => ({ table: 'warning', column: 'words', row })

type Given = Warning & { ended_at: Date | null }

/** Every warning that was given, as far as row-level security shows it to this viewer, the first to be reviewed first. */
export const warningsGiven = async (tx: Tx, keys: Keys, partnership: string, subject: string): Promise<Given[]> => {
  const { rows } = await sql<Omit<Given, 'words'> & { words_sealed: Buffer; key_id: string }>`
    select w.id, w.agency_id, w.entered_at, w.words_sealed, w.key_id, coalesce(r.review_on, w.review_on)::text as review_on,
      case when r.outcome = 'ended' then r.reviewed_at end as ended_at
    from warning w left join lateral (select review_on, outcome, reviewed_at from warning_review r
      where r.partnership_id = w.partnership_id and r.warning_id = w.id
      order by r.reviewed_at desc, r.id desc limit 1) r on true
    where w.partnership_id = ${partnership} and w.subject_id = ${subject} order by 6, w.id`.execute(tx)
  if (rows.length === 0) return []
  const opened = await dataKeys(
    tx,
    keys,
    partnership,
    rows.map(({ key_id }) => key_id),
  )
  return rows.flatMap(({ words_sealed, key_id, ...row }) => {
    const key = opened.get(key_id)
    return key ? [{ ...row, words: openText(key, cell(row.id), words_sealed) }] : []
  })
}

/** Those that stand now. */
export const warningsOf = async (...of: Parameters<typeof warningsGiven>): Promise<Warning[]> =>
  (await warningsGiven(...of)).filter(({ ended_at }) => ended_at === null)

/** Warns whoever works with a person, until a day on which somebody looks at it again. They came through the gate. */
export const warn = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  subject: { id: string; adult_from: string | null },
  { words, review_on, handling }: { words: string; review_on: string; handling: 0 | 1 },
  at: Date,
): Promise<string> =>
  inTransaction(tx, async (inner) => {
    const id = newId()
    const key = await dataKeyOf(inner, keys, viewer.partnership, { kind: 'subject', id: subject.id })
    await asProduct(inner, () =>
      inner
        .insertInto('warning')
        .values({
          partnership_id: viewer.partnership,
          id,
          subject_id: subject.id,
          agency_id: viewer.agency,
          adult_from: subject.adult_from,
          words_sealed: sealText(key, cell(id), words),
          key_id: key.id,
          review_on,
          entered_by: viewer.staff,
          entered_at: at,
          handling: String(handling),
        })
        .execute(),
    )
    await record(inner, viewer, 'warning given', { kind: 'person', id: subject.id }, { warning: id, handling })
    return id
  })

/** The agency that gave it looks at it again, and whoever leads the work with the person. */
export const mayReview = ({ agency }: StaffViewer, { closeness }: Ties, warning: Warning): boolean =>
  warning.agency_id === agency || closeness === 3

type Reviewed = { outcome: 'stands'; review_on: string; why: string } | { outcome: 'ended'; why: string }
/** Says whether a warning still stands, and until when, or has ended; and why. @throws {NotFound} when it has ended already */
export const reviewWarning = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  { subject, warning }: { subject: string; warning: Warning },
  reviewed: Reviewed,
  at: Date,
): Promise<void> =>
  inTransaction(tx, async (inner) => {
    const id = newId()
    const key = await dataKeyOf(inner, keys, viewer.partnership, { kind: 'subject', id: subject })
    const why = sealText(key, { table: 'warning_review', column: 'why', row: id }, reviewed.why)
    const review_on = reviewed.outcome === 'stands' ? reviewed.review_on : null
    const made = await asProduct(inner, () =>
      sql`insert into warning_review (partnership_id, id, warning_id, subject_id, agency_id, outcome, review_on, why_sealed,
          key_id, reviewed_by, reviewed_at, data_class, handling)
        select w.partnership_id, ${id}::uuid, w.id, w.subject_id, ${viewer.agency}::uuid, ${reviewed.outcome}, ${review_on}::date,
          ${why}::bytea, ${key.id}::uuid, ${viewer.staff}::uuid, ${at}::timestamptz, w.data_class, w.handling
        from warning w where w.partnership_id = ${viewer.partnership} and w.id = ${warning.id} and w.subject_id = ${subject}
          and not exists (select from warning_review r where r.partnership_id = w.partnership_id and r.warning_id = w.id
            and r.outcome = 'ended')
        on conflict do nothing`.execute(inner),
    )
    if (!made.numAffectedRows) throw new NotFound()
    const { outcome } = reviewed
    await record(inner, viewer, 'warning reviewed', { kind: 'person', id: subject }, { warning: warning.id, outcome })
  })
