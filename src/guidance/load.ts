import { inTransaction, record, type Db, type Tx, type Viewer } from '../platform/index.ts'
import { shippedPieces, type Shipped } from './shipped.ts'
import { addVersions } from './version.ts'

/**
 * Brings the words that ship with the product into the viewer's partnership. May be called as often as one likes: it
 * adds what is missing and renews what nobody here has touched, and never overwrites words written here.
 * @param viewer the product itself (`system`) or an administrator, with a partnership
 * @returns how many pieces were added and how many renewed
 */
export const loadGuidance = (
  db: Db | Tx,
  viewer: Viewer,
  pieces = shippedPieces(),
): Promise<{ added: number; renewed: number }> =>
  inTransaction(db, async (tx) => {
    const { partnership } = viewer
    const now = await tx
      .selectFrom('guidance_now')
      .select(['kind', 'code', 'version', 'origin', 'shipped_version', 'withdrawn'])
      .where('partnership_id', '=', partnership)
      .execute()
    const before = new Map(now.map((row) => [`${row.kind} ${row.code}`, row]))
    const missing = pieces.filter((piece) => !before.has(keyOf(piece)))
    const newer = pieces.filter((piece) => {
      const row = before.get(keyOf(piece))
      return row?.origin === 'shipped' && !row.withdrawn && (row.shipped_version ?? 0) < piece.version
    })
    const versionAfter = (piece: Shipped) => (before.get(keyOf(piece))?.version ?? 0) + 1
    await addVersions(
      tx,
      partnership,
      [...missing, ...newer].map((piece) => ({
        head: {
          kind: piece.kind,
          code: piece.code,
          version: versionAfter(piece),
          origin: 'shipped',
          shipped_version: piece.version,
          position: piece.position,
          review_by: piece.review_by,
        },
        words: piece.words,
      })),
    )
    const outcome = { added: missing.length, renewed: newer.length }
    if (missing.length + newer.length > 0)
      await record(tx, viewer, 'guidance loaded', { kind: 'partnership', id: partnership }, outcome)
    return outcome
  })

const keyOf = ({ kind, code }: Shipped) => `${kind} ${code}`
