import { createHash } from 'node:crypto'
import { isId, newId, NotFound, seal, unseal, type Keys, type Tx } from '../platform/index.ts'
import type { Prepared } from './concern.ts'

const piece_bytes = 512 * 1024

/** Keeps a file in sealed pieces, the original apart from the copy that is shown. */
export const keepFile = async (
  tx: Tx,
  keys: Keys,
  of: { partnership_id: string; agency_id: string; concern_id: string },
  file: Prepared,
): Promise<string> => {
  const id = newId()
  await tx
    .insertInto('attachment')
    .values({
      ...of,
      id,
      name: file.name,
      type: file.type,
      bytes: file.bytes.length,
      sha256: createHash('sha256').update(file.bytes).digest(),
      copy_type: file.copy?.type ?? null,
      copy_bytes: file.copy?.bytes.length ?? null,
    })
    .execute()
  for (const [version, bytes] of [
    ['original', file.bytes],
    ['copy', file.copy?.bytes],
  ] as const)
    for (let from = 0; bytes && from < bytes.length; from += piece_bytes) {
      const position = from / piece_bytes
      const sealed = seal(keys, 'attachment', bytes.subarray(from, from + piece_bytes), `${id} ${version} ${position}`)
      await tx
        .insertInto('attachment_piece')
        .values({ partnership_id: of.partnership_id, attachment_id: id, version, position, sealed })
        .execute()
    }
  return id
}

/**
 * A kept file, opened: the copy that people are shown, or the original as it was sent. Who may is the database's to say;
 * that an original was opened, and why, is the caller's to write down.
 * @throws {NotFound} when there is no such file, it is not the asker's to see, or it has no copy
 */
export const readFile = async (
  tx: Tx,
  keys: Keys,
  attachment: string,
  version: 'original' | 'copy',
): Promise<{ name: string; type: string; bytes: Buffer; concern: string }> => {
  if (!isId(attachment)) throw new NotFound()
  const file = await tx
    .selectFrom('attachment')
    .select(['name', 'type', 'copy_type', 'concern_id', 'partnership_id'])
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
  const bytes = pieces.map(({ position, sealed }) =>
    unseal(keys, 'attachment', sealed, `${attachment} ${version} ${position}`),
  )
  return { name: file.name, type, bytes: Buffer.concat(bytes), concern: file.concern_id }
}
