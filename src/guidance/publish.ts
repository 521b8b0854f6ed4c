import { inTransaction, newId, NotFound, record, type Db, type StaffViewer, type Tx } from '../platform/index.ts'
import type { AnyWords, Kind } from './guidance.ts'
import { addVersions } from './version.ts'
import type { Typed } from './typed.ts'

export type Which = { kind: Kind; code: string }

/** The newest version of a piece, and whether it has been taken down. Undefined for one that was never published. */
export const latest = (tx: Tx, partnership: string, { kind, code }: Which) =>
  tx
    .selectFrom('guidance_now')
    .select([
      'version',
      'origin',
      'shipped_version',
      'position',
      'withdrawn',
      'review_by',
      'published_at',
      'published_by',
    ])
    .where('partnership_id', '=', partnership)
    .where('kind', '=', kind)
    .where('code', '=', code)
    .$narrowType<{ version: number; position: number; origin: string; review_by: string; published_at: Date }>()
    .executeTakeFirst()

/** Keeps what somebody is writing, in place of their own earlier draft of the same piece. */
export const saveDraft = (db: Db | Tx, viewer: StaffViewer, { kind, code }: Which, basedOn: number, typed: Typed) =>
  inTransaction(db, async (tx) => {
    const kept = { based_on: basedOn, typed: JSON.stringify(typed), saved_at: new Date() }
    await tx
      .insertInto('guidance_draft')
      .values({ partnership_id: viewer.partnership, kind, code, saved_by: viewer.staff, ...kept })
      .onConflict((conflict) => conflict.columns(['partnership_id', 'kind', 'code', 'saved_by']).doUpdateSet(kept))
      .execute()
    await noted(tx, viewer, 'guidance drafted', { kind, code })
  })

export const discardDraft = (db: Db | Tx, viewer: StaffViewer, which: Which, by = viewer.staff) =>
  inTransaction(db, async (tx) => {
    if (await removeDraft(tx, viewer, which, by)) await noted(tx, viewer, 'guidance draft thrown away', which)
  })

const removeDraft = async (
  tx: Tx,
  { partnership }: StaffViewer,
  { kind, code }: Which,
  by: string,
): Promise<boolean> => {
  const { numDeletedRows } = await tx
    .deleteFrom('guidance_draft')
    .where('partnership_id', '=', partnership)
    .where('kind', '=', kind)
    .where('code', '=', code)
    .where('saved_by', '=', by)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

export type Publishing = Which & {
  words: AnyWords
  /** The version the writer saw; 0 for a new piece. */
  basedOn: number
  writtenBy: string
  reviewBy: string
  why: string
  restoredFrom?: number
}

/** Makes words public as a new version, unless another has been published since the writer last looked. */
export const publish = (db: Db | Tx, viewer: StaffViewer, given: Publishing): Promise<'published' | 'stale'> =>
  inTransaction(db, async (tx) => {
    const { kind, code, basedOn } = given
    const now = await latest(tx, viewer.partnership, given)
    if ((now?.version ?? 0) !== basedOn) return 'stale'
    await addVersions(tx, viewer.partnership, [
      {
        head: {
          kind,
          code,
          version: basedOn + 1,
          origin: 'local',
          shipped_version: now?.shipped_version ?? null,
          // A new piece comes last.
          position: now?.position ?? 9999,
          review_by: given.reviewBy,
          edited_by: given.writtenBy,
          published_by: viewer.staff,
          why: given.why,
          restored_from: given.restoredFrom ?? null,
        },
        words: given.words,
      },
    ])
    await removeDraft(tx, viewer, given, given.writtenBy)
    await noted(tx, viewer, 'guidance published', given, basedOn + 1)
    return 'published'
  }).catch((error: unknown) => {
    // Two pressed at the same moment: the version is a primary key, so the second is told like anyone who came late.
    if ((error as { code?: string }).code === '23505') return 'stale'
    throw error
  })

/** Takes a piece off every public page. @throws {NotFound} for one that was never published */
export const withdraw = (
  db: Db | Tx,
  viewer: StaffViewer,
  which: Which,
  why: string,
): Promise<'withdrawn' | 'already'> =>
  inTransaction(db, async (tx) => {
    const now = await latest(tx, viewer.partnership, which)
    if (!now) throw new NotFound()
    if (now.withdrawn) return 'already'
    const { kind, code } = which
    await tx
      .insertInto('guidance_withdrawal')
      .values({ partnership_id: viewer.partnership, kind, code, version: now.version, withdrawn_by: viewer.staff, why })
      .execute()
    await noted(tx, viewer, 'guidance withdrawn', which, now.version)
    return 'withdrawn'
  })

/** A number for a new sign. 'L' keeps it apart from any that a later Trellis ships; random, because drafts come and go. */
export const newSignCode = (setting: string): string => `${setting}-L${newId().slice(0, 6).toUpperCase()}`

/** A piece has a code rather than a random id, so its event stands with the partnership and names it. */
const noted = (tx: Tx, viewer: StaffViewer, event: string, { kind, code }: Which, version?: number) =>
  record(tx, viewer, event, { kind: 'guidance', id: viewer.partnership }, { kind, code, ...(version && { version }) })
