import { asProduct, newId, record, type Tx, type Viewer } from '../platform/index.ts'

/** What an agency's own list says of a person: that it works with them, whom to ask, and since when. */
export type FeedSays = { agency: string; contact: string; since: Date }

/**
 * Brings what lists say of a subject up to what they say now: an agency that is new is involved from the day it named, one
 * that is gone is not from this moment. Done twice it does nothing more. Others hear of it as of every involvement; for the
 * agency itself it opens nothing.
 */
export const feedInvolvement = (
  tx: Tx,
  viewer: Viewer,
  subject: string,
  says: readonly FeedSays[],
  at: Date,
): Promise<void> =>
  asProduct(tx, async () => {
    const { partnership } = viewer
    const there = await tx
      .selectFrom('involvement')
      .select(['id', 'agency_id', 'contact', 'from_at'])
      .where('partnership_id', '=', partnership)
      .where('subject_id', '=', subject)
      .where('role', '=', 'feed')
      .where('to_at', 'is', null)
      .execute()
    const stands = (one: { agency_id: string; contact: string }) =>
      says.some(({ agency, contact }) => agency === one.agency_id && contact === one.contact)
    for (const one of there.filter((row) => !stands(row))) {
      await tx
        .updateTable('involvement')
        // One that was to begin later never did.
        .set({ to_at: one.from_at > at ? one.from_at : at })
        .where('partnership_id', '=', partnership)
        .where('id', '=', one.id)
        .execute()
      await note(tx, viewer, 'involvement ended', subject, one.id)
    }
    const known = new Set(there.filter(stands).map(({ agency_id }) => agency_id))
    for (const { agency, contact, since } of says.filter((one) => !known.has(one.agency))) {
      const id = newId()
      await tx
        .insertInto('involvement')
        .values({
          partnership_id: partnership,
          id,
          subject_id: subject,
          agency_id: agency,
          staff_id: null,
          role: 'feed',
          contact,
          from_at: since < at ? since : at,
          entered_by: viewer.kind === 'staff' ? viewer.staff : null,
        })
        .execute()
      await note(tx, viewer, 'involvement begun', subject, id)
    }
  })

const note = (tx: Tx, viewer: Viewer, kind: string, subject: string, involvement: string) =>
  record(tx, viewer, kind, { kind: 'person', id: subject }, { involvement, role: 'feed' })
