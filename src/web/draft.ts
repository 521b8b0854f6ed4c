import { randomBytes } from 'node:crypto'
import { asViewer, enqueue, isId, newId, seal, tokenHash, unseal, type Db, type JobHandler } from '../platform/index.ts'
import type { Ask, Cookie } from './ask.ts'

/*
 * Half-finished answers. A visitor's are sealed with a key of which only their browser's cookie holds a part, so that
 * the database and the key file together open nothing, and live for an hour from the last save. A member of staff's
 * are kept until finished, several at once, and are found again after signing out.
 */
export type Draft<A> = { id: string; kind: string; answers: A; savedAt: Date; token: string | undefined }
/** A file of a draft; `copy` is what may be shown of it. */
export type DraftFile = { name: string; type: string; bytes: Buffer; copy?: { type: string; bytes: Buffer } }
type Holder = Pick<Ask, 'house' | 'tx' | 'viewer'>

export const draft_minutes = 60
const never = new Date('9999-01-01T00:00:00Z')
const piece_bytes = 512 * 1024

/**
 * Keeps new answers.
 * @param token what the visitor's cookie will hold; given where the same form sent twice must find the same draft
 * @returns undefined when there is a draft of that token already
 */
export const startDraft = async <A>(
  ask: Holder,
  kind: string,
  answers: A,
  token = newToken(),
): Promise<Draft<A> | undefined> => {
  const { house, tx, viewer } = ask
  const staff = viewer.kind === 'staff' ? viewer : undefined
  const draft: Draft<A> = { id: newId(), kind, answers, savedAt: house.now(), token: staff ? undefined : token }
  const expires_at = endOf(ask, draft)
  const made = await tx
    .insertInto('draft')
    .values({
      partnership_id: viewer.partnership,
      id: draft.id,
      token_hash: tokenHash(house.keys, 'draft', token),
      kind,
      staff_id: staff?.staff ?? null,
      agency_id: staff?.agency ?? null,
      sealed: sealed(ask, draft),
      saved_at: draft.savedAt,
      expires_at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (made.numInsertedOrUpdatedRows === 0n) return undefined
  await expireLater(ask, expires_at)
  return draft
}

export const newToken = (): string => randomBytes(32).toString('base64url')

/**
 * The draft that a cookie (or for staff an id) opens, unless it is over.
 * @param lock whoever else would write it waits until this request is done
 */
export const openDraft = async <A>(
  ask: Holder,
  key: string | undefined,
  { lock = false } = {},
): Promise<Draft<A> | undefined> => {
  const { house, tx, viewer } = ask
  const staff = viewer.kind === 'staff'
  if (!key || (staff && !isId(key))) return undefined
  let found = tx
    .selectFrom('draft')
    .select(['id', 'kind', 'sealed', 'saved_at'])
    .where('partnership_id', '=', viewer.partnership)
    .where('expires_at', '>', house.now())
  found = staff ? found.where('id', '=', key) : found.where('token_hash', '=', tokenHash(house.keys, 'draft', key))
  if (lock) found = found.forUpdate()
  const row = await found.executeTakeFirst()
  return row && opened<A>(ask, row, staff ? undefined : key)
}

/** A member of staff's drafts of a kind, the newest first. */
export const draftsOf = async <A>(ask: Holder, kind: string): Promise<Draft<A>[]> => {
  if (ask.viewer.kind !== 'staff') return []
  const rows = await ask.tx
    .selectFrom('draft')
    .select(['id', 'kind', 'sealed', 'saved_at'])
    .where('partnership_id', '=', ask.viewer.partnership)
    .where('staff_id', '=', ask.viewer.staff)
    .where('kind', '=', kind)
    .where('expires_at', '>', ask.house.now())
    .orderBy('saved_at', 'desc')
    .execute()
  return rows.map((row) => opened<A>(ask, row, undefined))
}

const opened = <A>(
  { house }: Holder,
  row: { id: string; kind: string; sealed: Buffer; saved_at: Date },
  token: string | undefined,
): Draft<A> => {
  const text = unseal(house.keys, 'draft', row.sealed, row.id, secretOf(token)).toString()
  return { id: row.id, kind: row.kind, savedAt: row.saved_at, token, answers: JSON.parse(text) as A }
}

/**
 * Saves changed answers, and starts the hour again.
 * @param ends when it is over, if sooner
 */
export const keepDraft = async <A>(ask: Holder, draft: Draft<A>, ends?: Date): Promise<void> => {
  const expires_at = ends ?? endOf(ask, draft)
  await ask.tx
    .updateTable('draft')
    .set({ sealed: sealed(ask, draft), kind: draft.kind, saved_at: ask.house.now(), expires_at })
    .where('partnership_id', '=', ask.viewer.partnership)
    .where('id', '=', draft.id)
    .execute()
  await expireLater(ask, expires_at)
}

const sealed = ({ house }: Holder, draft: Draft<unknown>): Buffer =>
  seal(house.keys, 'draft', Buffer.from(JSON.stringify(draft.answers)), draft.id, secretOf(draft.token))

const secretOf = (token: string | undefined): Buffer | undefined => (token ? Buffer.from(token) : undefined)

const endOf = ({ house }: Holder, draft: Draft<unknown>): Date =>
  draft.token ? new Date(house.now().getTime() + draft_minutes * 60_000) : never

/** One job clears ten minutes' worth of drafts, however many are saved. */
const expireLater = async ({ tx, viewer }: Holder, ends: Date): Promise<void> => {
  if (ends === never) return
  const span = 10 * 60_000
  const at = new Date(Math.ceil(ends.getTime() / span) * span)
  await enqueue(tx, viewer, 'drafts expire', {}, { key: at.toISOString(), at })
}

/** Removes the drafts of a partnership that are over by `at`, with their files. */
export const expireDrafts = (db: Db, partnership: string, at: Date): Promise<unknown> =>
  asViewer(db, { kind: 'system', partnership }, (tx) =>
    tx.deleteFrom('draft').where('partnership_id', '=', partnership).where('expires_at', '<=', at).execute(),
  )

/** What the worker does about drafts. */
export const draftJobs: Record<string, JobHandler> = {
  'drafts expire': async (job, db) => void (await expireDrafts(db, job.partnership, new Date())),
}

/** Removes a draft and its files at once. */
export const dropDraft = async ({ tx, viewer }: Holder, draft: Draft<unknown>): Promise<void> => {
  await tx.deleteFrom('draft').where('partnership_id', '=', viewer.partnership).where('id', '=', draft.id).execute()
}

/** The cookie that leads a browser back to its draft. A visitor's holds half of the key; a member of staff's only says which. */
export const draftCookie = (draft: Draft<unknown>, seconds = draft_minutes * 60): Cookie => ({
  name: 'draft',
  value: draft.token ?? draft.id,
  seconds: draft.token ? seconds : undefined,
})
export const noDraftCookie: Cookie = { name: 'draft', value: '' }

type FileAnswers = { name: string; type: string; bytes: number; copy?: { type: string; bytes: number } }
export type DraftFileItem = FileAnswers & { id: string }

/** Keeps a file with the draft, in sealed pieces: the original first, its copy after it. */
export const addDraftFile = async (ask: Holder, draft: Draft<unknown>, file: DraftFile): Promise<void> => {
  const { house, tx, viewer } = ask
  const id = newId()
  const said: FileAnswers = { name: file.name, type: file.type, bytes: file.bytes.length }
  if (file.copy) said.copy = { type: file.copy.type, bytes: file.copy.bytes.length }
  const secret = secretOf(draft.token)
  await tx
    .insertInto('draft_file')
    .values({
      partnership_id: viewer.partnership,
      draft_id: draft.id,
      id,
      position: (await draftFiles(ask, draft)).length,
      sealed: seal(house.keys, 'draft file', Buffer.from(JSON.stringify(said)), id, secret),
      bytes: file.bytes.length + (file.copy?.bytes.length ?? 0),
    })
    .execute()
  let position = 0
  for (const bytes of [file.bytes, file.copy?.bytes ?? Buffer.alloc(0)])
    for (let from = 0; from < bytes.length; from += piece_bytes) {
      const piece = bytes.subarray(from, from + piece_bytes)
      await tx
        .insertInto('draft_file_piece')
        .values({
          partnership_id: viewer.partnership,
          file_id: id,
          position,
          sealed: seal(house.keys, 'draft file', piece, `${id} ${position}`, secret),
        })
        .execute()
      position++
    }
}

/** What a draft holds besides its answers, without the bytes. */
export const draftFiles = async ({ house, tx, viewer }: Holder, draft: Draft<unknown>): Promise<DraftFileItem[]> => {
  const rows = await tx
    .selectFrom('draft_file')
    .select(['id', 'sealed'])
    .where('partnership_id', '=', viewer.partnership)
    .where('draft_id', '=', draft.id)
    .orderBy('position')
    .execute()
  return rows.map(({ id, sealed }) => ({
    ...(JSON.parse(unseal(house.keys, 'draft file', sealed, id, secretOf(draft.token)).toString()) as FileAnswers),
    id,
  }))
}

/** Reads the files of a draft one after another, so that they need not be in memory together. */
export async function* readDraftFiles(ask: Holder, draft: Draft<unknown>): AsyncGenerator<DraftFile> {
  const { house, tx, viewer } = ask
  for (const item of await draftFiles(ask, draft)) {
    const rows = await tx
      .selectFrom('draft_file_piece')
      .select(['position', 'sealed'])
      .where('partnership_id', '=', viewer.partnership)
      .where('file_id', '=', item.id)
      .orderBy('position')
      .execute()
    const whole = Buffer.concat(
      rows.map(({ position, sealed }) =>
        unseal(house.keys, 'draft file', sealed, `${item.id} ${position}`, secretOf(draft.token)),
      ),
    )
    const { name, type, bytes, copy } = item
    yield {
      name,
      type,
      bytes: whole.subarray(0, bytes),
      ...(copy && { copy: { type: copy.type, bytes: whole.subarray(bytes) } }),
    }
  }
}

export const dropDraftFile = async ({ tx, viewer }: Holder, draft: Draft<unknown>, file: string): Promise<void> => {
  if (!isId(file)) return
  await tx
    .deleteFrom('draft_file')
    .where('partnership_id', '=', viewer.partnership)
    .where('draft_id', '=', draft.id)
    .where('id', '=', file)
    .execute()
}
