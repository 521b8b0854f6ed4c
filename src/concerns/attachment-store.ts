import { isId, newId, NotFound, openBytes, sealBytes, type DataKey, type Keys, type Tx } from '../platform/index.ts'
import type { Prepared } from './concern.ts'
import { keyOfRow, opened, sealed, wrappedKey } from './sealed.ts'

const piece_bytes = 512 * 1024

/** Keeps a file in sealed pieces, the original apart from the copy that is shown. */
export const keepFile = async (
  tx: Tx,
  key: DataKey,
  of: { partnership_id: string; agency_id: string; concern_id: string },
  file: Prepared,
): Promise<string> => {
  const id = newId()
  await tx
    .insertInto('attachment')
    .values(
      sealed(key, 'attachment', {
        ...of,
        id,
        name: file.name,
        type: file.type,
        bytes: file.bytes.length,
        copy_type: file.copy?.type ?? null,
        copy_bytes: file.copy?.bytes.length ?? null,
      }),
    )
    .execute()
  for (const [version, bytes] of [
    ['original', file.bytes],
    ['copy', file.copy?.bytes],
  ] as const)
    for (let from = 0; bytes && from < bytes.length; from += piece_bytes) {
      const position = from / piece_bytes
      const part = sealBytes(key, pieceAt(id, version, position), bytes.subarray(from, from + piece_bytes))
      await tx
        .insertInto('attachment_piece')
        .values({
          partnership_id: of.partnership_id,
          attachment_id: id,
          version,
          position,
          sealed: part,
          key_id: key.id,
        })
        .execute()
    }
  return id
}

/** Where a piece of a file lies. */
export const pieceAt = (attachment: string, version: string, position: number) => ({
  table: 'attachment_piece',
  column: 'sealed',
  row: `${attachment} ${version} ${position}`,
})

/**
 * A kept file, opened: the copy that people are shown, or the original as it was sent. Who may is the database's to say;
 * that an original was opened, and why, is the caller's to write down.
 * @throws {NotFound} when there is no such file, it is not the asker's to see, it has no copy, or it was erased
 */
export const readFile = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  attachment: string,
  version: 'original' | 'copy',
): Promise<{ name: string; type: string; bytes: Buffer; concern: string }> => {
  if (!isId(attachment)) throw new NotFound()
  const file = await tx
    .selectFrom('attachment')
    .select(['id', 'name', 'type', 'copy_type', 'concern_id', 'partnership_id', 'key_id'])
    .select(wrappedKey(partnership, 'attachment.key_id').as('wrapped'))
    .where('partnership_id', '=', partnership)
    .where('id', '=', attachment)
    .executeTakeFirst()
  const type = version === 'copy' ? file?.copy_type : file?.type
  if (!file || !type) throw new NotFound()
  const pieces = await tx
    .selectFrom('attachment_piece')
    .select(['position', 'sealed'])
    .where('partnership_id', '=', file.partnership_id)
    .where('attachment_id', '=', attachment)
    .where('version', '=', version)
    .orderBy('position')
    .execute()
  const key = await keyOfRow(tx, keys, partnership, file)
  const bytes = pieces.map((piece) => openBytes(key, pieceAt(attachment, version, piece.position), piece.sealed))
  const { name } = opened(new Map([[key.id, key]]), 'attachment', file)
  return { name, type, bytes: Buffer.concat(bytes), concern: file.concern_id }
}
